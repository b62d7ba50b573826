import GRDB
import LockerDomain
import StationPorts

/// Takes out of a copy what was removed from the front of the journal.
enum CopyFront {
    /// Returns how many lines went. Expects the table `pruned` as the journal has it.
    static func remove(
        _ database: Database,
        breaks: inout [JournalPosition],
        _ sha256: @escaping JournalBackup.Hash
    ) throws -> Int {
        var removed = 0
        var through: Int64 = 0
        for (generation, last) in try ChainWalk.pruned(database) {
            let start = JournalPosition(generation: generation, sequence: 0).rowid
            let end = JournalPosition(generation: generation, sequence: last).rowid
            try database.execute(
                sql: "DELETE FROM event WHERE position > ? AND position <= ?",
                arguments: [start, end]
            )
            removed += database.changesCount
            through = max(through, end)
            let first = try Int64.fetchOne(
                database,
                sql: "SELECT position FROM event WHERE position > ? ORDER BY position LIMIT 1",
                arguments: [end]
            )
            // What stands in front now is judged anew.
            breaks.removeAll { $0.generation == generation && $0.rowid <= first ?? end }
            if let first {
                breaks += try ChainWalk.walk(database, from: first, through: first, sha256).breaks
            }
        }
        breaks = Array(Set(breaks)).sorted()
        if removed > 0 {
            try database.execute(sql: "DELETE FROM recovered WHERE position <= ?", arguments: [through])
            try database.execute(sql: "DELETE FROM backupRecovered WHERE position <= ?", arguments: [through])
        }
        return removed
    }
}
