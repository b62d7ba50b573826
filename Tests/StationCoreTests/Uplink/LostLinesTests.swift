import LockerDomain
import PortFakes
import StationBooks
import StationCore
import StationPorts
import SyncWire
import Testing

@Suite("What the uplink does about lines that cannot be read")
struct LostLinesTests {
    private func range(_ generation: Int, _ sequences: ClosedRange<Int>) -> JournalRange {
        JournalRange(generation: generation, sequences: sequences)
    }

    private func batch(_ machine: UplinkMachine, _ shelf: Shelf, eventsMax: Int = 500) throws -> OutgoingBatch {
        guard case .batch(let batch) = try machine.look(from: shelf.journal, eventsMax: eventsMax) else {
            throw Missing()
        }
        return batch
    }

    private struct Missing: Error {}

    @Test("lines up to the break go first, then the county is asked, then the lines behind it go")
    func order() throws {
        let shelf = try Shelf([9])
        shelf.journal.damage(4) { $0.bytes[3] ^= 1 }
        shelf.journal.lose(5)
        var machine = UplinkMachine()
        let first = try batch(machine, shelf)
        #expect(first.header.first == 1 && first.header.last == 4 && first.header.lost == nil)
        try shelf.acknowledge(1, 4)
        #expect(try machine.look(from: shelf.journal) == .broken(range(1, 5...6)))
        machine.knowsLost(range(1, 5...6))
        let second = try batch(machine, shelf)
        #expect(second.header.first == 7 && second.header.last == 9 && second.header.lost == 5...6)
        #expect(second.position == .at(1, 4))
        let seventh = try #require(try shelf.journal.line(at: .at(1, 7)))
        #expect(second.header.before == seventh.before)
        let steps = try machine.follow(.accepted, shelf.receipt(1, 9), to: second, in: shelf.journal)
        #expect(steps == [.declareLost(range(1, 5...6)), .acknowledge(.at(1, 9)), .succeeded])
    }

    @Test("the break may be longer than a batch, or than a page")
    func long() throws {
        let shelf = try Shelf([1_300])
        for index in 2..<1_200 { shelf.journal.damage(index) { $0.bytes[3] ^= 1 } }
        try shelf.acknowledge(1, 2)
        let next = try UplinkMachine().next(from: shelf.journal, eventsMax: 3)
        #expect(next?.header.lost == 3...1_200 && next?.header.first == 1_201 && next?.lines.count == 3)
    }

    @Test("a break at the end of an incarnation is asked for, then passed over once the next one has begun")
    func end() throws {
        let shelf = try Shelf([9])
        shelf.journal.damage(8) { $0.bytes[3] ^= 1 }
        try shelf.acknowledge(1, 8)
        var machine = UplinkMachine()
        #expect(try machine.look(from: shelf.journal) == .broken(range(1, 9...9)))
        machine.knowsLost(range(1, 9...9))
        #expect(try machine.look(from: shelf.journal) == .nothing)
        _ = try shelf.journal.beginIncarnation(id: Shelf.name(2))
        try shelf.append(2, to: 2)
        let next = try batch(machine, shelf)
        #expect(next.position == .at(2, 0) && next.header.first == 1 && next.header.lost == nil)
    }

    @Test("a receipt at a line whose row is broken is no sign of another journal")
    func receiptAtBreak() throws {
        let shelf = try Shelf([9])
        let hash = try shelf.hash(1, 6)
        shelf.journal.damage(5) { $0.hash[3] ^= 1 }
        var machine = UplinkMachine()
        let sent = try batch(machine, shelf, eventsMax: 5)
        let steps = try machine.follow(.accepted, shelf.receipt(1, 6, hash: hash), to: sent, in: shelf.journal)
        #expect(steps == [.acknowledge(.at(1, 6)), .succeeded])
    }

    // MARK: Unreadable

    /// Sends until nothing is left, to a county that cannot read these lines. What was lost, and the batches.
    private func send(_ shelf: Shelf, unreadable: Set<Int>, eventsMax: Int = 500) throws -> (
        lost: [JournalRange], calls: Int
    ) {
        var machine = UplinkMachine()
        var (lost, calls) = ([JournalRange](), 0)
        while case .batch(let batch) = try machine.look(from: shelf.journal, eventsMax: eventsMax), calls < 200 {
            calls += 1
            let sequences = Set(batch.lines.map(\.position.sequence))
            let reply =
                sequences.isDisjoint(with: unreadable)
                ? try shelf.receipt(1, batch.last.sequence) : try Shelf.problem(.malformed, 400)
            for step in try machine.follow(Verdict(genuine: reply), reply, to: batch, in: shelf.journal) {
                if case .declareLost(let range) = step { lost.append(range) }
                if case .acknowledge(let position) = step { try shelf.journal.acknowledge(position) }
            }
        }
        return (lost, calls)
    }

    @Test(
        "a batch that the county cannot read is halved down to the line",
        arguments: [[1], [37], [99], [40, 41], [3, 70]]
    )
    func halved(unreadable: [Int]) throws {
        let shelf = try Shelf([100])
        let (lost, calls) = try send(shelf, unreadable: Set(unreadable))
        #expect(lost.flatMap { Array($0.sequences) } == unreadable)
        #expect(try shelf.journal.acknowledged() == .at(1, 100))
        #expect(calls <= 40)
    }

