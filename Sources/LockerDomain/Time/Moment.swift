/// How a wall time is known (`clock` of every event, DESIGN 4.2 and 4.8).
public enum ClockTrust: String, Sendable, Codable, CaseIterable {
    /// The kernel was synchronised by NTP in this boot.
    case ntp
    /// By the time in an answer that the county signed; it goes on by the uptime.
    case county
    /// Set by a technician.
    case manual
    /// Read from a battery-backed clock that shows a time that can be.
    case rtc
    /// Restored from a file at boot (fake-hwclock), or a time that cannot be: it may be days behind.
    case fake
    /// Never set.
    case none

    /// Whether somebody vouches for the time. Only then does anything expire, fall due, cost or get deleted.
    public var isConfirmed: Bool { self == .ntp || self == .county || self == .manual }

    /// Whether the day is known: confirmed, or read from a clock with a battery. Days, runs and figures need no more.
    public var isDated: Bool { isConfirmed || self == .rtc }
}

/// One reading of the clocks. The core never reads a clock itself: time comes in with each input.
public struct Moment: Sendable, Hashable, Codable {
    /// Milliseconds since 1970-01-01T00:00:00Z; as good as `clock` says.
    public var wall: Int64
    /// Milliseconds since this boot; never jumps.
    public var uptime: Int64
    /// How `wall` is known.
    public var clock: ClockTrust

    /// A reading of both clocks.
    public init(wall: Int64, uptime: Int64, clock: ClockTrust) {
        self.wall = wall
        self.uptime = uptime
        self.clock = clock
    }

    /// Day number in Asia/Shanghai (UTC+8, no daylight saving since 1991), counted from 1970-01-01.
    public var shanghaiDay: Int64 {
        let local = wall + 8 * 3_600_000
        return local >= 0 ? local / 86_400_000 : (local - 86_399_999) / 86_400_000
    }

    /// Hour of the day in Asia/Shanghai, 0 … 23.
    public var shanghaiHour: Int {
        let local = (wall + 8 * 3_600_000) % 86_400_000
        return Int((local < 0 ? local + 86_400_000 : local) / 3_600_000)
    }

    /// Whether nobody is to be reminded now (21–08).
    public var isNight: Bool { !(8..<21).contains(shanghaiHour) }

    /// How far the wall clock stepped between an earlier reading of the same boot and this one.
    public func step(since earlier: Moment) -> Int64 { (wall - earlier.wall) - (uptime - earlier.uptime) }
}
