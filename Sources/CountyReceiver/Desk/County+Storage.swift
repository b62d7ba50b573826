public import CountyBooks
import CountySQLite
import FoundationEssentials
import GRDB
import Glibc

extension County: StorageDesk {
    public func storage(since: Int64) throws -> StorageState {
        let (events, first, before) = try store.pool.read { db in
            let events = try Int64.fetchOne(db, sql: "SELECT max(number) FROM event") ?? 0
            let first = try Int64.fetchOne(db, sql: "SELECT received FROM event ORDER BY number LIMIT 1")
            return (events, first, try Self.numberBefore(db, since, newest: events))
        }
        var disk = statvfs()
        guard statvfs(settings.dataDirectory, &disk) == 0 else {
            throw CountyFault(
                settings.dataDirectory,
                "cannot be looked at: \(String(cString: strerror(errno))) 无法查看",
                mend: "check the disk 请检查磁盘"
            )
        }
        return StorageState(
            countyBytes: Self.bytes(ofBooks: booksPath),
            booksBytes: Self.bytes(ofBooks: settings.dataDirectory + "/books.sqlite"),
            freeBytes: Int64(clamping: UInt64(disk.f_bavail) * UInt64(disk.f_frsize)),
            events: events,
            firstReceived: first,
            recentEvents: events - before
        )
    }

    /// Number of the last event that came before a moment. Events come in the order of their numbers, and ten million of them
    /// are not counted for a page: some twenty looks find it.
    private static func numberBefore(_ db: Database, _ moment: Int64, newest: Int64) throws -> Int64 {
        var (low, high) = (Int64(0), newest)
        while low < high {
            let middle = low + (high - low + 1) / 2
            let came = try Int64.fetchOne(
                db,
                sql: "SELECT received FROM event WHERE number <= ? ORDER BY number DESC LIMIT 1",
                arguments: [middle]
            )
            if let came, came >= moment { high = middle - 1 } else { low = middle }
        }
        return low
    }

    /// Of a file of SQLite and of what it keeps beside it; 0 where there is none.
    private static func bytes(ofBooks path: String) -> Int64 {
        ["", "-wal"].reduce(0) { sum, ending in
            let file = try? FileManager.default.attributesOfItem(atPath: path + ending)
            return sum + Int64(file?[.size] as? Int ?? 0)
        }
    }
}
