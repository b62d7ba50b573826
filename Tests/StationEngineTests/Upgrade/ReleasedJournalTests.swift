import Foundation
import GRDB
import LockerDomain
import LockerTestKit
import PortFakes
import SQLiteJournal
import StationBooks
import StationCore
import StationPorts
import SyncWire
import Testing

/// Each release adds its journal by `Tests/Released/make-fixture.sh`; these tests take all of them.
@Suite("Journals of released versions")
struct ReleasedJournalTests {
    /// A journal of a released version, unpacked into a folder of its own.
    private final class Unpacked {
        let folder: String
        let books: ReleasedBooks
        var path: String { "\(folder)/journal.sqlite" }

        init(_ books: ReleasedBooks) throws {
            self.books = books
            folder = NSTemporaryDirectory() + "released-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let bytes = try Gzip.inflate(books.packed("journal.sqlite"), limit: Limits.inflatedBytesMax)
            try Data(bytes).write(to: URL(filePath: path))
        }

        deinit { try? FileManager.default.removeItem(atPath: folder) }

        func change(_ sql: String) throws { try DatabaseQueue(path: path).write { try $0.execute(sql: sql) } }

        /// What a start reads; without the key of the journal it uses no snapshot.
        func replayed(withKey: Bool = true) throws -> Replay.Result {
            let key = try withKey ? #require(Hex.decode(books.journal.key)) : [UInt8](repeating: 1, count: 32)
            let journal = try SQLiteJournal(path: path, reserveBytes: 4_096)
            try journal.checkNames()
            let ports = TurnPorts(
                journal: journal,
                entropy: SeededEntropy(seed: 1),
                keys: MemoryKeys(journalKey: key),
                contacts: MemoryContacts(),
                lifeMarks: MemoryLifeMark(),
                bootID: "boot"
            )
            return try Replay.run(ports, station: books.station, rules: TurnRules())
        }
    }

    /// What its own version said is in it, read by this one.
    private func expectFacts(_ unpacked: Unpacked) throws {
        let facts = unpacked.books.journal
        let journal = try SQLiteJournal(path: unpacked.path, reserveBytes: 4_096)
        var (hash, types) = (Chain.start, [String: Int]())
        try journal.replay(format: 0, snapshot: { _ in false }) { line in
            hash = Chain.next(after: hash, bytes: line.bytes)
            #expect(line.hash == hash)
            types[try EventLine(decoding: line.bytes).event.type.rawValue, default: 0] += 1
        }
        #expect(types == facts.types)
        #expect(Hex.encode(hash) == facts.hash)
        let end = JournalPosition(generation: facts.generation, sequence: facts.sequence)
        #expect(try journal.head().last?.position == end)
        let read = try unpacked.replayed()
        #expect(read.damage == nil)
        #expect(Hex.encode(read.log.hash) == facts.hash)
        let inside = read.state.waiting.map { ($0.waybill.rawValue, $0.place.map { "\($0)" } ?? "") }
        #expect(Dictionary(uniqueKeysWithValues: inside) == facts.inside)
    }

    @Test("there is one of every version since the first that was installed")
    func all() { #expect(Set(ReleasedBooks.all.map(\.version)).isSuperset(of: ["0.1.0", "0.2.0"])) }

    @Test("it is opened and brought up to date, and holds what its own version said", arguments: ReleasedBooks.all)
    func opened(_ books: ReleasedBooks) throws { try expectFacts(Unpacked(books)) }

    @Test("its snapshot and its events give the same state", arguments: ReleasedBooks.all)
    func snapshot(_ books: ReleasedBooks) throws {
        let unpacked = try Unpacked(books)
        #expect(try unpacked.replayed().state == unpacked.replayed(withKey: false).state)
    }

    @Test("a journal with the tables of the first migration alone is brought up to date", arguments: ReleasedBooks.all)
    func oldest(_ books: ReleasedBooks) throws {
        let unpacked = try Unpacked(books)
        let migrator = SQLiteJournal.migrator
        try unpacked.change(
            """
            DROP TABLE contact;
            DROP TABLE recovered;
            DELETE FROM grdb_migrations WHERE identifier <> '\(migrator.migrations[0])';
            """
        )
        try expectFacts(unpacked)
        #expect(try DatabaseQueue(path: unpacked.path).read(migrator.hasCompletedMigrations))
    }

    @Test("one that a later version has changed is refused and stays as it is", arguments: ReleasedBooks.all)
    func newer(_ books: ReleasedBooks) throws {
        let unpacked = try Unpacked(books)
        // All that this version makes, and more.
        _ = try SQLiteJournal(path: unpacked.path, reserveBytes: 4_096)
        try unpacked.change("INSERT INTO grdb_migrations VALUES ('2099-01 of a later version')")
        let before = try Data(contentsOf: URL(filePath: unpacked.path))
        let fault = #expect(throws: SQLiteJournal.Newer.self) { try SQLiteJournal(path: unpacked.path) }
        #expect(fault?.description.contains("install that version again") == true)
        #expect(try Data(contentsOf: URL(filePath: unpacked.path)) == before)
    }
}
