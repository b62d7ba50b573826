import LockerTestKit
import PortFakes
import SyncWire
import Testing

@Suite("What becomes of a batch")
struct ChainBookTests {
    private let journal = WrittenJournal(9)

    @Test(
        "a batch that begins or goes on is stored, and of one that is known only what is new",
        arguments: [
            ([], 1...1, 1), ([], 1...9, 9), ([1...4], 5...9, 5), ([1...4], 5...5, 1),
            // The same bytes again: all of it, its beginning, its middle, its end.
            ([1...4], 1...4, 0), ([1...4], 1...2, 0), ([1...4], 2...3, 0), ([1...4], 4...4, 0),
            // More than is known: from the beginning on, from the middle, from the last line.
            ([1...4], 1...9, 5), ([1...4], 3...7, 3), ([1...4], 4...5, 1), ([1...2, 3...4], 2...9, 5),
        ] as [([ClosedRange<Int>], ClosedRange<Int>, Int)]
    )
    func stored(known: [ClosedRange<Int>], range: ClosedRange<Int>, fresh: Int) throws {
        var chain = PlainChain()
        for range in known { _ = ChainBook.take(try journal.batch(range), into: &chain) }
        let end = max(range.upperBound, known.last?.upperBound ?? 0)
        let taken = ChainBook.take(try journal.batch(range), into: &chain)
        #expect(taken.outcome == .stored(acknowledged: end, hash: journal.hashes[end]))
        #expect(taken.fresh.map(\.sequence) == Array(end - fresh + 1..<end + 1))
        #expect(chain.lines.map(\.bytes) == Array(journal.lines.prefix(end)))
        #expect(chain.beside.isEmpty)
    }

    @Test(
        "a batch behind a gap changes nothing and says what is expected",
        arguments: [(0, 2...4), (0, 9...9), (3, 5...5), (3, 6...9)]
    )
    func gap(known: Int, range: ClosedRange<Int>) throws {
        var chain = PlainChain(journal.lines.prefix(known))
        let taken = ChainBook.take(try journal.batch(range), into: &chain)
        #expect(taken.outcome == .gap(expected: known + 1))
        #expect(taken.fresh.isEmpty)
        #expect(chain.acknowledged == known)
        #expect(chain.beside.isEmpty)
    }

    @Test(
        "other bytes are kept beside the chain from where they leave it, and never replace it",
        arguments: [
            // At the first line of a batch: of all, in the middle, at the last stored line.
            (0, 1...3, 1), (2, 3...6, 3), (4, 5...5, 5),
            // In the middle of a batch, and at its last line.
            (2, 1...6, 3), (3, 2...8, 4), (4, 1...5, 5), (4, 3...9, 5),
            // Before it: on stored numbers, across the end, right behind the end.
            (1, 3...4, 3), (2, 4...9, 4), (1, 5...7, 5), (4, 6...9, 6),
        ]
    )
    func fork(after shared: Int, range: ClosedRange<Int>, at sequence: Int) throws {
        let other = journal.forked(after: shared, others: 9 - shared)
        var chain = PlainChain(journal.lines.prefix(5))
        for _ in 0..<2 {
            let taken = ChainBook.take(try other.batch(range), into: &chain)
            #expect(taken.outcome == .forked(sequence: sequence))
            #expect(taken.fresh.isEmpty)
            #expect(chain.lines.map(\.bytes) == Array(journal.lines.prefix(5)))
            let beside = chain.beside.values.sorted { $0.sequence < $1.sequence }
            #expect(beside.map(\.sequence) == Array(sequence...range.upperBound))
            #expect(beside.map(\.bytes) == Array(other.lines[sequence - 1..<range.upperBound]))
            #expect(beside.map(\.before) == Array(other.hashes[sequence - 1..<range.upperBound]))
        }
    }

    @Test("a branch goes on batch by batch, however far behind the end of the chain")
    func branch() throws {
        let other = journal.forked(after: 2, others: 7)
        var chain = PlainChain(journal.lines.prefix(3))
        for (range, sequence) in [(1...5, 3), (6...7, 6), (6...7, 6), (8...9, 8)] {
            let taken = ChainBook.take(try other.batch(range), into: &chain)
            #expect(taken.outcome == .forked(sequence: sequence))
        }
        #expect(Set(chain.beside.values.map(\.bytes)) == Set(other.lines[2...]))
        #expect(chain.beside.count == 7)
        let taken = ChainBook.take(try journal.batch(4...9), into: &chain)
        #expect(taken.outcome == .stored(acknowledged: 9, hash: journal.hashes[9]))
    }

    @Test("a branch with a gap in it, or another one behind the same numbers, does not go on")
    func brokenBranch() throws {
        let other = journal.forked(after: 2, others: 7)
        var chain = PlainChain(journal.lines.prefix(3))
        _ = ChainBook.take(try other.batch(1...5), into: &chain)
        for batch in [try other.batch(7...9), try journal.batch(6...9)] {
            let taken = ChainBook.take(batch, into: &chain)
            #expect(taken.outcome == .gap(expected: 4))
        }
        #expect(chain.beside.count == 3)
    }

