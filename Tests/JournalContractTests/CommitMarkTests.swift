import Foundation
import GRDB
import LockerDomain
import SQLiteJournal
import StationPorts
import Testing

@Suite("The commit mark and journals of a newer version")
struct CommitMarkTests {
    private let first = String(repeating: "a", count: 32)

    private func journal(_ scratch: Scratch) throws -> SQLiteJournal {
        try SQLiteJournal(path: scratch.journal, reserveBytes: 4_096)
    }

    @Test("the mark names the last commit, of every kind of commit, in 16 bytes")
    func follows() throws {
        let scratch = try Scratch()
        let journal = try journal(scratch)
        #expect(journal.committed() == nil)
        _ = try journal.beginIncarnation(id: first)
        try journal.append(lines(1, 1...3))
        #expect(journal.committed() == JournalPosition(generation: 1, sequence: 3))
        try journal.append(lines(1, 4...4), recovered: [[1]])
        #expect(journal.committed() == JournalPosition(generation: 1, sequence: 4))
        _ = try journal.beginIncarnation(id: String(repeating: "b", count: 32)) { _ in lines(2, 1...1) }
        #expect(journal.committed() == JournalPosition(generation: 2, sequence: 1))
        #expect(throws: JournalError.self) { try journal.append(lines(2, 1...1)) }
        #expect(journal.committed() == JournalPosition(generation: 2, sequence: 1), "it never leads")
        #expect(try scratch.bytes(scratch.journal + ".mark").count == 16)
    }

    @Test("a torn mark is none: it lags, and nothing is taken for lost", arguments: 0..<16)
    func torn(_ index: Int) throws {
        let scratch = try Scratch()
        let journal = try journal(scratch)
        _ = try journal.beginIncarnation(id: first)
        try journal.append(lines(1, 1...3))
        var bytes = try scratch.bytes(scratch.journal + ".mark")
        bytes[index] ^= 1
        try scratch.write(bytes, to: scratch.journal + ".mark")
        #expect(try self.journal(scratch).committed() == nil)
        try scratch.write(Array(bytes.prefix(index)), to: scratch.journal + ".mark")
        #expect(try self.journal(scratch).committed() == nil)
        withExtendedLifetime(journal) {}
    }

    @Test("a mark goes aside with its journal: the next one begins without")
    func aside() throws {
        let scratch = try Scratch()
        do {
            let journal = try journal(scratch)
            _ = try journal.beginIncarnation(id: first)
            try journal.append(lines(1, 1...9))
        }
        let kept = try DamagedJournal.setAside(path: scratch.journal)
        #expect(kept.committed == JournalPosition(generation: 1, sequence: 9))
        #expect(try journal(scratch).committed() == nil)
    }

    @Test("the snapshots of a file that was set aside are offered with the names of their incarnations")
    func savedSnapshots() throws {
        let scratch = try Scratch()
        do {
            let journal = try journal(scratch)
            _ = try journal.beginIncarnation(id: first)
            try journal.append(lines(1, 1...9))
            for sequence in [4, 8] {
                let position = JournalPosition(generation: 1, sequence: sequence)
                _ = journal.maintain(keeping: Snapshot(position: position, format: 1, bytes: [UInt8(sequence)]))
            }
        }
        let kept = try DamagedJournal.setAside(path: scratch.journal)
        #expect(kept.snapshots.map(\.snapshot.bytes) == [[8], [4]])
        #expect(kept.snapshots.allSatisfy { $0.incarnation == first })
    }

    @Test("a journal with a table that this program does not know is refused with what to do, and left as it is")
    func newer() throws {
        let scratch = try Scratch()
        do {
            let journal = try journal(scratch)
            _ = try journal.beginIncarnation(id: first)
            try journal.append(lines(1, 1...3))
        }
        func change(_ sql: String) throws {
            try DatabaseQueue(path: scratch.journal).write { try $0.execute(sql: sql) }
        }
        try change("INSERT INTO grdb_migrations VALUES ('2031-01 something new')")
        let before = try scratch.bytes(scratch.journal)
        let fault = #expect(throws: SQLiteJournal.Newer.self) { try journal(scratch) }
        #expect(fault?.description.contains("install that version again") == true)
        #expect(try scratch.bytes(scratch.journal) == before)
        // One bit of a name that we know is no newer version.
        try change("DELETE FROM grdb_migrations WHERE identifier = '2026-11 journal'")
        #expect(throws: SQLiteJournal.Damage.self) { try journal(scratch) }
    }
}
