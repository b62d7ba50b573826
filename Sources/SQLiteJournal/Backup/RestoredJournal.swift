import GRDB
import Glibc
public import LockerDomain
import StationPorts

/// Puts the journal of a backup in the place of the present one. Nobody may have the journal open meanwhile.
public enum RestoredJournal {
    /// Reads all of a copy, and undoes what a power cut left half done in it.
    /// - Throws: `BackupFault`.
    public static func check(_ path: String, sha256: @escaping JournalBackup.Hash) throws -> BackedUpJournal {
        do {
            let file = try BackupFile(path: path, sha256: sha256)
            try file.checkAll()
            try SQLiteJournal.refuseNewer(file.queue, path)
        } catch let error as SQLiteJournal.Newer {
            throw BackupFault(.refused, path, error.description)
        } catch let error as SQLiteJournal.Damage {
            throw BackupFault(.damaged, path, error.description)
        } catch let error as DatabaseError {
            throw BackupFault(error, path)
        }
        return try JournalBackup(path: path, sha256: sha256).reading(of: path)
    }

    /// Makes a journal of a copy that was checked, on the file system of the journal. The present journal stays, under
    /// another name; returns that, or `nil` when there was none.
    ///
    /// The order leaves no state that looks well and is not: while the file itself is gone, a start says that the journal
    /// was lost; once the copy is there, the mark beside it says where it ends (`RecoveryJournalPort.restored`).
    public static func place(_ copy: String, at path: String) throws -> String? {
        let end: JournalPosition
        do {
            let queue = try DatabaseQueue(path: copy, configuration: SQLiteJournal.configuration(readonly: false))
            try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            end = try queue.write { database in
                try database.execute(sql: "DROP TABLE IF EXISTS backup; DROP TABLE IF EXISTS backupRecovered")
                let last = try Int64.fetchOne(database, sql: "SELECT max(position) FROM event")
                return JournalPosition(rowid: last ?? 0)
            }
        } catch let error as DatabaseError {
            throw BackupFault(error, copy)
        }
        let kept = try setAside(path)
        let mark = CommitMark(path: path + SQLiteJournal.restoredSuffix)
        mark.keep(end)
        mark.sync()
        guard mark.position() == end else {
            throw BackupFault(.broken, path + SQLiteJournal.restoredSuffix, "it cannot be written")
        }
        try sync(folderOf: path)
        guard rename(copy, path) == 0 else { throw failure(path) }
        try sync(folderOf: path)
        return kept
    }

    /// Moves the present journal with its log and marks to `….before-restore-N`: the file itself first.
    private static func setAside(_ path: String) throws -> String? {
        let rest = KeptJournals.suffixes.filter { access(path + $0, F_OK) == 0 }
        guard !rest.isEmpty else { return nil }
        let others = KeptJournals(of: path, .restored)
        var number = (others.numbers.last ?? 0) + 1
        // A power cut came between the file and its log: they stay together.
        if number > 1, !rest.contains(""), !rest.contains(where: { others.holds(number - 1, $0) }) { number -= 1 }
        let kept = others.path(number)
        for suffix in KeptJournals.suffixes where access(path + suffix, F_OK) == 0 {
            guard rename(path + suffix, kept + suffix) == 0 else { throw failure(path + suffix) }
            if suffix.isEmpty { try sync(folderOf: path) }
        }
        return kept
    }

    /// Removes older ones that restores moved aside: the first and the newest stay, and so does each that holds events which
    /// the county never had.
    /// - Returns: the paths of those that went.
    public static func prune(path: String) -> [String] { KeptJournals(of: path, .restored).prune() }

    private static func sync(folderOf path: String) throws {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(folder) }
    }

    private static func failure(_ path: String) -> BackupFault {
        BackupFault(.readOnly, path, String(cString: strerror(errno)))
    }
}
