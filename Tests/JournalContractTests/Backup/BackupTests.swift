import Foundation
import GRDB
import HostSupport
import LockerDomain
import SQLiteJournal
import StationPorts
import Testing

@Suite("Backups of a journal")
struct BackupTests {
    @Test("the first one holds all of the journal but the phone numbers, and is one file")
    func full() throws {
        let station = try BackedUp()
        try station.grow(3_000)
        station.snapshot()
        try station.recover(40)
        try station.begin()
        try station.grow(20)
        station.snapshot(2)
        try station.outbox.acknowledge(JournalPosition(generation: 1, sequence: 500))
        try station.keep("SF7444404156506")
        let outcome = try station.backUp()
        #expect(outcome.plan == .full(.noBackup))
        #expect(outcome.journal.last == station.end && outcome.journal.breaks == 0)
        #expect(outcome.journal.events == 3_023 && outcome.journal.added == 3_023)
        let names = try FileManager.default.contentsOfDirectory(atPath: station.folder).sorted()
        #expect(names.count == 3 && names.suffix(2) == ["journal.sqlite", "manifest.json"], "\(names)")
        let board = try RestoredBoard(station.folder)
        #expect(try board.content == station.content)
        #expect(board.files["etc/lockerd/station.toml"] == Array("a".utf8))
        #expect(board.files[BackupLayout.journalKey] == BackedUp.key)
        let outbox = try SQLiteOutbox(path: board.scratch.journal)
        #expect(try outbox.waybills().isEmpty)
        #expect(try outbox.acknowledged() == JournalPosition(generation: 1, sequence: 500))
    }

    @Test("what is new is added in place: the file is the same one, and no larger than it must be")
    func append() throws {
        let station = try BackedUp()
        try station.grow(2_000)
        try station.backUp()
        let inode = try station.inode
        for round in 1...3 {
            try station.grow(50)
            try station.recover(round)
            station.snapshot(UInt8(round))
            let outcome = try station.backUp()
            #expect(outcome.plan == .append && outcome.journal.added == 51)
            #expect(outcome.journal.events == 2_001 + round * 51)
            #expect(try station.inode == inode)
            #expect(try RestoredBoard(station.folder).content == station.content)
        }
        #expect(try station.backUp(checksAll: true).plan == .none)
    }

    @Test("nothing new: not one byte of the medium is written")
    func nothing() throws {
        let station = try BackedUp()
        try station.grow(100)
        station.snapshot()
        try station.backUp()
        let before = try station.stamps
        for checksAll in [false, true] {
            let outcome = try station.backUp(checksAll: checksAll)
            #expect(outcome.plan == .none && outcome.journal.added == 0 && outcome.journal.last == station.end)
        }
        #expect(try station.stamps == before)
    }

    @Test("another configuration is taken although the journal has nothing new; the old one goes")
    func configuration() throws {
        let station = try BackedUp()
        try station.backUp()
        try station.configure("b")
        #expect(try station.backUp().plan == .none)
        let board = try RestoredBoard(station.folder)
        #expect(board.files["etc/lockerd/station.toml"] == Array("b".utf8))
        let names = try FileManager.default.contentsOfDirectory(atPath: station.folder)
        #expect(names.count { $0.hasPrefix("files-") } == 1)
    }

    @Test("no file is left out: the most that a backup takes are all there, with the key; with one more none is made")
    func manyFiles() throws {
        let station = try BackedUp()
        station.overlays = Limits.backupFilesMax - 2
        try station.backUp()
        let board = try RestoredBoard(station.folder)
        #expect(board.files.count == Limits.backupFilesMax)
        #expect(board.files[BackupLayout.journalKey] == BackedUp.key)
        let before = try station.stamps
        station.overlays += 1
        try station.grow(1)
        let fault = #expect(throws: BackupFault.self) { try station.backUp() }
        #expect(fault?.code == .tooManyFiles && fault?.thing == station.card.path, "\(fault?.description ?? "")")
        #expect(try station.stamps == before, "the last backup stays")
        station.overlays -= 1
        #expect(try station.backUp().plan == .append)
    }

