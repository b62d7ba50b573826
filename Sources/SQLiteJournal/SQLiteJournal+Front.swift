import FoundationEssentials
import GRDB
public import LockerDomain
public import StationPorts

/// The front of the journal, which is removed once the county has it (DESIGN 4.2). Pages that become free are written
/// again: the file stays as large as it ever was.
extension SQLiteJournal {
    public func front(limit: Int) throws -> JournalFront {
        try queue.read { database in
            let lines = try Row.fetchAll(
                database,
                sql: """
                    SELECT position, before, bytes, hash FROM event
                    WHERE position NOT IN (\(Self.lastOfEach)) ORDER BY position LIMIT ?
                    """,
                arguments: [limit]
            )
            let snapshots = try Row.fetchAll(
                database,
                sql: "SELECT position, format, bytes FROM snapshot ORDER BY position DESC"
            )
            let cursor = try Int64.fetchOne(database, sql: "SELECT acknowledged FROM cursor")
            return JournalFront(
                lines: lines.map(JournalLine.init(row:)),
                bytes: try Self.bytes(database),
                acknowledged: JournalPosition(rowid: cursor ?? 0),
                snapshots: snapshots.map { row in
                    Snapshot(position: JournalPosition(rowid: row[0]), format: row[1], bytes: row.bytes(at: 2))
                }
            )
        }
    }

    public func prune(through position: JournalPosition) throws {
        do {
            try queue.write { database in
                let gone = "position <= ? AND position NOT IN (\(Self.lastOfEach))"
                try database.execute(
                    sql: """
                        INSERT OR REPLACE INTO pruned (generation, through)
                        SELECT position >> 40, max(position & ?) FROM event WHERE \(gone) GROUP BY position >> 40
                        """,
                    arguments: [JournalPosition.sequenceMask, position.rowid]
                )
                try database.execute(sql: "DELETE FROM event WHERE \(gone)", arguments: [position.rowid])
                try database.execute(sql: "DELETE FROM recovered WHERE position <= ?", arguments: [position.rowid])
            }
        } catch {
            throw journalError(error)
        }
    }

    /// Positions of the last event of each incarnation, each found at one end of its part of the tree.
    private static let lastOfEach = """
        SELECT last FROM (
            SELECT (SELECT max(position) FROM event
                WHERE position > (generation << 40) AND position < ((generation + 1) << 40)) AS last
            FROM incarnation) WHERE last IS NOT NULL
        """

    private static func bytes(_ database: Database) throws -> Int {
        let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
        let free = try Int.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
        return (pages - free) * (try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0)
    }
}
