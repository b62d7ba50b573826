import LockerDomain
import PortFakes
import StationBooks
import StationCore
import StationPorts
import SyncWire
import Testing

@Suite("What the uplink makes of an answer")
struct UplinkMachineTests {
    /// The journal has ten lines in its first incarnation and, with `next`, three in a second one.
    private func steps(
        _ reply: (Shelf) throws -> UplinkReply,
        behind sequence: Int = 4,
        generation: Int = 1,
        next: Bool = false,
        machine: UplinkMachine = UplinkMachine(),
        eventsMax: Int = 3
    ) throws -> [UplinkStep] {
        let shelf = try Shelf(next || generation == 2 ? [10, 3] : [10])
        try shelf.acknowledge(generation, sequence)
        var machine = machine
        let batch = try #require(try machine.next(from: shelf.journal, eventsMax: eventsMax))
        #expect(batch.position == .at(generation, sequence))
        let answer = try reply(shelf)
        return try machine.follow(Verdict(genuine: answer), answer, to: batch, in: shelf.journal)
    }

    private func goBack(to sequence: Int) -> [UplinkStep] {
        [.answered, .pause(.askedAgain(sequence: sequence + 1), atLeast: 0)]
    }

    // MARK: A receipt

    @Test("a receipt for what was sent, part of it or more moves the cursor there", arguments: [5, 6, 7, 8, 10])
    func receipt(_ sequence: Int) throws {
        #expect(try steps { try $0.receipt(1, sequence) } == [.acknowledge(.at(1, sequence)), .succeeded])
    }

    @Test(
        "a receipt at the cursor or before it moves the cursor back, and the next try waits",
        arguments: [0, 1, 3, 4]
    )
    func receiptBefore(_ sequence: Int) throws {
        #expect(try steps { try $0.receipt(1, sequence) } == [.acknowledge(.at(1, sequence))] + goBack(to: sequence))
    }

    @Test("nothing is acknowledged that is not stored: more than there is, or other bytes, is another journal")
    func restored() throws {
        let restored: [UplinkStep] = [.replaceIncarnation(1, .restored), .acknowledge(.at(1, 7)), .succeeded]
        let other = Hex.encode([UInt8](repeating: 9, count: 32))
        for (sequence, hash) in [(11, other), (500, other), (7, other), (2, other), (0, other), (-1, other)] {
            #expect(try steps { try $0.receipt(1, sequence, hash: hash) } == restored, "\(sequence)")
        }
        #expect(try steps { try $0.receipt(1, 7, hash: $0.hash(1, 6)) } == restored)
    }

    @Test("a receipt for another incarnation acknowledges nothing")
    func otherIncarnation() throws {
        #expect(try steps { try $0.receipt(1, 7, of: Shelf.name(8)) } == goBack(to: 4))
    }

