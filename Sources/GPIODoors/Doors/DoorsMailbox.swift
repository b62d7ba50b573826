import LinuxSupport
import LockerDomain
import Synchronization

/// Where the doors' thread and everybody else meet.
final class DoorsMailbox: Sendable {
    private struct State: Sendable {
        var queue = PulseQueue()
        var isStopping = false
        var isRealTime = false
    }

    private let state = Mutex(State())
    /// Ends the thread's wait.
    let wake: WakePipe
    /// Signalled by the thread when every output is off and every line released.
    let done: WakePipe

    init(wake: WakePipe, done: WakePipe) {
        self.wake = wake
        self.done = done
    }

    func add(_ order: PulseOrder) -> Bool {
        let taken = state.withLock { !$0.isStopping && $0.queue.add(order) }
        if taken { wake.signal() }
        return taken
    }

    func stop() {
        state.withLock {
            $0.isStopping = true
            $0.queue.removeAll()
        }
        wake.signal()
    }

    var isStopping: Bool { state.withLock { $0.isStopping } }
    var isRealTime: Bool {
        get { state.withLock { $0.isRealTime } }
        set { state.withLock { $0.isRealTime = newValue } }
    }

    func nextStart(now: Int64) -> Int64? { state.withLock { $0.queue.nextStart(now: now) } }
    func begin(now: Int64) -> PulseOrder? { state.withLock { $0.queue.begin(now: now) } }
    func ended(now: Int64) { state.withLock { $0.queue.ended(now: now) } }
    func removeUndrivable(_ isUndrivable: (DoorName) -> Bool) -> PulseOrder? {
        state.withLock { $0.queue.removeUndrivable(isUndrivable) }
    }
}
