import LockerDomain
import PortFakes
import SimulatedDevices
import StationPorts
import Synchronization

/// A virtual clock that tells who has ordered a call.
final class PaceClock: ClockPort {
    let inner = VirtualClock()
    private let wakes = Mutex<[Int64]>([])

    var bootID: String { inner.bootID }
    func now() -> Moment { inner.now() }

    func wake(atUptime milliseconds: Int64, _ call: @escaping @Sendable () -> Void) {
        inner.wake(atUptime: milliseconds, call)
        wakes.withLock { $0.append(milliseconds) }
    }

    /// Whether a call so many milliseconds from now was ordered.
    func hasWake(in milliseconds: Int64) -> Bool {
        let due = now().uptime + milliseconds
        return wakes.withLock { $0.contains(due) }
    }

    /// Calls that are ordered and not due yet.
    var waiting: Int {
        let now = now().uptime
        return wakes.withLock { $0.count { $0 > now } }
    }
}
