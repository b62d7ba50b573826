import LockerDomain
import StationPorts
import Testing

@Suite("The front of a journal")
struct FrontTests {
    private let first = String(repeating: "a", count: 32)
    private let second = String(repeating: "b", count: 32)

    private func subject(_ kind: Kind) throws -> Subject {
        let subject = try Subject(kind)
        _ = try subject.journal.beginIncarnation(id: first)
        try subject.journal.append(lines(1, 1...4))
        _ = try subject.journal.beginIncarnation(id: second) { _ in lines(2, 1...5) }
        try subject.outbox.acknowledge(JournalPosition(generation: 2, sequence: 3))
        return subject
    }

    @Test("it shows the oldest lines but the last of each incarnation, and the cursor", arguments: Kind.allCases)
    func shown(_ kind: Kind) throws {
        let subject = try subject(kind)
        let front = try subject.journal.front(limit: 5)
        #expect(front.lines == lines(1, 1...3) + lines(2, 1...2))
        #expect(front.acknowledged == JournalPosition(generation: 2, sequence: 3))
        #expect(try subject.journal.front(limit: 100).lines.count == 7)
    }

    @Test("an incarnation without a line hides nothing", arguments: Kind.allCases)
    func empty(_ kind: Kind) throws {
        let subject = try subject(kind)
        _ = try subject.journal.beginIncarnation(id: String(repeating: "c", count: 32))
        #expect(try subject.journal.front(limit: 100).lines.count == 7)
    }

    @Test(
        "what is removed stays away over a restart, and what is kept is sent and replayed as before",
        arguments: Kind.allCases
    )
    func pruned(_ kind: Kind) throws {
        var subject = try subject(kind)
        try subject.journal.prune(through: JournalPosition(generation: 2, sequence: 2))
        for _ in 0..<2 {
            #expect(try subject.replay().lines == lines(1, 4...4) + lines(2, 3...5))
            #expect(try subject.journal.front(limit: 100).lines == lines(2, 3...4))
            #expect(try subject.outbox.waiting() == 2)
            #expect(try subject.outbox.incarnation(1)?.last == 4)
            let behind = JournalPosition(generation: 2, sequence: 0)
            #expect(try subject.outbox.lines(after: behind, limit: 2, bytes: .max) == lines(2, 3...4))
            #expect(try subject.outbox.line(at: JournalPosition(generation: 2, sequence: 2)) == nil)
            #expect(try subject.journal.head().last == line(2, 5))
            try subject.reopen()
        }
        try subject.journal.append(lines(2, 6...6))
        #expect(try subject.outbox.waiting() == 3)
    }
}
