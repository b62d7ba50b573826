import Dispatch

/// The engine's own thread: a turn blocks on the disk, which a thread of the shared pool must not.
final class TurnExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "engine", qos: .userInitiated)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
