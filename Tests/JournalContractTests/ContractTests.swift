import LockerDomain
import StationPorts
import Testing

@Suite("The contract of every journal")
struct ContractTests {
    private let first = String(repeating: "a", count: 32)
    private let second = String(repeating: "b", count: 32)

    @Test("a new journal has no incarnation, no line, no snapshot", arguments: Kind.allCases)
    func empty(_ kind: Kind) throws {
        let subject = try Subject(kind)
        let head = try subject.journal.head()
        #expect(head.incarnation.generation == 0)
        #expect(head.last == nil)
        #expect(try subject.replay() == Subject.Reading())
        #expect(try subject.outbox.acknowledged() == JournalPosition(generation: 1, sequence: 0))
        #expect(try subject.outbox.waiting() == 0)
        #expect(try subject.outbox.incarnation(1) == nil)
    }

    @Test(
        "what was appended comes back whole and in order, over commits, incarnations and a restart",
        arguments: Kind.allCases
    )
    func order(_ kind: Kind) throws {
        var subject = try Subject(kind)
        #expect(try subject.journal.beginIncarnation(id: first) == Incarnation(generation: 1, id: first))
        try subject.journal.append(lines(1, 1...3))
        try subject.journal.append(lines(1, 4...4))
        try subject.journal.append([])
        let next = try subject.journal.beginIncarnation(id: second) { incarnation in
            #expect(incarnation == Incarnation(generation: 2, id: second))
            return lines(2, 1...2)
        }
        try subject.journal.append(lines(2, 3...3))
        let all = lines(1, 1...4) + lines(2, 1...3)
        for _ in 0..<2 {
            #expect(try subject.replay().lines == all)
            let head = try subject.journal.head()
            #expect(head.incarnation == next)
            #expect(head.last == line(2, 3))
            #expect(try subject.outbox.incarnation(1)?.incarnation.id == first)
            #expect(try subject.outbox.incarnation(1)?.last == 4)
            #expect(try subject.outbox.incarnation(2)?.last == 3)
            #expect(try subject.outbox.line(at: JournalPosition(generation: 1, sequence: 4)) == line(1, 4))
            #expect(try subject.outbox.line(at: JournalPosition(generation: 1, sequence: 5)) == nil)
            #expect(try subject.outbox.line(at: JournalPosition(generation: 1, sequence: 0)) == nil)
            try subject.reopen()
        }
    }

    /// A journal of two incarnations: two lines in the first, none in the second.
    private func begunTwice(_ kind: Kind) throws -> Subject {
        let subject = try Subject(kind)
        _ = try subject.journal.beginIncarnation(id: first)
        try subject.journal.append(lines(1, 1...2))
        _ = try subject.journal.beginIncarnation(id: second)
        return subject
    }

    @Test("the head of an incarnation without lines has no last line", arguments: Kind.allCases)
    func freshHead(_ kind: Kind) throws {
        let subject = try begunTwice(kind)
        #expect(try subject.journal.head().last == nil)
        #expect(try subject.outbox.incarnation(2)?.last == 0)
    }

    @Test("a number that was given is never given again: the commit fails whole", arguments: Kind.allCases)
    func never(_ kind: Kind) throws {
        let subject = try Subject(kind)
        _ = try subject.journal.beginIncarnation(id: first)
        try subject.journal.append(lines(1, 1...3))
        var other = line(1, 3)
        other.bytes[0] = 0x5B
        let error = #expect(throws: JournalError.self) { try subject.journal.append([other, line(1, 4)]) }
        #expect(error?.code == .broken)
        #expect(try subject.replay().lines == lines(1, 1...3))
    }

    @Test("an incarnation whose lines cannot be made does not begin", arguments: Kind.allCases)
    func failedBegin(_ kind: Kind) throws {
        struct Refused: Error {}
        var subject = try Subject(kind)
        _ = try subject.journal.beginIncarnation(id: first)
        try subject.journal.append(lines(1, 1...3))
        #expect(throws: Refused.self) { try subject.journal.beginIncarnation(id: second) { _ in throw Refused() } }
        try subject.reopen()
        #expect(try subject.journal.head().incarnation.generation == 1)
        try subject.journal.append(lines(1, 4...4))
    }

