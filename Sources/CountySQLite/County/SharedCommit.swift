package import GRDB
import Synchronization

/// Writes what several callers bring at the same time, in the order in which they came, with one commit: a commit waits for
/// the disk, whatever is in it. A caller goes on when all of it is durable (DESIGN rule 1). Safe from any task.
package final class SharedCommit: Sendable {
    private struct Job: Sendable {
        /// Does the work, and gives what tells its caller so once that is durable.
        let work: @Sendable (Database) throws -> @Sendable () -> Void
        let fail: @Sendable (any Error) -> Void
    }

    private let pool: DatabasePool
    private let waiting = Mutex([Job]())

    init(_ pool: DatabasePool) { self.pool = pool }

    /// Writes that no commit has begun with.
    package var waitingCount: Int { waiting.withLock { $0.count } }

    /// Does the work in a transaction that others may share.
    ///
    /// - Parameter work: may be done twice, of which one time was rolled back: it changes the database alone.
    /// - Throws: what the work throws, and what the commit does; then nothing of it is stored.
    package func write<Value: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let job = Job(
                work: { db in
                    let value = try work(db)
                    return { continuation.resume(returning: value) }
                },
                fail: { continuation.resume(throwing: $0) }
            )
            let isFirst = waiting.withLock { jobs in
                jobs.append(job)
                return jobs.count == 1
            }
            // Whoever comes before the writer turns to the first one goes with it.
            if isFirst { commitSoon() }
        }
    }

    private func commitSoon() {
        pool.asyncWriteWithoutTransaction { db in
            let (jobs, isMore) = self.waiting.withLock { waiting in
                let jobs = Array(waiting.prefix(CountySQLiteLimits.sharedWritesMax))
                waiting.removeFirst(jobs.count)
                return (jobs, !waiting.isEmpty)
            }
            if isMore { self.commitSoon() }
            Self.commit(jobs, db)
        }
    }

    private static func commit(_ jobs: [Job], _ db: Database) {
        do {
            var told: [@Sendable () -> Void] = []
            try db.inTransaction(.immediate) {
                for job in jobs { told.append(try job.work(db)) }
                return .commit
            }
            for tell in told { tell() }
        } catch  where jobs.count > 1 {
            // One of them may be at fault: nobody else is to suffer for it.
            for job in jobs { commit([job], db) }
        } catch {
            for job in jobs { job.fail(error) }
        }
    }
}
