import Foundation
import Glibc
import LockerDomain
import SQLiteJournal
import StationPorts
import Testing

@Suite("A full disk", .serialized)
struct FullDiskTests {
    private func append(_ journal: SQLiteJournal, from start: Int, upTo end: Int) -> (last: Int, error: JournalError?) {
        var last = start - 1
        while last < end {
            do { try journal.append([line(1, last + 1, bytes: 2_000)]) } catch { return (last, error) }
            last += 1
        }
        return (last, nil)
    }

    private func sequences(_ journal: SQLiteJournal) throws -> [Int] {
        var found: [Int] = []
        try journal.replay(format: 1, snapshot: { _ in false }, line: { found.append($0.position.sequence) })
        return found
    }

    @Test("full is told as full, loses nothing, takes more once the reserve is given up, and heals")
    func full() throws {
        guard let disk = SmallDisk(megabytes: 8) else { return }
        let journal = try SQLiteJournal(path: "\(disk.path)/journal.sqlite", reserveBytes: 1 << 20)
        _ = try journal.beginIncarnation(id: String(repeating: "a", count: 32))
        let before = append(journal, from: 1, upTo: 20)
        #expect(before.error == nil)
        disk.fill()
        let filled = append(journal, from: 21, upTo: 100_000)
        #expect(filled.error?.code == .full)
        #expect(filled.error?.description.contains("journal.sqlite") == true)
        #expect(try sequences(journal) == Array(1...filled.last))
        #expect(journal.releaseReserve())
        let pickups = append(journal, from: filled.last + 1, upTo: filled.last + 40)
        #expect(pickups.error == nil)
        #expect(journal.maintain(keeping: nil) == .reserve)
        #expect(!journal.releaseReserve())
        let after = append(journal, from: pickups.last + 1, upTo: 100_000)
        #expect(after.error?.code == .full)
        let snapshot = Snapshot(
            position: JournalPosition(generation: 1, sequence: 1),
            format: 1,
            bytes: [UInt8](repeating: 1, count: 500_000)
        )
        #expect(journal.maintain(keeping: snapshot) == .failed)
        disk.clear()
        #expect(journal.maintain(keeping: snapshot) == .ok)
        let healed = append(journal, from: after.last + 1, upTo: after.last + 50)
        #expect(healed.error == nil)
        #expect(try sequences(journal) == Array(1...healed.last))
        let again = try SQLiteJournal(path: "\(disk.path)/journal.sqlite", reserveBytes: 1 << 20)
        #expect(try sequences(again) == Array(1...healed.last))
    }

    @Test("a full disk at the moment of a new incarnation leaves the old one as it is")
    func incarnation() throws {
        guard let disk = SmallDisk(megabytes: 4) else { return }
        let journal = try SQLiteJournal(path: "\(disk.path)/journal.sqlite", reserveBytes: 1 << 20)
        _ = try journal.beginIncarnation(id: String(repeating: "a", count: 32))
        #expect(append(journal, from: 1, upTo: 5).error == nil)
        disk.fill()
        let filled = append(journal, from: 6, upTo: 100_000)
        let error = #expect(throws: JournalError.self) {
            try journal.beginIncarnation(id: String(repeating: "b", count: 32)) { _ in lines(2, 1...50, bytes: 2_000) }
        }
        #expect(error?.code == .full)
        #expect(try journal.head().incarnation.generation == 1)
        let last = try journal.head().last?.position.sequence
        #expect(last == filled.last, "\(filled)")
    }

    @Test("a start on a full disk gives up the reserve and says that only pickups are possible")
    func start() throws {
        guard let disk = SmallDisk(megabytes: 4) else { return }
        let path = "\(disk.path)/journal.sqlite"
        do {
            let journal = try SQLiteJournal(path: path, reserveBytes: 1 << 20)
            _ = try journal.beginIncarnation(id: String(repeating: "a", count: 32))
            try journal.append(lines(1, 1...10))
        }
        disk.fill()
        let journal = try SQLiteJournal(path: path, reserveBytes: 1 << 20)
        #expect(try sequences(journal) == Array(1...10))
        #expect(journal.maintain(keeping: nil) == .reserve)
        #expect(!journal.releaseReserve())
        try journal.append(lines(1, 11...20))
        #expect(try SQLiteOutbox(path: path).waiting() == 20)
    }

    @Test("a start where not even the reserve is left says what is wrong and what to do")
    func hopeless() throws {
        guard let disk = SmallDisk(megabytes: 4) else { return }
        let path = "\(disk.path)/journal.sqlite"
        do {
            let journal = try SQLiteJournal(path: path, reserveBytes: 1 << 20)
            #expect(journal.releaseReserve())
        }
        disk.fill()
        let error = #expect(throws: JournalError.self) { try SQLiteJournal(path: path, reserveBytes: 1 << 20) }
        #expect(error?.description.contains("make room") == true)
    }
}
