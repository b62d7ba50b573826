/// How far the wall clock can be believed (`clock` of every event, DESIGN 4.2).
public enum ClockTrust: String, Sendable, Codable, CaseIterable {
    /// Synchronised by NTP in this boot.
    case ntp
    /// Read from a battery-backed clock.
    case rtc
    /// Set by a technician.
    case manual
    /// Restored from a file at boot (fake-hwclock): it runs behind by the length of the power cut.
    case fake
    /// Never set.
    case none

    /// Whether an expiry may be judged by it.
    public var isTrusted: Bool { self == .ntp || self == .rtc || self == .manual }
}

/// One reading of the clocks. The core never reads a clock itself: time comes in with each input.
public struct Moment: Sendable, Hashable, Codable {
    /// Milliseconds since 1970-01-01T00:00:00Z; as good as `clock` says.
    public var wall: Int64
    /// Milliseconds since this boot; never jumps.
    public var uptime: Int64
    /// Trust in `wall`.
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
}