    @Test("a front that was removed goes from the backup, too, and what it used is used again")
    func pruned() throws {
        let station = try BackedUp()
        try station.grow(1_500)
        try station.recover(5)
        try station.begin()
        try station.grow(1_500)
        try station.backUp()
        let size = try station.size
        for through in [JournalPosition(generation: 1, sequence: 700), .init(generation: 2, sequence: 300)] {
            try station.journal.prune(through: through)
            try station.grow(200)
            #expect(try station.backUp().plan == .append)
            #expect(try RestoredBoard(station.folder).content == station.content)
        }
        #expect(try station.size <= size + 200_000)
        #expect(try station.backUp(checksAll: true).plan == .none)
        // Only the front is new.
        try station.journal.prune(through: .init(generation: 2, sequence: 400))
        #expect(try station.backUp().plan == .append)
        #expect(try RestoredBoard(station.folder).content == station.content)
    }

    @Test("the front may go while the journal is copied")
    func prunedMeanwhile() throws {
        let station = try BackedUp()
        try station.grow(9_000)
        var steps = 0
        try station.backUp {
            steps += 1
            if steps == 4 { try station.journal.prune(through: .init(generation: 1, sequence: 7_000)) }
            if steps == 5 { try station.grow(10) }
        }
        #expect(steps > 6)
        #expect(try RestoredBoard(station.folder).content == station.content)
        #expect(try station.backUp(checksAll: true).plan == .none)
    }

    @Test("a new incarnation in the same journal is added like any line")
    func incarnation() throws {
        let station = try BackedUp()
        try station.grow(100)
        try station.backUp()
        try station.begin()
        try station.grow(10)
        #expect(try station.backUp().plan == .append)
        #expect(try RestoredBoard(station.folder).content == station.content)
    }

    @Test("lines that are damaged or missing are copied as they are; put back, they are mended in the backup")
    func putBack() throws {
        let station = try BackedUp()
        try station.grow(300)
        let start = JournalPosition(generation: 1, sequence: 0)
        let lines = try station.outbox.lines(after: start, limit: 400, bytes: .max)
        try station.spoil("UPDATE event SET bytes = x'00' WHERE position & 1099511627775 = 50")
        try station.spoil("DELETE FROM event WHERE position & 1099511627775 BETWEEN 100 AND 110")
        try station.spoil("DELETE FROM event WHERE position & 1099511627775 BETWEEN 1 AND 3")
        let damaged = try station.backUp()
        // 1…3 and 100…110 are missing in front of a line, and 50 is not what its hash says.
        #expect(damaged.journal.breaks == 3)
        #expect(try RestoredBoard(station.folder).content == station.content)
        try station.journal.putBack(lines.filter { (100...110).contains($0.position.sequence) })
        #expect(try station.backUp().journal.breaks == 2)
        try station.journal.putBack(lines.filter { [1, 2, 3, 50].contains($0.position.sequence) })
        try station.grow(1)
        let whole = try station.backUp()
        #expect(whole.journal.breaks == 0 && whole.journal.events == 302)
        #expect(try RestoredBoard(station.folder).content == station.content)
        #expect(try station.backUp(checksAll: true).plan == .none)
    }

    @Test("a break that stays in the journal is copied once: until it is put back nothing is written")
    func sameBreaks() throws {
        let station = try BackedUp()
        try station.grow(100)
        let start = JournalPosition(generation: 1, sequence: 0)
        let lines = try station.outbox.lines(after: start, limit: 200, bytes: .max)
        try station.spoil("UPDATE event SET bytes = x'00' WHERE position & 1099511627775 = 50")
        try station.spoil("DELETE FROM event WHERE position & 1099511627775 BETWEEN 70 AND 71")
        #expect(try station.backUp().journal.breaks == 2)
        let before = try station.stamps
        for checksAll in [false, true] {
            let outcome = try station.backUp(checksAll: checksAll)
            #expect(outcome.plan == .none && outcome.journal.breaks == 2)
        }
        #expect(try station.stamps == before)
        try station.journal.putBack(lines.filter { $0.position.sequence == 50 })
        let mended = try station.backUp()
        #expect(mended.plan == .append && mended.journal.breaks == 1)
        #expect(try station.backUp().plan == .none)
    }

