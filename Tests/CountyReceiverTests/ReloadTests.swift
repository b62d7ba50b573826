import CountyBooks
import CountyReceiver
import HTTPTypes
import HummingbirdTesting
import LockerDomain
import PortFakes
import SyncWire
import Testing

/// A sheet that is loaded again: stations pass over what was collected, and so no other code is told of it.
@Suite("A sheet that is loaded again")
struct ReloadTests {
    private static let gone = "SF7444404156506"
    private static let other = "YT8962646785389"
    private static let parties = #""parties":{"agent":"a","brand":"SF","cooperationMode":"shared","operator":"SF"}"#

    private static func sheet(_ rows: (waybill: String, phone: String)...) -> [UInt8] {
        Array(("运单号,品牌,手机号\n" + rows.map { "\($0.waybill),SF,\($0.phone)\n" }.joined()).utf8)
    }

    private static func expected(_ waybill: String, phone: String = "") -> String {
        let masked = phone.isEmpty ? "" : #""phoneMasked":"\#(phone)","#
        return #"{"direction":"inbound","entry":{"brand":"SF","chilled":false,"consent":"unknown","n":0,"#
            + #""operator":"SF",\#(masked)"senderAgreement":false,"size":"M","waybill":"\#(waybill)"},"#
            + #""manifest":"m",\#(parties)}"#
    }

    /// A parcel for 13812345678 that was announced, stored and collected.
    private func withCollected(
        phone: String = "13812345678",
        masked: String = "1******5678",
        _ work: @Sendable (TestCounty, TestStation, any TestClientProtocol) async throws -> Void
    ) async throws {
        try await withStation { county, station, client in
            _ = try county.county.loadManifest(Self.sheet((Self.gone, phone)), station: station.id)
            var journal = WrittenJournal(station.id)
            journal.append("parcel.expected", Self.expected(Self.gone, phone: masked))
            journal.append(ParcelFacts.stored(Self.gone))
            journal.append(ParcelFacts.collected(Self.gone))
            #expect(try await station.post(journal, 1...3, client).status == 200)
            #expect(try county.county.pickupNotice(Self.gone, station: station.id).state == "closed")
            try await work(county, station, client)
        }
    }

    @Test("what was collected is left out with a note, and its code stays the one that was told")
    func leftOut() async throws {
        try await withCollected { county, station, client in
            let (desk, id) = (county.county, station.id)
            let before = try desk.pickupNotice(Self.gone, station: id)
            let sheet = Self.sheet((Self.gone, "13812345678"), (Self.other, "13912345678"))
            let loaded = try desk.loadManifest(sheet, station: id)
            #expect(loaded.count == 1 && loaded.raised == [])
            #expect(loaded.notes == ["\(Self.gone): collected there, not announced again 已取走，未再预报"])
            let answer = try await station.send(.get, "/v1/stations/\(id)/manifests/\(loaded.manifest)", client)
            #expect(try answer.decoded(ManifestMessage.self).entries.map(\.waybill.rawValue) == [Self.other])
            let after = try desk.pickupNotice(Self.gone, station: id)
            #expect(after.state == "closed" && after.n == before.n && after.code == before.code)
        }
    }

    @Test("a sheet of which all was collected says so and queues no command")
    func allLeftOut() async throws {
        try await withCollected { county, station, _ in
            let (desk, id) = (county.county, station.id)
            let fault = #expect(throws: CountyFault.self) {
                try desk.loadManifest(Self.sheet((Self.gone, "13812345678")), station: id)
            }
            #expect(fault?.description.contains("\(Self.gone): collected there") == true)
            #expect(fault?.description.contains("已取走，未再预报") == true)
            let loaded = try desk.loadManifest(Self.sheet((Self.other, "")), station: id)
            #expect(loaded.command == 2)
        }
    }

    @Test("the same number for somebody else, or without the phone that was known, is another parcel as at the station")
    func another() async throws {
        for phone in ["13912345678", "138****5678", ""] {
            try await withCollected { county, station, _ in
                let loaded = try county.county.loadManifest(Self.sheet((Self.gone, phone)), station: station.id)
                #expect(loaded.raised == [Self.gone] && loaded.notes == [])
                let notice = try county.county.pickupNotice(Self.gone, station: station.id)
                #expect(notice.state == "announced" && notice.n == 1)
                // Loaded once more while it is on its way, it is the same.
                let again = try county.county.loadManifest(Self.sheet((Self.gone, phone)), station: station.id)
                #expect(again.count == 1 && again.notes == [])
                #expect(try county.county.pickupNotice(Self.gone, station: station.id).n == 1)
            }
        }
    }

    @Test(
        "where no key is known the last four digits decide, and what nobody knows is the same",
        arguments: [("138****5678", false), ("139****9999", true), ("", false), ("13900009999", true)]
    )
    func lastFour(phone: String, isAnother: Bool) async throws {
        try await withCollected(phone: "", masked: "*******5678") { county, station, _ in
            let sheet = Self.sheet((Self.gone, phone), (Self.other, ""))
            let loaded = try county.county.loadManifest(sheet, station: station.id)
            #expect(loaded.count == (isAnother ? 2 : 1) && loaded.notes.isEmpty == isAnother)
        }
    }

    @Test("by a station's clock that is far behind what was collected is known all the same")
    func clockBehind() async throws {
        try await withCollected { county, station, _ in
            county.clock.advance(hours: 200 * 24)
            let sheet = Self.sheet((Self.gone, "13812345678"), (Self.other, ""))
            let loaded = try county.county.loadManifest(sheet, station: station.id)
            #expect(loaded.count == 1 && loaded.raised == [])
        }
    }

    @Test("what the station has forgotten is another parcel")
    func forgotten() async throws {
        try await withCollected { county, station, client in
            county.clock.advance(hours: 8 * 24)
            var later = WrittenJournal(station.id, incarnation: String(repeating: "b", count: 32))
            later.append(ParcelFacts.stored(Self.other), time: "2025-11-29T00:00:00.000Z")
            #expect(try await station.post(later, 1...1, client).status == 200)
            let sheet = Self.sheet((Self.gone, "13812345678"))
            let loaded = try county.county.loadManifest(sheet, station: station.id)
            #expect(loaded.raised == [Self.gone])
        }
    }

    @Test("what came in parts and was collected is left out as well")
    func parts() async throws {
        try await withStation { county, station, client in
            let (desk, id, whole) = (county.county, station.id, "JD0118080218877")
            _ = try desk.loadManifest(Self.sheet((whole, "")), station: id)
            var journal = WrittenJournal(id)
            journal.append("parcel.expected", Self.expected(whole))
            for part in ["\(whole)-1-2-", "\(whole)-2-2-"] {
                let place = #""direction":"inbound","evidence":"sensor",\#(Self.parties),"place":{"door":"A01"}"#
                journal.append(
                    "parcel.stored",
                    #"{"codeOf":"\#(whole)",\#(place),"keyID":"k","n":0,"waybill":"\#(part)"}"#
                )
                journal.append(ParcelFacts.collected(part))
            }
            #expect(try await station.post(journal, 1...5, client).status == 200)
            #expect(try desk.pickupNotice(whole, station: id).state == "closed")
            let fault = #expect(throws: CountyFault.self) {
                try desk.loadManifest(Self.sheet((whole, "")), station: id)
            }
            #expect(fault?.description.contains("\(whole): collected there") == true)
        }
    }
}