    @Test(
        "whatever comes in whatever order, the chain is one journal and nothing acknowledged or forked is lost",
        arguments: Seeds.all(fixed: 5)
    )
    func anyOrder(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let journals = [journal] + [0, 3, 6].map { journal.forked(after: $0, others: 9 - $0) }
        var chain = PlainChain()
        for _ in 0..<200 {
            let sender = journals[Int.random(in: 0..<4, using: &random)]
            let first = Int.random(in: 1...9, using: &random)
            let range = first...Int.random(in: first...9, using: &random)
            let known = chain.acknowledged
            let taken = ChainBook.take(try sender.batch(range), into: &chain)
            #expect(chain.acknowledged == known + taken.fresh.count, "seed \(seed)")
            switch taken.outcome {
            case .stored(let acknowledged, let hash):
                #expect(acknowledged == max(known, range.upperBound) && hash == chain.end, "seed \(seed)")
                #expect(chain[range.upperBound]?.hash == sender.hashes[range.upperBound], "seed \(seed)")
            case .gap(let expected): #expect(expected == known + 1 && first > expected, "seed \(seed)")
            case .forked(let sequence):
                let kept = (sequence...range.upperBound).allSatisfy { chain.holds(sender.hashes[$0], at: $0) }
                #expect(kept && range.contains(sequence), "seed \(seed)")
            }
            let bytes = chain.lines.map(\.bytes)
            #expect(journals.contains { $0.lines.starts(with: bytes) }, "seed \(seed)")
            #expect(chain.end == bytes.reduce(Chain.start) { Chain.next(after: $0, bytes: $1) }, "seed \(seed)")
        }
    }

    @Test("the station is told 409 with what it needs")
    func problems() {
        let header = journal.header(6...9)
        let gap = #expect(throws: Problem.self) { try ChainBook.Outcome.gap(expected: 4).acknowledged(header) }
        #expect(gap?.kind == .gap && gap?.status == 409 && gap?.expected == 4)
        #expect(gap?.detail == "the batch begins at 6, the county has up to 3")
        let fork = #expect(throws: Problem.self) { try ChainBook.Outcome.forked(sequence: 7).acknowledged(header) }
        #expect(fork?.kind == .chainForked && fork?.status == 409 && fork?.expected == nil)
        #expect(fork?.detail == "other bytes are stored under or before 7; these are kept beside them")
    }
}

@Suite("What a batch costs the store")
struct ChainStoreTests {
    private let journal = WrittenJournal(9)

    @Test(
        "at most one question and one change a batch",
        arguments: [
            (1...3, ["append 1…3"]), (4...9, ["append 4…9"]), (1...2, ["hashes 1…2"]), (3...3, ["hashes 2…3"]),
            (2...9, ["hashes 1…3", "append 4…9"]), (6...9, ["beside 5"]),
        ] as [(ClosedRange<Int>, [String])]
    )
    func cost(range: ClosedRange<Int>, calls: [String]) throws {
        var store = CountingStore(PlainChain(journal.lines.prefix(range == 1...3 ? 0 : 3)))
        let batch = try journal.batch(range)
        _ = try ChainBook.take(batch, into: &store)
        #expect(store.calls.names == calls)
    }

    @Test("what the store throws comes through, and nothing is acknowledged")
    func fault() throws {
        var store = CountingStore(PlainChain())
        store.isBroken = true
        let batch = try journal.batch(1...3)
        #expect(throws: CountingStore.Broken()) { try ChainBook.take(batch, into: &store) }
        #expect(store.acknowledged == 0)
    }
}

/// Notes what it is asked.
private struct CountingStore: ChainStore {
    struct Broken: Error, Equatable {}

    final class Calls { var names: [String] = [] }

    let calls = Calls()
    var isBroken = false
    private var chain: PlainChain

    init(_ chain: PlainChain) { self.chain = chain }

    var acknowledged: Int { chain.acknowledged }
    var end: [UInt8] { chain.end }

    func hashes(_ sequences: ClosedRange<Int>) throws(Broken) -> [ChainMark] {
        try note("hashes \(sequences.lowerBound)…\(sequences.upperBound)")
        return chain.hashes(sequences)
    }

    func holdsBeside(_ hash: [UInt8]?, at sequence: Int) throws(Broken) -> Bool {
        try note("beside \(sequence)")
        return chain.holdsBeside(hash, at: sequence)
    }

    mutating func append(_ lines: ArraySlice<ChainLine>) throws(Broken) {
        try note("append \(lines.first?.sequence ?? 0)…\(lines.last?.sequence ?? 0)")
        chain.append(lines)
    }

    mutating func lose(through sequence: Int, hash: [UInt8]) throws(Broken) {
        try note("lose …\(sequence)")
        chain.lose(through: sequence, hash: hash)
    }

    mutating func fill(_ lines: ArraySlice<ChainLine>) throws(Broken) {
        try note("fill \(lines.first?.sequence ?? 0)…\(lines.last?.sequence ?? 0)")
        chain.fill(lines)
    }

    mutating func keepBeside(_ lines: ArraySlice<ChainLine>) throws(Broken) {
        try note("keep \(lines.first?.sequence ?? 0)…\(lines.last?.sequence ?? 0)")
        chain.keepBeside(lines)
    }

    private func note(_ call: String) throws(Broken) {
        if isBroken { throw Broken() }
        calls.names.append(call)
    }
}
