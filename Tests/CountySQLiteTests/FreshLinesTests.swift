import CountyReceiver
import CountySQLite
import Foundation
import GRDB
import LockerDomain
import StationBooks
import SyncWire
import Testing

@testable import Simulator

@Suite("Lines kept for the books")
struct FreshLinesTests {
    private let world: World = {
        let world = World(seed: 3)
        _ = world.run(days: 2)
        return world
    }()

    /// What a journal says, as a batch holds it.
    private func batch(_ size: Int) throws -> ChainBatch {
        let run = try #require(Run.all(of: world, size: size).first)
        return try ChainBatch(Batch.join(run.lines.map(\.bytes)), header: run.header, station: run.station)
    }

    @Test("are those that are stored: the books read only what this process has not stored just now")
    func stored() async throws {
        let bench = try Bench()
        try bench.enrol(world.settings.id)
        // Whoever keeps the books has asked.
        try bench.keeper.catchUp()
        #expect(bench.county.store.fresh.lines(at: [FreshLines.Place(1, 1)]) == [nil])
        for run in Run.all(of: world, size: 20) { try await bench.take(run) }
        let store = bench.county.store
        let rows = try store.pool.read {
            try Row.fetchAll($0, sql: "SELECT number, sequence, bytes FROM event ORDER BY number")
        }
        #expect(rows.count == world.disk.lines.count)
        let places = rows.map { FreshLines.Place($0[0], $0[1]) }
        let read = try rows.map { row in
            let bytes: Data = row[2]
            return try EventLine(decoding: Array(bytes))
        }
        #expect(store.fresh.lines(at: places) == read)
        try bench.keeper.catchUp()
        #expect(store.fresh.lines(at: places).allSatisfy { $0 == nil })
    }

    @Test("are not taken for lines of other numbers, or of other places in a chain")
    func others() throws {
        let batch = try batch(5)
        let fresh = FreshLines()
        fresh.keep(FreshLines.Batch(endingAt: 25, batch.lines[...]))
        #expect(fresh.lines(at: [FreshLines.Place(21, 1)]) == [nil], "nobody has asked before")
        fresh.keep(FreshLines.Batch(endingAt: 25, batch.lines[...]))
        let asked: [(Int64, Int)] = [(20, 0), (21, 1), (23, 3), (24, 9), (25, 5), (26, 6)]
        let places = asked.map { FreshLines.Place($0, $1) }
        let read = batch.lines.map(\.read)
        #expect(fresh.lines(at: places) == [nil, read[0], read[2], nil, read[4], nil])
        fresh.forget(through: 24)
        #expect(fresh.lines(at: [places[4]]) == [batch.lines[4].read])
        fresh.forget(through: 25)
        #expect(fresh.lines(at: [places[4]]) == [nil])
    }

    @Test("are bounded: the oldest go first")
    func bounded() throws {
        let batch = try batch(50)
        try #require(batch.lines.count == 50)
        let fresh = FreshLines()
        #expect(fresh.lines(at: [FreshLines.Place(1, 1)]) == [nil])
        for number in 1...401 { fresh.keep(FreshLines.Batch(endingAt: Int64(50 * number), batch.lines[...])) }
        func isKept(_ number: Int64) -> Bool { fresh.lines(at: [FreshLines.Place(number, 1)]) != [nil] }
        #expect(!isKept(1))
        #expect(isKept(51))
        #expect(isKept(20_001))
    }
}
