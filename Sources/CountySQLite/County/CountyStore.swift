import CountyBooks
import FoundationEssentials
package import GRDB

/// The county's books: one SQLite file, opened by the server and by commands at the same time.
package struct CountyStore: Sendable {
    package let pool: DatabasePool
    /// Writes of stations that come at the same time.
    package let commits: SharedCommit
    package let fresh = FreshLines()

    /// Opens and migrates. Refuses a disk mode in which an acknowledged event could be lost (DESIGN rule 1).
    package init(path: String) throws {
        try Self.requireNoHalfRestore(path)
        var configuration = Configuration()
        configuration.label = "county"
        configuration.busyMode = .timeout(CountySQLiteLimits.busySeconds)
        configuration.maximumReaderCount = 4
        let migrator = CountyMigrations.all
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            // GRDB sets NORMAL after it has prepared the connection (DESIGN 5).
            let level = try pool.writeWithoutTransaction { db in
                // What is erased must not stay readable in free pages.
                try db.execute(sql: "PRAGMA secure_delete = ON")
                try db.execute(sql: "PRAGMA synchronous = FULL")
                // Most pages of a busy hour change again and again.
                try db.execute(sql: "PRAGMA wal_autocheckpoint = \(CountySQLiteLimits.logPagesMax)")
                return try Int.fetchOne(db, sql: "PRAGMA synchronous")
            }
            guard level == 2 else {
                throw CountyFault(
                    path,
                    "synchronous is \(level ?? -1), not FULL 写盘方式不是 FULL",
                    mend: "use another SQLite 请换用其他 SQLite"
                )
            }
            guard try !pool.read(migrator.hasBeenSuperseded) else {
                throw CountyFault(
                    path,
                    "was written by a newer county-server 由更新的版本写成",
                    mend: "install that version 请安装该版本"
                )
            }
            try migrator.migrate(pool)
            commits = SharedCommit(pool)
        } catch let error as DatabaseError {
            throw CountyFault(
                path,
                "\(error.message ?? "\(error.resultCode)")",
                mend: "restore it from a backup 请从备份恢复"
            )
        }
    }

    /// Reads on the caller's thread. In an async function GRDB's own `read` first takes one of the connections and then waits for
    /// a thread to go on: where all threads wait for a connection meanwhile, the server stands still for ever.
    package func read<Value>(_ body: (Database) throws -> Value) throws -> Value { try pool.read(body) }

    /// An empty county must not begin where a restore was cut off: stations would go on as if nothing had ever come.
    private static func requireNoHalfRestore(_ path: String) throws {
        guard !DiskFiles.exists(path) else { return }
        let name = path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
        let folder = DiskFiles.folder(of: path)
        // In a folder that cannot be read nothing is opened either, which SQLite says.
        let beside = (try? FileManager.default.contentsOfDirectory(atPath: folder))?.filter { other in
            other == name + ".part" || other.hasPrefix(name + ".before-restore")
        }
        guard let beside, !beside.isEmpty else { return }
        throw CountyFault(
            path,
            "is missing, and beside it is \(beside.sorted().joined(separator: ", ")), a restore was cut off 账册缺失，恢复中断",
            mend:
                "type county-server restore FILE again, or rename what was there back (with its -wal, if there is one) "
                + "请重新恢复，或将原账册改回原名（连同 -wal 文件）"
        )
    }

    /// Binds the books to the county's key at the first opening, and refuses another key later: stations would take
    /// its answers for a stranger's.
    package func bind(toKey keyID: String, directory: String) throws {
        let bound = try pool.write { db in
            try db.execute(sql: "INSERT OR IGNORE INTO county (row, keyID) VALUES (1, ?)", arguments: [keyID])
            return try String.fetchOne(db, sql: "SELECT keyID FROM county")
        }
        guard bound == keyID else {
            throw CountyFault(
                directory + "/signing",
                "is key \(keyID), but the books belong to \(bound ?? "none") 密钥与账册不符",
                mend: "restore keys/ and county.sqlite from the same backup 请从同一备份恢复 keys/ 和 county.sqlite"
            )
        }
    }
}