    @Test("the newest snapshot of the format is offered, then only what is behind it", arguments: Kind.allCases)
    func snapshot(_ kind: Kind) throws {
        var subject = try Subject(kind)
        _ = try subject.journal.beginIncarnation(id: first)
        try subject.journal.append(lines(1, 1...5))
        func kept(_ sequence: Int) -> Snapshot {
            Snapshot(
                position: JournalPosition(generation: 1, sequence: sequence),
                format: 1,
                bytes: [1, 2, UInt8(sequence)]
            )
        }
        #expect(subject.journal.maintain(keeping: kept(2)) == .ok)
        #expect(subject.journal.maintain(keeping: kept(4)) == .ok)
        #expect(subject.journal.maintain(keeping: nil) == .ok)
        try subject.reopen()
        #expect(try subject.replay() == Subject.Reading(snapshot: kept(4), lines: lines(1, 5...5)))
        #expect(try subject.replay(using: false).lines == lines(1, 1...5))
        #expect(try subject.replay(format: 2) == Subject.Reading(snapshot: nil, lines: lines(1, 1...5)))
        _ = try subject.journal.beginIncarnation(id: second)
        try subject.journal.append(lines(2, 1...2))
        #expect(try subject.replay().lines == lines(1, 5...5) + lines(2, 1...2))
    }

    @Test(
        "the last two snapshots stay: where the newest is not taken, the one before it is offered",
        arguments: Kind.allCases
    )
    func olderSnapshot(_ kind: Kind) throws {
        var subject = try Subject(kind)
        _ = try subject.journal.beginIncarnation(id: first)
        try subject.journal.append(lines(1, 1...6))
        for sequence in [1, 3, 5] {
            let position = JournalPosition(generation: 1, sequence: sequence)
            #expect(subject.journal.maintain(keeping: Snapshot(position: position, format: 1, bytes: [7])) == .ok)
        }
        try subject.reopen()
        var (offered, behind): ([Int], [JournalLine]) = ([], [])
        try subject.journal.replay(
            format: 1,
            snapshot: {
                offered.append($0.position.sequence)
                return offered.count == 2
            },
            line: { behind.append($0) }
        )
        #expect(offered == [5, 3])
        #expect(behind == lines(1, 4...6))
    }

    @Test("what the county gave back lies beside its event, in the same commit", arguments: Kind.allCases)
    func recovered(_ kind: Kind) throws {
        var subject = try Subject(kind)
        _ = try subject.journal.beginIncarnation(id: first)
        try subject.journal.append(lines(1, 1...1))
        try subject.journal.append(lines(1, 2...2), recovered: [[1, 2], [3]])
        #expect(throws: JournalError.self) { try subject.journal.append(lines(1, 2...2), recovered: [[9]]) }
        try subject.reopen()
        #expect(try subject.replay().lines == lines(1, 1...2))
        #expect(try subject.journal.recovered(at: JournalPosition(generation: 1, sequence: 2)) == [[1, 2], [3]])
        #expect(try subject.journal.recovered(at: JournalPosition(generation: 1, sequence: 1)) == [])
    }

    @Test(
        "a snapshot in front of the first line of an incarnation is followed by all its lines",
        arguments: Kind.allCases
    )
    func snapshotAtBeginning(_ kind: Kind) throws {
        var subject = try Subject(kind)
        _ = try subject.journal.beginIncarnation(id: first)
        try subject.journal.append(lines(1, 1...3))
        _ = try subject.journal.beginIncarnation(id: second)
        let beginning = JournalPosition(generation: 2, sequence: 0)
        #expect(subject.journal.maintain(keeping: Snapshot(position: beginning, format: 1, bytes: [1])) == .ok)
        try subject.journal.append(lines(2, 1...2))
        try subject.reopen()
        #expect(try subject.replay().lines == lines(2, 1...2))
    }

