import CountyBooks
import CountyReceiver
import CountySQLite
import Foundation
import GRDB
import LockerDomain
import StationBooks
import SyncWire
import Testing

@testable import Simulator

/// A county in a folder of its own, and the lines of simulated stations that it is to get.
final class Bench {
    let folder = NSTemporaryDirectory() + "books-\(UUID().uuidString)"
    let county: CountyReceiver.County

    init() throws {
        county = try CountyReceiver.County(opening: CountySettings(dataDirectory: folder))
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var keeper: BooksKeeper { county.booksKeeper(mayReplace: true) }

    /// Takes lines of one incarnation that follow on each other.
    @discardableResult
    func take(_ run: Run, received: Int64 = 1_790_000_000_000) async throws -> ChainBook.Outcome {
        try await county.ingest.take(
            station: run.station,
            header: run.header,
            body: Batch.join(run.lines.map(\.bytes)),
            time: received
        )
    }

    func enrol(_ station: String) throws { _ = try county.makeEnrolmentToken(station: station) }

    /// All rows of the books but their numbers, which follow the order of arrival.
    func dump() throws -> [String] {
        let queue = try DatabaseQueue(path: folder + "/books.sqlite")
        return try queue.read { db in
            try Self.tables.flatMap { table, columns in
                try Row.fetchAll(
                    db,
                    sql: "SELECT s.id, \(columns) FROM \(table) t JOIN station s ON s.number = t.station"
                ).map { "\(table) \($0)" }
            }.sorted()
        }
    }

    /// Columns of each table that do not hold the number of an event.
    private static let tables: [(String, String)] = [
        (
            "piece",
            "waybill, state, place, brand, village, arrivedAt, storedAt, endedAt, overdueAt, evidence, kind, seal"
        ),
        ("step", "waybill, brand, figure, feeFen, kind, category, platform, village"),
        ("figure", "iif(mark > 0, mark, 'drift'), figure, word, brand, direction, village, count"),
        ("counted", "iif(mark > 0, mark, 'drift'), waybill, figure, brand, count"),
        ("day", "day, runs, watched, mayHaveRun, isLossy"), ("drift", "first, last"),
        ("visit", "run, day, arrivedAt, departedAt, parcelsIn, bags"), ("door", "door, outOfService, unknownContents"),
        ("trouble", "kind, thing, reason, begin, until"), ("voice", "at, waybill, category, scores"),
    ]
}

/// Lines of one incarnation that follow on each other.
struct Run {
    var station: String
    var incarnation: String
    var lines: [Disk.Line]

    var header: ChainHeader {
        ChainHeader(
            incarnation: incarnation,
            first: lines[0].position.sequence,
            last: lines[lines.count - 1].position.sequence,
            before: lines[0].before,
            after: lines[lines.count - 1].hash
        )
    }

    /// What a simulated station wrote, at most `size` lines each, in the order in which it wrote them.
    static func all(of world: World, size: Int) -> [Run] {
        var runs: [Run] = []
        for line in world.disk.lines {
            let incarnation = world.disk.incarnations[line.position.generation - 1]
            if let last = runs.last, last.incarnation == incarnation, last.lines.count < size {
                runs[runs.count - 1].lines.append(line)
            } else {
                runs.append(Run(station: world.settings.id, incarnation: incarnation, lines: [line]))
            }
        }
        return runs
    }
}