    @Test("nothing is given up for a county that reads nothing, and the last line waits for one behind it")
    func ill() throws {
        let shelf = try Shelf([30])
        let (lost, calls) = try send(shelf, unreadable: Set(1...30))
        #expect(lost.isEmpty && calls == 200)
        #expect(try shelf.journal.acknowledged() == .at(1, 0))
        let other = try Shelf([30])
        #expect(try send(other, unreadable: [30]).lost.isEmpty)
        #expect(try other.journal.acknowledged() == .at(1, 29))
        try other.append(1, to: 1)
        #expect(try send(other, unreadable: [30]).lost == [range(1, 30...30)])
        #expect(try other.journal.acknowledged() == .at(1, 31))
    }

    @Test("a county that reads none of several lines in a row is left alone for long")
    func pause() throws {
        let shelf = try Shelf([30])
        var machine = UplinkMachine()
        let reply = try Shelf.problem(.malformed, 400)
        var pauses: [Int64] = []
        for _ in 0...Limits.refusedEventsMax {
            let sent = try batch(machine, shelf, eventsMax: 1)
            for case .pause(_, let atLeast) in try machine.follow(
                Verdict(genuine: reply),
                reply,
                to: sent,
                in: shelf.journal
            ) {
                pauses.append(atLeast)
            }
        }
        #expect(pauses == Array(repeating: 0, count: Limits.refusedEventsMax) + [Limits.backoffMillisecondsMax])
        #expect(try batch(machine, shelf, eventsMax: 1).header.first == 1)
    }

    // MARK: What the county says that it has

    private func books(_ shelf: Shelf, _ generation: Int, _ sequence: Int) throws -> ChainPosition {
        ChainPosition(
            incarnation: Shelf.name(generation),
            acknowledged: sequence,
            hash: try shelf.hash(generation, sequence)
        )
    }

    @Test("the cursor goes forwards at once, and backwards when the county says the same twice")
    func correct() throws {
        let shelf = try Shelf([9])
        try shelf.acknowledge(1, 4)
        var machine = UplinkMachine()
        #expect(try machine.correct(books(shelf, 1, 4), in: shelf.journal).isEmpty)
        #expect(try machine.correct(books(shelf, 1, 9), in: shelf.journal) == [.acknowledge(.at(1, 9))])
        try shelf.acknowledge(1, 9)
        #expect(try machine.correct(books(shelf, 1, 2), in: shelf.journal).isEmpty)
        #expect(try machine.correct(books(shelf, 1, 2), in: shelf.journal) == [.acknowledge(.at(1, 2))])
        #expect(try machine.correct(books(shelf, 1, 2), in: shelf.journal).isEmpty)
        try shelf.acknowledge(1, 7)
        #expect(try machine.correct(books(shelf, 1, 2), in: shelf.journal).isEmpty, "a batch got through meanwhile")
    }

    @Test("the cursor never jumps over an incarnation that is not sent whole, and goes back over its end")
    func incarnations() throws {
        let shelf = try Shelf([9, 3])
        try shelf.acknowledge(1, 4)
        var machine = UplinkMachine()
        #expect(try machine.correct(books(shelf, 2, 3), in: shelf.journal).isEmpty)
        try shelf.acknowledge(2, 3)
        _ = try machine.correct(books(shelf, 1, 5), in: shelf.journal)
        #expect(try machine.correct(books(shelf, 1, 5), in: shelf.journal) == [.acknowledge(.at(1, 5))])
        try shelf.acknowledge(1, 9)
        #expect(try machine.correct(books(shelf, 1, 9), in: shelf.journal).isEmpty, "the same place")
    }

    @Test("a county that has more of the present journal than the station, or other bytes, shows an older copy")
    func olderCopy() throws {
        let shelf = try Shelf([9, 3])
        try shelf.acknowledge(2, 3)
        var machine = UplinkMachine()
        let other = Hex.encode([UInt8](repeating: 9, count: 32))
        for sequence in [2, 3, 4] {
            let theirs = ChainPosition(incarnation: Shelf.name(2), acknowledged: sequence, hash: other)
            #expect(try machine.correct(theirs, in: shelf.journal) == [.replaceIncarnation(2, .restored)])
        }
        let closed = ChainPosition(incarnation: Shelf.name(1), acknowledged: 9, hash: other)
        #expect(try machine.correct(closed, in: shelf.journal).isEmpty)
        let unknown = ChainPosition(incarnation: Shelf.name(8), acknowledged: 9, hash: other)
        #expect(try machine.correct(unknown, in: shelf.journal).isEmpty)
    }

    @Test("a cursor that stands nowhere begins anew", arguments: [(1, 10), (2, 0), (0, 4), (1, 1 << 39)])
    func nowhere(generation: Int, sequence: Int) throws {
        let shelf = try Shelf([9])
        try shelf.acknowledge(generation, sequence)
        #expect(try batch(UplinkMachine(), shelf).position == .at(1, 0))
    }

    // MARK: What is put back

    @Test("lines of the county are taken when they fit the hashes around them")
    func putBack() throws {
        let shelf = try Shelf([9])
        let lines = Array(shelf.journal.all[3...5])
        for _ in lines { shelf.journal.lose(3) }
        let lost = range(1, 4...6)
        let bodies = lines.map(\.bytes)
        #expect(try shelf.journal.lines(bodies, asThoseOf: lost) == lines)
        #expect(try shelf.journal.lines(Array(bodies.prefix(2)), asThoseOf: lost) == Array(lines.prefix(2)))
        #expect(try shelf.journal.lines([bodies[0], bodies[1], bodies[1]], asThoseOf: lost) == nil)
        #expect(try shelf.journal.lines(bodies + bodies, asThoseOf: lost) == nil)
        #expect(try shelf.journal.lines([], asThoseOf: lost) == nil)
    }
}
