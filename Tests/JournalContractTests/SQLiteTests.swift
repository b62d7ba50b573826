import Foundation
import GRDB
import LockerDomain
import SQLiteJournal
import StationPorts
import Testing

@Suite("The journal in SQLite")
struct SQLiteTests {
    private let first = String(repeating: "a", count: 32)

    private func pragma(_ name: String, _ path: String) throws -> String? {
        try DatabaseQueue(path: path).read { try String.fetchOne($0, sql: "PRAGMA \(name)") }
    }

    private func fiftyLines(_ scratch: Scratch) throws -> SQLiteJournal {
        let journal = try SQLiteJournal(path: scratch.journal, reserveBytes: 4_096)
        _ = try journal.beginIncarnation(id: first)
        try journal.append(lines(1, 1...50))
        return journal
    }

    @Test("its file is in WAL mode and passes SQLite's own check")
    func file() throws {
        let scratch = try Scratch()
        let journal = try fiftyLines(scratch)
        defer { withExtendedLifetime(journal) {} }
        #expect(try pragma("journal_mode", scratch.journal) == "wal")
        #expect(try pragma("integrity_check", scratch.journal) == "ok")
    }

    @Test("both connections run with synchronous = FULL, which GRDB would have lowered")
    func synchronous() throws {
        let scratch = try Scratch()
        let journal = try SQLiteJournal(path: scratch.journal, reserveBytes: 4_096)
        let outbox = try SQLiteOutbox(path: scratch.journal)
        for durability in [try journal.durability(), try outbox.durability()] {
            #expect(durability.journalMode == "wal")
            #expect(durability.synchronous == 2)
        }
    }

    @Test("a commit is in the file although nobody closes it: a copy taken at once holds every line")
    func copyOfTheLivingFile() throws {
        let (scratch, copy) = (try Scratch(), try Scratch())
        let journal = try SQLiteJournal(path: scratch.journal, reserveBytes: 4_096)
        _ = try journal.beginIncarnation(id: first)
        for number in 1...30 { try journal.append([line(1, number)]) }
        try scratch.copy(to: copy)
        let other = try SQLiteJournal(path: copy.journal, reserveBytes: 4_096)
        var found: [JournalLine] = []
        try other.replay(format: 1, snapshot: { _ in false }, line: { found.append($0) })
        #expect(found == lines(1, 1...30))
        withExtendedLifetime(journal) {}
    }

    @Test("the WAL does not grow for ever: a rest lets it begin anew")
    func checkpoint() throws {
        let scratch = try Scratch()
        let journal = try SQLiteJournal(path: scratch.journal, reserveBytes: 4_096)
        _ = try journal.beginIncarnation(id: first)
        for round in 0..<80 {
            try journal.append(lines(1, (round * 100 + 1)...(round * 100 + 100), bytes: 900))
            #expect(journal.maintain(keeping: nil) == .ok)
        }
        #expect(try Scratch.size(scratch.journal + "-wal") == Limits.walRoomBytes)
    }

    @Test("a reader that lags does not stop the rest")
    func lagging() throws {
        let scratch = try Scratch()
        let journal = try fiftyLines(scratch)
        let reader = try DatabaseQueue(path: scratch.journal)
        try reader.read { database in
            #expect(try Int.fetchOne(database, sql: "SELECT count(*) FROM event") == 50)
            try journal.append(lines(1, 51...60))
            #expect(journal.maintain(keeping: nil) == .ok)
            #expect(try Int.fetchOne(database, sql: "SELECT count(*) FROM event") == 50)
        }
    }

    @Test("the reserve is allocated beside the journal, given up once, and made again at a rest")
    func reserve() throws {
        let scratch = try Scratch()
        let journal = try SQLiteJournal(path: scratch.journal, reserveBytes: 1 << 20)
        let path = scratch.journal + ".reserve"
        func size() -> Int? { try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int }
        #expect(size() == 1 << 20)
        #expect(journal.releaseReserve())
        #expect(size() == nil)
        #expect(!journal.releaseReserve())
        #expect(journal.maintain(keeping: nil) == .ok)
        #expect(size() == 1 << 20)
    }

    @Test("a reserve that was cut short is made whole at the next start")
    func shortReserve() throws {
        let scratch = try Scratch()
        try scratch.write([1, 2, 3], to: scratch.journal + ".reserve")
        _ = try SQLiteJournal(path: scratch.journal, reserveBytes: 1 << 20)
        let size = try FileManager.default.attributesOfItem(atPath: scratch.journal + ".reserve")[.size] as? Int
        #expect(size == 1 << 20)
    }

    @Test("an outbox does not make a journal where there is none")
    func outboxAlone() throws {
        let scratch = try Scratch()
        #expect(throws: (any Error).self) { try SQLiteOutbox(path: "\(scratch.path)/missing/journal.sqlite") }
    }
}
