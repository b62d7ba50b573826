import CountyBooks
import GRDB

extension BooksKeeper {
    /// Makes new books beside those that are there, catches up, and puts them in their place by one rename; a server goes over
    /// to them with its next look.
    ///
    /// - Returns: how many events are stored.
    /// - Throws: what either store throws, and while another rebuild runs; the old books stand then.
    public func rebuild() throws -> Int {
        guard let alone = try FileLock(atOnce: file.path + ".rebuild") else {
            throw CountyFault(
                file.path,
                "is made anew by another process now 另一进程正在重建",
                mend: "wait until it is done 请稍候"
            )
        }
        defer { alone.release() }
        let fresh = file.path + ".new"
        try DiskFiles.remove(fresh)
        let other = BooksKeeper(
            source: source,
            county: county,
            path: fresh,
            mayReplace: true,
            reading: reading,
            uptime: uptime
        )
        try other.catchUp()
        try other.file.close()
        // What the WAL holds must be in the file before it is moved.
        let whole = try DatabaseQueue(path: fresh)
        try whole.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
        try whole.close()
        try DiskFiles.sync(fresh)
        try putInPlace(fresh)
        return try source.pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM event") ?? 0 }
    }

    /// Nobody opens the books meanwhile: the WAL of the old ones would be read as that of the new.
    private func putInPlace(_ fresh: String) throws {
        let lock = try FileLock.ofFolder(holding: file.path)
        defer { lock.release() }
        try DiskFiles.remove(endingsOf: file.path)
        try DiskFiles.move(fresh, to: file.path)
        try DiskFiles.sync(DiskFiles.folder(of: file.path))
    }
}
