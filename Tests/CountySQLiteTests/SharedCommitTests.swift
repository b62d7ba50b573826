import CountySQLite
import Dispatch
import Foundation
import GRDB
import Synchronization
import Testing

@Suite("Writes that share a commit")
struct SharedCommitTests {
    private let folder = NSTemporaryDirectory() + "commits-\(UUID().uuidString)"
    private let store: CountyStore
    private let counter = Commits()

    private final class Commits: TransactionObserver {
        private let number = Mutex(0)
        var count: Int { number.withLock { $0 } }

        func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
        func databaseDidChange(with event: DatabaseEvent) {}
        func databaseDidCommit(_ db: Database) { number.withLock { $0 += 1 } }
        func databaseDidRollback(_ db: Database) {}
    }

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        store = try CountyStore(path: folder + "/county.sqlite")
        try store.pool.write { db in
            try db.execute(sql: "CREATE TABLE parent (id INTEGER PRIMARY KEY)")
            try db.execute(
                sql: "CREATE TABLE child (id INTEGER PRIMARY KEY REFERENCES parent DEFERRABLE INITIALLY DEFERRED)"
            )
        }
        store.pool.add(transactionObserver: counter, extent: .databaseLifetime)
    }

    /// Does all of them while the writer is busy, so that they come at the same time.
    private func together(_ writes: [String]) async throws -> [Result<Int64, any Error>] {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (busy, free) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        store.pool.asyncWriteWithoutTransaction { _ in
            busy.signal()
            free.wait()
        }
        busy.wait()
        let commits = store.commits
        return await withTaskGroup(of: (Int, Result<Int64, any Error>).self) { tasks in
            for (number, sql) in writes.enumerated() {
                tasks.addTask {
                    do {
                        let row = try await commits.write { db in
                            try db.execute(sql: sql)
                            return db.lastInsertedRowID
                        }
                        return (number, .success(row))
                    } catch {
                        return (number, .failure(error))
                    }
                }
            }
            while commits.waitingCount < writes.count { await Task.yield() }
            free.signal()
            var all: [Int: Result<Int64, any Error>] = [:]
            for await (number, result) in tasks { all[number] = result }
            return writes.indices.compactMap { all[$0] }
        }
    }

    private func rows(_ table: String) throws -> [Int64] {
        try store.pool.read { try Int64.fetchAll($0, sql: "SELECT id FROM \(table) ORDER BY id") }
    }

    @Test("are one commit, and each has its own result")
    func one() async throws {
        let results = try await together((1...5).map { "INSERT INTO parent VALUES (\($0))" })
        #expect(try results.map { try $0.get() } == [1, 2, 3, 4, 5])
        #expect(try rows("parent") == [1, 2, 3, 4, 5])
        #expect(counter.count == 1)
    }

    @Test("of which one fails are stored but for that one, which is told why")
    func fails() async throws {
        let results = try await together([
            "INSERT INTO parent VALUES (1)", "INSERT INTO nowhere VALUES (2)", "INSERT INTO parent VALUES (3)",
        ])
        #expect(try results[0].get() == 1)
        #expect(throws: DatabaseError.self) { try results[1].get() }
        #expect(try results[2].get() == 3)
        #expect(try rows("parent") == [1, 3])
    }

    @Test("that cannot be committed for the sake of one are stored but for that one")
    func failsAtCommit() async throws {
        let results = try await together([
            "INSERT INTO parent VALUES (1)", "INSERT INTO child VALUES (2)", "INSERT INTO parent VALUES (3)",
        ])
        #expect(try results[0].get() == 1)
        #expect(throws: DatabaseError.self) { try results[1].get() }
        #expect(try results[2].get() == 3)
        #expect(try rows("parent") == [1, 3])
        #expect(try rows("child") == [])
    }

    @Test("more than fit one commit are all done")
    func many() async throws {
        let results = try await together((1...40).map { "INSERT INTO parent VALUES (\($0))" })
        #expect(try results.map { try $0.get() } == Array(1...40))
        #expect(try rows("parent").count == 40)
        #expect(counter.count == 3)
    }
}
