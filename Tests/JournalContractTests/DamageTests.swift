import Foundation
import GRDB
import LockerDomain
import SQLiteJournal
import StationPorts
import Testing

@Suite("A damaged journal file")
struct DamageTests {
    private let first = String(repeating: "a", count: 32)
    private let written = lines(1, 1...300, bytes: 300)

    /// A closed journal of some pages, without a WAL.
    private func made() throws -> Scratch {
        let scratch = try Scratch()
        do {
            let journal = try SQLiteJournal(path: scratch.journal, reserveBytes: 4_096)
            _ = try journal.beginIncarnation(id: first)
            try journal.append(written)
            _ = journal.maintain(
                keeping: Snapshot(position: JournalPosition(generation: 1, sequence: 10), format: 1, bytes: [7])
            )
        }
        #expect(!FileManager.default.fileExists(atPath: scratch.journal + "-wal"))
        return scratch
    }

    private enum Outcome: Equatable {
        case damage
        /// Readable, but not what was written: the hash chain of the engine finds it.
        case changed
        case intact
    }

    private func open(_ scratch: Scratch) throws -> Outcome {
        do {
            let journal = try SQLiteJournal(path: scratch.journal, reserveBytes: 4_096)
            var found: [JournalLine] = []
            try journal.replay(format: 1, snapshot: { _ in false }, line: { found.append($0) })
            let head = try journal.head()
            let isSame = found == written && head.incarnation == Incarnation(generation: 1, id: first)
            return isSame && head.last == written.last ? .intact : .changed
        } catch let damage as SQLiteJournal.Damage {
            #expect(damage.description.contains(scratch.journal))
            return .damage
        }
    }

    @Test(
        "a file that is no database is damage",
        arguments: ["hello, this is a letter", String(repeating: "\0", count: 9_000)]
    )
    func noDatabase(_ text: String) throws {
        let scratch = try Scratch()
        try scratch.write(Array(text.utf8), to: scratch.journal)
        #expect(try open(scratch) == .damage)
    }

    @Test("an emptied file is damage, not a new station whose doors are all empty")
    func emptied() throws {
        let scratch = try made()
        try scratch.write([], to: scratch.journal)
        #expect(try open(scratch) == .damage)
    }

    @Test("a file that is gone while its WAL is still there is damage")
    func orphanedWAL() throws {
        let (living, scratch) = (try Scratch(), try Scratch())
        let journal = try SQLiteJournal(path: living.journal, reserveBytes: 4_096)
        _ = try journal.beginIncarnation(id: first)
        try journal.append(written)
        try living.copy(to: scratch)
        try FileManager.default.removeItem(atPath: scratch.journal)
        #expect(try open(scratch) == .damage)
        #expect(FileManager.default.fileExists(atPath: scratch.journal + "-wal"), "the WAL is evidence")
        withExtendedLifetime(journal) {}
    }

    @Test("another program's database is damage")
    func foreign() throws {
        let scratch = try Scratch()
        // A database with a table `event` of another shape, made by the sqlite3 of 2026 and kept small by hand.
        do {
            let journal = try SQLiteJournal(path: scratch.journal, reserveBytes: 4_096)
            _ = try journal.beginIncarnation(id: first)
        }
        var bytes = try scratch.bytes(scratch.journal)
        for index in bytes.indices.dropLast(8) where bytes[index..<index + 8].elementsEqual("position".utf8) {
            bytes[index] = 0x71
        }
        try scratch.write(bytes, to: scratch.journal)
        #expect(try open(scratch) == .damage)
    }

    @Test("a truncated file is damage or differs from what was written, at every length", arguments: 1..<20)
    func truncated(_ part: Int) throws {
        let scratch = try made()
        let bytes = try scratch.bytes(scratch.journal)
        try scratch.write(Array(bytes.prefix(bytes.count * part / 20)), to: scratch.journal)
        #expect(try open(scratch) != .intact)
    }

    @Test("a page of noise is damage or differs from what was written, whichever page it is")
    func noise() throws {
        let pages = try made().bytesOfPages
        var outcomes: [Outcome] = []
        for page in 0..<pages {
            let scratch = try made()
            var bytes = try scratch.bytes(scratch.journal)
            for index in (page * 4_096)..<min(bytes.count, page * 4_096 + 4_096) {
                bytes[index] = UInt8(index * 37 % 251)
            }
            try scratch.write(bytes, to: scratch.journal)
            outcomes.append(try open(scratch))
        }
        // The tables of the snapshot and of the cursor hold nothing that the events do not prove; that of the contacts,
        // with its two indexes, stands outside the chain; those of what the county gave back and
        // of what was removed are empty here.
        #expect(outcomes.count { $0 == .intact } <= 8, "\(outcomes)")
        #expect(outcomes[0] == .damage)
    }

    @Test("one flipped bit never crashes and never goes unseen in an event", arguments: 0..<60)
    func flippedBit(_ step: Int) throws {
        let scratch = try made()
        var bytes = try scratch.bytes(scratch.journal)
        let index = (bytes.count / 60) * step + step * 7 % 61
        bytes[index] ^= 1 << UInt8(step % 8)
        try scratch.write(bytes, to: scratch.journal)
        _ = try open(scratch)
    }

