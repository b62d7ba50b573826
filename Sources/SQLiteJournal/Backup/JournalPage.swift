import FoundationEssentials
import GRDB
import LockerDomain
import StationPorts

/// Lines of the journal that one short read gave, with the tables beside them when they are the last.
struct JournalPage {
    private(set) var lines: [JournalLine] = []
    private var recovered: [Int64: [[UInt8]]] = [:]
    /// At the end of the journal, read in the same transaction as its last lines.
    private(set) var tables: JournalTables?

    init(_ database: Database, after position: Int64) throws {
        var size = 0
        var isEnd = true
        let rows = try Row.fetchCursor(
            database,
            sql: "SELECT position, before, bytes, hash FROM event WHERE position > ? ORDER BY position",
            arguments: [position]
        )
        while let row = try rows.next() {
            guard size < Limits.backupPageBytes, lines.count < Limits.backupPageEventsMax else {
                isEnd = false
                break
            }
            let line = JournalLine(row: row)
            size += line.bytes.count + line.before.count + line.hash.count
            lines.append(line)
        }
        if let first = lines.first, let last = lines.last {
            let kept = try Row.fetchCursor(
                database,
                sql: "SELECT position, bytes FROM recovered WHERE position BETWEEN ? AND ? ORDER BY position, number",
                arguments: [first.position.rowid, last.position.rowid]
            )
            while let row = try kept.next() { recovered[row[0], default: []].append(row.bytes(at: 1)) }
        }
        if isEnd { tables = try JournalTables(database) }
    }

    /// Lines of the journal at some positions.
    static func lines(_ database: Database, in range: ClosedRange<Int64>) throws -> [JournalLine] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT position, before, bytes, hash FROM event WHERE position BETWEEN ? AND ? ORDER BY position LIMIT ?
                """,
            arguments: [range.lowerBound, range.upperBound, Limits.backupPageEventsMax]
        ).map(JournalLine.init(row:))
    }

    /// Writes the lines into a copy.
    func insert(_ database: Database, _ sha256: JournalBackup.Hash) throws {
        try SQLiteJournal.insert(lines, database)
        for (position, kept) in recovered {
            for (number, bytes) in kept.enumerated() {
                try database.execute(
                    sql: "INSERT INTO recovered (position, number, bytes) VALUES (?, ?, ?)",
                    arguments: [position, number, Data(bytes)]
                )
            }
            try database.execute(
                sql: "INSERT INTO backupRecovered (position, lines, digest) VALUES (?, ?, ?)",
                arguments: [position, kept.count, Data(BackupSeal.digest(kept, sha256))]
            )
        }
    }
}

/// The small tables of a journal.
struct JournalTables: Hashable {
    private(set) var incarnations: [Incarnation] = []
    private(set) var pruned: [Int: Int] = [:]
    private(set) var snapshots: [Snapshot] = []
    private var acknowledged: Int64?

    init(_ database: Database) throws {
        incarnations = try Row.fetchAll(database, sql: "SELECT generation, id FROM incarnation ORDER BY generation")
            .map { Incarnation(generation: $0[0], id: $0[1]) }
        pruned = try ChainWalk.pruned(database)
        snapshots = try Row.fetchAll(
            database,
            sql: "SELECT position, format, bytes FROM snapshot WHERE position <= (SELECT max(position) FROM event) "
                + "ORDER BY position"
        ).map { Snapshot(position: JournalPosition(rowid: $0[0]), format: $0[1], bytes: $0.bytes(at: 2)) }
        // One that its complement does not confirm is none.
        acknowledged = try Int64.fetchOne(database, sql: "SELECT acknowledged FROM cursor WHERE again = ~acknowledged")
    }

    /// Makes the tables of a copy the same. Pages that do not change are not written.
    func write(_ database: Database) throws {
        for incarnation in incarnations {
            try database.execute(
                sql: "INSERT OR IGNORE INTO incarnation (generation, id) VALUES (?, ?)",
                arguments: [incarnation.generation, incarnation.id]
            )
        }
        for (generation, through) in pruned {
            try database.execute(
                sql: "INSERT OR REPLACE INTO pruned (generation, through) VALUES (?, ?)",
                arguments: [generation, through]
            )
        }
        let held = Set(try JournalTables(database).snapshots)
        for old in held.subtracting(snapshots) {
            try database.execute(sql: "DELETE FROM snapshot WHERE position = ?", arguments: [old.position.rowid])
        }
        for snapshot in snapshots where !held.contains(snapshot) { try SQLiteJournal.insert(snapshot, database) }
        if let acknowledged {
            try database.execute(
                sql: "INSERT OR REPLACE INTO cursor (id, acknowledged, again) VALUES (1, ?, ?)",
                arguments: [acknowledged, ~acknowledged]
            )
        }
    }
}
