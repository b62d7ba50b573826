import FoundationEssentials
import GRDB
public import LockerDomain
public import StationPorts

extension SQLiteJournal {
    /// A journal that a newer version has written: used by this one it would be damaged, so it is left as it is.
    public struct Newer: Error, Sendable, CustomStringConvertible {
        public var description: String
    }

    /// Refuses a file whose layout this program does not know, before anything is written to it. A newer version has all that
    /// this one makes and more; a name that stands there instead of one of ours is damage.
    static func refuseNewer(_ queue: DatabaseQueue, _ path: String) throws {
        let made = try queue.read { try migrator.appliedIdentifiers($0) }
        let known = Set(migrator.migrations)
        guard !made.isSubset(of: known) else { return }
        guard made.isSuperset(of: known) else { throw Damage("\(path) has tables under strange names") }
        throw Newer(
            description: "\(path) was written by a newer lockerd: install that version again; "
                + "the journal is left as it is"
        )
    }

    /// An incarnation is committed with the line that tells why it began: the newest event is of the newest incarnation, or
    /// the name of its own is damaged. Sent under another name it would be refused for ever.
    /// - Throws: `Damage` then.
    public func checkNames() throws {
        let (named, newest) = try queue.read { database in
            let newest = try Int64.fetchOne(database, sql: "SELECT max(position) FROM event")
            return (try Incarnation.newest(database), newest.map(JournalPosition.init(rowid:)))
        }
        guard let newest, named?.generation != newest.generation else { return }
        throw Damage("\(path) has no name for the incarnation of its newest event, \(newest)")
    }

    public func committed() -> JournalPosition? { mark.position() }

    public func append(_ lines: [JournalLine], recovered: [[UInt8]]) throws(JournalError) {
        guard let last = lines.last else { return }
        do {
            try queue.inTransaction(.immediate) { database in
                try Self.insert(lines, database)
                let insert = try database.cachedStatement(
                    sql: "INSERT INTO recovered (position, number, bytes) VALUES (?, ?, ?)"
                )
                for (number, bytes) in recovered.enumerated() {
                    try insert.execute(arguments: [last.position.rowid, number, Data(bytes)])
                }
                return .commit
            }
        } catch {
            throw journalError(error)
        }
        committed(lines)
    }

    public func recovered(at position: JournalPosition) throws -> [[UInt8]] {
        // Asked in the midst of a replay, on the same thread and within its transaction.
        try queue.unsafeReentrantRead { database in
            let rows = try Row.fetchAll(
                database,
                sql: "SELECT bytes FROM recovered WHERE position = ? ORDER BY number",
                arguments: [position.rowid]
            )
            return rows.map { $0.bytes(at: 0) }
        }
    }

    /// Puts the state of a journal that cannot be read any more in front of the first line of this one.
    /// - Throws: `JournalError` when the disk does not take it.
    public func adopt(_ base: Snapshot) throws(JournalError) {
        do {
            try queue.write { try Self.insert(base, $0) }
        } catch {
            throw journalError(error)
        }
    }

    static func insert(_ snapshot: Snapshot, _ database: Database) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO snapshot (position, format, bytes) VALUES (?, ?, ?)",
            arguments: [snapshot.position.rowid, snapshot.format, Data(snapshot.bytes)]
        )
    }

    /// The last two stay, and the base that a journal stands on; what claims to be ahead of the newest is none of ours.
    static func keep(_ snapshot: Snapshot, _ database: Database) throws {
        try insert(snapshot, database)
        let base = JournalPosition(generation: 1, sequence: 0).rowid
        try database.execute(
            sql: """
                DELETE FROM snapshot WHERE position <> ?1 AND (position > ?2 OR position NOT IN (
                    SELECT position FROM snapshot WHERE position <= ?2 ORDER BY position DESC LIMIT 2))
                """,
            arguments: [base, snapshot.position.rowid]
        )
    }
}
