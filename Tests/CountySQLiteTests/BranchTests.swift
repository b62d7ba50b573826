import CountyBooks
import CountyReceiver
import CountySQLite
import LockerDomain
import PortFakes
import StoreContracts
import SyncWire
import Testing

@Suite("Branches of forked journals in the books")
struct BranchTests {
    /// What a journal sends in one go.
    private struct Part: Sendable {
        var journal: WrittenJournal
        var sequences: ClosedRange<Int>
    }

    /// Parts of the story, in the order in which it happened: a branch comes behind what it branched from.
    private static func parts(_ forked: Forked) -> [Part] {
        [
            Part(journal: forked.first, sequences: 1...10), Part(journal: forked.copy, sequences: 7...10),
            Part(journal: forked.second, sequences: 1...5), Part(journal: forked.secondCopy, sequences: 4...4),
            Part(journal: forked.third, sequences: 1...4),
        ]
    }

    /// Orders of arrival of five parts in which each branch comes behind the chain that it left: what comes first is the chain.
    private static let orders: [[Int]] = {
        func orders(_ rest: [Int]) -> [[Int]] {
            rest.isEmpty ? [[]] : rest.flatMap { next in orders(rest.filter { $0 != next }).map { [next] + $0 } }
        }
        return orders(Array(0..<5)).filter { order in
            let place = { (part: Int) in order.firstIndex(of: part) ?? 0 }
            return place(0) < place(1) && place(2) < place(3)
        }
    }()

    private func send(_ part: Part, _ bench: Bench) async throws -> ChainBook.Outcome {
        try await bench.county.ingest.take(
            station: Forked.station,
            header: part.journal.header(part.sequences),
            body: Batch.join(part.journal.lines(part.sequences)),
            time: Forked.received
        )
    }

    private func bench() throws -> Bench {
        let bench = try Bench()
        try bench.enrol(Forked.station)
        return bench
    }

    /// Fails the test where the store does not say what it would had all lines come as one journal. Numbers of events, which
    /// follow the order of arrival, are left out.
    private func compare(_ forked: Forked, _ bench: Bench, _ comment: Comment) throws {
        let memory = MemoryBooks()
        memory.take(try forked.lines, of: Forked.station, received: Forked.received)
        let store = BooksReader(bench.keeper)
        let (period, names) = (Forked.month, memory.figureNames)
        #expect(try Self.figures(store, period, names) == Self.figures(memory, period, names), comment)
        let (extract, expected) = (try store.extract(period), memory.extract(period))
        #expect(extract.days == expected.days, comment)
        #expect(extract.stations == expected.stations, comment)
        #expect(Self.surely(extract) == Self.surely(expected), comment)
        #expect(try Self.pieces(store) == Self.pieces(memory), comment)
        #expect(try store.holdings() == memory.holdings(), comment)
        for waybill in ["SF1", "SF2", "SF3", "SF4", "SF6"] as [Waybill] {
            let lines = try store.custody(of: waybill).map(\.line)
            #expect(lines == memory.custody(of: waybill).map(\.line), comment)
        }
    }

    /// Counts of a period, and whether they are sure, by what is counted.
    private static func figures(
        _ books: some BooksReading,
        _ period: CountyPeriod,
        _ names: [String]
    ) throws -> [String: Int] {
        try books.figures(of: nil, period, named: names).reduce(into: [String: Int]()) { sums, figure in
            let key = figure.key
            let name = [key.figure, key.brand, key.word].map { $0 ?? "-" }.joined(separator: " ")
            sums["\(name) \(figure.isUncertain ? "uncertain" : "sure")", default: 0] += figure.count
        }.filter { $0.value != 0 }
    }

    /// Waybills that surely count in the period of an extract, one of each count.
    private static func surely(_ extract: BooksExtract) -> [String] {
        extract.pieces.filter { extract.period.holds($0.mark, extract.drifts) }
            .map { "\($0.waybill) \($0.figure) \($0.count)" }.sorted()
    }

    private static func pieces(_ books: some BooksReading) throws -> Set<Piece> {
        Set(
            try books.pieces(PieceQuery(limit: 100)).map { held in
                var piece = held.piece
                piece.lastEvent = 0
                return piece
            }
        )
    }