    @Test(
        "events whose incarnation has lost its name, or has another number, are damage: nothing is written behind them",
        arguments: [
            "DELETE FROM incarnation", "UPDATE incarnation SET generation = 3", "UPDATE incarnation SET generation = 0",
            "UPDATE event SET position = position + (2 << 40) WHERE position = (SELECT max(position) FROM event)",
        ]
    )
    func nameless(_ sql: String) throws {
        let scratch = try made()
        try SQLiteJournal(path: scratch.journal, reserveBytes: 4_096).checkNames()
        try DatabaseQueue(path: scratch.journal).write { try $0.execute(sql: sql) }
        let journal = try SQLiteJournal(path: scratch.journal, reserveBytes: 4_096)
        #expect(throws: SQLiteJournal.Damage.self) { try journal.checkNames() }
    }

    @Test("a new journal, and one that was just begun, have nothing to name")
    func begun() throws {
        let scratch = try Scratch()
        let journal = try SQLiteJournal(path: scratch.journal, reserveBytes: 4_096)
        try journal.checkNames()
        _ = try journal.beginIncarnation(id: first)
        try journal.checkNames()
    }

    // MARK: Setting aside

    @Test("a damaged file is kept with its WAL under a new name, never over another, and a new journal begins")
    func setAside() throws {
        let scratch = try Scratch()
        for number in 1...3 {
            try scratch.write(Array("broken \(number)".utf8), to: scratch.journal)
            try scratch.write(Array("wal \(number)".utf8), to: scratch.journal + "-wal")
            let kept = try DamagedJournal.setAside(path: scratch.journal)
            #expect(kept.keptAt == "\(scratch.journal).damaged-\(number)")
            #expect(kept.last == nil)
        }
        for number in 1...3 {
            let kept = "\(scratch.journal).damaged-\(number)"
            #expect(try scratch.bytes(kept) == Array("broken \(number)".utf8))
            #expect(try scratch.bytes(kept + "-wal") == Array("wal \(number)".utf8))
        }
        let journal = try SQLiteJournal(path: scratch.journal, reserveBytes: 4_096)
        #expect(try journal.head().incarnation.generation == 0)
    }

    @Test("of many the first and the newest three stay, and each with events that the county never had")
    func pruneAside() throws {
        let scratch = try Scratch()
        // What each of them was: rubbish, sent, with events that were not sent.
        let kinds = ["rubbish", "unsent", "sent", "sent", "unsent", "rubbish", "sent", "sent", "sent"]
        for (index, kind) in kinds.enumerated() {
            if kind == "rubbish" {
                try scratch.write(Array("broken".utf8), to: scratch.journal)
                try scratch.write(Array("wal".utf8), to: scratch.journal + "-wal")
            } else {
                let journal = try SQLiteJournal(path: scratch.journal, reserveBytes: 4_096)
                _ = try journal.beginIncarnation(id: first)
                try journal.append(lines(1, 1...9))
                let sent = JournalPosition(generation: 1, sequence: kind == "sent" ? 9 : 8)
                try SQLiteOutbox(path: scratch.journal).acknowledge(sent)
            }
            let kept = try DamagedJournal.setAside(path: scratch.journal)
            #expect(kept.keptAt == "\(scratch.journal).damaged-\(index + 1)")
        }
        func path(_ number: Int) -> String { "\(scratch.journal).damaged-\(number)" }
        #expect(DamagedJournal.prune(path: scratch.journal) == [3, 4, 6].map(path))
        for number in 1...kinds.count {
            let isThere = ["", "-wal", "-shm", ".mark"].contains {
                FileManager.default.fileExists(atPath: path(number) + $0)
            }
            #expect(isThere == ![3, 4, 6].contains(number), "\(number)")
        }
        #expect(DamagedJournal.prune(path: scratch.journal).isEmpty)
        // A number is never used again: the newest one is the one that went aside last.
        try scratch.write(Array("last".utf8), to: scratch.journal)
        #expect(try DamagedJournal.setAside(path: scratch.journal).keptAt == path(10))
        #expect(DamagedJournal.newest(path: scratch.journal)?.keptAt == path(10))
    }

    @Test("a WAL that lost its file is moved aside too and is not written over")
    func orphanAside() throws {
        let scratch = try Scratch()
        try scratch.write(Array("one".utf8), to: scratch.journal + "-wal")
        _ = try DamagedJournal.setAside(path: scratch.journal)
        try scratch.write(Array("two".utf8), to: scratch.journal + "-wal")
        _ = try DamagedJournal.setAside(path: scratch.journal)
        let contents = try scratch.files.map {
            String(decoding: try scratch.bytes("\(scratch.path)/\($0)"), as: UTF8.self)
        }
        #expect(Set(contents) == ["one", "two"])
    }

    @Test("what can still be read of it is told: incarnation, last line, cursor")
    func readable() throws {
        let scratch = try Scratch()
        do {
            let journal = try SQLiteJournal(path: scratch.journal, reserveBytes: 4_096)
            _ = try journal.beginIncarnation(id: first)
            try journal.append(lines(1, 1...9))
            try SQLiteOutbox(path: scratch.journal).acknowledge(JournalPosition(generation: 1, sequence: 4))
        }
        let kept = try DamagedJournal.setAside(path: scratch.journal)
        #expect(kept.incarnation == first)
        #expect(kept.last == line(1, 9))
        #expect(kept.acknowledged == JournalPosition(generation: 1, sequence: 4))
    }
}

extension Scratch {
    fileprivate var bytesOfPages: Int { get throws { try bytes(journal).count / 4_096 } }
}
