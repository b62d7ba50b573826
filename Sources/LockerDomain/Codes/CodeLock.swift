/// Locks typing after wrong codes: five in ten minutes for 2 min, growing to 15 (DESIGN 4.4). Part of the durable
/// state: a power cut does not give a guesser new tries.
///
/// Times are uptimes, so no jump of the wall clock ends a lock or brings one back. A start moves them into the new count
/// (`restarted`): what happened before it may stand below zero.
public struct CodeLock: Sendable, Hashable, Codable {
    /// Uptimes of recent wrong codes.
    public private(set) var wrong: [Int64] = []
    /// Uptime until which typing is, or was last, locked; `nil` when the last lock is forgotten.
    public private(set) var lockedUntil: Int64?
    /// Length of the present or last lock in milliseconds; 0 before the first.
    public private(set) var length: Int64 = 0
    /// Day of `wrongToday` in Asia/Shanghai; `nil` when no clock could know it.
    public private(set) var day: Int64?
    /// Uptime of the first wrong code of `wrongToday`.
    public private(set) var dayBegan: Int64 = 0
    public private(set) var wrongToday = 0

    public init() {}

    /// Milliseconds until typing works again; 0 when it works.
    public func remaining(at now: Moment) -> Int64 {
        lockedUntil.map { min(max(0, $0 - now.uptime), length) } ?? 0
    }

    /// Whether one more wrong code locks typing, and for how long. While the books are doubtful no lock is longer than the
    /// first: what fits nothing may be a right code.
    public func lockAfterOneMore(at now: Moment, isDoubtful: Bool = false) -> Int64? {
        guard wrong.count(where: { Self.isRecent($0, at: now) }) + 1 >= Limits.wrongCodesMax else { return nil }
        guard !isDoubtful else { return Limits.codeLockMilliseconds }
        return length == 0 ? Limits.codeLockMilliseconds : min(length * 2, Limits.codeLockMillisecondsMax)
    }

    /// Whether typing also asks the last four digits of the phone today.
    public func asksLastFour(at now: Moment) -> Bool {
        wrongToday >= Limits.wrongCodesPerDayMax && !isAnotherDay(at: now)
    }

    package mutating func wrongCode(at now: Moment, countsForDay: Bool = true) {
        wrong.removeAll { !Self.isRecent($0, at: now) }
        forgetServedLock(at: now)
        wrong.append(now.uptime)
        guard countsForDay else { return }
        if isAnotherDay(at: now) {
            day = now.clock.isDated ? now.shanghaiDay : nil
            dayBegan = now.uptime
            wrongToday = 0
        }
        wrongToday += 1
    }

    package mutating func lock(milliseconds: Int64, at now: Moment) {
        length = milliseconds
        lockedUntil = now.uptime + milliseconds
        wrong = []
    }

    package mutating func rightCode(at now: Moment) {
        wrong = []
        forgetServedLock(at: now)
    }

    /// Counts on in a new start. Only what is known to have passed since the last event has passed: the uptime of another
    /// boot, or what confirmed clocks showed at both ends. A lock runs the rest of its length, no more.
    package mutating func restarted(after last: Moment, at now: Moment) {
        // Which boot it is nobody says here; more has passed than its uptime when it is another one.
        let least = now.uptime < last.uptime ? now.uptime : now.uptime - last.uptime
        let isKnown = last.clock.isConfirmed && now.clock.isConfirmed
        let passed = max(least, isKnown ? now.wall - last.wall : 0)
        let shift = now.uptime - last.uptime - passed
        wrong = wrong.map { $0 + shift }
        lockedUntil = lockedUntil.map { $0 + shift }
        dayBegan += shift
    }

    private static func isRecent(_ uptime: Int64, at now: Moment) -> Bool {
        now.uptime - uptime < Limits.wrongCodeWindowMilliseconds
    }

    /// A clock that cannot know the day ends it after 24 hours: falling back to 1970 does not.
    private func isAnotherDay(at now: Moment) -> Bool {
        guard wrongToday > 0 else { return true }
        guard let day, now.clock.isDated else { return now.uptime - dayBegan >= Limits.wrongCodeDayMilliseconds }
        return day != now.shanghaiDay
    }

    /// Only when typing was quiet for a whole window after a lock does the next one begin short again.
    private mutating func forgetServedLock(at now: Moment) {
        guard wrong.isEmpty, let served = lockedUntil, served + Limits.wrongCodeWindowMilliseconds <= now.uptime else {
            return
        }
        lockedUntil = nil
        length = 0
    }
}
