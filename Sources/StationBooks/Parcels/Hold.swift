public import LockerDomain

/// The hold period (保管期) of one parcel: it begins when the recipient was told, not before. Station and county fold it
/// from the same events by the same code.
public struct Hold: Sendable, Hashable, Codable {
    /// Confirmed wall time at which the recipient was told; `nil` while nobody told them or no clock could say when.
    public var began: Int64?
    /// Whether they were told, by whatever clock.
    public var noticed = false
    public var noticeFailed = false
    /// Number of the keeper who told them in person.
    public var toldBy: String?
    /// Hours added by the county or the keeper.
    public var extraHours = 0
    /// Milliseconds in which the station was dark; `nil` when it never was.
    public var paused: Int64?
    /// What a long darkness gave the recipient, once.
    public var grace: Grace?
    /// Reminders that were due so far.
    public var reminders = 0
    /// Those of them that the recipient has been told of since; `nil` when none.
    public var remindersTold: Int?
    /// Wall time of the last notice or reminder.
    public var lastNotice: Int64 = 0
    public var isOverdue = false
    public var isRecalled = false
    /// Chilled, and nobody was told within its set time: to be taken back, though never overdue.
    public var isSpoiling: Bool?

    /// After a long darkness nothing becomes overdue, and no fee begins, before a day has passed and a reminder.
    public struct Grace: Sendable, Hashable, Codable {
        /// Wall time until which it lasts at least.
        public var until: Int64
        /// Wall time of the reminder; `nil` while it is owed.
        public var reminded: Int64?
    }

    public init() {}

    /// Whether the parcel is to be taken back.
    public var isOver: Bool { isOverdue || isRecalled || isSpoiling == true }

    /// Hours until the parcel is overdue, by the policy.
    public func hours(chilled: Bool, _ policy: Policy) -> Int {
        (chilled ? policy.chilledHoldHours : policy.holdHours).clampedAdding(extraHours)
    }

    /// Wall time at which the parcel becomes overdue, no earlier; `nil` before the recipient was told. While
    /// `owesReminder` it waits for that.
    public func end(chilled: Bool, _ policy: Policy) -> Int64? {
        usualEnd(chilled: chilled, policy).map { max($0, grace?.until ?? $0, grace?.reminded ?? $0) }
    }

    /// The same without the day that a long darkness gave.
    package func usualEnd(chilled: Bool, _ policy: Policy) -> Int64? {
        began.map {
            let held = Int64(hours(chilled: chilled, policy)).clampedMultiplied(by: 3_600_000)
            return $0.clampedAdding(held).clampedAdding(paused ?? 0)
        }
    }

    /// Whether a long darkness is to be followed by a reminder that has not come yet.
    public var owesReminder: Bool { grace.map { $0.reminded == nil } ?? false }

    /// Whether a reminder fell due of which nobody has said that the recipient heard it.
    public var isToBeReminded: Bool { noticed && !isOverdue && reminders > (remindersTold ?? 0) }

    /// Number of the reminder that is due now; `nil` when none is.
    public func dueReminder(at now: Moment, _ policy: Policy) -> Int? {
        guard let began, !isOverdue, !now.isNight, now.wall - lastNotice >= Limits.reminderGapMilliseconds else {
            return nil
        }
        if owesReminder { return reminders + 1 }
        guard reminders < policy.reminderHours.count else { return nil }
        let due = began + Int64(policy.reminderHours[reminders]) * 3_600_000 + (paused ?? 0)
        return now.wall >= due ? reminders + 1 : nil
    }

    /// Takes what an event says of the hold period of this parcel.
    public mutating func take(_ event: Event, at now: Moment) {
        switch event {
        case .parcelNoticeDue(let fact):
            // By books that are not all back, one may have the number of an earlier one.
            reminders = max(reminders, fact.number)
            lastNotice = now.wall
            if owesReminder { grace?.reminded = now.wall }
        case .parcelNoticed(let fact): told(by: fact.person, at: now)
        // Whom the keeper told in person needs no message any more.
        case .parcelNoticeFailed: if toldBy == nil { noticeFailed = true }
        case .parcelHoldExtended(let fact):
            extraHours = extraHours.clampedAdding(fact.hours).clampedAdding(fact.lateHours ?? 0)
            isOverdue = false
            isSpoiling = nil
        case .parcelOverdue: isOverdue = true
        case .parcelRecalled(let fact):
            switch fact.reason {
            // By books that are not all back, somebody may have been told.
            case .chilled: if !noticed { isSpoiling = true }
            case nil: isRecalled = true
            }
        default: break
        }
    }

    /// Takes what the station writes of it before all is back from the county, on top of all that comes back: whoever
    /// was told then is not reminded at once, though they may have been told before.
    public mutating func takeMeanwhile(_ event: Event, at now: Moment) {
        take(event, at: now)
        if case .parcelNoticed = event, now.clock.isConfirmed { lastNotice = now.wall }
    }

    private mutating func told(by person: String?, at now: Moment) {
        noticed = true
        noticeFailed = false
        if reminders > 0 { remindersTold = reminders }
        // Who was told comes; from here on the hold period counts.
        isSpoiling = nil
        if let person { toldBy = person }
        // Only a confirmed clock starts the hold period; else the first look under one does.
        guard now.clock.isConfirmed, began == nil else { return }
        began = now.wall
        lastNotice = now.wall
    }

    /// The station was dark meanwhile: nobody could come.
    public mutating func pause(for darkness: Darkness) {
        guard let began else { return }
        let length = max(0, min(darkness.milliseconds, darkness.until.clampedSubtracting(began)))
        paused = (paused ?? 0).clampedAdding(length)
        guard darkness.isLong, grace == nil, !isOverdue else { return }
        grace = Grace(until: darkness.until.clampedAdding(Limits.darknessGraceMilliseconds))
    }
}
