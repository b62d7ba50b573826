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

@Suite("The derived books")
struct BooksTests {
    private func world(_ seed: UInt64, days: Int = 6) -> World {
        let world = World(seed: seed)
        #expect(world.run(days: days) == nil, "seed \(seed)")
        return world
    }

    @Test("are the same whether events come one by one, in large batches, or twice", arguments: [3, 8, 14] as [UInt64])
    func batches(seed: UInt64) async throws {
        let world = world(seed)
        var dumps: [[String]] = []
        for size in [500, 7] {
            let bench = try Bench()
            try bench.enrol(world.settings.id)
            for run in Run.all(of: world, size: size) {
                try await bench.take(run)
                if size == 7 { try await bench.take(run) }
                try bench.keeper.catchUp()
            }
            dumps.append(try bench.dump())
        }
        try #require(dumps[0].count > 100)
        #expect(dumps[0] == dumps[1], "seed \(seed)")
    }

    @Test("made anew have the same rows, and a reader that has the old ones open goes over to them")
    func rebuild() async throws {
        let world = world(5)
        let bench = try Bench()
        try bench.enrol(world.settings.id)
        let keeper = bench.keeper
        for run in Run.all(of: world, size: 50) {
            try await bench.take(run)
            try keeper.foldPage()
        }
        let reader = BooksReader(keeper)
        let before = try (bench.dump(), reader.holdings())
        let events = try bench.keeper.rebuild()
        #expect(events == world.disk.lines.count)
        #expect(try bench.dump() == before.0)
        #expect(try reader.holdings() == before.1)
        #expect(try reader.state().through == reader.state().newest)
    }

    @Test("of another version are refused by a command and made anew by the server")
    func version() async throws {
        let world = world(5, days: 2)
        let bench = try Bench()
        try bench.enrol(world.settings.id)
        for run in Run.all(of: world, size: 500) { try await bench.take(run) }
        try bench.keeper.catchUp()
        let dump = try bench.dump()
        let queue = try DatabaseQueue(path: bench.folder + "/books.sqlite")
        try await queue.write { try $0.execute(sql: "PRAGMA user_version = 999") }
        try queue.close()
        #expect(throws: CountyFault.self) { try bench.county.booksKeeper(mayReplace: false).catchUp() }
        try bench.keeper.catchUp()
        #expect(try bench.dump() == dump)
    }

    @Test("hold a journal whose older part comes after the newer one as if it had come in order", arguments: 1...12)
    func lateTail(seed: UInt64) async throws {
        let world = world(seed)
        let runs = Run.all(of: world, size: 40)
        let incarnations = Set(runs.map(\.incarnation))
        guard incarnations.count > 1, let first = runs.first?.incarnation else { return }
        let inOrder = try Bench()
        let late = try Bench()
        for bench in [inOrder, late] { try bench.enrol(world.settings.id) }
        for run in runs { try await inOrder.take(run) }
        try inOrder.keeper.catchUp()
        // The begin of the first journal, all newer ones, then the rest of the first.
        let old = runs.filter { $0.incarnation == first }
        for run in old.prefix(1) + runs.filter({ $0.incarnation != first }) + old.dropFirst() {
            try await late.take(run)
            try late.keeper.catchUp()
        }
        #expect(try late.dump() == inOrder.dump(), "seed \(seed)")
    }

    @Test("are those of each station, however the batches of several are mixed")
    func stations() async throws {
        let world = world(9)
        let bench = try Bench()
        let alone = try Bench()
        for station in ["sim-0001", "sim-0002"] { try bench.enrol(station) }
        try alone.enrol("sim-0001")
        for run in Run.all(of: world, size: 30) {
            try await bench.take(run)
            // The other station's lines name the first: they are kept and nobody can interpret them.
            var other = run
            other.station = "sim-0002"
            try await bench.take(other)
            try await alone.take(run)
        }
        try bench.keeper.catchUp()
        try alone.keeper.catchUp()
        #expect(try bench.dump() == alone.dump())
        let reader = BooksReader(bench.keeper)
        #expect(try reader.state().quarantined == world.disk.lines.count)
        #expect(try reader.quarantined(limit: 10).allSatisfy { $0.station == "sim-0002" })
    }
}
