import StationPorts

/// Wakes one loop that waits with a limit. A ring while nobody waits is kept for the next wait.
actor Bell {
    private let clock: any ClockPort
    private var waiter: (id: Int, continuation: CheckedContinuation<Void, Never>)?
    private var rung = false
    private var waits = 0

    init(_ clock: any ClockPort) { self.clock = clock }

    func ring() {
        rung = true
        wake()
    }

    /// Returns after a ring, after the time, or when the task is cancelled.
    func wait(milliseconds: Int64) async {
        guard !rung else { return rung = false }
        waits += 1
        let id = waits
        let alarm = Task {
            await clock.sleep(milliseconds: milliseconds)
            expire(id)
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if Task.isCancelled { continuation.resume() } else { waiter = (id, continuation) }
            }
        } onCancel: {
            alarm.cancel()
        }
        alarm.cancel()
        rung = false
    }

    private func expire(_ id: Int) {
        guard waiter?.id == id else { return }
        wake()
    }

    private func wake() {
        let continuation = waiter?.continuation
        waiter = nil
        continuation?.resume()
    }
}
