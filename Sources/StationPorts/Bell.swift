import LockerDomain

/// Wakes one loop that waits with a limit. A notification while nobody waits is kept for the next wait.
///
/// A clock takes no call back, and a busy station notifies a hundred times a second: one call of the clock stands
/// for all waits whose limit is not earlier. It does not keep the bell, so one that is left over does nothing.
package actor Bell {
    private let clock: any ClockPort
    private var waiter: (id: Int, end: Int64, continuation: CheckedContinuation<Void, Never>)?
    private var isNotified = false
    private var waits = 0
    /// Uptime of the earliest call that was ordered of the clock.
    private var armed = Int64.max

    package init(_ clock: any ClockPort) { self.clock = clock }

    package func notify() {
        isNotified = true
        wake()
    }

    /// Returns after a notification, after the time, or when the task is cancelled.
    package func wait(milliseconds: Int64) async {
        guard !isNotified else { return isNotified = false }
        waits += 1
        let (id, end) = (waits, clock.now().uptime + milliseconds)
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                guard !Task.isCancelled else { return continuation.resume() }
                waiter = (id, end, continuation)
                arm(end)
            }
        } onCancel: {
            Task { await self.cancel(id) }
        }
        isNotified = false
    }

    /// Whether somebody waits who is woken at this uptime at the latest.
    package func isWaiting(until uptime: Int64) -> Bool { waiter?.end == uptime }

    private func arm(_ uptime: Int64) {
        guard uptime < armed else { return }
        armed = uptime
        clock.wake(atUptime: uptime) { [weak self] in
            guard let self else { return }
            Task { await self.fired(uptime) }
        }
    }

    private func fired(_ uptime: Int64) {
        if armed == uptime { armed = .max }
        guard let waiter else { return }
        if waiter.end <= clock.now().uptime { wake() } else { arm(waiter.end) }
    }

    private func cancel(_ id: Int) {
        if waiter?.id == id { wake() }
    }

    private func wake() {
        let continuation = waiter?.continuation
        waiter = nil
        continuation?.resume()
    }
}
