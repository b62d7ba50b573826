import CountyBooks
package import GRDB

/// The county's books: one SQLite file, opened by the server and by commands at the same time.
package struct CountyStore: Sendable {
    package let pool: DatabasePool

    /// Opens and migrates. Refuses a disk mode in which an acknowledged event could be lost (DESIGN rule 1).
    package init(path: String) throws {
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
                return try Int.fetchOne(db, sql: "PRAGMA synchronous")
            }
            guard level == 2 else {
                throw CountyFault(path, "synchronous is \(level ?? -1), not FULL", mend: "use another SQLite")
            }
            guard try !pool.read(migrator.hasBeenSuperseded) else {
                throw CountyFault(path, "was written by a newer county-server", mend: "install that version")
            }
            try migrator.migrate(pool)
        } catch let error as DatabaseError {
            throw CountyFault(path, "\(error.message ?? "\(error.resultCode)")", mend: "restore it from a backup")
        }
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
                "is key \(keyID), but the books belong to \(bound ?? "none")",
                mend: "restore keys/ and county.sqlite from the same backup"
            )
        }
    }
}
