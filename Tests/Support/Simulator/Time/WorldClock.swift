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

    /// What the station is told.
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
        bootedAt = now
        switch start {
        case .epoch: (offset, trust) = (-now, .none)
        case .file(let lastWall): (offset, trust) = (lastWall - now, .fake)
        case .battery: (offset, trust) = (0, .rtc)
        }
    }

    mutating func synchronise() { (offset, trust) = (0, .ntp) }
}
