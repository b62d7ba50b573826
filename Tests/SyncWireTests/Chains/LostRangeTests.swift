import PortFakes
import SyncWire
import Testing

@Suite("What becomes of a batch behind a lost range")
struct LostRangeTests {
    private let journal = WrittenJournal(9)

    private func batch(_ range: ClosedRange<Int>, lost: ClosedRange<Int>?) throws -> ChainBatch {
        var header = journal.header(range)
        header.lost = lost
        return try ChainBatch(Batch.join(journal.lines(range)), header: header, station: WrittenJournal.station)
    }

    @Test(
        "the range is noted for what is not here, and the chain goes on behind it",
        arguments: [
            // Known, lost by its header, lost in the books.
            (0, 1...3, 1...3), (4, 5...5, 5...5), (4, 5...7, 5...7),
            // The county has some of it: only the rest is lost.
            (4, 2...6, 5...6), (4, 4...5, 5...5), (3, 1...8, 4...8),
        ]
    )
    func noted(known: Int, lost: ClosedRange<Int>, noted: ClosedRange<Int>) throws {
        var chain = PlainChain(journal.lines.prefix(known))
        let taken = ChainBook.take(try batch(lost.upperBound + 1...9, lost: lost), into: &chain)
        #expect(taken.outcome == .stored(acknowledged: 9, hash: journal.hashes[9]))
        #expect(chain.lost == Array(noted))
        #expect(taken.fresh.map(\.sequence) == Array(lost.upperBound + 1...9))
        let again = ChainBook.take(try batch(lost.upperBound + 1...9, lost: lost), into: &chain)
        #expect(again.outcome == taken.outcome && again.fresh.isEmpty && again.found.isEmpty)
    }

    @Test("a range that the county has is not lost: the hash in front of the batch is looked at as ever")
    func notLost() throws {
        var chain = PlainChain(journal.lines.prefix(6))
        let taken = ChainBook.take(try batch(6...9, lost: 4...5), into: &chain)
        #expect(taken.outcome == .stored(acknowledged: 9, hash: journal.hashes[9]))
        #expect(chain.lost.isEmpty)
        let other = journal.forked(after: 2, others: 7)
        var header = other.header(6...9)
        header.lost = 4...5
        let fork = try ChainBatch(Batch.join(other.lines(6...9)), header: header, station: WrittenJournal.station)
        #expect(ChainBook.take(fork, into: &chain).outcome == .forked(sequence: 6))
    }

    @Test("a range that begins behind what is here leaves a gap")
    func gap() throws {
        var chain = PlainChain(journal.lines.prefix(3))
        #expect(ChainBook.take(try batch(8...9, lost: 6...7), into: &chain).outcome == .gap(expected: 4))
        #expect(chain.acknowledged == 3)
    }

    @Test("the tail of a branch with a lost range is kept beside, and mends no chain")
    func branch() throws {
        let other = journal.forked(after: 2, others: 7)
        var chain = PlainChain(journal.lines.prefix(5))
        _ = ChainBook.take(try other.batch(3...5), into: &chain)
        var header = other.header(8...9)
        header.lost = 6...7
        let tail = try ChainBatch(Batch.join(other.lines(8...9)), header: header, station: WrittenJournal.station)
        #expect(ChainBook.take(tail, into: &chain).outcome == .forked(sequence: 8))
        #expect(chain.acknowledged == 5 && chain.lost.isEmpty)
    }

    @Test(
        "lost lines that come after all are taken when the hashes on both sides fit",
        arguments: [
            // What comes, and what is lost then of 4 to 6.
            (1...9, []), (4...6, []), (3...7, []), (4...9, []), (5...6, [4]), (6...6, [4, 5]), (6...9, [4, 5]),
        ] as [(ClosedRange<Int>, [Int])]
    )
    func found(range: ClosedRange<Int>, lost: [Int]) throws {
        var chain = PlainChain(journal.lines.prefix(3))
        _ = ChainBook.take(try batch(7...8, lost: 4...6), into: &chain)
        let taken = ChainBook.take(try journal.batch(range), into: &chain)
        let end = max(8, range.upperBound)
        #expect(taken.outcome == .stored(acknowledged: end, hash: journal.hashes[end]))
        #expect(chain.lost == lost)
        #expect(taken.found.map(\.sequence) == Array(4...6).filter { !lost.contains($0) })
        for sequence in 1...end where !lost.contains(sequence) {
            #expect(chain[sequence]?.bytes == journal.lines[sequence - 1])
        }
        let whole = ChainBook.take(try journal.batch(1...9), into: &chain)
        #expect(whole.outcome == .stored(acknowledged: 9, hash: journal.hashes[9]))
        #expect(chain.lost.isEmpty)
    }

    @Test("what fits on one side only is kept beside", arguments: [4...4, 3...5, 5...5])
    func unproven(range: ClosedRange<Int>) throws {
        var chain = PlainChain(journal.lines.prefix(3))
        _ = ChainBook.take(try batch(7...8, lost: 4...6), into: &chain)
        let first = max(4, range.lowerBound)
        #expect(ChainBook.take(try journal.batch(range), into: &chain).outcome == .forked(sequence: first))
        #expect(chain.lost == [4, 5, 6])
        let other = journal.forked(after: 3, others: 6)
        #expect(ChainBook.take(try other.batch(4...9), into: &chain).outcome == .forked(sequence: 4))
        #expect(chain.lost == [4, 5, 6] && chain.end == journal.hashes[8])
    }
}
