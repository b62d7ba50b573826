import FoundationEssentials
import LockerDomain
import SyncWire

/// One event of every type with every optional field, as its `data` reads: the source of the golden lines.
enum Samples {
    private static let parties =
        #"{"brand":"SF","operator":"县共配中心","agent":"北留村便民站","cooperationMode":"expressExpress"}"#
    private static let entry = """
        {"waybill":"SF7444404156506","brand":"SF","operator":"县共配中心","recipientKey":"9f86d081884c7d65",
        "phoneMasked":"1******5678","n":0,"size":"M","chilled":true,"consent":"locker","senderAgreement":false,
        "reach":"low","run":"2026-05-12-1","bag":"B7"}
        """
    private static let parcel = #""waybill":"SF7444404156506","parties":\#(parties),"direction":"inbound""#

    private static let data: [EventType: String] = [
        .stationStarted: #"{"version":"0.1.0","doors":12,"shelfPlaces":40}"#,
        .stationStopped: #"{"reason":"asked by systemd"}"#,
        .stationClockChanged: #"{"before":"fake","after":"ntp","jumpMilliseconds":-31000}"#,
        .stationStorageLow: #"{"storage":"reserve"}"#,
        .stationJournalReplaced: """
        {"previous":"00112233445566778899aabbccddeeff","lastSequence":"000000000041",
        "lastHash":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "lostFirst":"000000000042","lostLast":"000000000057","reason":"damaged"}
        """,
        .stationConfigChanged: #"{"item":"enrolment","by":"tech"}"#,
        .sessionOpened: #"{"session":1,"role":"courier","person":"0000000000000401","badge":"00000000000000a1"}"#,
        .sessionProven: #"{"session":2}"#,
        .sessionClosed: #"{"session":1,"person":"0000000000000401","reason":"otherBadge"}"#,
        .sessionRefused: #"{"reason":"expired","badge":"00000000000000a1"}"#,
        .parcelExpected: #"{"entry":\#(entry),"parties":\#(parties),"direction":"inbound","manifest":"m-17"}"#,
        .parcelReceived: #"{\#(parcel),"announced":true,"size":"XL","n":128,"person":"0000000000000401"}"#,
        .parcelStored: """
        {\(parcel),"place":{"door":"A01"},"n":0,"keyID":"630dcd2966c43366","evidence":"sensor",
        "doorOpenedAt":1778545861000}
        """,
        .parcelCollected: """
        {\(parcel),"place":{"shelf":"S1-07"},"by":"recipient","means":"code","evidence":"scanned",
        "doorOpenedAt":1778545861000}
        """,
        .scanRejected: #"{"reason":"unknown","device":"1-1.2","length":6,"text":"755W/\"1"}"#,
        .pickupAuthorised: #"{"waybill":"SF7444404156506","place":{"shelf":"S1-07"},"means":"token"}"#,
        .pickupFailed: #"{"means":"code","reason":"noMatch","device":"1-1.3"}"#,
        .pickupLockedOut: #"{"lockMilliseconds":120000}"#,
        .doorUnlockRequested: """
        {"door":"A01","cycle":3,"purpose":"deposit","waybills":["SF7444404156506"],"attempt":2,
        "pulseMilliseconds":300,"authority":"badge 0000000000000401"}
        """,
        .doorOpened: #"{"door":"A01","cycle":3}"#,
        .doorClosed: #"{"door":"A01","cycle":3,"openMilliseconds":5120}"#,
        .doorOpenFailed: #"{"door":"A01","cycle":3,"attempts":3,"reason":"not seen open after 3 pulses"}"#,
        .doorLeftOpen: #"{"door":"A01","cycle":3,"openMilliseconds":30000}"#,
        .doorOpenedUnexpectedly: #"{"door":"A01"}"#,
        .doorSensorFault: #"{"door":"A01","reason":"the line cannot be read"}"#,
        .doorOutOfService: #"{"door":"A01","reason":"not seen open after 3 pulses"}"#,
        .doorBackInService: #"{"door":"A01","reason":"audited"}"#,
        .deviceScannerAttached: #"{"scanner":"1-1.2","role":"keypad","usb":"05f9:2214","serial":"SN1"}"#,
        .deviceScannerDetached: #"{"scanner":"1-1.2"}"#,
        .deviceScannerFaulted: #"{"scanner":"1-1.2","reason":"the interface is busy"}"#,
        .auditStarted: #"{"person":"0000000000000402"}"#,
        .auditDifference: #"{"door":"A01","waybill":"SF7444404156506","finding":"missing"}"#,
        .auditFinished: #"{"door":"A01","contents":"empty","person":"0000000000000402"}"#,
        .cameraOnline: #"{"camera":"front"}"#,
        .cameraOffline: #"{"camera":"front","reason":"no answer within 5 s"}"#,
        .commandReceived: #"{"id":"c-91","number":91,"type":"manifest"}"#,
        .commandCompleted: #"{"id":"c-91","number":91}"#,
        .commandFailed: #"{"id":"c-92","number":92,"reason":"this version does not know dance"}"#,
    ]

    private struct Reader: Decodable {
        var event: Event

        private enum Key: String, CodingKey { case type, data }

        init(from decoder: any Decoder) throws {
            let box = try decoder.container(keyedBy: Key.self)
            event = try Event(try box.decode(EventType.self, forKey: .type), from: box, forKey: .data)
        }
    }

    static func event(_ type: EventType) throws -> Event {
        let text = #"{"type":"\#(type.rawValue)","data":\#(data[type] ?? "{}")}"#
        return try JSONDecoder().decode(Reader.self, from: Data(text.utf8)).event
    }

    static func line(_ type: EventType) throws -> EventLine {
        EventLine(
            station: "yc-beiliu-0231",
            incarnation: "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
            sequence: (EventType.allCases.firstIndex(of: type) ?? 0) + 1,
            time: Moment(wall: 1_778_545_867_250, uptime: 86_400_250, clock: .ntp),
            bootID: "6b3f1c2a-0d4e-4f5a-8b6c-7d8e9f0a1b2c",
            event: try event(type)
        )
    }
}
