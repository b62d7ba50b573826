import LockerDomain
import StationBooks

/// What people did of late: a report, a phone, a NO that follows is about that. Not in the journal: after a restart people
/// say it anew. `until` is an uptime in milliseconds.
struct Recent: Sendable {
    /// What was taken last, for reports, complaints and the survey.
    var lastPickup: (parcels: [Waybill], until: Int64)?
    /// What others took within the same time: the person there now may be any of them.
    var earlierPickups: [(waybill: Waybill, until: Int64)] = []
    /// Uptime at which the person of a session did something last.
    var staffActedAt: Int64?
    /// What was received last, whose phone may be typed and whose shelf place may be chosen.
    var lastReceived: (waybill: Waybill, until: Int64)?
    /// What was named after its intake, whose phone may be typed.
    var named: (waybill: Waybill, until: Int64)?
    /// The door out of which somebody took something last.
    var lastTaken: Taking?
    /// The audited door before which, shut again, something was scanned that is not expected there, and in which session.
    var foundShut: (door: DoorName, session: Int)?
    /// Doors that did not open for what lies behind them: another of the same person is tried first.
    var stuck: [(door: DoorName, until: Int64)] = []
    /// A door that did not open for the audit of a session: what is scanned next is not meant for deposit.
    var failedAudit: (door: DoorName, session: Int)?

    /// A door that a session opened to take something out, and what the books have behind it.
    struct Taking: Sendable {
        var door: DoorName
        var waybills: [Waybill]
        var person: String
        /// What was taken out only to be put elsewhere.
        var isMove = false
        /// Uptime until which the person may still say that nothing was inside; `nil` while the door is open.
        var until: Int64?
    }

    mutating func forgetOld(at uptime: Int64) {
        if let until = lastPickup?.until, until < uptime { lastPickup = nil }
        if !earlierPickups.isEmpty { earlierPickups.removeAll { $0.until < uptime } }
        if let until = lastReceived?.until, until < uptime { lastReceived = nil }
        if let until = named?.until, until < uptime { named = nil }
        if let until = lastTaken?.until, until < uptime { lastTaken = nil }
        if !stuck.isEmpty { stuck.removeAll { $0.until < uptime } }
    }
}
