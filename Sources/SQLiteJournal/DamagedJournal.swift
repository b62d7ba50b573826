import FoundationEssentials
import GRDB
import Glibc
public import LockerDomain
public import StationPorts

/// A journal that could not be used, moved aside and kept for whoever can still read it.
public struct DamagedJournal: Sendable {
    /// Where the file lies now.
    public var keptAt: String
    /// Incarnation of the old file, if it can still be read.
    public var incarnation: String?
    /// The last line that can still be read.
    public var last: JournalLine?
    /// What the county had acknowledged, if that can still be read.
    public var acknowledged: JournalPosition?
    /// Its snapshots that can still be read, the newest first, with the name of the incarnation that each belongs to. Whether
    /// one is genuine its key tells.
    public var snapshots: [(incarnation: String, snapshot: Snapshot)] = []
    /// The highest position that was committed, as the mark beside it has it.
    public var committed: JournalPosition?

    /// Renames the file with its WAL to `….damaged-N`. Never deletes, never overwrites.
    public static func setAside(path: String) throws -> DamagedJournal {
        let others = KeptJournals(of: path, .damaged)
        let kept = others.path((others.numbers.last ?? 0) + 1)
        for suffix in KeptJournals.suffixes where access(path + suffix, F_OK) == 0 {
            guard rename(path + suffix, kept + suffix) == 0 else {
                throw SQLiteJournal.Damage(
                    "\(path + suffix) is damaged and cannot be moved aside (\(String(cString: strerror(errno)))): "
                        + "make its folder writable for lockerd"
                )
            }
        }
        return DamagedJournal(keptAt: kept)
    }

    /// The file that was moved aside last, if there is one.
    public static func newest(path: String) -> DamagedJournal? {
        let kept = KeptJournals(of: path, .damaged)
        return kept.numbers.last { kept.holds($0, "") }.map { DamagedJournal(keptAt: kept.path($0)) }
    }

    /// Removes older ones so that they do not fill the card: the first and the newest stay, and so does each that holds events
    /// which the county never had.
    /// - Returns: the paths of those that went.
    public static func prune(path: String) -> [String] { KeptJournals(of: path, .damaged).prune() }

    /// Reads what is left of a file that was moved aside.
    init(keptAt: String) {
        self.keptAt = keptAt
        readWhatIsLeft()
    }

    /// Whether it ends behind what the county has acknowledged; `nil` when nothing of it can be read.
    var hasUnsent: Bool? {
        guard let last = last?.position else { return nil }
        guard let acknowledged else { return true }
        return acknowledged < max(last, committed ?? last)
    }

    private mutating func readWhatIsLeft() {
        committed = CommitMark(path: keptAt + ".mark").position()
        // SQLite would remove the WAL of a file without a byte.
        var info = stat()
        guard stat(keptAt, &info) == 0, info.st_size > 0 else { return }
        guard let queue = try? DatabaseQueue(path: keptAt, configuration: SQLiteJournal.configuration(readonly: true))
        else { return }
        let found = try? queue.read { database in
            let incarnation = try Incarnation.newest(database)
            let row = try Row.fetchOne(
                database,
                sql: "SELECT position, before, bytes, hash FROM event ORDER BY position DESC LIMIT 1"
            )
            let cursor = try Int64.fetchOne(
                database,
                sql: "SELECT acknowledged FROM cursor WHERE again = ~acknowledged"
            )
            return (incarnation, row.map(JournalLine.init(row:)), cursor.map(JournalPosition.init(rowid:)))
        }
        snapshots = (try? queue.read(Self.snapshots)) ?? []
        guard let found else { return }
        incarnation = found.0?.id
        last = found.1
        acknowledged = found.2
    }

    private static func snapshots(_ database: Database) throws -> [(incarnation: String, snapshot: Snapshot)] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT s.position, s.format, s.bytes, i.id FROM snapshot s JOIN incarnation i ON i.generation = s.position >> 40
                ORDER BY s.position DESC
                """
        )
        return rows.map { row in
            let position = JournalPosition(rowid: row[0])
            return (row[3], Snapshot(position: position, format: row[1], bytes: row.bytes(at: 2)))
        }
    }
}
