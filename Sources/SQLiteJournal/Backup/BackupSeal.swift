import FoundationEssentials
import GRDB
import LockerDomain
import StationPorts

/// What a copy of the journal says of itself, in the same commit as its lines: so a power cut leaves a copy that fits its
/// seal, and a bit that has flipped does not.
struct BackupSeal: Sendable, Hashable {
    /// Position of the last line, and the hash behind it.
    var end: JournalPosition
    var hash: [UInt8]
    /// Lines.
    var events: Int
    /// Lines that do not follow from those in front of them, as they stand in the journal itself.
    var breaks: [JournalPosition]
    /// Over the tables beside the lines.
    var digest: [UInt8]

    /// Tables that no journal has; they go when the copy becomes one.
    static let tables = """
        CREATE TABLE backup (
            id INTEGER PRIMARY KEY CHECK (id = 1), position INTEGER NOT NULL, hash BLOB NOT NULL,
            events INTEGER NOT NULL, breaks TEXT NOT NULL, digest BLOB NOT NULL);
        CREATE TABLE backupRecovered (position INTEGER PRIMARY KEY, lines INTEGER NOT NULL, digest BLOB NOT NULL);
        """

    static func read(_ database: Database) throws -> BackupSeal {
        guard
            let row = try Row.fetchOne(
                database,
                sql: "SELECT position, hash, events, breaks, digest FROM backup WHERE id = 1"
            )
        else { throw SQLiteJournal.Damage("it has no seal") }
        let words: String = row[3]
        let breaks = words.split(separator: " ").compactMap { JournalPosition(String($0)) }
        guard breaks.map(\.description).joined(separator: " ") == words else {
            throw SQLiteJournal.Damage("its seal cannot be read")
        }
        return BackupSeal(
            end: JournalPosition(rowid: row[0]),
            hash: row.bytes(at: 1),
            events: row[2],
            breaks: breaks,
            digest: row.bytes(at: 4)
        )
    }

    func write(_ database: Database) throws {
        try database.execute(
            sql: """
                INSERT OR REPLACE INTO backup (id, position, hash, events, breaks, digest) VALUES (1, ?, ?, ?, ?, ?)
                """,
            arguments: [
                end.rowid, Data(hash), events, breaks.map(\.description).joined(separator: " "), Data(digest),
            ]
        )
    }

    /// Digest of the small tables as they stand.
    static func digest(_ database: Database, _ sha256: JournalBackup.Hash) throws -> [UInt8] {
        var text = ""
        let tables = [
            "SELECT generation, id FROM incarnation ORDER BY generation",
            "SELECT generation, through FROM pruned ORDER BY generation",
            "SELECT acknowledged, again FROM cursor ORDER BY id",
            "SELECT position, lines, hex(digest) FROM backupRecovered ORDER BY position",
            "SELECT identifier, '' FROM grdb_migrations ORDER BY identifier",
            "SELECT name, sql FROM sqlite_master ORDER BY name",
        ]
        for table in tables {
            let rows = try Row.fetchCursor(database, sql: table)
            while let row = try rows.next() {
                text +=
                    row.databaseValues.map { String.fromDatabaseValue($0) ?? "\(Int64.fromDatabaseValue($0) ?? 0)" }
                    .joined(separator: " ") + "\n"
            }
            text += "\n"
        }
        let snapshots = try Row.fetchCursor(
            database,
            sql: "SELECT position, format, bytes FROM snapshot ORDER BY position"
        )
        while let row = try snapshots.next() {
            let (position, format): (Int64, Int) = (row[0], row[1])
            text += "\(position) \(format) \(Hex.encode(sha256(row.bytes(at: 2))))\n"
        }
        return sha256(Array(text.utf8))
    }

    /// Digest of the lines that are kept beside an event.
    static func digest(_ lines: [[UInt8]], _ sha256: JournalBackup.Hash) -> [UInt8] {
        sha256(lines.flatMap { sha256($0) })
    }
}
