package import LockerDomain
import StationBooks

/// What the station asked and has not been answered, or what somebody may add to what they just did. Not in the journal:
/// after a restart people ask again. Times are uptimes in milliseconds.
package struct Dialogue: Sendable {
    /// Parcels that fit a typed code; the last four digits of the phone decide.
    package var challenge: (parcels: [Waybill], until: Int64)?
    /// Parcels of the same recipient behind other doors, opened by Enter.
    var followUp: (parcels: [Waybill], authority: Authority, until: Int64)?
    /// What was taken last, for reports, complaints and the survey.
    var lastPickup: (parcels: [Waybill], until: Int64)?
    /// What others took within the same time: who stands there now may be any of them.
    var earlierPickups: [(waybill: Waybill, until: Int64)] = []
    /// Uptime at which the person of a session did something last.
    var staffActedAt: Int64?
    /// Scores of the survey so far.
    var survey: (scores: [Int], until: Int64)?
    /// A report by a recipient waits for the number of one of these parcels.
    var report: (kind: ParcelReport, parcels: [Waybill], until: Int64)?
    /// The one parcel that an agent has: NEXT says that it was delivered.
    var delivery: (waybill: Waybill, session: Int, until: Int64)?
    /// A villager's drop-off waits for its label.
    var dropOff: (size: Size?, until: Int64)?
    /// Digits of the DIGIT cards so far (``Station/gather(_:_:from:)``). They may be those of a PIN: no event holds them.
    var digits: (typed: String, until: Int64)?
    /// What was received last, whose phone may be typed and whose shelf place may be chosen.
    var lastReceived: (waybill: Waybill, until: Int64)?
    /// What was named after its intake, whose phone may be typed.
    var named: (waybill: Waybill, until: Int64)?
    /// What was taken from its shelf and is refused: the parcel itself is to be scanned.
    var refusal: (parcels: [Waybill], until: Int64)?
    /// The door out of which somebody took something last.
    var lastTaken: Station.Taking?
    /// The audited door before which, shut again, something was scanned that is not expected there, and in which session.
    var foundShut: (door: DoorName, session: Int)?
    /// Doors that did not open for what lies behind them: another of the same person is tried first.
    var stuck: [(door: DoorName, until: Int64)] = []
    /// NO was said and could mean several doors: the card of one is awaited.
    var emptyDoor: Int64?
    /// YES or NO was asked about a deposit that was cut short.
    var asksInside: Int64?
    /// A door that did not open for the audit of a session: what is scanned next is not meant for deposit.
    var failedAudit: (door: DoorName, session: Int)?
    /// An accepted shipment that the keeper of a session scanned just now: REJECT takes it back.
    var accepted: (waybill: Waybill, session: Int)?
    /// The first of two numbers of one parcel, scanned in a session: the one on the label follows.
    var joining: (number: Waybill, session: Int, until: Int64)?
    /// A taken shelf place that the keeper says is empty: EMPTY confirms it.
    var emptyShelf: (place: ShelfPlace, session: Int, until: Int64)?

    mutating func forgetOld(at uptime: Int64) {
        if let until = challenge?.until, until < uptime { challenge = nil }
        if let until = followUp?.until, until < uptime { followUp = nil }
        if let until = lastPickup?.until, until < uptime { lastPickup = nil }
        if !earlierPickups.isEmpty { earlierPickups.removeAll { $0.until < uptime } }
        if let until = survey?.until, until < uptime { survey = nil }
        if let until = report?.until, until < uptime { report = nil }
        if let until = delivery?.until, until < uptime { delivery = nil }
        if let until = dropOff?.until, until < uptime { dropOff = nil }
        if let until = digits?.until, until < uptime { digits = nil }
        if let until = lastReceived?.until, until < uptime { lastReceived = nil }
        if let until = named?.until, until < uptime { named = nil }
        if let until = refusal?.until, until < uptime { refusal = nil }
        if let until = lastTaken?.until, until < uptime { lastTaken = nil }
        if !stuck.isEmpty { stuck.removeAll { $0.until < uptime } }
        if let until = emptyDoor, until < uptime { emptyDoor = nil }
        if let until = asksInside, until < uptime { asksInside = nil }
        if let until = joining?.until, until < uptime { joining = nil }
        if let until = emptyShelf?.until, until < uptime { emptyShelf = nil }
    }
}

extension Dialogue {
    /// What END gives up for somebody without a badge. Returns whether there was anything.
    mutating func giveUp() -> Bool {
        defer { (digits, survey, report, dropOff) = (nil, nil, nil, nil) }
        return digits != nil || survey != nil || report != nil || dropOff != nil
    }
}