    @Test("a receipt that cannot be read is an error")
    func unreadable() {
        #expect(throws: (any Error).self) {
            try steps { _ in UplinkReply(status: 200, headers: [], body: Array("{}".utf8)) }
        }
    }

    @Test("commands of a receipt are handed over once the cursor has moved")
    func commands() throws {
        let commands = [Shelf.command(2), Shelf.command(1)]
        let list = CommandList(commands: commands, time: "2026-05-11T00:00:00.000Z")
        #expect(
            try steps { try $0.receipt(1, 7, commands: commands) }
                == [.acknowledge(.at(1, 7)), .handOver(list), .succeeded]
        )
        #expect(
            try steps { try $0.receipt(1, 4, commands: commands) }
                == [.acknowledge(.at(1, 4)), .handOver(list)] + goBack(to: 4)
        )
    }

    @Test("a receipt without a time moves the cursor, and commands in it are not carried out")
    func noTime() throws {
        let steps = try steps { shelf in
            let reply = try shelf.receipt(1, 7, commands: [Shelf.command(1)])
            var answer = try CanonicalJSON.decode(Acknowledgement.self, from: reply.body)
            answer.time = nil
            return UplinkReply(status: 200, headers: [], body: try CanonicalJSON.encode(answer))
        }
        #expect(steps == [.acknowledge(.at(1, 7)), .succeeded])
    }

    // MARK: A gap, a fork

    @Test(
        "the cursor goes to what the county expects, and never forwards",
        arguments: [(1, 0), (2, 1), (4, 3), (5, 4), (6, 4), (900, 4)]
    )
    func gap(_ row: (expected: Int, cursor: Int)) throws {
        let steps = try steps { _ in try Shelf.problem(.gap, 409, expected: row.expected) }
        #expect(steps == [.acknowledge(.at(1, row.cursor))] + goBack(to: row.cursor))
    }

    @Test("a county that knows nothing of an incarnation is asked with the last line of the one before")
    func gapAtBegin() throws {
        let steps = try steps({ _ in try Shelf.problem(.gap, 409, expected: 1) }, behind: 1, generation: 2)
        #expect(steps == [.acknowledge(.at(1, 9))] + goBack(to: 9))
    }

    @Test("a fork begins a new incarnation, and what was sent stays sent")
    func forked() throws {
        let steps = try steps { _ in try Shelf.problem(.chainForked, 409) }
        #expect(steps == [.replaceIncarnation(1, .forked), .acknowledge(.at(1, 7)), .succeeded])
    }

    @Test("what the county does not take of a branch that it kept is left out, once the incarnation is closed")
    func branch() throws {
        let shelf = try Shelf([10])
        try shelf.acknowledge(1, 4)
        var machine = UplinkMachine()
        let first = try #require(try machine.next(from: shelf.journal, eventsMax: 3))
        let (fork, gap) = (try Shelf.problem(.chainForked, 409), try Shelf.problem(.gap, 409, expected: 4))
        _ = try machine.follow(.forked, fork, to: first, in: shelf.journal)
        // The disk took no new incarnation: the county is asked again.
        let again = try machine.follow(.gap(expected: 4), gap, to: first, in: shelf.journal)
        #expect(again == [.acknowledge(.at(1, 3))] + goBack(to: 3))
        _ = try shelf.journal.beginIncarnation(id: Shelf.name(2))
        try shelf.acknowledge(1, 7)
        let second = try #require(try machine.next(from: shelf.journal, eventsMax: 3))
        let left = try machine.follow(.gap(expected: 4), gap, to: second, in: shelf.journal)
        #expect(left == [.leaveOut(upTo: .at(1, 10)), .succeeded])
        let beyond = try machine.follow(.gap(expected: 8), gap, to: second, in: shelf.journal)
        #expect(beyond == [.acknowledge(.at(1, 7))] + goBack(to: 7))
    }

    // MARK: Not taken

    @Test("a batch that is too large is sent smaller at once, a single line after a pause")
    func tooLarge() throws {
        let reply = { (_: Shelf) in try Shelf.problem(.tooLarge, 413) }
        #expect(try steps(reply) == [.answered])
        #expect(try steps(reply, eventsMax: 1) == [.answered, .pause(.eventTooLarge, atLeast: 0)])
    }

    @Test("what is not taken moves no cursor, and waits as long as its cause wants")
    func refused() throws {
        let reason = "Title: detail"
        let unknown = try steps { _ in try Shelf.problem(.unknownStation, 403) }
        #expect(unknown == [.pause(.stationRefused(reason), atLeast: 60_000)])
        let busy = try steps { _ in UplinkReply(status: 503, headers: [("retry-after", "7")], body: []) }
        #expect(busy == [.pause(.countyBusy("HTTP 503"), atLeast: 7_000)])
        let shelf = try Shelf([3])
        var machine = UplinkMachine()
        let batch = try #require(try machine.next(from: shelf.journal))
        let page = UplinkReply(status: 200, headers: [], body: Array("<html>".utf8))
        let portal = try machine.follow(.notTheCounty("HTTP 200"), page, to: batch, in: shelf.journal)
        #expect(portal == [.pause(.notTheCounty, atLeast: 10_000)])
    }
}
