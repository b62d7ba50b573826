import NIOPosix
import Synchronization

/// Threads for what blocks: the ports read files, and scrypt takes a core. The event loops carry the stations' calls, a few of
/// them for thousands of connections, and must never wait for a page; an actor would make all pages wait for the slowest.
package final class WorkPool: Sendable {
    private let pool: NIOThreadPool
    private let inside = Mutex(0)
    private let insideMax: Int

    /// - Parameter waiting: calls that may wait for a thread.
    package init(threads: Int, waiting: Int) {
        pool = NIOThreadPool(numberOfThreads: threads)
        insideMax = threads + waiting
        pool.start()
    }

    deinit { pool.shutdownGracefully { _ in } }

    /// Runs it on one of the threads.
    ///
    /// - Throws: `PageFault` `busy` when too many wait, and what it throws.
    package func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        let isIn = inside.withLock { inside in
            guard inside < insideMax else { return false }
            inside += 1
            return true
        }
        guard isIn else { throw PageFault.busy }
        defer { inside.withLock { $0 -= 1 } }
        return try await pool.runIfActive(work)
    }
}
