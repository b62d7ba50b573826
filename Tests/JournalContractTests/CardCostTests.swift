import Foundation
import LockerDomain
import SQLiteJournal
import StationPorts
import Testing

@Suite("What the journal costs its card")
struct CardCostTests {
    private let first = String(repeating: "a", count: 32)

    private func opened(_ scratch: Scratch, events: Int = 0) throws -> SQLiteJournal {
        let journal = try SQLiteJournal(path: scratch.journal, reserveBytes: 4_096)
        _ = try journal.beginIncarnation(id: first)
        if events > 0 { try journal.append(lines(1, 1...events)) }
        return journal
    }

    private func at(_ sequence: Int) -> JournalPosition { JournalPosition(generation: 1, sequence: sequence) }

    /// What a power cut at this moment leaves: the files as they are, nothing closed.
    private func afterCut<Result>(_ scratch: Scratch, _ read: (SQLiteOutbox) throws -> Result) throws -> Result {
        let copy = try Scratch()
        try scratch.copy(to: copy)
        return try read(SQLiteOutbox(path: copy.journal))
    }

    @Test("the write-ahead log has its room from the start, and no commit makes its file longer")
    func room() throws {
        let scratch = try Scratch()
        let journal = try opened(scratch)
        for number in 1...100 { try journal.append([line(1, number, bytes: 900)]) }
        #expect(try Scratch.size(scratch.journal + "-wal") == Limits.walRoomBytes)
        let left = try afterCut(scratch) { try $0.lines(after: at(0), limit: 200, bytes: .max) }
        #expect(left == lines(1, 1...100, bytes: 900))
    }

    @Test("a disk without plenty of space keeps it for pickups: the log gets no room")
    func noRoom() throws {
        guard let disk = SmallDisk(megabytes: 8) else { return }
        let path = "\(disk.path)/journal.sqlite"
        let journal = try SQLiteJournal(path: path, reserveBytes: 1 << 20)
        #expect(try Scratch.size(path + "-wal") < Limits.walRoomBytes)
        withExtendedLifetime(journal) {}
    }

    @Test("answers of the county are written by the dozen; a power cut forgets fewer than the limit, none ahead")
    func cursorLags() throws {
        let scratch = try Scratch()
        let journal = try opened(scratch, events: 300)
        defer { withExtendedLifetime(journal) {} }
        let outbox = try SQLiteOutbox(path: scratch.journal)
        var written = Set<Int>()
        for number in 1...300 {
            try outbox.acknowledge(at(number))
            #expect(try outbox.acknowledged() == at(number))
            #expect(try outbox.waiting() == 300 - number)
            let onDisk = try afterCut(scratch) { try $0.acknowledged().sequence }
            #expect(number - onDisk >= 0 && number - onDisk < Limits.cursorLagEventsMax, "\(number): \(onDisk)")
            written.insert(onDisk)
        }
        #expect(written.count == 1 + 299 / Limits.cursorLagEventsMax)
    }

    @Test("what a run before left in the log is written back at the first rest, then by the hundred")
    func checkpoints() throws {
        let scratch = try Scratch()
        var journal = try opened(scratch, events: 30)
        let copy = try Scratch()
        try scratch.copy(to: copy)
        journal = try SQLiteJournal(path: copy.journal, reserveBytes: 4_096)
        func fileBytes() throws -> Int { try Scratch.size(copy.journal) }
        let before = try fileBytes()
        #expect(journal.maintain(keeping: nil) == .ok)
        let first = try fileBytes()
        #expect(first > before)
        try journal.append(lines(1, 31...(29 + Limits.checkpointEvents), bytes: 900))
        #expect(journal.maintain(keeping: nil) == .ok)
        #expect(try fileBytes() == first)
        try journal.append([line(1, 30 + Limits.checkpointEvents)])
        #expect(journal.maintain(keeping: nil) == .ok)
        #expect(try fileBytes() > first)
    }

    @Test("a cursor that goes back, or into another incarnation, is on the card at once")
    func cursorBack() throws {
        let scratch = try Scratch()
        let journal = try opened(scratch, events: 20)
        _ = try journal.beginIncarnation(id: String(repeating: "b", count: 32)) { _ in lines(2, 1...5) }
        let outbox = try SQLiteOutbox(path: scratch.journal)
        let steps = [at(10), at(12), at(11), at(12), JournalPosition(generation: 2, sequence: 1), at(20)]
        var onDisk: [JournalPosition] = []
        for step in steps {
            try outbox.acknowledge(step)
            onDisk.append(try afterCut(scratch) { try $0.acknowledged() })
        }
        #expect(onDisk == [at(10), at(10), at(11), at(11), JournalPosition(generation: 2, sequence: 1), at(20)])
    }

    @Test("what was left for later is written when it is asked for")
    func keptCursor() throws {
        let scratch = try Scratch()
        let journal = try opened(scratch, events: 20)
        let outbox = try SQLiteOutbox(path: scratch.journal)
        for number in [3, 7, 11] { try outbox.acknowledge(at(number)) }
        #expect(try afterCut(scratch) { try $0.acknowledged() } == at(3))
        try outbox.keepCursor()
        #expect(try afterCut(scratch) { try $0.acknowledged() } == at(11))
        withExtendedLifetime(journal) {}
    }
}
