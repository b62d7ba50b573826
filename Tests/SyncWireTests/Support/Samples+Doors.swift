import LockerDomain
import StationBooks

extension Samples {
    /// Doors and what is behind them.
    static let doors: [EventType: String] = [
        .doorUnlockRequested: """
        {"door":"A01","cycle":3,"purpose":"deposit","waybills":["SF7444404156506"],"attempt":2,
        "pulseMilliseconds":300,"authority":"badge 0000000000000401","delegate":{"agent":"0000000000000403"},
        "size":"M"}
        """,
        .doorParcelAdded: #"{"door":"A01","cycle":3,"waybill":"SF7444496931331"}"#,
        .doorPurposeChanged: """
        {"door":"A01","cycle":3,"purpose":"reopen","notPutIn":"SF7444404156506","person":"0000000000000402"}
        """,
        .doorOpened: #"{"door":"A01","cycle":3}"#,
        .doorClosed: #"{"door":"A01","cycle":3,"openMilliseconds":5120}"#,
        .doorOpenFailed: #"{"door":"A01","cycle":3,"attempts":3,"reason":"not seen open after 3 pulses"}"#,
        .doorLeftOpen: #"{"door":"A01","cycle":3,"openMilliseconds":30000}"#,
        .doorOpenedUnexpectedly: #"{"door":"A01"}"#,
        .doorSensorFault: #"{"door":"A01","reason":"the line cannot be read"}"#,
        .doorOutOfService: #"{"door":"A01","reason":"not seen open after 3 pulses","person":"0000000000000402"}"#,
        .doorBackInService: #"{"door":"A01","reason":"audited"}"#,
        .auditStarted: #"{"person":"0000000000000402"}"#,
        .auditDifference: """
        {"door":"A01","shelf":"S1-07","waybill":"SF7444404156506","finding":"missing","person":"0000000000000402"}
        """,
        .auditFinished: """
        {"door":"A01","contents":"empty","person":"0000000000000402","waybill":"SF7444404156506"}
        """,
    ]
}
