import FoundationEssentials
import GRDB
import Glibc
import LockerDomain
import StationPorts

/// The copy of a journal in a backup: one file with a rollback journal, not a WAL, so that a stick that was pulled out holds
/// one file, and so that a file system without shared memory will do.
struct BackupFile {
    let path: String
    let queue: DatabaseQueue
    let sha256: JournalBackup.Hash

    /// Opens a copy that is there; what a power cut left half done is undone by that.
    init(path: String, sha256: @escaping JournalBackup.Hash) throws {
        guard access(path, F_OK) == 0 else { throw SQLiteJournal.Damage("its journal is not there") }
        (self.path, self.sha256) = (path, sha256)
        queue = try DatabaseQueue(path: path, configuration: SQLiteJournal.configuration(readonly: false))
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA journal_mode = DELETE")
            try database.execute(sql: "PRAGMA synchronous = FULL")
            guard try SQLiteJournal.Durability(database).synchronous == 2 else {
                throw BackupFault(.broken, path, "SQLite does not stay at synchronous=FULL")
            }
        }
    }

    /// Makes an empty copy. Until it is whole it stands for nothing, so it keeps no rollback journal: every page is written
    /// once.
    init(making path: String, like source: [String], sha256: @escaping JournalBackup.Hash) throws {
        (self.path, self.sha256) = (path, sha256)
        queue = try DatabaseQueue(path: path, configuration: SQLiteJournal.configuration(readonly: false))
        try SQLiteJournal.migrator.migrate(queue)
        guard try queue.read({ try SQLiteJournal.migrator.appliedIdentifiers($0) }) == Set(source) else {
            throw BackupFault(.journal, path, "the journal is not of this version")
        }
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA journal_mode = OFF")
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
            try database.execute(sql: BackupSeal.tables)
        }
    }

    /// What the copy says of itself, held against itself in short: its last line and the small tables.
    func seal() throws -> BackupSeal {
        try queue.read { database in
            let seal = try BackupSeal.read(database)
            let last = try Row.fetchOne(
                database,
                sql: "SELECT position, before, bytes, hash FROM event ORDER BY position DESC LIMIT 1"
            ).map(JournalLine.init(row:))
            guard last?.position == seal.end, last?.hash == seal.hash else {
                throw SQLiteJournal.Damage("its last line is not that of its seal")
            }
            guard try BackupSeal.digest(database, sha256) == seal.digest else {
                throw SQLiteJournal.Damage("its tables are not those of its seal")
            }
            return seal
        }
    }

    /// Reads all that the copy holds.
    /// - Throws: `Damage` when anything of it is not what was written.
    func checkAll() throws {
        let seal = try seal()
        try queue.read { database in
            let verdict = try String.fetchOne(database, sql: "PRAGMA quick_check(1)")
            guard verdict == "ok" else { throw SQLiteJournal.Damage(verdict ?? "SQLite cannot check it") }
            let walk = try ChainWalk.walk(database, sha256)
            guard walk.events == seal.events, walk.breaks == seal.breaks else {
                throw SQLiteJournal.Damage("its lines are not those of its seal")
            }
            let kept = try Row.fetchAll(database, sql: "SELECT position, lines, digest FROM backupRecovered")
            for row in kept {
                let lines = try Self.recovered(database, at: row[0])
                let count: Int = row[1]
                guard lines.count == count, BackupSeal.digest(lines, sha256) == row.bytes(at: 2) else {
                    throw SQLiteJournal.Damage("what the county gave back is not what was copied")
                }
            }
            // So many different numbers between 0 and the count less one are all of them.
            let stray = """
                SELECT count(*) FROM recovered r LEFT JOIN backupRecovered b ON b.position = r.position
                WHERE b.lines IS NULL OR r.number NOT BETWEEN 0 AND b.lines - 1
                """
            guard try Int.fetchOne(database, sql: stray) == 0,
                try Int.fetchOne(database, sql: "SELECT count(*) FROM contact") == 0
            else { throw SQLiteJournal.Damage("it holds rows that were not copied") }
        }
    }

    static func recovered(_ database: Database, at position: Int64) throws -> [[UInt8]] {
        try Row.fetchAll(
            database,
            sql: "SELECT bytes FROM recovered WHERE position = ? ORDER BY number",
            arguments: [position]
        ).map { $0.bytes(at: 0) }
    }

    /// Bytes of the file.
    var bytes: Int {
        var info = stat()
        return stat(path, &info) == 0 ? Int(info.st_size) : 0
    }

    /// Makes the next read come from the medium, as far as the kernel lets it.
    static func forget(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        fdatasync(descriptor)
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
    }
}
