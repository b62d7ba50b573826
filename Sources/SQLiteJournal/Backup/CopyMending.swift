import GRDB
import LockerDomain
import StationPorts

/// Lines that were put back in the journal since they were copied damaged, or not at all.
enum CopyMending {
    /// Returns by how many lines the copy has grown.
    static func run(
        _ database: Database,
        breaks: inout [JournalPosition],
        _ sha256: @escaping JournalBackup.Hash,
        lines: (ClosedRange<Int64>) throws -> [JournalLine]
    ) throws -> Int {
        var grown = 0
        for place in breaks {
            let range = try range(of: place, database)
            let fresh = try lines(range)
            guard try isBetter(fresh, in: range, database, sha256) else { continue }
            let had = try Int.fetchOne(
                database,
                sql: "SELECT count(*) FROM event WHERE position BETWEEN ? AND ?",
                arguments: [range.lowerBound, range.upperBound]
            )
            try SQLiteJournal.insert(fresh, database, orReplace: true)
            grown += fresh.count - (had ?? 0)
            // The line behind it may follow now.
            let behind = place.rowid + 1
            breaks.removeAll { range.contains($0.rowid) || $0.rowid == behind }
            breaks += try ChainWalk.walk(database, from: range.lowerBound, through: behind, sha256).breaks
        }
        breaks = Array(Set(breaks)).sorted()
        return grown
    }

    /// Whether `run` would change anything: a break that stands in the journal, too, is no reason to write.
    static func isPossible(
        _ database: Database,
        breaks: [JournalPosition],
        _ sha256: @escaping JournalBackup.Hash,
        lines: (ClosedRange<Int64>) throws -> [JournalLine]
    ) throws -> Bool {
        try breaks.contains { place in
            let range = try range(of: place, database)
            return try isBetter(lines(range), in: range, database, sha256)
        }
    }

    /// From the line in front of a break to the break.
    private static func range(of place: JournalPosition, _ database: Database) throws -> ClosedRange<Int64> {
        let start = JournalPosition(generation: place.generation, sequence: 0).rowid
        let before = try Int64.fetchOne(
            database,
            sql: "SELECT max(position) FROM event WHERE position > ? AND position < ?",
            arguments: [start, place.rowid]
        )
        return (before ?? start + 1)...place.rowid
    }

    /// Whether the journal has a whole chain there now, that begins where the copy's does.
    private static func isBetter(
        _ fresh: [JournalLine],
        in range: ClosedRange<Int64>,
        _ database: Database,
        _ sha256: @escaping JournalBackup.Hash
    ) throws -> Bool {
        guard let first = fresh.first, fresh.last?.position.rowid == range.upperBound else { return false }
        let before = try Row.fetchOne(
            database,
            sql: "SELECT position, before, bytes, hash FROM event WHERE position < ? ORDER BY position DESC LIMIT 1",
            arguments: [first.position.rowid]
        ).map(JournalLine.init(row:))
        var walk = ChainWalk(after: before, pruned: try ChainWalk.pruned(database), sha256)
        for line in fresh { walk.take(line) }
        return walk.breaks.isEmpty
    }
}
