/// Decides how the time is known (DESIGN 4.8): what the machine's clocks show goes in, the moment that the station works
/// with comes out. Pure; the kernel's clock is never set.
///
/// `ntp` stays once the kernel was synchronised in this boot, until the wall clock steps without it: the kernel takes its
/// flag back after some hours without an answer, which says nothing of the time. Without it the last word counts, of the
/// county or of a technician, on from then by the uptime. A battery-backed clock counts when its time can be.
public struct ClockDiscipline: Sendable {
    /// The last confirmed time before this start; 0 when there was none.
    let trustedTime: Int64
    /// Wall time from which a clock that shows nonsense is replaced, at the first reading.
    let lastWall: Int64
    var first: Moment?
    /// The last reading of the machine, as it came.
    public internal(set) var last: Moment?
    /// The last confirmed moment of this boot.
    var confirmed: Moment?
    /// The trusted time; it goes on by the uptime.
    var trusted: Moment?
    /// The last word of the county or of a technician.
    var word: Moment?
    /// Uptime at which it was heard last.
    var heard: Int64 = 0
    /// Uptime until which it counts alone.
    var wordAlone = Int64.min
    /// Uptime since which NTP shows a time that nobody confirms.
    var doubtedSince: Int64?
    var isSynchronised = false
    /// Uptime up to which all that the time service did is known.
    private var looked: Int64 = 0
    /// The last answer of the time service that was looked at: each counts once.
    private var lastAnswer: Int64?
    var isStepped = false
    /// What was no battery's time a moment ago in this boot is none now.
    var isBatteryOut = false
    /// What is wrong with the clock, by the last reading.
    public private(set) var trouble: ClockTrouble?

    /// - Parameters:
    ///   - trustedTime: the last confirmed time in the journal, milliseconds since 1970; 0 when there is none.
    ///   - sign: the station's last sign of life before this start.
    ///   - isSameBoot: whether it was given in this boot: then what was known goes on. The 72 hours after which a time of
    ///     NTP that nobody confirms is believed do not: they begin anew.
    public init(trustedTime: Int64 = 0, after sign: Moment? = nil, isSameBoot: Bool = false) {
        self.trustedTime = trustedTime
        let possible = trustedTime...trustedTime + Limits.clockAheadMilliseconds
        lastWall = sign.map { possible.contains($0.wall) ? $0.wall : trustedTime } ?? trustedTime
        guard isSameBoot, let sign else { return }
        looked = sign.uptime
        if sign.clock.isConfirmed { (confirmed, trusted) = (sign, sign) }
        switch sign.clock {
        case .county, .manual: (word, heard) = (sign, sign.uptime)
        case .ntp: (isSynchronised, last) = (true, sign)
        case .fake: isBatteryOut = true
        case .rtc, .none: break
        }
    }

    /// What NTP shows by the last reading, whether it is believed or not; milliseconds since 1970.
    public var ntp: Int64? { isSynchronised ? last?.wall : nil }

    /// The moment of a reading. `raw.clock` is what the machine says: synchronised now (`ntp`), a battery (`rtc`), none
    /// (`fake`), never set (`none`), or set by hand.
    /// - Parameter answered: when the machine's time service had its last answer, by the wall clock of then.
    public mutating func moment(for raw: Moment, answered: Int64? = nil) -> Moment {
        let before = last.flatMap { abs(raw.step(since: $0)) > Limits.clockStepMilliseconds ? $0 : nil }
        if before != nil {
            isSynchronised = false
            isStepped = true
            doubtedSince = nil
        }
        if raw.clock == .ntp || answered.map({ isNew(answer: $0, raw, steppedSince: before) }) == true {
            isSynchronised = true
        }
        (looked, lastAnswer) = (max(looked, raw.uptime), answered ?? lastAnswer)
        first = first ?? raw
        last = raw
        if trusted == nil, trustedTime > 0 { trusted = Moment(wall: trustedTime, uptime: raw.uptime, clock: .none) }
        let (moment, trouble) = judged(raw)
        self.trouble = trouble
        if moment.clock.isConfirmed { confirmed = moment }
        return moment
    }

