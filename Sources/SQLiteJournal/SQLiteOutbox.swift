import FoundationEssentials
import GRDB
public import LockerDomain
public import StationPorts
import Synchronization

/// The journal as the uplink sees it: a second connection, short transactions (a long read would keep the WAL from
/// being reset). Safe from any thread.
public final class SQLiteOutbox: OutboxPort {
    let queue: DatabaseQueue
    private let lag = Mutex(CursorLag())
    let erasure = Mutex(Erasure())

    /// Opens a journal that `SQLiteJournal` has made or settled before.
    public init(path: String) throws {
        queue = try DatabaseQueue(path: path, configuration: SQLiteJournal.configuration(readonly: false))
        try SQLiteJournal.settle(queue)
        // What is erased here (`ContactPort`) must not stay readable in free pages.
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA secure_delete = ON") }
    }

    /// What this connection does now; for tests and the doctor.
    public func durability() throws -> SQLiteJournal.Durability { try queue.read { try SQLiteJournal.Durability($0) } }

    public func lines(after position: JournalPosition, limit: Int, bytes: Int) throws -> [JournalLine] {
        try queue.read { database in
            var lines: [JournalLine] = []
            var size = 0
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT position, before, bytes, hash FROM event
                    WHERE position > ? AND position < ? ORDER BY position LIMIT ?
                    """,
                arguments: [
                    position.rowid, JournalPosition(generation: position.generation + 1, sequence: 0).rowid, limit,
                ]
            )
            while let row = try rows.next() {
                let line = JournalLine(row: row)
                size += line.bytes.count
                if size > bytes, !lines.isEmpty { break }
                lines.append(line)
            }
            return lines
        }
    }

    public func incarnation(_ generation: Int) throws -> (incarnation: Incarnation, last: Int)? {
        try queue.read { database in
            let id = try String.fetchOne(
                database,
                sql: "SELECT id FROM incarnation WHERE generation = ?",
                arguments: [generation]
            )
            guard let id else { return nil }
            return (Incarnation(generation: generation, id: id), try Self.last(database, generation))
        }
    }

    private static func last(_ database: Database, _ generation: Int) throws -> Int {
        let rowid = try Int64.fetchOne(
            database,
            sql: "SELECT max(position) FROM event WHERE position > ? AND position < ?",
            arguments: [
                JournalPosition(generation: generation, sequence: 0).rowid,
                JournalPosition(generation: generation + 1, sequence: 0).rowid,
            ]
        )
        return rowid.map { JournalPosition(rowid: $0).sequence } ?? 0
    }

    public func acknowledged() throws -> JournalPosition { try queue.read(acknowledged) }

    private func acknowledged(_ database: Database) throws -> JournalPosition {
        try lag.withLock { $0.waiting } ?? Self.acknowledged(database)
    }

    /// The cursor is kept twice: one that a bad bit has moved stands nowhere, and what the county has is found anew.
    private static func acknowledged(_ database: Database) throws -> JournalPosition {
        // What was removed from the front was acknowledged.
        let front = try Row.fetchOne(
            database,
            sql: "SELECT generation, through FROM pruned ORDER BY generation DESC LIMIT 1"
        )
        let start = JournalPosition(generation: front?[0] ?? 1, sequence: front?[1] ?? 0)
        guard let row = try Row.fetchOne(database, sql: "SELECT acknowledged, again FROM cursor"),
            let rowid = row[0] as Int64?, let again = row[1] as Int64?, again == ~rowid
        else { return start }
        let position = JournalPosition(rowid: rowid)
        let last = try last(database, position.generation)
        let isKnown = try Bool.fetchOne(
            database,
            sql: "SELECT EXISTS (SELECT 1 FROM incarnation WHERE generation = ?)",
            arguments: [position.generation]
        )
        return isKnown == true && position.sequence <= last ? position : start
    }

    public func acknowledge(_ position: JournalPosition) throws {
        guard !lag.withLock({ $0.mayWait(position) }) else { return }
        try write(position)
    }

    public func keepCursor() throws {
        if let position = lag.withLock({ $0.waiting }) { try write(position) }
    }

    private func write(_ position: JournalPosition) throws {
        try queue.write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO cursor (id, acknowledged, again) VALUES (1, ?, ?)",
                arguments: [position.rowid, ~position.rowid]
            )
        }
        lag.withLock { $0.wrote(position) }
    }

    public func waiting() throws -> Int {
        try queue.read { database in
            let from = try acknowledged(database)
            let generations = try Int.fetchAll(
                database,
                sql: "SELECT generation FROM incarnation WHERE generation >= ?",
                arguments: [from.generation]
            )
            let count = try generations.reduce(0) { sum, generation in
                sum + (try Self.last(database, generation)) - (generation == from.generation ? from.sequence : 0)
            }
            return max(0, count)
        }
    }

    public func prunedThrough(_ generation: Int) throws -> Int {
        try queue.read { database in
            try Int.fetchOne(database, sql: "SELECT through FROM pruned WHERE generation = ?", arguments: [generation])
                ?? 0
        }
    }

    public func line(at position: JournalPosition) throws -> JournalLine? {
        try queue.read { database in
            try Row.fetchOne(
                database,
                sql: "SELECT position, before, bytes, hash FROM event WHERE position = ?",
                arguments: [position.rowid]
            ).map(JournalLine.init(row:))
        }
    }
}
