import CountyBooks
import FoundationEssentials
package import GRDB
import SQLiteCopy
import Synchronization

/// The file of the derived books, opened; another process may put a new one in its place.
package final class BooksFile: Sendable {
    let path: String
    /// What the books are folded from.
    private let source: EventSource
    /// Key of the county to which the books belong.
    private let county: String
    /// What this program understands of lines (`LineReading`).
    private let reads: String
    /// Whether books that are not this program's or not of these events are thrown away and made anew: the server and
    /// `rebuild` may.
    private let mayReplace: Bool
    private let inode: @Sendable (String) -> UInt64?
    private let opened = Mutex<Opened?>(nil)

    private struct Opened {
        var pool: DatabasePool
        var inode: UInt64
    }

    /// - Parameter inode: names the file at a path; a test puts another file there meanwhile.
    package init(
        path: String,
        source: EventSource,
        county: String,
        reads: String,
        mayReplace: Bool,
        inode: @escaping @Sendable (String) -> UInt64? = DiskFiles.inode
    ) {
        (self.path, self.source, self.county) = (path, source, county)
        (self.reads, self.mayReplace, self.inode) = (reads, mayReplace, inode)
    }

    /// The pool over the present file.
    ///
    /// - Throws: `CountyFault` for books that cannot be opened now, and for those that may not be replaced.
    package var pool: DatabasePool {
        get throws {
            try opened.withLock { state in
                if let state, state.inode == inode(path) { return state.pool }
                // Whoever reads the old file still goes on; it is closed behind the last of them.
                state = nil
                let fresh = try open()
                state = fresh
                return fresh.pool
            }
        }
    }

    package func close() throws {
        try opened.withLock { state in
            try state?.pool.close()
            state = nil
        }
    }

    // MARK: Opening

    /// Opens what is under the name: whoever puts another file there takes the lock, too, but may be of another version.
    private func open() throws -> Opened {
        let lock = try FileLock.ofFolder(holding: path)
        defer { lock.release() }
        for _ in 0..<CountySQLiteLimits.openTriesMax {
            let before = inode(path)
            let pool = try openPresent()
            if let before, before == inode(path) { return Opened(pool: pool, inode: before) }
            try pool.close()
        }
        throw CountyFault(
            path,
            "is put in its place again and again 账簿不断被替换",
            mend: "let one county-server rebuild run at a time 请勿同时重建"
        )
    }

    private func openPresent() throws -> DatabasePool {
        var fault = CountyFault(path, "is damaged 账簿已损坏", mend: Self.rebuild)
        if let (pool, progress) = try look() {
            guard let progress else { return try make(pool) }
            guard let reason = try strangeness(of: progress) else { return pool }
            try pool.close()
            fault = CountyFault(path, reason, mend: Self.rebuild)
        }
        guard mayReplace else { throw fault }
        try DiskFiles.remove(path)
        return try make(diskSays { try openPool() })
    }

    private func openPool() throws -> DatabasePool {
        let pool = try DatabasePool(path: path, configuration: Self.configuration)
        // A page of events touches rows of all stations.
        try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA cache_size = \(-CountySQLiteLimits.booksCacheBytesMax / 1_024)")
            try db.execute(sql: "PRAGMA wal_autocheckpoint = \(CountySQLiteLimits.logPagesMax)")
        }
        return pool
    }

    private static let rebuild = "start the server or type: county-server rebuild 请重建"

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "books"
        configuration.busyMode = .timeout(CountySQLiteLimits.busySeconds)
        configuration.maximumReaderCount = CountySQLiteLimits.readersMax
        return configuration
    }

    /// What the books say of themselves.
    private struct Progress {
        var version: Int
        var through: Int64 = 0
        var mark = EventSource.Mark.none
        var county = ""
        var reads = ""
    }

    /// Opens the file; `nil` for one that is no intact database, no progress for one that is empty.
    private func look() throws -> (pool: DatabasePool, progress: Progress?)? {
        try diskSays {
            do {
                let pool = try openPool()
                return (pool, try pool.read(Self.progress))
            } catch let error as DatabaseError where SQLiteCopy.isDamage(error) { return nil }
        }
    }

    private static func progress(_ db: Database) throws -> Progress? {
        var progress = Progress(version: try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0)
        guard progress.version == BooksSchema.version else {
            let isEmpty = try progress.version == 0 && !db.tableExists("progress")
            return isEmpty ? nil : progress
        }
        guard
            let row = try Row.fetchOne(db, sql: "SELECT through, hash, received, county, reads FROM progress")
        else { return progress }
        progress.through = row[0]
        progress.mark = EventSource.Mark(hash: row[1], received: row[2])
        (progress.county, progress.reads) = (row[3], row[4])
        return progress
    }

    /// Why the books are not to be used; `nil` for those of this program and these events.
    private func strangeness(of progress: Progress) throws -> String? {
        guard progress.version == BooksSchema.version else { return "is of another version 账簿版本不同" }
        guard progress.county == county else { return "is of another county 属于其他县" }
        guard progress.reads == reads else {
            return "was made by a program that understands other events 由识别其他事件的版本写入"
        }
        // Where a backup was put back, the numbers behind it were given to other events.
        guard try source.mark(progress.through) == progress.mark else {
            return "holds events that county.sqlite does not have 账簿与账册不符"
        }
        return nil
    }

    private func make(_ pool: DatabasePool) throws -> DatabasePool {
        let newest = try source.newest()
        try diskSays {
            try pool.write { db in
                // Another process may have made them meanwhile.
                guard try !db.tableExists("progress") else { return }
                try BooksSchema.make(db)
                try db.execute(
                    sql: """
                        INSERT INTO progress (row, through, hash, received, county, reads, target, reviewed)
                        VALUES (1, 0, x'', 0, ?, ?, ?, 0)
                        """,
                    arguments: [county, reads, newest]
                )
            }
        }
        return pool
    }

    /// Full disks, missing rights and too many open files are no reason to throw books away.
    private func diskSays<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw CountyFault(
                path,
                "cannot be opened 账簿无法打开: \(error.message ?? "\(error.resultCode)")",
                mend: "check the disk, its room and the owner 请检查磁盘、空间和属主"
            )
        }
    }
}
