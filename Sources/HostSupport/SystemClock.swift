import CHost
import Dispatch
import Glibc
public import LockerDomain
public import StationPorts

/// The clocks of this machine, as the kernel and the time service see them at this moment: synchronised by NTP, read from
/// an RTC that kept time, or restored from a file at boot. What that is worth `ClockDiscipline` decides (DESIGN 4.8).
public final class SystemClock: ClockPort {
    public let bootID: String
    private let hasRTC: Bool
    private let serviceFile: String
    private let queue = DispatchQueue(label: "clock")

    /// `serviceFile` is what systemd-timesyncd touches at each answer of a server. chrony needs `rtcsync`, as Debian sets
    /// it, for the kernel to know; without it the county's time is what the station goes by.
    public init(serviceFile: String = "/run/systemd/timesync/synchronized") {
        self.serviceFile = serviceFile
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

    public var lastServiceAnswer: Int64? {
        var info = stat()
        guard stat(serviceFile, &info) == 0 else { return nil }
        return Int64(info.st_mtim.tv_sec) * 1_000 + Int64(info.st_mtim.tv_nsec) / 1_000_000
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
