import Foundation
import GRDB
import Glibc
import LockerDomain
import SQLiteCopy
import Testing

@Suite("A copy of a database")
struct CopyTests {
    private let folder: String
    private var path: String { "\(folder)/books.sqlite" }
    private var copy: String { "\(folder)/copy.sqlite" }

    init() throws {
        folder = NSTemporaryDirectory() + "copy-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    private var files: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted() }

    private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }

    private func rows(_ path: String) throws -> [Int] {
        try DatabaseQueue(path: path).read { try Int.fetchAll($0, sql: "SELECT number FROM item ORDER BY number") }
    }

    /// Somebody who writes the database and keeps it open, as the daemon does: nothing of this is in the file itself.
    private func writer(rows: Int) throws -> DatabaseQueue {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0")
            try db.execute(sql: "CREATE TABLE item (number INTEGER PRIMARY KEY)")
        }
        for number in 1...rows { try insert(number, queue) }
        return queue
    }

    private func insert(_ number: Int, _ queue: DatabaseQueue) throws {
        try queue.write { try $0.execute(sql: "INSERT INTO item VALUES (?)", arguments: [number]) }
    }

    @Test("it holds the last commit of one who works on, and changes neither the file nor its WAL")
    func living() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let queue = try writer(rows: 200)
        let before = (try bytes(path), try bytes(path + "-wal"))
        try SQLiteCopy.make(of: path, at: copy)
        #expect(try bytes(path) == before.0)
        #expect(try bytes(path + "-wal") == before.1)
        try insert(201, queue)
        #expect(try rows(copy) == Array(1...200))
        #expect(try rows(path) == Array(1...201))
        #expect(SQLiteCopy.bytes(of: path) >= before.0.count + before.1.count)
    }

    @Test("a writer in the midst of a transaction neither waits for it nor is seen by it")
    func duringTransaction() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let queue = try writer(rows: 3)
        try queue.write { db in
            try db.execute(sql: "INSERT INTO item VALUES (4)")
            try SQLiteCopy.make(of: path, at: copy)
            try db.execute(sql: "INSERT INTO item VALUES (5)")
        }
        #expect(try rows(copy) == [1, 2, 3])
        #expect(try rows(path) == [1, 2, 3, 4, 5])
    }

    @Test("of a file that nobody has open it makes no WAL beside it")
    func closed() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let queue = try writer(rows: 5)
        try queue.close()
        #expect(files == ["books.sqlite"])
        let before = try bytes(path)
        try SQLiteCopy.make(of: path, at: copy)
        #expect(files == ["books.sqlite", "copy.sqlite"])
        #expect(try bytes(path) == before)
        #expect(try rows(copy) == [1, 2, 3, 4, 5])
    }

    @Test("a WAL that a power cut left is in the copy, and stays")
    func afterPowerCut() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let queue = try writer(rows: 50)
        let other = "\(folder)/left.sqlite"
        for suffix in ["", "-wal"] { try FileManager.default.copyItem(atPath: path + suffix, toPath: other + suffix) }
        let before = (try bytes(other), try bytes(other + "-wal"))
        try SQLiteCopy.make(of: other, at: copy)
        #expect(try rows(copy) == Array(1...50))
        #expect(try bytes(other) == before.0)
        #expect(try bytes(other + "-wal") == before.1)
        try queue.close()
    }

    @Test("a pipe, a device or a folder in its place is refused at once: a pipe would be waited at for ever")
    func plain() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try SQLiteCopy.requirePlain(path, others: ["\(folder)/none"])
        let queue = try writer(rows: 3)
        let (link, pipe) = ("\(folder)/link.sqlite", "\(folder)/pipe")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        try SQLiteCopy.requirePlain(path)
        try SQLiteCopy.requirePlain(link)
        #expect(mkfifo(pipe, 0o600) == 0)
        for stray in [pipe, "/dev/zero", folder] {
            let fault = #expect(throws: TrialFault.self) { try SQLiteCopy.requirePlain(stray) }
            #expect(fault?.thing == stray && fault?.isDamage == false)
        }
        #expect(throws: TrialFault.self) { try SQLiteCopy.requirePlain(path, others: [pipe]) }
        try queue.close()
        #expect(mkfifo(path + "-wal", 0o600) == 0)
        #expect(throws: TrialFault.self) { try SQLiteCopy.requirePlain(link) }
    }

    @Test("behind a link lies the file that is copied, with its WAL: the copy is no link")
    func link() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let queue = try writer(rows: 20)
        let link = "\(folder)/link.sqlite"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        #expect(SQLiteCopy.exists(link) && SQLiteCopy.bytes(of: link) == SQLiteCopy.bytes(of: path))
        try SQLiteCopy.make(of: link, at: copy)
        #expect(try rows(copy) == Array(1...20))
        try queue.close()
        try FileManager.default.removeItem(atPath: copy)
        try SQLiteCopy.make(of: link, at: copy)
        let type = try FileManager.default.attributesOfItem(atPath: copy)[.type] as? FileAttributeType
        #expect(type == .typeRegular)
    }

    @Test("a full disk and a file that is no database are told from other errors")
    func kinds() {
        #expect(SQLiteCopy.isFull(DatabaseError(resultCode: .SQLITE_FULL)))
        #expect(SQLiteCopy.isFull(CocoaError(.fileWriteOutOfSpace)))
        #expect(!SQLiteCopy.isFull(DatabaseError(resultCode: .SQLITE_NOTADB)))
        #expect(!SQLiteCopy.isFull(CocoaError(.fileNoSuchFile)))
        for code in [ResultCode.SQLITE_NOTADB, .SQLITE_CORRUPT] {
            #expect(SQLiteCopy.isDamage(DatabaseError(resultCode: code)))
        }
        for code in [ResultCode.SQLITE_FULL, .SQLITE_BUSY, .SQLITE_IOERR, .SQLITE_CANTOPEN] {
            #expect(!SQLiteCopy.isDamage(DatabaseError(resultCode: code)))
        }
    }

    @Test("what is no database is an error, or a copy that is none either")
    func garbage() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data(repeating: 7, count: 9_000).write(to: URL(filePath: path))
        try SQLiteCopy.make(of: path, at: copy)
        #expect(throws: DatabaseError.self) { try rows(copy) }
        try FileManager.default.removeItem(atPath: copy)
        try Data(repeating: 8, count: 100).write(to: URL(filePath: path + "-wal"))
        #expect(throws: (any Error).self) { try SQLiteCopy.make(of: path, at: copy) }
        #expect(try bytes(path) == Data(repeating: 7, count: 9_000))
        #expect(!SQLiteCopy.exists("\(folder)/none"))
        #expect(throws: (any Error).self) { try SQLiteCopy.make(of: "\(folder)/none", at: "\(folder)/other") }
    }
}