    @Test("a journal that forked twice is held in the order in which it happened, in whichever order it comes")
    func arrivals() async throws {
        let forked = try Forked()
        let parts = Self.parts(forked)
        try #require(Self.orders.count == 30)
        var first: [String]?
        for order in Self.orders {
            let bench = try bench()
            for number in order {
                let outcome = try await send(parts[number], bench)
                let isBranch = number == 1 || number == 3
                if case .forked = outcome { #expect(isBranch, "\(order)") } else { #expect(!isBranch, "\(order)") }
                try bench.keeper.catchUp()
            }
            try compare(forked, bench, "\(order)")
            let dump = try bench.dump()
            #expect(dump == first ?? dump, "\(order)")
            first = dump
        }
    }

    @Test("what each parcel went through last is what the books have, over both branches")
    func places() async throws {
        let forked = try Forked()
        let bench = try bench()
        for part in Self.parts(forked) { _ = try await send(part, bench) }
        try bench.keeper.catchUp()
        let pieces = try BooksReader(bench.keeper).pieces(PieceQuery(limit: 100)).map(\.piece)
        let places = Dictionary(uniqueKeysWithValues: pieces.map { ($0.waybill.rawValue, $0.place) })
        #expect(places == ["SF1": "B01", "SF2": "C02", "SF3": "A04", "SF4": "D01", "SF6": "D02"])
    }

    @Test("books that follow line by line, by large pages, or are made anew hold the same")
    func rebuilt() async throws {
        let forked = try Forked()
        let (slow, quick) = (try bench(), try bench())
        for part in Self.parts(forked) {
            for sequence in part.sequences {
                _ = try await send(Part(journal: part.journal, sequences: sequence...sequence), slow)
                try slow.keeper.catchUp()
            }
            _ = try await send(part, quick)
        }
        try quick.keeper.catchUp()
        let dump = try slow.dump()
        try #require(dump.count > 20)
        #expect(try quick.dump() == dump)
        // Lines of branches are no events of a chain.
        #expect(try slow.keeper.rebuild() == 19)
        #expect(try slow.dump() == dump)
        try compare(forked, slow, "made anew")
    }

    @Test("a branch that nobody names is kept and stands in no book", arguments: [1, 3, 5])
    func unnamed(place: Int) async throws {
        let forked = try Forked()
        let stranger = Part(journal: try forked.stranger(), sequences: 7...9)
        let bench = try bench()
        var parts = Self.parts(forked)
        parts.insert(stranger, at: place)
        for part in parts {
            _ = try await send(part, bench)
            try bench.keeper.catchUp()
        }
        try compare(forked, bench, "the stranger came at \(place)")
        let reader = BooksReader(bench.keeper)
        #expect(try reader.custody(of: "SF9").isEmpty)
        #expect(try bench.county.branches(of: Forked.station).count == 3 + 4 + 1)
        _ = try bench.keeper.rebuild()
        #expect(try reader.custody(of: "SF9").isEmpty)
    }

    @Test("the branch that came first is the chain: then the other one is beside it, and what is named is held once")
    func branchFirst() async throws {
        let forked = try Forked()
        let bench = try bench()
        let start = Part(journal: forked.first, sequences: 1...6)
        let rest = Part(journal: forked.first, sequences: 7...10)
        var parts = Self.parts(forked)
        parts.replaceSubrange(0...0, with: [start])
        parts.insert(rest, at: 2)
        for part in parts {
            _ = try await send(part, bench)
            try bench.keeper.catchUp()
        }
        let reader = BooksReader(bench.keeper)
        let pieces = try reader.pieces(PieceQuery(limit: 100)).map(\.piece)
        let places = Dictionary(uniqueKeysWithValues: pieces.map { ($0.waybill.rawValue, $0.place) })
        // What the station itself does not know of any more, SF3, came on the branch that nobody names.
        #expect(places == ["SF1": "B01", "SF2": "C02", "SF4": "D01", "SF6": "D02"])
        #expect(try reader.custody(of: "SF3").isEmpty)
        let dump = try bench.dump()
        _ = try bench.keeper.rebuild()
        #expect(try bench.dump() == dump)
    }

    @Test("a branch that never learned the time counts between the days beside it")
    func undated() async throws {
        let forked = try Forked(clock: .none)
        let bench = try bench()
        for part in Self.parts(forked) {
            _ = try await send(part, bench)
            try bench.keeper.catchUp()
        }
        try compare(forked, bench, "without a clock")
        let extract = try BooksReader(bench.keeper).extract(Forked.month)
        #expect(Self.surely(extract).contains { $0.hasPrefix("SF4 ") })
        _ = try bench.keeper.rebuild()
        try compare(forked, bench, "made anew")
    }
}
