import FoundationEssentials
import Glibc

/// The clocks of the machine that the county runs on. Its functions are called from any thread.
public struct CountyClock: Sendable {
    /// Milliseconds since 1970, as the machine has them now.
    let wall: @Sendable () -> Int64
    /// Milliseconds of the boot clock, which nobody sets.
    let uptime: @Sendable () -> Int64
    /// Names the boot that `uptime` counts from.
    let bootID: @Sendable () -> String
    /// Whether the kernel says that NTP keeps the time.
    let isSynchronised: @Sendable () -> Bool

    /// The clocks of this machine, unless a test brings its own.
    ///
    /// - Parameters:
    ///   - wall: milliseconds since 1970.
    ///   - uptime: milliseconds of the boot clock; where only `wall` is given it runs with that, so that nothing leaps.
    ///   - isSynchronised: never, where nobody can say.
    public init(
        wall: (@Sendable () -> Int64)? = nil,
        uptime: (@Sendable () -> Int64)? = nil,
        bootID: (@Sendable () -> String)? = nil,
        isSynchronised: @escaping @Sendable () -> Bool = { false }
    ) {
        self.wall = wall ?? { Int64((Date().timeIntervalSince1970 * 1_000).rounded(.down)) }
        self.uptime = uptime ?? wall ?? Self.bootTime
        let boot = Self.readBootID()
        self.bootID = bootID ?? { boot }
        self.isSynchronised = isSynchronised
    }

    var reading: ClockReading {
        ClockReading(wall: wall(), uptime: uptime(), bootID: bootID(), isSynchronised: isSynchronised())
    }

    private static let bootTime: @Sendable () -> Int64 = {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }

    private static func readBootID() -> String {
        let handle = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
        guard handle >= 0 else { return "unknown" }
        defer { close(handle) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = read(handle, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)).filter { $0 > 0x20 }, as: UTF8.self)
    }
}

/// One look at all of them.
struct ClockReading: Sendable, Hashable {
    var wall: Int64
    var uptime: Int64
    var bootID: String
    var isSynchronised: Bool
}
