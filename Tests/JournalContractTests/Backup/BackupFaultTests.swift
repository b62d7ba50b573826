import Foundation
import GRDB
import Glibc
import HostSupport
import LockerDomain
import SQLiteJournal
import StationPorts
import Testing

@Suite("Backups on media that fail", .serialized)
struct BackupFaultTests {
    /// What is thrown; `nil` when nothing is.
    private func code(_ body: () throws -> Void) -> BackupFault.Code? {
        do {
            try body()
            return nil
        } catch {
            return (error as? BackupFault)?.code
        }
    }

    @Test("a power cut at any step leaves a backup that is whole: the one before, or the new one")
    func cuts() throws {
        let station = try BackedUp()
        var contents: [[String]] = []
        var cuts: [(folder: String, round: Int)] = []
        let shelf = try Scratch()
        func backUp() throws {
            contents.append(try station.content)
            try station.backUp {
                let cut = "\(shelf.path)/\(cuts.count)"
                try FileManager.default.copyItem(atPath: station.stick, toPath: cut)
                cuts.append((cut, contents.count - 1))
            }
        }
        try station.grow(2_500)
        try backUp()
        try station.grow(2_500, bytes: 900)
        station.snapshot()
        try station.configure("b")
        try backUp()
        try station.journal.prune(through: .init(generation: 1, sequence: 1_000))
        try station.recover(30)
        try backUp()
        try station.lose()
        try station.grow(2_500)
        try backUp()
        #expect(cuts.count > 20)
        for (cut, round) in cuts {
            let folders = try FileManager.default.contentsOfDirectory(atPath: cut)
            let whole = folders.compactMap { name in try? RestoredBoard("\(cut)/\(name)").content }
            let allowed = [contents[round]] + (round > 0 ? [contents[round - 1]] : [])
            #expect(whole.allSatisfy { allowed.contains($0) }, "\(cut)")
            // Before the first one is in its place there is none.
            #expect(round == 0 || !whole.isEmpty, "\(cut) \(folders)")
        }
        // The station goes on from each of them.
        for (cut, _) in cuts {
            try FileManager.default.removeItem(atPath: station.stick)
            try FileManager.default.moveItem(atPath: cut, toPath: station.stick)
            try station.backUp(checksAll: true)
            #expect(try RestoredBoard(station.folder).content == station.content)
        }
    }

    @Test("between the two renames of an exchange the new one is found again")
    func exchange() throws {
        let station = try BackedUp()
        try station.grow(10)
        try station.backUp()
        try FileManager.default.moveItem(atPath: station.folder, toPath: "\(station.folder).new")
        #expect(try station.backUp().plan == .none)
        try FileManager.default.moveItem(atPath: station.folder, toPath: "\(station.folder).old")
        #expect(try station.backUp().plan == .none)
        #expect(station.stickFiles == ["yc-test-1"])
    }

    @Test("a bit that has flipped anywhere is found, or changes nothing of what is put back")
    func flips() throws {
        let station = try BackedUp()
        try station.grow(40)
        try station.recover(3)
        station.snapshot()
        try station.grow(5)
        try station.journal.prune(through: .init(generation: 1, sequence: 10))
        try station.backUp()
        let names = try FileManager.default.subpathsOfDirectory(atPath: station.folder).sorted()
        let whole = try RestoredBoard(station.folder)
        let content = try whole.content
        var found = 0
        for name in names {
            let path = "\(station.folder)/\(name)"
            guard let bytes = try? station.card.bytes(path) else { continue }
            let isJournal = name.hasSuffix(".sqlite")
            for offset in stride(from: 0, to: bytes.count, by: isJournal ? 127 : max(1, bytes.count / 100)) {
                var flipped = bytes
                flipped[offset] ^= 1 << UInt8(offset % 8)
                try station.card.write(flipped, to: path)
                if let board = try? RestoredBoard(station.folder) {
                    #expect(isJournal, "\(name) at \(offset)")
                    #expect(try board.content == content, "\(name) at \(offset)")
                    #expect(board.files == whole.files && board.manifest == whole.manifest)
                } else {
                    found += 1
                }
            }
            try station.card.write(bytes, to: path)
        }
        #expect(found > 150)
        #expect(try RestoredBoard(station.folder).content == content)
    }

