import LockerDomain
import StationBooks

extension Samples {
    /// The station itself, its devices and cameras, the county's commands.
    static let stations: [EventType: String] = [
        .stationStarted:
            #"{"version":"0.1.0","doors":12,"shelfPlaces":40,"darkSince":1778542867000,"darkClock":"ntp"}"#,
        .stationStopped: #"{"reason":"asked by systemd"}"#,
        .stationClockChanged: #"{"before":"fake","after":"manual","jumpMilliseconds":-31000,"by":"wang"}"#,
        .stationStorageLow: #"{"storage":"reserve"}"#,
        .stationJournalReplaced: """
        {"previous":"00112233445566778899aabbccddeeff","lastSequence":"000000000041",
        "lastHash":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "lostFirst":"000000000042","lostLast":"000000000057","supportCounter":1843962411,"stateKept":true,
        "recoverAfter":"00112233445566778899aabbccddeeff/000000000041","reason":"damaged"}
        """,
        .stationBooksRecovered: """
        {"incarnation":"00112233445566778899aabbccddeeff","first":"000000000042","last":"000000000057",
        "hash":"fc13aafaaeb176172541a1335dbada4692bc3506aa0eb738f4ebc9f2013599cd","kept":7,"darkSince":1778542867000,
        "digest":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
        """,
        .stationJournalPruned: """
        {"incarnation":"00112233445566778899aabbccddeeff","through":"000000000041",
        "hash":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
        """,
        .stationConfigChanged: #"{"item":"enrolment","by":"tech"}"#,
        .deviceScannerAttached: #"{"scanner":"1-1.2","role":"keypad","usb":"05f9:2214","serial":"SN1"}"#,
        .deviceScannerDetached: #"{"scanner":"1-1.2"}"#,
        .deviceScannerFaulted: #"{"scanner":"1-1.2","reason":"the interface is busy"}"#,
        .cameraOnline: #"{"camera":"front"}"#,
        .cameraOffline: #"{"camera":"front","reason":"no answer within 5 s"}"#,
        .commandReceived: #"{"id":"c-91","number":91,"type":"manifest"}"#,
        .commandCompleted: #"{"id":"c-91","number":91}"#,
        .commandFailed: #"{"id":"c-92","number":92,"reason":"this version does not know dance"}"#,
    ]
}
