/// Locks typing after wrong codes: five in ten minutes for 2 min, growing to 15 (DESIGN 4.4). Part of the durable
/// state: a power cut does not give a guesser new tries.
public struct CodeLock: Sendable, Hashable, Codable {
    /// Wall times of recent wrong codes.
    public private(set) var wrong: [Int64] = []
    /// Wall time until which typing is locked; 0 when it is not.
    public private(set) var lockedUntil: Int64 = 0
    /// Length of the present or last lock in milliseconds; 0 before the first.
    public private(set) var length: Int64 = 0
    /// Day of `wrongToday`.
    public private(set) var day: Int64 = 0
    public private(set) var wrongToday = 0

    public init() {}

    /// Milliseconds until typing works again; 0 when it works.
    public func remaining(at now: Moment) -> Int64 { max(0, lockedUntil - now.wall) }

    /// Whether one more wrong code locks typing, and for how long.
    public func lockAfterOneMore(at now: Moment) -> Int64? {
        let recent = wrong.filter { now.wall - $0 < Limits.wrongCodeWindowMilliseconds && $0 <= now.wall }
        guard recent.count + 1 >= Limits.wrongCodesMax else { return nil }
        return length == 0 ? Limits.codeLockMilliseconds : min(length * 2, Limits.codeLockMillisecondsMax)
    }

    /// Whether typing also asks the last four digits of the phone today.
    public func asksLastFour(at now: Moment) -> Bool {
        day == now.shanghaiDay && wrongToday >= Limits.wrongCodesPerDayMax
    }

    mutating func wrongCode(at now: Moment) {
        wrong.removeAll { now.wall - $0 >= Limits.wrongCodeWindowMilliseconds || $0 > now.wall }
        forgetServedLock(at: now)
        wrong.append(now.wall)
        if day != now.shanghaiDay {
            day = now.shanghaiDay
            wrongToday = 0
        }
        wrongToday += 1
    }

    mutating func lock(milliseconds: Int64, at now: Moment) {
        length = milliseconds
        lockedUntil = now.wall + milliseconds
        wrong = []
    }

    mutating func rightCode(at now: Moment) {
        wrong = []
        forgetServedLock(at: now)
    }

    /// Only when typing was quiet for a whole window after a lock does the next one begin short again.
    private mutating func forgetServedLock(at now: Moment) {
        guard wrong.isEmpty, lockedUntil + Limits.wrongCodeWindowMilliseconds <= now.wall else { return }
        lockedUntil = 0
        length = 0
    }

    /// After a start or a jump of the clock the wall times say nothing: a lock that was not served for certain runs its
    /// whole length again, and recent wrong codes stay recent.
    mutating func clockMoved(at now: Moment) {
        wrong = wrong.map { _ in now.wall }
        guard lockedUntil != 0 else { return }
        lockedUntil = now.wall + length
    }
}
