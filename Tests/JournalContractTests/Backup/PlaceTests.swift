import Foundation
import GRDB
import HostSupport
import LockerDomain
import SQLiteJournal
import StationPorts
import SyncWire
import Testing

@Suite("A backup in the place of a journal")
struct PlaceTests {
    @Test("the journal says that it is one, until an incarnation begins behind it")
    func restored() throws {
        let station = try BackedUp()
        try station.grow(10)
        try station.backUp()
        #expect(station.journal.restored() == nil)
        let board = try RestoredBoard(station.folder)
        let journal = try SQLiteJournal(path: board.scratch.journal, reserveBytes: 4_096)
        #expect(journal.restored() == station.end)
        #expect(journal.committed() == nil)
        #expect(try journal.durability().isFull)
        _ = try journal.beginIncarnation(id: String(repeating: "9", count: 32)) { incarnation in
            [line(incarnation.generation, 1)]
        }
        #expect(journal.restored() == nil)
        #expect(try SQLiteJournal(path: board.scratch.journal, reserveBytes: 4_096).restored() == nil)
    }

    @Test("the present journal is kept with its log and mark, under another name each time")
    func keepsThePresent() throws {
        let station = try BackedUp()
        try station.grow(10)
        try station.backUp()
        let content = try station.content
        let scratch = try Scratch()
        for round in 1...2 {
            do {
                let present = try SQLiteJournal(path: scratch.journal, reserveBytes: 4_096)
                _ = try present.beginIncarnation(id: String(repeating: "\(round)", count: 32)) { incarnation in
                    [line(incarnation.generation, 1)]
                }
            }
            _ = try RestoredBoard(station.folder, on: scratch)
            let kept = "\(scratch.journal).before-restore-\(round)"
            #expect(FileManager.default.fileExists(atPath: kept))
            #expect(FileManager.default.fileExists(atPath: kept + ".mark"))
            #expect(!FileManager.default.fileExists(atPath: scratch.journal + ".mark"))
            #expect(try BackedUp.content(scratch.journal) == content)
        }
    }

    @Test("of many that restores moved aside the first and the newest three stay")
    func prunesThePresent() throws {
        let station = try BackedUp()
        try station.grow(10)
        try station.backUp()
        let scratch = try Scratch()
        for _ in 1...7 {
            try scratch.write(Array("no journal".utf8), to: scratch.journal)
            _ = try RestoredBoard(station.folder, on: scratch)
        }
        let removed = RestoredJournal.prune(path: scratch.journal)
        #expect(removed == (2...4).map { "\(scratch.journal).before-restore-\($0)" })
        #expect(try BackedUp.content(scratch.journal) == station.content)
        try scratch.write(Array("no journal".utf8), to: scratch.journal)
        _ = try RestoredBoard(station.folder, on: scratch)
        #expect(FileManager.default.fileExists(atPath: scratch.journal + ".before-restore-8"))
    }

    @Test("so do files of its configuration")
    func prunesFiles() throws {
        let scratch = try Scratch()
        let path = "\(scratch.path)/station.toml"
        for round in 1...8 {
            _ = try RestoredFiles.put(Array("round \(round)".utf8), at: path, mode: 0o640)
            #expect(RestoredFiles.prune(path).count == (round > 5 ? 1 : 0), "\(round)")
        }
        #expect(scratch.files.dropFirst().map { $0.suffix(1) } == ["1", "5", "6", "7"])
        #expect(try scratch.bytes(path + ".before-restore-7") == Array("round 7".utf8))
    }

    @Test("a power cut in the midst of it never leaves a journal that looks whole and is older")
    func cut() throws {
        let station = try BackedUp()
        try station.grow(10)
        try station.backUp()
        try station.grow(10)
        // The file has gone aside, what belongs to it has not: the start must see a loss.
        for suffixes in [[""], ["", "-wal"], ["", "-wal", "-shm"]] {
            let scratch = try Scratch()
            try station.card.copy(to: scratch)
            for suffix in suffixes { try? FileManager.default.removeItem(atPath: scratch.journal + suffix) }
            do {
                let journal = try SQLiteJournal(path: scratch.journal, reserveBytes: 4_096)
                #expect(try journal.head().last == nil && journal.committed() != nil)
            } catch {
                #expect(error is SQLiteJournal.Damage)
            }
        }
    }

    @Test("a backup whose tables somebody changed is not put back, nor one of another layout")
    func newer() throws {
        let station = try BackedUp()
        try station.backUp()
        try DatabaseQueue(path: station.copy).write {
            try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('2099-01 wings')")
        }
        #expect(throws: BackupFault.self) { try RestoredBoard(station.folder) }
        #expect(try station.backUp().plan == .full(.damaged), "its seal does not fit")
        let path = "\(station.folder)/manifest.json"
        let text = String(decoding: try station.card.bytes(path), as: UTF8.self)
        try station.card.write(Array(text.replacing("\"format\" : 1", with: "\"format\" : 2").utf8), to: path)
        do {
            _ = try BackupLayout.manifest(in: station.folder)
            Issue.record("it was read")
        } catch let fault as BackupFault {
            #expect(fault.code == .refused)
        }
    }

    @Test("a manifest that names files elsewhere is refused before anything is read")
    func elsewhere() throws {
        for name in [
            "etc/shadow", "../etc/lockerd/station.toml", "etc/lockerd/../../shadow", "etc/lockerd/station.d/a/b",
            "var/lib/lockerd/keys/station.json", "/etc/lockerd/station.toml", "etc/lockerd/",
            "etc/lockerd/other/x.toml",
        ] {
            let manifest = BackupManifest(
                station: "s",
                version: "1",
                journal: BackedUpJournal(
                    incarnation: "a",
                    last: JournalPosition(generation: 1, sequence: 1),
                    hash: [],
                    events: 1,
                    bytes: 1,
                    breaks: 0
                ),
                madeAt: Moment(wall: 0, uptime: 0, clock: .none),
                folder: "files-1",
                files: [BackupManifest.File(name: name, digest: "")]
            )
            do {
                _ = try BackupLayout.files(of: manifest, in: "/nowhere")
                Issue.record("\(name) was read")
            } catch let fault as BackupFault {
                #expect(fault.code == .refused, "\(name)")
            }
        }
    }

    @Test("a backup with more files than one of ours is refused: nobody can tell which of them matter")
    func tooManyFiles() throws {
        let station = try BackedUp()
        try station.backUp()
        let path = "\(station.folder)/manifest.json"
        var manifest = try BackupLayout.manifest(in: station.folder)
        let file = try #require(manifest.files.first)
        manifest.files = Array(repeating: file, count: Limits.backupFilesMax + 1)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        manifest.check = ""
        manifest.check = Digest.sha256(Array(try encoder.encode(manifest)))
        encoder.outputFormatting.insert(.prettyPrinted)
        try station.card.write(Array(try encoder.encode(manifest)) + [0x0A], to: path)
        let fault = #expect(throws: BackupFault.self) { try RestoredBoard(station.folder) }
        #expect(fault?.code == .tooManyFiles && fault?.whileRestoring.contains(path) == true)
    }
}
