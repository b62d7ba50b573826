import FoundationEssentials
import GRDB
import LockerDomain
import StationPorts

/// Where a copy begins and ends, to be held against the journal.
struct CopyEnds {
    private let seal: BackupSeal
    private let tables: JournalTables
    private let versions: Set<String>
    private let queue: DatabaseQueue
    private let sha256: JournalBackup.Hash

    init(_ file: BackupFile) throws {
        seal = try file.seal()
        (tables, versions) = try file.queue.read {
            (try JournalTables($0), try SQLiteJournal.migrator.appliedIdentifiers($0))
        }
        (queue, sha256) = (file.queue, file.sha256)
    }

    /// What the journal says of the copy.
    func facts(_ journal: Database) throws -> BackupPlan.Facts {
        var facts = try BackupPlan.Facts(end: seal.end, of: journal)
        let own = try JournalTables(journal)
        facts.isSameVersion = try SQLiteJournal.migrator.appliedIdentifiers(journal) == versions
        facts.isSameJournal = tables.incarnations.allSatisfy { own.incarnations.contains($0) }
        facts.prunedThrough = own.pruned[seal.end.generation] ?? 0
        facts.holdsEnd = try holdsEnd(journal)
        facts.holdsFront = try holdsFront(journal)
        facts.hasChanged = try own.pruned != tables.pruned || own.snapshots != tables.snapshots || canMend(journal)
        return facts
    }

    /// Whether a line that does not follow in the copy was put back in the journal.
    private func canMend(_ journal: Database) throws -> Bool {
        try queue.read { copy in
            try CopyMending.isPossible(copy, breaks: seal.breaks, sha256) { try JournalPage.lines(journal, in: $0) }
        }
    }

    /// Bytes of the lines behind the copy, and of the snapshots.
    func bytesBehind(_ journal: Database) throws -> Int {
        let lines = try Int.fetchOne(
            journal,
            sql: "SELECT sum(length(bytes) + 96) FROM event WHERE position > ?",
            arguments: [seal.end.rowid]
        )
        let recovered = try Int.fetchOne(
            journal,
            sql: "SELECT sum(length(bytes) + 32) FROM recovered WHERE position > ?",
            arguments: [seal.end.rowid]
        )
        let snapshots = try Int.fetchOne(journal, sql: "SELECT sum(length(bytes)) FROM snapshot")
        return (lines ?? 0) + (recovered ?? 0) + (snapshots ?? 0)
    }

    /// By its row, or by what the next one keeps of it: a row that was damaged since does not close the chain.
    private func holdsEnd(_ journal: Database) throws -> Bool {
        let hash = try Data.fetchOne(
            journal,
            sql: "SELECT hash FROM event WHERE position = ?",
            arguments: [seal.end.rowid]
        )
        if hash == Data(seal.hash) { return true }
        let next = try Data.fetchOne(
            journal,
            sql: "SELECT before FROM event WHERE position = ?",
            arguments: [seal.end.rowid + 1]
        )
        return next == Data(seal.hash)
    }

    private func holdsFront(_ journal: Database) throws -> Bool {
        let first = try Row.fetchOne(
            journal,
            sql: "SELECT position, before, bytes, hash FROM event ORDER BY position LIMIT 1"
        ).map(JournalLine.init(row:))
        guard let first else { return false }
        let own = try queue.read { database in
            try Data.fetchOne(
                database,
                sql: "SELECT hash FROM event WHERE position = ?",
                arguments: [first.position.rowid]
            )
        }
        guard let own else { return false }
        // A line that was damaged since it was copied is no other front.
        return own == Data(first.hash) || sha256(first.before + first.bytes) != first.hash
    }
}

extension BackupPlan.Facts {
    /// A journal that says nothing more of a copy than where both end.
    init(end: JournalPosition?, of journal: Database) throws {
        let last = try Int64.fetchOne(journal, sql: "SELECT max(position) FROM event")
        self.init(end: last.map(JournalPosition.init(rowid:)))
        backupEnd = end
    }
}
