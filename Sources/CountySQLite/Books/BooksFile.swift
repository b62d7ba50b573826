import CountyBooks
import GRDB
import Glibc
import Synchronization

/// The file of the derived books, opened; another process may put a new one in its place.
final class BooksFile: Sendable {
    let path: String
    private let opened: Mutex<Opened?>

    private struct Opened {
        var pool: DatabasePool
        var inode: UInt64
    }

    init(path: String) {
        self.path = path
        opened = Mutex(nil)
    }

    /// The pool over the present file.
    ///
    /// - Parameter county: key of the county to which the books belong.
    /// - Parameter mayReplace: whether books of another version are thrown away and made anew: the server and `rebuild` may.
    /// - Throws: `CountyFault` for books of another version.
    func pool(county: String, mayReplace: Bool) throws -> DatabasePool {
        try opened.withLock { state in
            if let state, state.inode == Self.inode(path) { return state.pool }
            try state?.pool.close()
            state = nil
            let pool = try Self.open(path, county: county, mayReplace: mayReplace)
            state = Opened(pool: pool, inode: Self.inode(path) ?? 0)
            return pool
        }
    }

    func close() throws {
        try opened.withLock { state in
            try state?.pool.close()
            state = nil
        }
    }

    private static func inode(_ path: String) -> UInt64? {
        var info = stat()
        return stat(path, &info) == 0 ? UInt64(info.st_ino) : nil
    }

    private static func open(_ path: String, county: String, mayReplace: Bool) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.label = "books"
        configuration.busyMode = .timeout(CountySQLiteLimits.busySeconds)
        configuration.maximumReaderCount = CountySQLiteLimits.readersMax
        if let pool = try? DatabasePool(path: path, configuration: configuration) {
            let (version, owner) = try pool.write { db in
                let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
                guard version == BooksSchema.version else { return (version, String?.none) }
                return (version, try String.fetchOne(db, sql: "SELECT county FROM progress"))
            }
            if version == BooksSchema.version, owner == county { return pool }
            if version == 0, try pool.read({ try !$0.tableExists("progress") }) {
                return try make(pool, county: county)
            }
            try pool.close()
        }
        guard mayReplace else {
            throw CountyFault(
                path,
                "are books of another version or another county 账簿版本不同",
                mend: "start the server or type: county-server rebuild 请重建"
            )
        }
        for ending in ["", "-wal", "-shm"] { unlink(path + ending) }
        return try make(DatabasePool(path: path, configuration: configuration), county: county)
    }

    private static func make(_ pool: DatabasePool, county: String) throws -> DatabasePool {
        try pool.write { db in
            // Another process may have made them meanwhile.
            guard try !db.tableExists("progress") else { return }
            try BooksSchema.make(db)
            try db.execute(sql: "INSERT INTO progress (row, through, county) VALUES (1, 0, ?)", arguments: [county])
        }
        return pool
    }
}
