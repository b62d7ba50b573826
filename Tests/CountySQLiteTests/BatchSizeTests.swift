import CountyReceiver
import GRDB
import LockerDomain
import StationBooks
import Testing

@testable import Simulator

@Suite("What the county knows of parcels and hold periods")
struct BatchSizeTests {
    /// All rows that events change, but for the time at which batches came.
    private static func rows(_ bench: Bench) throws -> [String] {
        try DatabaseQueue(path: bench.county.booksPath).read { db in
            try [
                "SELECT station, waybill, waits, entry, until, lost FROM hold ORDER BY waybill",
                "SELECT station, reckoning FROM darkness",
                """
                SELECT station, waybill, n, state, changed, recipientKey, codeOf, came, typedKey, toldOf, toldN FROM parcel
                ORDER BY waybill
                """,
                "SELECT incarnation, sequence, bytes, hash, type, quarantined FROM event ORDER BY number",
            ].flatMap { try Row.fetchAll(db, sql: $0).map { "\($0)" } }
        }
    }

    @Test("is the same whether events come one by one or in large batches", arguments: [2, 8, 14] as [UInt64])
    func sizes(seed: UInt64) async throws {
        let world = World(seed: seed)
        // Some of them live long enough for parcels to be forgotten.
        #expect(world.run(days: seed == 2 ? 40 : 8) == nil, "seed \(seed)")
        var rows: [[String]] = []
        for size in [1, 7, 500] {
            let bench = try Bench()
            try bench.enrol(world.settings.id)
            for run in Run.all(of: world, size: size) { try await bench.take(run) }
            rows.append(try Self.rows(bench))
        }
        try #require(rows[0].count > 500)
        #expect(rows[0] == rows[1], "seed \(seed)")
        #expect(rows[0] == rows[2], "seed \(seed)")
    }
}
