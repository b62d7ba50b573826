import CHost
import Dispatch
import Glibc
public import LockerDomain
public import StationPorts

/// The clocks of this machine. Trust comes from the kernel: synchronised by NTP, read from an RTC that kept time, or
/// restored from a file at boot (DESIGN 4.2).
public struct SystemClock: ClockPort {
    public let bootID: String
    private let hasRTC: Bool
    private let queue = DispatchQueue(label: "clock")

    public init() {
        bootID = Self.readBootID()
        hasRTC = Self.readNumber("/sys/class/rtc/rtc0/since_epoch") ?? 0 > Self.earliest
    }

    public func now() -> Moment {
        var wall = timespec()
        var boot = timespec()
        clock_gettime(CLOCK_REALTIME, &wall)
        clock_gettime(CLOCK_BOOTTIME, &boot)
        let seconds = Int64(wall.tv_sec)
        return Moment(
            wall: seconds * 1_000 + Int64(wall.tv_nsec) / 1_000_000,
            uptime: Int64(boot.tv_sec) * 1_000 + Int64(boot.tv_nsec) / 1_000_000,
            clock: trust(atSeconds: seconds)
        )
    }

    private func trust(atSeconds seconds: Int64) -> ClockTrust {
        if lk_clock_synchronised() == 1 { return .ntp }
        guard seconds > Self.earliest else { return .none }
        return hasRTC ? .rtc : .fake
    }

    /// 2026-01-01: a clock before the software was written was never set.
    private static var earliest: Int64 { Limits.earliestWallMilliseconds / 1_000 }

    public func wake(atUptime milliseconds: Int64, _ call: @escaping @Sendable () -> Void) {
        let delay = max(0, milliseconds - now().uptime)
        queue.asyncAfter(deadline: .now() + .milliseconds(Int(delay)), execute: call)
    }

    private static func readBootID() -> String {
        readText("/proc/sys/kernel/random/boot_id") ?? "unknown"
    }

    private static func readNumber(_ path: String) -> Int64? { readText(path).flatMap { Int64($0) } }

    private static func readText(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 128)
        let count = read(descriptor, &buffer, buffer.count)
        guard count > 0 else { return nil }
        return String(decoding: buffer[..<count].filter { $0 > 0x20 }, as: UTF8.self)
    }
}

/// Randomness of the kernel.
public struct SystemEntropy: EntropyPort {
    public init() {}

    public func bytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}