    @Test("a line that is damaged in the journal after it was copied stays whole in the backup")
    func damagedLater() throws {
        let station = try BackedUp()
        try station.grow(20)
        try station.backUp()
        let before = try station.content
        for place in ["1", "10", "(SELECT max(position) FROM event) & 1099511627775"] {
            try station.spoil("UPDATE event SET bytes = x'00' WHERE position & 1099511627775 = \(place)")
        }
        #expect(try station.backUp(checksAll: true).plan == .none)
        #expect(try RestoredBoard(station.folder).content == before)
    }

    @Test("another journal on the same station: the old backup stays, for it may hold what nobody else has")
    func otherJournal() throws {
        let station = try BackedUp()
        try station.grow(30)
        try station.backUp()
        let before = try station.content
        try station.lose()
        let outcome = try station.backUp()
        #expect(outcome.plan == .full(.otherJournal))
        let kept = try #require(outcome.keptAt)
        #expect(kept == "\(station.folder).before-1")
        #expect(try RestoredBoard(kept).content == before)
        #expect(try RestoredBoard(station.folder).content == station.content)
        #expect(try station.backUp().plan == .none)
    }

    @Test("an older journal, or one that went another way, does not take the place of the backup silently")
    func older() throws {
        let station = try BackedUp()
        try station.grow(30)
        try station.backUp()
        try station.spoil("DELETE FROM event WHERE position & 1099511627775 > 20")
        #expect(try station.backUp().plan == .full(.ahead))
        try station.spoil("UPDATE event SET hash = zeroblob(32) WHERE position = (SELECT max(position) FROM event)")
        #expect(try station.backUp().plan == .full(.forked))
        #expect(station.stickFiles == ["yc-test-1", "yc-test-1.before-1", "yc-test-1.before-2"])
    }

    @Test("a stick that lay in a drawer until its end was removed from the journal: all is copied, the old one goes")
    func outrun() throws {
        let station = try BackedUp()
        try station.grow(30)
        try station.backUp()
        try station.grow(500)
        try station.journal.prune(through: .init(generation: 1, sequence: 400))
        let outcome = try station.backUp()
        #expect(outcome.plan == .full(.outrun) && outcome.keptAt == nil)
        #expect(station.stickFiles == ["yc-test-1"])
        #expect(try RestoredBoard(station.folder).content == station.content)
    }

    @Test("it reads in short transactions: between two pages the WAL begins anew")
    func shortReads() throws {
        let station = try BackedUp()
        try station.grow(4_500, bytes: 300)
        var sizes: [Int] = []
        try station.backUp {
            try station.grow(1_500, bytes: 300)
            _ = station.journal.maintain(keeping: nil)
            sizes.append(try Scratch.size(station.card.journal + "-wal"))
        }
        #expect(sizes.count > 5)
        #expect(sizes.max() == Limits.walRoomBytes, "\(sizes)")
        #expect(try RestoredBoard(station.folder).reading.breaks == 0)
    }
}

extension BackedUp {
    var size: Int { get throws { try Scratch.size(copy) } }
    var inode: Int {
        get throws {
            try #require(try FileManager.default.attributesOfItem(atPath: copy)[.systemFileNumber] as? Int)
        }
    }

    /// Every file on the stick with its bytes and the time it was changed.
    var stamps: [String] {
        get throws {
            let names = try FileManager.default.subpathsOfDirectory(atPath: stick).sorted()
            return try names.map { name in
                let values = try FileManager.default.attributesOfItem(atPath: "\(stick)/\(name)")
                return
                    "\(name) \(values[.modificationDate] ?? "") \(values[.size] ?? "") \(values[.systemFileNumber] ?? "")"
            }
        }
    }
}
