import CountyBooks
import CountyReceiver
import CountySQLite
import Foundation
import GRDB
import LockerDomain
import LockerTestKit
import SQLiteCopy
import SyncWire
import Testing

/// Each release adds its books by `Tests/Released/make-fixture.sh`; these tests take all of them.
@Suite("The county's books of released versions")
struct ReleasedBooksTests {
    /// Books of a released version, unpacked into a folder of their own, with the keys.
    private final class Unpacked {
        let folder: String
        let books: ReleasedBooks
        var path: String { "\(folder)/county.sqlite" }
        var settings: CountySettings { CountySettings(dataDirectory: folder) }

        init(_ books: ReleasedBooks) throws {
            self.books = books
            folder = NSTemporaryDirectory() + "released-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: "\(folder)/keys", withIntermediateDirectories: true)
            for (name, key) in books.county.keys {
                try Data(#require(Hex.decode(key))).write(to: URL(filePath: "\(folder)/keys/\(name)"))
            }
            let bytes = try Gzip.inflate(books.packed("county.sqlite"), limit: Limits.inflatedBytesMax)
            try Data(bytes).write(to: URL(filePath: path))
        }

        deinit { try? FileManager.default.removeItem(atPath: folder) }

        func value<Value: DatabaseValueConvertible & Sendable>(_ sql: String) throws -> Value? {
            try DatabaseQueue(path: path).read { try Value.fetchOne($0, sql: sql) }
        }

        /// Makes the books anew as they were before `migration` and all behind it, with what was in them.
        func goBack(before migration: String) throws {
            let late = CountyMigrations.all
            let index = try #require(late.migrations.firstIndex(of: migration))
            let kept = path + ".kept"
            try FileManager.default.moveItem(atPath: path, toPath: kept)
            var configuration = Configuration()
            configuration.foreignKeysEnabled = false
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try late.migrate(queue, upTo: late.migrations[index - 1])
            try queue.writeWithoutTransaction { db in
                try db.execute(sql: "ATTACH ? AS kept", arguments: [kept])
                let tables = try String.fetchAll(
                    db,
                    sql: "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name <> 'grdb_migrations'"
                )
                for table in tables {
                    let columns = try String.fetchAll(
                        db,
                        sql: """
                            SELECT name FROM pragma_table_info(?1, 'main')
                            INTERSECT SELECT name FROM pragma_table_info(?1, 'kept')
                            """,
                        arguments: [table]
                    ).joined(separator: ", ")
                    // What the released version did not have is empty.
                    guard !columns.isEmpty else { continue }
                    try db.execute(sql: "INSERT INTO main.\(table) (\(columns)) SELECT \(columns) FROM kept.\(table)")
                }
                try db.execute(sql: "DETACH kept")
            }
            try queue.close()
        }
    }

    private func open(_ unpacked: Unpacked) throws -> County {
        try County(opening: unpacked.settings, clock: TestClock(1_800_000_000_000).machine)
    }

    private func expectEvents(_ unpacked: Unpacked) throws {
        let facts = unpacked.books.county
        #expect(try unpacked.value("SELECT count(*) FROM event") == facts.events)
        #expect(try unpacked.value("SELECT lower(hex(hash)) FROM incarnation") == facts.hash)
        #expect(try unpacked.value("SELECT id FROM station") == unpacked.books.station)
        #expect(try unpacked.value("PRAGMA integrity_check") == "ok")
    }

    @Test("they are opened and brought up to date, and hold what their own version said", arguments: ReleasedBooks.all)
    func opened(_ books: ReleasedBooks) throws {
        let unpacked = try Unpacked(books)
        _ = try open(unpacked)
        try expectEvents(unpacked)
        #expect(try unpacked.value("SELECT count(*) FROM parcel WHERE state = 'stored'") == books.county.stored)
        #expect(try unpacked.value("SELECT count(*) FROM parcel WHERE state = 'closed'") == books.county.closed)
        let queue = try DatabaseQueue(path: unpacked.path)
        #expect(try queue.read(CountyMigrations.all.hasCompletedMigrations))
    }

    @Test(
        "books from before any of the migrations behind the events are brought up to date",
        arguments: ReleasedBooks.all,
        CountyMigrations.all.migrations.dropFirst(2)
    )
    func older(_ books: ReleasedBooks, _ migration: String) throws {
        let unpacked = try Unpacked(books)
        try unpacked.goBack(before: migration)
        _ = try open(unpacked)
        try expectEvents(unpacked)
    }

    @Test(
        "an upgrade is tried on a copy: the books stay as they are, and nothing is left behind",
        arguments: ReleasedBooks.all
    )
    func trial(_ books: ReleasedBooks) throws {
        let unpacked = try Unpacked(books)
        let before = try Data(contentsOf: URL(filePath: unpacked.path))
        let trial = try #require(try CountyTrial.run(unpacked.settings))
        #expect(trial.stations == 1 && trial.events == books.county.events)
        #expect(try Data(contentsOf: URL(filePath: unpacked.path)) == before)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: unpacked.folder).sorted() == ["county.sqlite", "keys"]
        )
    }

    @Test("an upgrade is tried beside a county that works")
    func besideTheServer() throws {
        let unpacked = try Unpacked(#require(ReleasedBooks.all.first))
        let county = try open(unpacked)
        _ = try county.makeEnrolmentToken(station: "yc-second-2")
        #expect(try CountyTrial.run(unpacked.settings)?.stations == 2)
        withExtendedLifetime(county) {}
    }

    @Test("books that a later version has changed are refused, also by the trial, which says why in two languages")
    func newer() throws {
        let unpacked = try Unpacked(#require(ReleasedBooks.all.first))
        try DatabaseQueue(path: unpacked.path).write {
            try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 of a later version')")
        }
        #expect(throws: CountyFault.self) { try open(unpacked) }
        let fault = #expect(throws: TrialFault.self) { try CountyTrial.run(unpacked.settings) }
        #expect(fault?.thing == unpacked.path)
        #expect(fault?.cause.english.contains("\(unpacked.path): was written by a newer county-server") == true)
        #expect(fault?.fix.chinese.isEmpty == false)
    }

    @Test("books that are garbage, or for whose copy there is no room, are refused; none at all are well")
    func bad() throws {
        let unpacked = try Unpacked(#require(ReleasedBooks.all.first))
        let full = #expect(throws: TrialFault.self) { try CountyTrial.run(unpacked.settings) { _ in 1_000_000 } }
        #expect(full?.cause.english.contains("no room") == true)
        try Data("not a database".utf8).write(to: URL(filePath: unpacked.path))
        #expect(throws: TrialFault.self) { try CountyTrial.run(unpacked.settings) }
        try FileManager.default.removeItem(atPath: unpacked.path)
        #expect(try CountyTrial.run(unpacked.settings) == nil)
    }
}
