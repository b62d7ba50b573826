/// Decides how the time is known (DESIGN 4.8): what the machine's clocks show goes in, the moment that the station works
/// with comes out. Pure; the kernel's clock is never set.
///
/// `ntp` stays once the kernel was synchronised in this boot, until the wall clock steps without it: the kernel takes its
/// flag back after some hours without an answer, which says nothing of the time. Without it the county's time counts, on
/// from its answer by the uptime. A battery-backed clock counts when its time can be.
public struct ClockDiscipline: Sendable {
    /// The last confirmed time before this start; 0 when there was none.
    private let trustedTime: Int64
    /// Wall time from which a clock that shows nonsense is replaced, at the first reading.
    private let lastWall: Int64
    private var first: Moment?
    private var last: Moment?
    private var confirmed: Moment?
    private var county: Moment?
    private var isSynchronised = false
    /// Uptime up to which all that the time service did is known.
    private var looked: Int64 = 0
    /// The last answer of the time service that was looked at: each counts once.
    private var lastAnswer: Int64?
    private var isStepped = false
    /// What was no battery's time a moment ago in this boot is none now.
    private var isBatteryOut = false
    /// What is wrong with the clock, by the last reading.
    public private(set) var trouble: ClockTrouble?

    /// - Parameters:
    ///   - trustedTime: the last confirmed time in the journal, milliseconds since 1970; 0 when there is none.
    ///   - sign: the station's last sign of life before this start.
    ///   - isSameBoot: whether it was given in this boot: then what was known goes on.
    public init(trustedTime: Int64 = 0, after sign: Moment? = nil, isSameBoot: Bool = false) {
        self.trustedTime = trustedTime
        let possible = trustedTime...trustedTime + Limits.clockAheadMilliseconds
        lastWall = sign.map { possible.contains($0.wall) ? $0.wall : trustedTime } ?? trustedTime
        guard isSameBoot, let sign else { return }
        looked = sign.uptime
        if sign.clock.isConfirmed { confirmed = sign }
        switch sign.clock {
        case .county: county = sign
        case .ntp: (isSynchronised, last) = (true, sign)
        case .fake: isBatteryOut = true
        case .manual, .rtc, .none: break
        }
    }

    /// The moment of a reading. `raw.clock` is what the machine says: synchronised now (`ntp`), a battery (`rtc`), none
    /// (`fake`), never set (`none`), or set by hand.
    /// - Parameter answered: when the machine's time service had its last answer, by the wall clock of then.
    public mutating func moment(for raw: Moment, answered: Int64? = nil) -> Moment {
        let before = last.flatMap { abs(raw.step(since: $0)) > Limits.clockStepMilliseconds ? $0 : nil }
        if before != nil {
            isSynchronised = false
            isStepped = true
        }
        if raw.clock == .ntp || answered.map({ isNew(answer: $0, raw, steppedSince: before) }) == true {
            isSynchronised = true
        }
        (looked, lastAnswer) = (max(looked, raw.uptime), answered ?? lastAnswer)
        first = first ?? raw
        last = raw
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
        guard (0...Limits.countyAnswerMilliseconds).contains(wait), time >= Limits.earliestWallMilliseconds else {
            return false
        }
        if let county {
            let step = Limits.clockStepMilliseconds
            let known = county.wall + uptime - county.uptime
            if (time - step...time + wait + step).contains(known) { return false }
        }
        county = Moment(wall: time, uptime: uptime, clock: .county)
        return true
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

    private func judged(_ raw: Moment) -> (Moment, ClockTrouble?) {
        if raw.clock == .manual { return (raw, nil) }
        var moment = raw
        if isSynchronised {
            moment.clock = .ntp
            return (moment, nil)
        }
        if let county {
            return (Moment(wall: county.wall + raw.uptime - county.uptime, uptime: raw.uptime, clock: .county), nil)
        }
        guard trustedTime > 0 || confirmed != nil else {
            if raw.clock == .rtc { moment.clock = .fake }
            return (moment, .neverConfirmed)
        }
        let now = elapsed(at: raw)
        if raw.wall > now + Limits.clockAheadMilliseconds {
            let trouble = ClockTrouble.ahead(shown: raw.wall, confirmed: confirmed?.wall ?? trustedTime)
            return (Moment(wall: now, uptime: raw.uptime, clock: .fake), trouble)
        }
        guard raw.clock == .rtc else { return (moment, isStepped ? .stepped : .estimated) }
        moment.clock = .fake
        if raw.wall < trustedTime - Limits.clockBehindMilliseconds {
            return (moment, .behind(shown: raw.wall, confirmed: trustedTime))
        }
        if isStepped || isBatteryOut || confirmed != nil { return (moment, .stepped) }
        moment.clock = .rtc
        let days = (raw.wall - trustedTime) / 86_400_000
        return (moment, days >= Limits.clockUnconfirmedDays ? .unconfirmed(days: days) : nil)
    }

    /// What has passed for certain since the last time that is known: the uptime.
    private func elapsed(at raw: Moment) -> Int64 {
        if let confirmed { return confirmed.wall + raw.uptime - confirmed.uptime }
        return lastWall + raw.uptime - (first?.uptime ?? raw.uptime)
    }
}
