import CountyReceiver
import HummingbirdTesting
import LockerDomain
import PortFakes
import SyncWire
import Testing

/// Events of one parcel as a station writes them.
struct ParcelFacts: Sendable, CustomTestStringConvertible {
    var type: String
    var data: String

    private static let parties = #""parties":{"agent":"a","brand":"SF","cooperationMode":"shared","operator":"SF"}"#
    private static let door = #""place":{"door":"A01"}"#

    private init(_ type: String, _ waybill: String, _ rest: String) {
        self.type = type
        data = #"{"direction":"inbound",\#(Self.parties),"waybill":"\#(waybill)",\#(rest)}"#
    }

    var testDescription: String { type }

    static func scanned(_ waybill: String) -> ParcelFacts {
        received(waybill, #""announced":false,"how":"scan""#)
    }

    /// Scanned as it was announced.
    static func announced(_ waybill: String) -> ParcelFacts {
        received(waybill, #""announced":true,"how":"scan""#)
    }

    private static func received(_ waybill: String, _ how: String) -> ParcelFacts {
        ParcelFacts("parcel.received", waybill, #"\#(how),"consent":"unknown","n":0,"person":"p","size":"M""#)
    }

    static func stored(_ waybill: String) -> ParcelFacts {
        ParcelFacts("parcel.stored", waybill, #""evidence":"sensor","keyID":"k","n":0,\#(door)"#)
    }

    /// A part that came in as it was announced.
    static func stored(_ waybill: String, partOf whole: String) -> ParcelFacts {
        ParcelFacts(
            "parcel.stored",
            waybill,
            #""codeOf":"\#(whole)","evidence":"sensor","keyID":"k","n":0,\#(door)"#
        )
    }

    static func noticed(_ waybill: String) -> ParcelFacts {
        ParcelFacts("parcel.noticed", waybill, #""by":"county""#)
    }

    /// Two numbers of one parcel (转单号), joined by the keeper or by a manifest.
    static func joined(_ old: String, _ new: String, by manifest: String? = nil) -> ParcelFacts {
        let by = manifest.map { #""manifest":"\#($0)""# } ?? #""person":"0000000000000402""#
        return ParcelFacts("parcel.joined", new, #""codeOf":"\#(old)","formerly":"\#(old)","n":0,\#(by)"#)
    }

    static func takenToMove(_ waybill: String) -> ParcelFacts {
        received(waybill, #""announced":true,"how":"move""#)
    }

    static func relocated(_ waybill: String) -> ParcelFacts {
        ParcelFacts(
            "parcel.relocated",
            waybill,
            #""evidence":"sensor","from":{"door":"A02"},"person":"p",\#(door)"#
        )
    }

    static func collected(_ waybill: String) -> ParcelFacts {
        ParcelFacts("parcel.collected", waybill, #""by":"recipient","evidence":"sensor","means":"code",\#(door)"#)
    }

    static func retrieved(_ waybill: String) -> ParcelFacts {
        ParcelFacts("parcel.retrieved", waybill, #""evidence":"sensor","person":"p",\#(door),"reason":"overdue""#)
    }

    static func returned(_ waybill: String) -> ParcelFacts {
        ParcelFacts("parcel.returned", waybill, #""person":"p","run":"r""#)
    }

    static func audited(_ waybill: String, _ finding: String) -> ParcelFacts {
        var fact = ParcelFacts("audit.difference", waybill, "")
        fact.data = #"{"door":"A01","finding":"\#(finding)","person":"p","waybill":"\#(waybill)"}"#
        return fact
    }

    static func lost(_ waybill: String) -> ParcelFacts {
        ParcelFacts("parcel.lost", waybill, #""report":{"by":"keeper"}"#)
    }
}

extension WrittenJournal {
    mutating func append(_ fact: ParcelFacts, time: String = "2025-11-21T00:00:00.000Z") {
        append(fact.type, fact.data, time: time)
    }
}

extension TestStation {
    /// Writes facts behind what a journal has and sends all that the county has not got yet. It takes everything.
    func report(
        _ facts: ParcelFacts...,
        in journal: inout WrittenJournal,
        _ client: any TestClientProtocol,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        for fact in facts { journal.append(fact) }
        let answer = try await post(journal, (journal.sent + 1)...journal.lines.count, client)
        #expect(answer.status == 200, sourceLocation: sourceLocation)
        journal.sent = journal.lines.count
    }
}

/// A station for which a parcel is announced; the work gets the code that its recipient was told.
func withTold(
    _ number: String,
    _ work: @Sendable (TestCounty, TestStation, any TestClientProtocol, _ told: String) async throws -> Void
) async throws {
    try await withStation { county, station, client in
        let sheet = Array("运单号,品牌,手机号\n\(number),SF,13812345678\n".utf8)
        _ = try county.county.loadManifest(sheet, station: station.id)
        try await work(county, station, client, county.county.pickupNotice(number, station: station.id).code)
    }
}