    @Test("a fault inside the replay comes out of it, and the journal is of use afterwards", arguments: Kind.allCases)
    func faultInReplay(_ kind: Kind) throws {
        struct Broken: Error {}
        let subject = try Subject(kind)
        _ = try subject.journal.beginIncarnation(id: first)
        try subject.journal.append(lines(1, 1...5))
        #expect(throws: Broken.self) {
            try subject.journal.replay(format: 1, snapshot: { _ in false }, line: { _ in throw Broken() })
        }
        try subject.journal.append(lines(1, 6...6))
        #expect(try subject.replay().lines.count == 6)
    }

    // MARK: The outbox

    @Test("lines are limited by their number and by their bytes, but one always comes", arguments: Kind.allCases)
    func limits(_ kind: Kind) throws {
        let subject = try Subject(kind)
        _ = try subject.journal.beginIncarnation(id: first)
        try subject.journal.append(lines(1, 1...20, bytes: 100))
        func count(after sequence: Int, limit: Int, bytes: Int) throws -> [Int] {
            try subject.outbox.lines(
                after: JournalPosition(generation: 1, sequence: sequence),
                limit: limit,
                bytes: bytes
            ).map(\.position.sequence)
        }
        #expect(try count(after: 0, limit: 3, bytes: .max) == [1, 2, 3])
        #expect(try count(after: 5, limit: 100, bytes: 300) == [6, 7, 8])
        #expect(try count(after: 5, limit: 100, bytes: 299) == [6, 7])
        #expect(try count(after: 5, limit: 100, bytes: 1) == [6])
        #expect(try count(after: 18, limit: 100, bytes: .max) == [19, 20])
        #expect(try count(after: 20, limit: 100, bytes: .max).isEmpty)
        #expect(try count(after: 999, limit: 100, bytes: .max).isEmpty)
        #expect(try count(after: 0, limit: 0, bytes: .max).isEmpty)
    }

    @Test("lines never span incarnations", arguments: Kind.allCases)
    func spanning(_ kind: Kind) throws {
        let subject = try begunTwice(kind)
        try subject.journal.append(lines(2, 1...3))
        let old = try subject.outbox.lines(after: JournalPosition(generation: 1, sequence: 0), limit: 99, bytes: .max)
        #expect(old == lines(1, 1...2))
        let new = try subject.outbox.lines(after: JournalPosition(generation: 2, sequence: 0), limit: 99, bytes: .max)
        #expect(new == lines(2, 1...3))
    }

    @Test("the cursor goes both ways, over incarnations, and what waits follows it", arguments: Kind.allCases)
    func cursor(_ kind: Kind) throws {
        var subject = try Subject(kind)
        _ = try subject.journal.beginIncarnation(id: first)
        try subject.journal.append(lines(1, 1...5))
        #expect(try subject.outbox.waiting() == 5)
        _ = try subject.journal.beginIncarnation(id: second)
        try subject.journal.append(lines(2, 1...3))
        let steps: [(generation: Int, sequence: Int, waiting: Int)] = [
            (1, 2, 6), (1, 5, 3), (2, 0, 3), (2, 2, 1), (2, 3, 0), (1, 1, 7), (1, 0, 8),
        ]
        for step in steps {
            let position = JournalPosition(generation: step.generation, sequence: step.sequence)
            try subject.outbox.acknowledge(position)
            #expect(try subject.outbox.acknowledged() == position)
            #expect(try subject.outbox.waiting() == step.waiting, "\(position)")
            try subject.reopen()
            #expect(try subject.outbox.acknowledged() == position)
        }
    }

    @Test("readers in other threads see whole commits only", arguments: Kind.allCases)
    func concurrent(_ kind: Kind) async throws {
        let subject = try Subject(kind)
        _ = try subject.journal.beginIncarnation(id: first)
        let outbox = subject.outbox
        let start = JournalPosition(generation: 1, sequence: 0)
        let reader = Task {
            var odd = 0
            while !Task.isCancelled {
                if try outbox.lines(after: start, limit: .max, bytes: .max).count % 5 != 0 { odd += 1 }
                await Task.yield()
            }
            return odd
        }
        for batch in 0..<40 { try subject.journal.append(lines(1, (batch * 5 + 1)...(batch * 5 + 5))) }
        reader.cancel()
        #expect(try await reader.value == 0)
        #expect(try subject.outbox.waiting() == 200)
    }
}