    /// Takes the county's time from a signed answer to a call that was made at the uptime `asked`. The county read its
    /// clock some time between the call and the answer: an offset that fits this stays, so that the time does not jitter.
    /// - Returns: whether the answer was used.
    @discardableResult
    public mutating func hear(county time: Int64, asked: Int64, at uptime: Int64) -> Bool {
        let wait = uptime - asked
        guard (0...Limits.countyAnswerMilliseconds).contains(wait), Self.possible.contains(time) else { return false }
        // A machine that is set by hand, a simulated one, hears nobody but its technician.
        if last?.clock == .manual, word?.clock == .manual { return false }
        if let word, word.clock == .county {
            let step = Limits.clockStepMilliseconds
            let known = word.wall + uptime - word.uptime
            if (time - step...time + wait + step).contains(known) {
                heard = uptime
                return false
            }
        }
        take(Moment(wall: time, uptime: uptime, clock: .county))
        return true
    }

    /// Takes the time that a technician set at an uptime. It counts, also against NTP, until the county says one.
    public mutating func set(manual wall: Int64, at uptime: Int64) {
        take(Moment(wall: wall, uptime: uptime, clock: .manual))
    }

    /// Why a technician should look again before a time is set at an uptime; `nil` when nothing speaks against it.
    public func objection(to wall: Int64, at uptime: Int64) -> ClockObjection? {
        guard Self.possible.contains(wall) else { return .impossible }
        guard let known = trustedWall(at: uptime) else { return nil }
        if wall < known - Limits.ntpBehindMilliseconds { return .behind(confirmed: known) }
        return wall > known + Limits.ntpAheadMilliseconds ? .ahead(confirmed: known) : nil
    }

    /// Wall times that a clock can show.
    private static var possible: Range<Int64> { Limits.earliestWallMilliseconds..<Limits.latestWallMilliseconds }

    private mutating func take(_ word: Moment) {
        if let known = trustedWall(at: word.uptime), word.wall < known - Limits.clocksApartMilliseconds {
            wordAlone = word.uptime + Limits.wordAloneMilliseconds
        }
        (self.word, heard) = (word, word.uptime)
    }

    /// The trusted time at an uptime; before the first reading of another boot that of the journal.
    func trustedWall(at uptime: Int64) -> Int64? {
        trusted.map { $0.wall + uptime - $0.uptime } ?? (trustedTime > 0 ? trustedTime : nil)
    }

    /// Whether an answer of the time service came since the last look, the first look since the last sign of life in this
    /// boot. What the wall clock shows now must say so: an answer from before somebody set the clock lies, by that
    /// clock, before the boot or in the future. What may be from before a step as well as after it waits for the next.
    private func isNew(answer: Int64, _ raw: Moment, steppedSince before: Moment?) -> Bool {
        let uptime = raw.uptime - (raw.wall - answer)
        // The times of files lag some milliseconds behind the clock, so a known answer is told by itself.
        let since = first == nil ? looked : looked - Limits.clockStepMilliseconds
        guard answer != lastAnswer, uptime > max(0, since), uptime <= raw.uptime + Limits.clockStepMilliseconds else {
            return false
        }
        guard let before else { return true }
        let uptimeThen = before.uptime + answer - before.wall
        return uptimeThen <= looked || uptimeThen > raw.uptime
    }
}

/// Why a time that a technician sets may be a mistake.
public enum ClockObjection: Error, Sendable, Hashable {
    /// Before 2026 or from 2100 on.
    case impossible
    /// More than a day before the last confirmed time: old badges would work again.
    case behind(confirmed: Int64)
    /// More than 45 days after it: what ends before would expire and be forgotten.
    case ahead(confirmed: Int64)
}
