import CountyBooks
import GRDB
import Glibc

extension BooksKeeper {
    /// Makes new books beside those that are there, catches up, and puts them in their place by one rename; a server goes over
    /// to them with its next look.
    ///
    /// - Returns: how many events are stored.
    /// - Throws: what either store throws; the old books stand then.
    public func rebuild() throws -> Int {
        let fresh = file.path + ".new"
        for ending in ["", "-wal", "-shm"] { unlink(fresh + ending) }
        let other = BooksKeeper(source: source, county: county, path: fresh)
        try other.catchUp()
        try other.file.close()
        // What the WAL holds must be in the file before it is moved.
        let whole = try DatabaseQueue(path: fresh)
        try whole.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
        try whole.close()
        let count = try source.pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM event") ?? 0 }
        for ending in ["-wal", "-shm"] { unlink(file.path + ending) }
        guard rename(fresh, file.path) == 0 else {
            throw CountyFault(file.path, "cannot be put in its place 无法替换", mend: "check the folder's owner 请检查权限")
        }
        return count
    }
}
