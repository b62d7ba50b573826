import LockerDomain
import PortFakes
import StationCore
import StationPorts
import SyncWire
import Testing

@Suite("The next batch")
struct OutgoingBatchTests {
    /// Positions of the batches until nothing waits, each one acknowledged whole.
    private func batches(_ shelf: Shelf, eventsMax: Int) throws -> [OutgoingBatch] {
        var batches: [OutgoingBatch] = []
        while let batch = try UplinkMachine().next(from: shelf.journal, eventsMax: eventsMax), batches.count < 100 {
            batches.append(batch)
            try shelf.journal.acknowledge(batch.last)
        }
        return batches
    }

    @Test("every line goes once, and no batch crosses an incarnation", arguments: [1, 2, 3, 5, 100])
    func whole(_ eventsMax: Int) throws {
        let shelf = try Shelf([7, 1, 5])
        let batches = try batches(shelf, eventsMax: eventsMax)
        #expect(batches.flatMap(\.lines) == shelf.journal.all)
        for batch in batches {
            #expect(batch.lines.count <= eventsMax)
            #expect(Set(batch.lines.map(\.position.generation)) == [batch.generation])
            #expect(batch.header.incarnation == Shelf.name(batch.generation))
            #expect(batch.lines.map(\.position.sequence) == Array(batch.header.first...batch.header.last))
        }
    }

    @Test("the header holds the chain in front of the batch and behind it")
    func chain() throws {
        let shelf = try Shelf([4, 3])
        for batch in try batches(shelf, eventsMax: 2) {
            let first = batch.header.first
            #expect(Hex.encode(batch.header.before) == (try shelf.hash(batch.generation, first - 1)))
            let after = batch.lines.reduce(batch.header.before) { Chain.next(after: $0, bytes: $1.bytes) }
            #expect(batch.header.after == after)
            #expect(try Batch.split(batch.body, limit: 2) == batch.lines.map(\.bytes))
        }
    }

    @Test("nothing waits behind the end, nor in an incarnation without lines")
    func nothing() throws {
        #expect(try UplinkMachine().next(from: Shelf([]).journal) == nil)
        let shelf = try Shelf([4])
        try shelf.acknowledge(1, 4)
        #expect(try UplinkMachine().next(from: shelf.journal) == nil)
        _ = try shelf.journal.beginIncarnation(id: Shelf.name(2))
        #expect(try UplinkMachine().next(from: shelf.journal) == nil)
        #expect(try shelf.journal.unsent(after: .at(1, 4)) == .at(2, 0))
        #expect(try shelf.journal.unsent(after: .at(1, 3)) == .at(1, 3))
    }

    @Test("after answers that never came whole the next batch is smaller, after four successes larger")
    func size() throws {
        let shelf = try Shelf([100], bytes: 1_000)
        var machine = UplinkMachine()
        func count() throws -> Int { try machine.next(from: shelf.journal)?.lines.count ?? 0 }
        var batch = try #require(try machine.next(from: shelf.journal))
        #expect(batch.size == 100_000 && batch.lines.count == 100)
        machine.failed(batch, .refused)
        machine.failed(batch, .refused)
        #expect(try count() == 100, "nothing was sent, so its size does not matter")
        machine.failed(batch, .noAnswer(seconds: 30))
        #expect(try count() == 100, "once is no sign")
        machine.failed(batch, .cut)
        #expect(try count() == 50)
        batch = try #require(try machine.next(from: shelf.journal))
        let large = try Shelf.problem(.tooLarge, 413)
        _ = try machine.follow(.tooLarge, large, to: batch, in: shelf.journal)
        #expect(try count() == 25)
        for _ in 0..<4 {
            batch = try #require(try machine.next(from: shelf.journal))
            let receipt = try shelf.receipt(1, batch.last.sequence)
            _ = try machine.follow(.accepted, receipt, to: batch, in: shelf.journal)
        }
        #expect(try count() == 31)
    }

    @Test("pauses grow with each failure, are as long as the county wants at least, and begin anew")
    func pauses() {
        var machine = UplinkMachine()
        let grown = (0..<4).map { _ in machine.pause(random: .max) }
        #expect(grown == [1_000, 2_000, 4_000, 8_000])
        let wanted = machine.pause(atLeast: 60_000, random: .max)
        #expect(wanted == 60_000)
        machine.succeeded()
        let first = machine.pause(random: .max)
        #expect(first == 1_000)
        machine.linkCameUp()
        let again = machine.pause(random: .max)
        #expect(again == 1_000)
    }
}
