import LockerDomain

/// The true time of the world, and what the board's clock makes of it.
struct WorldClock {
    /// True milliseconds since 1970.
    var now: Int64
    /// When the board was switched on.
    var bootedAt: Int64
    /// How far the wall clock of the board is from the truth.
    var offset: Int64 = 0
    var trust = ClockTrust.ntp
    var boots = 1
    /// What the station makes of it, from its start on.
    var discipline = ClockDiscipline()
    /// Whether the county has told it the time in this run.
    private(set) var hasWord = false
    /// How far the wall clock was from the truth before NTP leapt.
    private var beforeLeap: Int64?
    /// Whether it leapt no further than the station believes where nobody says something else.
    private var isLeapBelievable = false

    init(now: Int64, bootedAt: Int64) { (self.now, self.bootedAt) = (now, bootedAt) }

    /// What the machine shows; the station works with `World.moment`.
    var moment: Moment { Moment(wall: now + offset, uptime: now - bootedAt, clock: trust) }
    var bootID: String { "boot-\(boots)" }

    /// What the wall clock shows after a start without a battery.
    enum Start {
        /// 1970 (no clock at all).
        case epoch
        /// The time at which the last boot ended, from a file.
        case file(lastWall: Int64)
        /// A battery kept it.
        case battery
    }

    mutating func boot(_ start: Start) {
        boots += 1
        beforeLeap = nil
        bootedAt = now
        switch start {
        case .epoch: (offset, trust) = (-now, .none)
        case .file(let lastWall): (offset, trust) = (lastWall - now, .fake)
        case .battery: (offset, trust) = (0, .rtc)
        }
    }

    mutating func synchronise() { (offset, trust) = (0, .ntp) }

    // MARK: Leaps

    /// Somebody gives NTP another time.
    mutating func leap(by milliseconds: Int64) {
        guard beforeLeap == nil, trust == .ntp else { return }
        beforeLeap = offset
        offset += milliseconds
        isLeapBelievable = milliseconds <= Limits.ntpAheadMilliseconds
    }

    /// NTP shows the time again.
    mutating func comeBack() {
        guard let before = beforeLeap else { return }
        (offset, beforeLeap) = (before, nil)
    }

    // MARK: What the station makes of it

    /// The program starts, with what its journal tells of the time.
    mutating func begin(_ discipline: ClockDiscipline) {
        self.discipline = discipline
        hasWord = false
        // Who starts before anybody told the time cannot know better: that is not played.
        if isLeapBelievable { comeBack() }
    }

    /// The county says what time it is. Whether that changed anything.
    mutating func hear(county time: Int64, asked: Int64) -> Bool {
        hasWord = true
        return discipline.hear(county: time, asked: asked, at: moment.uptime)
    }
}
