import CountyBooks
import CountyReceiver
import CountySQLite
import LockerDomain
import PortFakes
import StoreContracts
import SyncWire
import Testing

@testable import Simulator

@Suite("The SQLite books keep to the contract of their port")
struct BooksContractTests {
    private static let received: Int64 = 1_790_000_000_000
    private static let batchLines = 200

    /// What a simulated station wrote, as if another one had.
    private func journals(_ world: World, as station: String) throws -> [WrittenJournal] {
        var journals: [WrittenJournal] = []
        for line in world.disk.lines {
            let incarnation = world.disk.incarnations[line.position.generation - 1]
            if journals.last?.incarnation != incarnation {
                journals.append(WrittenJournal(station, incarnation: incarnation))
            }
            var read = try #require(line.read)
            read.station = station
            journals[journals.count - 1].append(raw: String(decoding: try read.encoded(), as: UTF8.self))
        }
        return journals
    }

    /// Batches of journals, in their order.
    private func batches(_ journals: [WrittenJournal]) -> [(journal: WrittenJournal, sequences: ClosedRange<Int>)] {
        journals.flatMap { journal in
            stride(from: 1, through: journal.lines.count, by: Self.batchLines).map { first in
                (journal, first...min(first + Self.batchLines - 1, journal.lines.count))
            }
        }
    }

    private func put(
        _ batch: (journal: WrittenJournal, sequences: ClosedRange<Int>),
        as station: String,
        _ bench: Bench,
        _ memory: MemoryBooks
    ) async throws {
        let lines = batch.journal.lines(batch.sequences)
        _ = try await bench.county.ingest.take(
            station: station,
            header: batch.journal.header(batch.sequences),
            body: Batch.join(lines),
            time: Self.received
        )
        memory.take(try lines.map { try EventLine(decoding: $0) }, of: station, received: Self.received)
    }

    @Test(
        "two stations, whose batches come by turns, and a third whose lines nobody can read",
        arguments: [3, 8] as [UInt64]
    )
    func stations(seed: UInt64) async throws {
        let bench = try Bench()
        let memory = MemoryBooks()
        let names = ["sim-0001", "sim-0002"]
        var waiting: [[(journal: WrittenJournal, sequences: ClosedRange<Int>)]] = []
        for (number, name) in names.enumerated() {
            let world = World(seed: seed + UInt64(number))
            #expect(world.run(days: 6) == nil, "seed \(seed)")
            try bench.enrol(name)
            waiting.append(batches(try journals(world, as: name)))
        }
        try bench.enrol("sim-0003")
        let unread = try #require(waiting[0].first)
        while waiting.contains(where: { !$0.isEmpty }) {
            for number in waiting.indices where !waiting[number].isEmpty {
                try await put(waiting[number].removeFirst(), as: names[number], bench, memory)
                try bench.keeper.catchUp()
            }
        }
        try await put(unread, as: "sim-0003", bench, memory)
        try bench.keeper.catchUp()
        let reader = BooksReader(bench.keeper)
        for clause in BooksReadingContract.allCases { try clause.check(reader, against: memory) }
        // Made anew they keep to it, too.
        _ = try bench.keeper.rebuild()
        for clause in BooksReadingContract.allCases { try clause.check(reader, against: memory) }
    }
}
