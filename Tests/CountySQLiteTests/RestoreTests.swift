import CountyBooks
import CountyReceiver
import CountySQLite
import Foundation
import GRDB
import PortFakes
import Testing

@Suite("Backups of a county, and what a restore leaves")
struct RestoreTests {
    private let stamp = AuditStamp(by: .commandLine("root"), time: 7)

    private func journal() -> WrittenJournal {
        var journal = WrittenJournal("yc-01")
        for number in 1...10 { journal.append("station.stopped", #"{"reason":"needle-\#(number)"}"#) }
        return journal
    }

    /// A county with five events in its backup, and the same with ten at another place, where nobody has it open.
    private func places() async throws -> (bench: Bench, copy: String, folder: String) {
        let bench = try Bench()
        try bench.enrol("yc-01")
        try await bench.send(journal(), 1...5)
        let copy = bench.folder + "/copy.sqlite"
        let checked = try CountyBackup.make(of: bench.county.booksPath, at: copy)
        #expect(checked == CountyBackup.Checked(incarnations: 1, events: 5))
        try await bench.send(journal(), 6...10)
        let folder = try bench.beside("other")
        _ = try CountyBackup.make(of: bench.county.booksPath, at: folder + "/county.sqlite")
        return (bench, copy, folder)
    }

    /// Opens the county of a folder, and lets go of it.
    @discardableResult
    private func open<Value>(
        _ folder: String,
        _ body: (CountyReceiver.County) async throws -> Value
    ) async throws -> Value {
        try await body(CountyReceiver.County(opening: CountySettings(dataDirectory: folder)))
    }

    private func events(_ path: String) throws -> Int? {
        try DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: "SELECT count(*) FROM event") }
    }

    private func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    private func isBeingMade(_ keeper: BooksKeeper) throws -> Bool {
        try keeper.pool.read { try BooksKeeper.isBeingMade($0) }
    }

    private func execute(_ sql: String, _ path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }

    /// Keeps the books of a folder up, and closes them.
    private func fold(_ folder: String, keyID: String) throws {
        let store = try CountyStore(path: folder + "/county.sqlite")
        let keeper = BooksKeeper(store, county: keyID, path: folder + "/books.sqlite", mayReplace: true)
        try keeper.catchUp()
        try keeper.file.close()
        try store.pool.close()
        for name in ["county.sqlite", "books.sqlite"] { try Bench.settle(folder + "/" + name) }
    }

