import LockerDomain
import StationBooks

extension Samples {
    /// Sessions of people with a badge, runs, delegations.
    static let people: [EventType: String] = [
        .sessionOpened: #"{"session":1,"role":"courier","person":"0000000000000401","badge":"00000000000000a1"}"#,
        .sessionProven: #"{"session":2}"#,
        .sessionWorkChanged: #"{"session":2,"work":"retrieve","doors":["A02","A04"],"detail":"A01"}"#,
        .sessionNoted: #"{"session":2,"note":"exception","value":"weight","waybill":"SF7444404156506"}"#,
        .sessionBadgeRevoked: #"{"badge":"00000000000000a9"}"#,
        .sessionClosed: #"{"session":1,"person":"0000000000000401","reason":"otherBadge"}"#,
        .sessionRefused: #"{"reason":"expired","badge":"00000000000000a1"}"#,
        .runArrived: """
        {"run":"2026-05-12-1","person":"0000000000000401","how":"card","again":true,"route":"XIN-3","vehicle":"晋E12345"}
        """,
        .runDeparted: """
        {"run":"2026-05-12-1","person":"0000000000000401","bags":["B7","B8"],"seals":["F0041873"],
        "parcelsIn":41,"shipmentsOut":6,"parcelsBack":2,"route":"XIN-3","vehicle":"晋E12345"}
        """,
        .delegateRecorded: """
        {"recipientKey":"9f86d081884c7d65","delegate":{"agent":"0000000000000403"},"until":1810081867250,
        "person":"0000000000000402"}
        """,
        .delegateWithdrawn: #"{"recipientKey":"9f86d081884c7d65","person":"0000000000000402","replaced":true}"#,
    ]
}
