import LockerDomain
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
        ParcelFacts(
            "parcel.received",
            waybill,
            #""announced":false,"consent":"unknown","how":"scan","n":0,"person":"p","size":"M""#
        )
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

    static func takenToMove(_ waybill: String) -> ParcelFacts {
        ParcelFacts(
            "parcel.received",
            waybill,
            #""announced":true,"consent":"unknown","how":"move","n":0,"person":"p","size":"M""#
        )
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

extension TestJournal {
    mutating func append(_ fact: ParcelFacts, time: String = "2025-11-21T00:00:00.000Z") {
        append(fact.type, fact.data, time: time)
    }
}
