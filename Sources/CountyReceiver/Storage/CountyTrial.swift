import CountySQLite
import GRDB
public import SQLiteCopy

/// What a start of this version would do to the county's books, done to a copy of them. A server may go on working meanwhile.
public struct CountyTrial: Sendable, Hashable {
    /// Stations in the copy, after all migrations.
    public var stations: Int
    /// Events in it.
    public var events: Int

    /// Tries it; `nil` when there are no books yet.
    ///
    /// - Parameter free: bytes that a folder has room for.
    public static func run(
        _ settings: CountySettings,
        free: (String) -> Int? = TrialFolder.freeBytes
    ) throws(TrialFault) -> CountyTrial? {
        let books = settings.dataDirectory + "/county.sqlite"
        try SQLiteCopy.requirePlain(books)
        guard SQLiteCopy.exists(books) else { return nil }
        let folder = try TrialFolder(beside: settings.dataDirectory, bytes: SQLiteCopy.bytes(of: books), free: free)
        defer { folder.remove() }
        let copy = folder.path + "/county.sqlite"
        do {
            try SQLiteCopy.make(of: books, at: copy)
            return try CountyStore(path: copy).pool.read { db in
                CountyTrial(
                    stations: try Int.fetchOne(db, sql: "SELECT count(*) FROM station") ?? 0,
                    events: try Int.fetchOne(db, sql: "SELECT count(*) FROM event") ?? 0
                )
            }
        } catch {
            let text = "\(error)".replacing(copy, with: books)
            if folder.isFull(error) { throw .full(folder, text) }
            throw TrialFault(
                books,
                cause: .init("此版本不能使用账册的副本", "this version cannot use a copy of it: \(text)"),
                fix: .init(
                    "继续使用原版本；若账册由更新的版本写入，安装那个版本",
                    "stay with the version that runs; if a newer one wrote it, install that one"
                )
            )
        }
    }
}
