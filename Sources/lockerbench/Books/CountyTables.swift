import FoundationEssentials
import GRDB
import Glibc

/// Looks into the files of a county beside the programs that use them; it only reads.
struct CountyTables {
    private let county: FleetCounty

    init(_ county: FleetCounty) { self.county = county }

    private func opened(_ file: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        return try DatabaseQueue(path: county.path(of: file), configuration: configuration)
    }

    private func number(_ sql: String, in file: String) throws -> Int64? {
        let queue = try opened(file)
        defer { try? queue.close() }
        return try queue.read { try Int64.fetchOne($0, sql: sql) }
    }

    /// How many events are stored.
    func events() throws -> Int { Int(try number("SELECT count(*) FROM event", in: "county.sqlite") ?? 0) }

    /// Number of the newest of them.
    func newest() throws -> Int64 { try number("SELECT max(number) FROM event", in: "county.sqlite") ?? 0 }

    /// Whether there are books.
    var hasBooks: Bool { FileManager.default.fileExists(atPath: county.path(of: "books.sqlite")) }

    /// Waits until the books hold all that is stored now.
    func waitForBooks(_ server: FleetCounty.Server) async throws {
        let (newest, books) = (try newest(), try opened("books.sqlite"))
        defer { try? books.close() }
        while try await books.read({ try Int64.fetchOne($0, sql: "SELECT through FROM progress") ?? 0 }) < newest {
            guard server.isRunning else { throw BenchFault("county-server has ended: see \(county.log)") }
            // Another process folds, and says so in its file alone; the loop ends with it or with the books.
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    /// Number of the last day on which the county was in full work: single clocks that were ahead count no more than single
    /// pieces do.
    func lastDay() throws -> Int64 {
        let days = "SELECT mark, count(*) AS pieces FROM counted WHERE mark > 0 GROUP BY mark"
        let sql = "SELECT max(mark) FROM (\(days)) WHERE pieces * 10 >= (SELECT max(pieces) FROM (\(days)))"
        guard let day = try number(sql, in: "books.sqlite") else {
            throw BenchFault("\(county.root): its books count no piece: take a county that lockerbench fleet left")
        }
        return day
    }

    /// Makes the kernel forget what it keeps of the files in memory, as after a start of the machine.
    func forget() throws {
        for file in ["county.sqlite", "county.sqlite-wal", "books.sqlite", "books.sqlite-wal"] {
            let descriptor = open(county.path(of: file), O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            defer { close(descriptor) }
            guard fdatasync(descriptor) == 0, posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED) == 0 else {
                throw BenchFault("\(file) cannot be taken out of the kernel's memory")
            }
        }
    }
}