    @Test("a backup holds what was there, is made once, and is not put in the place of a county in use")
    func backup() async throws {
        let (bench, copy, folder) = try await places()
        defer { withExtendedLifetime(bench) {} }
        #expect(throws: CountyFault.self) { try CountyBackup.make(of: bench.county.booksPath, at: copy) }
        #expect(throws: CountyFault.self, "it is open") {
            try CountyBackup.restore(copy, to: bench.county.booksPath, by: stamp)
        }
        #expect(try events(bench.county.booksPath) == 10)
        #expect(try !names(bench.folder).contains { $0.hasSuffix(".part") })
        chmod(folder + "/county.sqlite", 0o640)
        let restored = try CountyBackup.restore(copy, to: folder + "/county.sqlite", by: stamp)
        #expect(restored.kept == folder + "/county.sqlite.before-restore-1")
        #expect(restored.damage == nil)
        #expect(restored.checked.events == 5)
        #expect(try events(#require(restored.kept)) == 10)
        var info = stat()
        try #require(stat(folder + "/county.sqlite", &info) == 0)
        #expect(info.st_mode & 0o777 == 0o640)
        try await open(folder) { county in
            #expect(try county.sights().map(\.station) == ["yc-01"])
            let entry = try #require(try county.accounts.audit(AuditQuery()).first)
            #expect(entry.action == .backupRestored)
            #expect(entry.by == stamp.by)
        }
    }

    @Test("a restore removes the books of what is lost: what comes under its numbers is counted, and it is not")
    func books() async throws {
        let (bench, copy, folder) = try await places()
        defer { withExtendedLifetime(bench) {} }
        try fold(folder, keyID: bench.county.keyID)
        #expect(try CountedEvents.count("yc-01", in: folder + "/books.sqlite") == 10)
        _ = try CountyBackup.restore(copy, to: folder + "/county.sqlite", by: stamp)
        #expect(try !names(folder).contains { $0.hasPrefix("books.sqlite") })
        var other = journal().forked(after: 5)
        other.append(count: 2)
        try await open(folder) { try await $0.send(other, 6...7) }
        try fold(folder, keyID: bench.county.keyID)
        #expect(try CountedEvents.count("yc-01", in: folder + "/books.sqlite") == 7)
    }

    @Test(
        "books beside a county.sqlite that was put back by hand are made anew, however many events came since",
        arguments: [0, 3, 5, 9]
    )
    func byHand(since: Int) async throws {
        let (bench, copy, folder) = try await places()
        defer { withExtendedLifetime(bench) {} }
        try fold(folder, keyID: bench.county.keyID)
        try FileManager.default.removeItem(atPath: folder + "/county.sqlite")
        try FileManager.default.copyItem(atPath: copy, toPath: folder + "/county.sqlite")
        if since > 0 {
            var other = journal().forked(after: 5)
            other.append(count: since)
            try await open(folder) { [other] in try await $0.send(other, 6...5 + since) }
        }
        let store = try CountyStore(path: folder + "/county.sqlite")
        let path = folder + "/books.sqlite"
        let command = BooksKeeper(store, county: bench.county.keyID, path: path, mayReplace: false)
        #expect(throws: CountyFault.self) { try command.catchUp() }
        let keeper = BooksKeeper(store, county: bench.county.keyID, path: path, mayReplace: true)
        #expect(try isBeingMade(keeper))
        #expect(try BooksReader(keeper).state().isRebuilding)
        try keeper.catchUp()
        #expect(try !isBeingMade(keeper))
        #expect(try CountedEvents.count("yc-01", in: path) == 5 + since)
        let state = try BooksReader(keeper).state()
        #expect(state.through == state.newest)
        #expect(!state.isRebuilding)
    }

    @Test("who was logged in when the backup was made is not after a restore; accounts stay")
    func sessions() async throws {
        let (bench, _, folder) = try await places()
        defer { withExtendedLifetime(bench) {} }
        let accounts = bench.county.accounts
        let cost = PasswordVerifier.Cost(rounds: 2, blockSize: 1, parallelism: 1)
        let bytes = { (count: Int) in (0..<count).map { UInt8($0 % 251) } }
        let change = try AccountBook([], cost: cost)
            .add("li", rights: AccountRights(role: .clerk, scope: .county), stamp: stamp, entropy: bytes)
        try accounts.save(change)
        var sessions = Sessions()
        _ = sessions.begin(change.account, at: 1, entropy: bytes)
        try accounts.keep(sessions.unwritten)
        try #require(try accounts.sessions().count == 1)
        let copy = bench.folder + "/logged-in.sqlite"
        _ = try CountyBackup.make(of: bench.county.booksPath, at: copy)
        _ = try CountyBackup.restore(copy, to: folder + "/county.sqlite", by: stamp)
        let kept = try await open(folder) { county in
            (sessions: try county.accounts.sessions().count, names: try county.accounts.accounts().map(\.name))
        }
        #expect(kept.sessions == 0)
        #expect(kept.names == ["li"])
    }

    @Test("a backup with one wrong byte in a line is refused, and nothing is touched")
    func damaged() async throws {
        let (bench, copy, folder) = try await places()
        defer { withExtendedLifetime(bench) {} }
        try fold(folder, keyID: bench.county.keyID)
        let file = URL(fileURLWithPath: copy)
        var bytes = try Data(contentsOf: file)
        let place = try #require(bytes.range(of: Data("needle-3".utf8))).lowerBound
        bytes[place] ^= 1
        try bytes.write(to: file)
        let before = try names(folder)
        let fault = #expect(throws: CountyFault.self) {
            try CountyBackup.restore(copy, to: folder + "/county.sqlite", by: stamp)
        }
        #expect(fault?.description.contains("does not fit at 3") == true)
        #expect(fault?.description.contains("--damaged") == true)
        #expect(try names(folder) == before)
        #expect(try events(folder + "/county.sqlite") == 10)
        let checked = try CountyBackup.make(of: copy, at: copy + ".again")
        #expect(checked.events == 5 && checked.incarnations == 1 && checked.faults.count == 1)
        #expect(checked.faults.first?.description.contains("does not fit at 3") == true)
    }

    @Test(
        "a backup in which a manifest or a closed month does not fit its hash is refused, and nothing is touched",
        arguments: [
            ("INSERT INTO manifest VALUES ('yc-01', 'm-1', x'41', HASH, 1, 7)", "manifest m-1 of yc-01"),
            ("INSERT INTO closedPeriod VALUES ('2026-10', 0, 5, 6, x'41', HASH, 0, 7, 'li', '')", "period 2026-10"),
            ("INSERT INTO closedPeriod VALUES ('2026-10', 2, 5, 6, x'41', HASH, 0, 7, 'li', '')", "correction 2"),
        ]
    )
    func changed(row: String, name: String) async throws {
        let (bench, copy, folder) = try await places()
        defer { withExtendedLifetime(bench) {} }
        // The SHA-256 of the letter A.
        let hash = "'559aead08264d5795d3909718cdd05abd49572e84fe55590eef31a88a08fdffd'"
        let other = copy + ".changed"
        try FileManager.default.copyItem(atPath: copy, toPath: other)
        try execute(row.replacing("HASH", with: hash).replacing("x'41'", with: "x'42'"), other)
        let before = try names(folder)
        let fault = #expect(throws: CountyFault.self) {
            try CountyBackup.restore(other, to: folder + "/county.sqlite", by: stamp)
        }
        #expect(fault?.description.contains("\(name): does not fit its SHA-256") == true)
        #expect(try names(folder) == before)
        #expect(try events(folder + "/county.sqlite") == 10)
        // A county with such a row still gets its backups, each of which names it, and may be all that is left.
        let again = copy + ".again"
        let checked = try CountyBackup.make(of: other, at: again)
        #expect(checked.events == 5 && checked.faults.count == 1)
        #expect(checked.faults.first?.description.contains("\(name): does not fit its SHA-256") == true)
        let taken = try CountyBackup.restore(again, to: folder + "/county.sqlite", isDamageTaken: true, by: stamp)
        #expect(taken.checked.faults.count == 1)
        #expect(try events(folder + "/county.sqlite") == 5)
        try execute(row.replacing("HASH", with: hash), copy)
        _ = try CountyBackup.restore(copy, to: folder + "/county.sqlite", by: stamp)
        #expect(try events(folder + "/county.sqlite") == 5)
    }

    @Test(
        "a file that is no backup is refused, and nothing is touched",
        arguments: ["text", "empty", "other", "newer"]
    )
    func strange(kind: String) async throws {
        let (bench, copy, folder) = try await places()
        defer { withExtendedLifetime(bench) {} }
        let path = bench.folder + "/strange"
        switch kind {
        case "text":
            try Data("no database at all, but long enough to be read".utf8).write(to: URL(fileURLWithPath: path))
        case "empty": try Data().write(to: URL(fileURLWithPath: path))
        case "other": try execute("CREATE TABLE station (id TEXT)", path)
        default:
            try FileManager.default.copyItem(atPath: copy, toPath: path)
            try execute("INSERT INTO grdb_migrations VALUES ('999 of a later version')", path)
        }
        let before = try names(folder)
        #expect(throws: CountyFault.self) { try CountyBackup.restore(path, to: folder + "/county.sqlite", by: stamp) }
        #expect(try names(folder) == before)
        #expect(try events(folder + "/county.sqlite") == 10)
    }

    @Test("a damaged county is restored, and said to be damaged")
    func damagedCounty() async throws {
        let (bench, copy, folder) = try await places()
        defer { withExtendedLifetime(bench) {} }
        let path = folder + "/county.sqlite"
        try Data(String(repeating: "no database at all ", count: 100).utf8).write(to: URL(fileURLWithPath: path))
        let restored = try CountyBackup.restore(copy, to: path, by: stamp)
        #expect(restored.damage != nil)
        #expect(try events(path) == 5)
        #expect(try Data(contentsOf: URL(fileURLWithPath: #require(restored.kept))).count == 1_900)
    }

    @Test("where a restore was cut off no empty county begins", arguments: [".part", ".before-restore-1"])
    func cutOff(ending: String) async throws {
        let (bench, copy, folder) = try await places()
        defer { withExtendedLifetime(bench) {} }
        let path = folder + "/county.sqlite"
        try FileManager.default.moveItem(atPath: path, toPath: path + ending)
        let fault = #expect(throws: CountyFault.self) {
            _ = try CountyReceiver.County(opening: CountySettings(dataDirectory: folder))
        }
        #expect(fault?.description.contains("county.sqlite" + ending) == true)
        #expect(!FileManager.default.fileExists(atPath: path))
        _ = try CountyBackup.restore(copy, to: path, by: stamp)
        let stations = try await open(folder) { try $0.sights().map(\.station) }
        #expect(stations == ["yc-01"])
    }

    @Test("a WAL that a restore left under the old name goes to the books that it belongs to")
    func stray() async throws {
        let (bench, copy, folder) = try await places()
        defer { withExtendedLifetime(bench) {} }
        let path = folder + "/county.sqlite"
        try FileManager.default.moveItem(atPath: path, toPath: path + ".before-restore-1")
        try Data("what waits".utf8).write(to: URL(fileURLWithPath: path + "-wal"))
        let restored = try CountyBackup.restore(copy, to: path, by: stamp)
        #expect(restored.kept == path + ".before-restore-1")
        let moved = try Data(contentsOf: URL(fileURLWithPath: path + ".before-restore-1-wal"))
        #expect(String(decoding: moved, as: UTF8.self) == "what waits")
        #expect(try events(path) == 5)
    }

    @Test("lines of branches stay, and a lost range ends where its events were found alone")
    func evidence() async throws {
        let bench = try Bench()
        defer { withExtendedLifetime(bench) {} }
        try bench.enrol("yc-01")
        try await bench.send(journal(), 1...5)
        let queue = try DatabaseQueue(path: bench.county.booksPath)
        try await queue.write { db in
            try db.execute(
                sql: """
                    INSERT INTO branch (station, incarnation, sequence, hash, bytes, received)
                        VALUES ('yc-01', 'a', 1, x'00', x'00', 1);
                    INSERT INTO lostRange (incarnation, first, last, hash, noted) VALUES (1, 4, 8, x'00', 1);
                    INSERT INTO lostRange (incarnation, first, last, hash, noted) VALUES (1, 2, 5, x'00', 1);
                    """
            )
        }
        let refused = [
            "UPDATE branch SET bytes = x'01'", "DELETE FROM branch", "DELETE FROM lostRange WHERE last = 8",
            "UPDATE lostRange SET last = 6 WHERE last = 8", "UPDATE lostRange SET first = 5 WHERE last = 8",
            "UPDATE lostRange SET last = 9 WHERE last = 8",
        ]
        for sql in refused {
            #expect(throws: DatabaseError.self, "\(sql)") { try queue.write { try $0.execute(sql: sql) } }
        }
        // Events 2 … 5 are stored.
        try await queue.write { try $0.execute(sql: "UPDATE lostRange SET last = 3, hash = x'01' WHERE last = 5") }
        try await queue.write { try $0.execute(sql: "DELETE FROM lostRange WHERE last = 3") }
    }
}