@Suite("The folder in which an upgrade is tried")
struct TrialFolderTests {
    private let books: String
    private let other: String

    init() throws {
        let folder = NSTemporaryDirectory() + "trial-\(UUID().uuidString)"
        (books, other) = ("\(folder)/books", "\(folder)/other")
        for path in [books, other] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
    }

    private func names(_ folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    @Test("it is beside the books, for their owner alone, and gone with its contents when the trial is over")
    func made() throws {
        let folder = try TrialFolder(beside: books, bytes: 1_000)
        #expect(folder.path.hasPrefix("\(books)/try-upgrade-"))
        let mode = try FileManager.default.attributesOfItem(atPath: folder.path)[.posixPermissions] as? Int
        #expect(mode == 0o700)
        try Data("secret".utf8).write(to: URL(filePath: "\(folder.path)/copy"))
        folder.remove()
        #expect(names(books) == [])
    }

    @Test("what a power cut left of another trial is removed, and nothing else")
    func left() throws {
        for name in ["try-upgrade-Abc123", "keys"] {
            try FileManager.default.createDirectory(atPath: "\(books)/\(name)", withIntermediateDirectories: true)
        }
        try Data("copy".utf8).write(to: URL(filePath: "\(books)/try-upgrade-Abc123/journal.sqlite"))
        let folder = try TrialFolder(beside: books, bytes: 1_000)
        #expect(names(books).count == 2)
        #expect(!FileManager.default.fileExists(atPath: "\(books)/try-upgrade-Abc123"))
        folder.remove()
        #expect(names(books) == ["keys"])
    }

    @Test("what a power cut left elsewhere is removed once no other trial can be at it")
    func leftElsewhere() throws {
        for name in ["try-upgrade-Abc123", "try-upgrade-Now123", "keys"] {
            try FileManager.default.createDirectory(atPath: "\(other)/\(name)", withIntermediateDirectories: true)
        }
        let old = Date(timeIntervalSinceNow: -Double(ServiceLimits.trialStaleSeconds) - 60)
        try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: "\(other)/try-upgrade-Abc123")
        try TrialFolder(beside: books, bytes: 1_000, others: [other]).remove()
        #expect(names(other) == ["keys", "try-upgrade-Now123"])
    }

    @Test("without room beside the books it is where there is room")
    func elsewhere() throws {
        let small = ServiceLimits.trialSpareBytes + 999
        let folder = try TrialFolder(beside: books, bytes: 1_000, others: [other]) { [books] in
            $0 == books ? small : small + 1
        }
        #expect(folder.path.hasPrefix("\(other)/try-upgrade-"))
    }

    @Test("a disk that fills up meanwhile is told from other faults; the fault names the folder and the fix")
    func filled() throws {
        let folder = try TrialFolder(beside: books, bytes: 1_000)
        defer { folder.remove() }
        #expect(folder.isFull(DatabaseError(resultCode: .SQLITE_FULL)))
        #expect(!folder.isFull(DatabaseError(resultCode: .SQLITE_NOTADB)))
        let fault = TrialFault.full(folder, "disk I/O error")
        #expect(fault.thing == books && !fault.isDamage)
        #expect(fault.fix.english.contains("make room") && fault.fix.chinese.contains("腾出空间"))
        #expect(fault.cause.english.contains("disk I/O error"))
    }

    @Test("without room anywhere it says how much it needs and how much there is, in two languages")
    func full() {
        let fault = #expect(throws: TrialFault.self) {
            try TrialFolder(beside: books, bytes: 100 << 20, others: [other]) { [books] in $0 == books ? 3 << 20 : nil }
        }
        #expect(fault?.thing == books)
        #expect(fault?.cause.english.contains("it needs 132 MiB, \(books) has 3 MiB") == true)
        #expect(fault?.cause.chinese.contains("132 MiB") == true)
        #expect(fault?.description.split(separator: "\n").count == 2)
        #expect(names(books) == [] && names(other) == [])
    }
}
