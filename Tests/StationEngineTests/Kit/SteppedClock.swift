import LockerDomain
import PortFakes
import SimulatedDevices
import StationPorts
import Synchronization

/// A virtual clock that also tells when the engine has ordered its next rest, so that a test can wait for it.
final class SteppedClock: ClockPort {
    let inner: VirtualClock
    private let rests = Mutex<[Int64]>([])
    /// The engine rests every five seconds.
    private static let maintenanceMilliseconds: Int64 = 5_000

    init(wall: Int64, clock: ClockTrust = .ntp, bootID: String) {
        inner = VirtualClock(wall: wall, clock: clock, bootID: bootID)
    }

    var bootID: String { inner.bootID }
    func now() -> Moment { inner.now() }

    func wake(atUptime milliseconds: Int64, _ call: @escaping @Sendable () -> Void) {
        if milliseconds == now().uptime + Self.maintenanceMilliseconds { rests.withLock { $0.append(milliseconds) } }
        inner.wake(atUptime: milliseconds, call)
    }

    /// Whether a rest falls due between two uptimes, the later included.
    func isRestDue(after start: Int64, through end: Int64) -> Bool {
        rests.withLock { $0.contains { $0 > start && $0 <= end } }
    }

    /// Whether the engine has rested at this uptime and ordered the next one.
    func hasRested(at uptime: Int64) -> Bool { rests.withLock { $0.contains(uptime + Self.maintenanceMilliseconds) } }
}