    @Test("a damaged backup is made anew beside it, and one damaged one is kept")
    func damaged() throws {
        let station = try BackedUp()
        try station.grow(200)
        try station.backUp()
        for _ in 1...3 {
            try DatabaseQueue(path: station.copy).write {
                try $0.execute(sql: "UPDATE event SET bytes = x'00' WHERE position & 1099511627775 = 77")
            }
            #expect(try station.backUp().plan == .none, "the short look does not see it")
            #expect(try station.backUp(checksAll: true).plan == .full(.damaged))
            #expect(try RestoredBoard(station.folder).content == station.content)
        }
        #expect(station.stickFiles.count == 2, "\(station.stickFiles)")
        try station.card.write(Array("no database".utf8), to: station.copy)
        #expect(try station.backUp().plan == .full(.damaged))
        try station.card.write(Array("{}".utf8), to: "\(station.folder)/manifest.json")
        #expect(try station.backUp().plan == .none, "the manifest alone is written again")
        #expect(try RestoredBoard(station.folder).content == station.content)
    }

    @Test("a full medium: said with what is needed, the last backup stays, and the next one works")
    func fullMedium() throws {
        guard let disk = SmallDisk(megabytes: 16) else { return }
        let station = try BackedUp(stick: "\(disk.path)/backups")
        try station.grow(500)
        try station.backUp()
        let before = try station.content
        try station.grow(3_000, bytes: 1_000)
        disk.fill()
        do {
            try station.backUp()
            Issue.record("it was made")
        } catch let fault as BackupFault {
            #expect(fault.code == .full && fault.description.contains("MiB"), "\(fault)")
        }
        #expect(try RestoredBoard(station.folder).content == before)
        // Full in the midst of it: the copy's own commit fails as a whole.
        disk.clear()
        var steps = 0
        let fault = code {
            try station.backUp {
                steps += 1
                if steps == 3 { disk.fill() }
            }
        }
        #expect(fault == .full, "\(String(describing: fault)) after \(steps)")
        disk.clear()
        #expect(try RestoredBoard(station.folder).content == before)
        #expect(try station.backUp(checksAll: true).plan == .append)
        #expect(try RestoredBoard(station.folder).content == station.content)
    }

    @Test("a medium that takes no write: said, and the last backup stays")
    func readOnly() throws {
        guard let disk = SmallDisk(megabytes: 8) else { return }
        let station = try BackedUp(stick: "\(disk.path)/backups")
        try station.grow(10)
        try station.backUp()
        let before = try station.content
        try station.grow(10)
        #expect(disk.set(readOnly: true))
        #expect(code { try station.backUp() } == .readOnly)
        #expect(try RestoredBoard(station.folder).content == before)
        #expect(disk.set(readOnly: false))
        #expect(try station.backUp().plan == .append)
    }

    @Test("a stick that is not mounted: nothing is written in its place")
    func notMounted() throws {
        let stray = "/media/villagelocker-test-\(UUID().uuidString.prefix(8))"
        let inMedia = try BackedUp(stick: stray)
        #expect(code { try inMedia.backUp() } == .notMounted)
        #expect(!FileManager.default.fileExists(atPath: stray))
        let scratch = try Scratch()
        let point = "\(scratch.path)/stick"
        let listed = try BackedUp(stick: "\(point)/lockerd", table: "# sticks\nLABEL=B\t\(point) vfat noauto 0 0\n")
        #expect(code { try listed.backUp() } == .notMounted)
        try FileManager.default.createDirectory(atPath: point, withIntermediateDirectories: true)
        #expect(code { try listed.backUp() } == .notMounted, "an empty mount point is none")
        #expect(!FileManager.default.fileExists(atPath: "\(point)/lockerd"))
    }

    @Test("a plain folder on the disk of the journal will do, and is said to be there")
    func sameDisk() throws {
        let station = try BackedUp()
        #expect(try station.backUp().isOnSameDisk)
        guard let disk = SmallDisk(megabytes: 8) else { return }
        #expect(try !BackedUp(stick: "\(disk.path)/backups").backUp().isOnSameDisk)
    }

    @Test("a folder that is a file, and a journal that is gone, are named")
    func noFolder() throws {
        let station = try BackedUp()
        try station.card.write([1], to: station.stick)
        #expect(code { try station.backUp() } == .missing)
        try FileManager.default.removeItem(atPath: station.stick)
        try station.backUp()
        let empty = try BackedUp()
        try empty.spoil("DELETE FROM event")
        #expect(code { try empty.backUp() } == .journal)
    }

    @Test("a stop in the midst of it leaves the last one")
    func stopped() throws {
        struct Stop: Error {}
        let station = try BackedUp()
        try station.grow(10)
        try station.backUp()
        let before = try station.content
        try station.grow(5_000)
        for last in 1...5 {
            var steps = 0
            #expect(throws: Stop.self) {
                try station.backUp {
                    steps += 1
                    if steps == last { throw Stop() }
                }
            }
            let content = try RestoredBoard(station.folder).content
            let all = try station.content
            #expect(content == before || content == all)
        }
        try station.backUp(checksAll: true)
        #expect(try RestoredBoard(station.folder).content == station.content)
    }
}
