import LockerDomain
import Synchronization

extension ClockPort {
    /// Sleeps by the station's own clock; returns early when the task is cancelled.
    public func sleep(milliseconds: Int64) async {
        let gate = Gate()
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                gate.wait(continuation)
                wake(atUptime: now().uptime + milliseconds) { gate.open() }
            }
        } onCancel: {
            gate.open()
        }
    }
}

/// Opens once, from whoever comes first.
private final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func wait(_ continuation: CheckedContinuation<Void, Never>) {
        let isOpen = state.withLock { state in
            if !state.isOpen { state.waiter = continuation }
            return state.isOpen
        }
        if isOpen { continuation.resume() }
    }

    func open() {
        let waiter = state.withLock { state in
            defer { state.waiter = nil }
            state.isOpen = true
            return state.waiter
        }
        waiter?.resume()
    }
}
