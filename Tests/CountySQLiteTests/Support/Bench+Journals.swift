import CountyBooks
import CountyReceiver
import CountySQLite
import Foundation
import GRDB
import LockerDomain
import PortFakes
import StationBooks
import SyncWire
import Synchronization
import Testing

/// Milliseconds that a test sets.
final class SetClock: Sendable {
    private let time = Mutex<Int64>(0)

    var now: Int64 { time.withLock { $0 } }

    func pass(_ milliseconds: Int64) { time.withLock { $0 += milliseconds } }
}

extension Bench {
    static let received: Int64 = 1_790_000_000_000

    /// Takes lines of a journal as its station sends them.
    @discardableResult
    func send(_ journal: WrittenJournal, _ sequences: ClosedRange<Int>) async throws -> ChainBook.Outcome {
        try await county.send(journal, sequences)
    }

    /// Another process that keeps the books.
    func makeKeeper(
        mayReplace: Bool = true,
        reading: LineReading = .own,
        clock: SetClock = SetClock()
    ) throws -> BooksKeeper {
        BooksKeeper(
            try CountyStore(path: county.booksPath),
            county: county.keyID,
            path: folder + "/books.sqlite",
            mayReplace: mayReplace,
            reading: reading,
            uptime: { clock.now }
        )
    }

    /// Events of a station that stand in the books.
    func counted(_ station: String) throws -> Int { try CountedEvents.count(station, in: folder + "/books.sqlite") }

    /// Wall time up to which the books know a station.
    func reaches(_ station: String) throws -> Int64? {
        try DatabaseQueue(path: folder + "/books.sqlite").read {
            try Int64.fetchOne($0, sql: "SELECT reaches FROM station WHERE id = ?", arguments: [station])
        }
    }

    /// Takes what the WAL of a database holds into its file: a pool that is closed leaves it.
    static func settle(_ path: String) throws {
        let queue = try DatabaseQueue(path: path)
        _ = try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_master") }
        try queue.close()
    }

    /// Another folder in which to begin a county with these keys.
    func beside(_ name: String) throws -> String {
        let other = folder + "/" + name
        try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: folder + "/keys", toPath: other + "/keys")
        return other
    }
}

extension CountyReceiver.County {
    @discardableResult
    func send(_ journal: WrittenJournal, _ sequences: ClosedRange<Int>) async throws -> ChainBook.Outcome {
        try await ingest.take(
            station: journal.station,
            header: journal.header(sequences),
            body: Batch.join(journal.lines(sequences)),
            time: Bench.received
        )
    }
}

enum CountedEvents {
    static func count(_ station: String, in books: String) throws -> Int {
        try DatabaseQueue(path: books).read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT sum(f.count) FROM figure f JOIN station s ON s.number = f.station
                    WHERE s.id = ? AND f.figure = ?
                    """,
                arguments: [station, StationFigure.events.rawValue]
            ) ?? 0
        }
    }
}
