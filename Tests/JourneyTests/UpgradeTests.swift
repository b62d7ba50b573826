import Foundation
import GRDB
import Glibc
import LockerDomain
import LockerTestKit
import SyncWire
import Testing

@Suite("An upgrade is tried before it is made, with the real programs", .serialized)
struct UpgradeTests {
    private static let data = "var/lib/lockerd"

    /// A station with the journal that a released version has left.
    private func station(_ books: ReleasedBooks) throws -> Scratch {
        let scratch = try Scratch()
        let doors = (1...12).map { number in
            "[[door]]\nname = \"A\(number < 10 ? "0" : "")\(number)\"\nsize = \"M\"\n"
        }
        try scratch.write(
            """
            [station]
            id = "\(books.station)"
            [county]
            url = "http://127.0.0.1:9"
            [board]
            driver = "simulated"
            \(doors.joined())[[shelf]]
            name = "S1"
            places = 6
            """,
            to: "etc/lockerd/station.toml"
        )
        try scratch.write("", to: "\(Self.data)/keys/journal")
        let key = try #require(Hex.decode(books.journal.key))
        try Data(key).write(to: URL(filePath: "\(scratch.root)/\(Self.data)/keys/journal"))
        let journal = try Gzip.inflate(books.packed("journal.sqlite"), limit: Limits.inflatedBytesMax)
        try Data(journal).write(to: URL(filePath: path(scratch)))
        return scratch
    }

    private func path(_ scratch: Scratch) -> String { "\(scratch.root)/\(Self.data)/journal.sqlite" }

    /// The bytes of all files of the station but what SQLite and the kernel keep for themselves.
    private func files(_ scratch: Scratch) throws -> [String: Data] {
        let folder = "\(scratch.root)/\(Self.data)"
        var files: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder) where !name.hasSuffix("-shm") {
            files[name] = FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data()
        }
        return files
    }

    @Test(
        "the journal of a released version passes, nothing is touched, and the station goes on with its parcels",
        arguments: ReleasedBooks.all
    )
    func released(_ books: ReleasedBooks) throws {
        let scratch = try station(books)
        let before = try files(scratch)
        let trial = try scratch.run("lockerd", ["--try-upgrade"])
        #expect(trial.status == 0, "\(trial.errors)")
        let end = "\(books.journal.generation).\(books.journal.sequence)"
        #expect(
            trial.output.contains("journal read to \(end), \(books.journal.inside.count) parcels wait"),
            "\(trial.output)"
        )
        #expect(try files(scratch) == before)
        let lockerd = try scratch.start()
        let parcels = try scratch.run("lockerctl", ["parcels", "--json"]).output
        for (waybill, _) in books.journal.inside { #expect(parcels.contains(waybill), "\(parcels)") }
        #expect(try !scratch.run("lockerctl", ["events", "--json"]).output.contains("station.journalReplaced"))
        #expect(scratch.stop(lockerd) == 0)
    }

    @Test("it is tried while the old version works, which notices nothing")
    func besideTheStation() throws {
        let scratch = try Scratch()
        try scratch.configure()
        let lockerd = try scratch.start()
        try scratch.run("lockerctl", ["scan", "RUBBISH"])
        let before = try scratch.run("lockerctl", ["events", "--json"]).output
        let trial = try scratch.run("lockerd", ["--try-upgrade"])
        #expect(trial.status == 0, "\(trial.errors)")
        #expect(try scratch.run("lockerctl", ["events", "--json"]).output == before)
        #expect(try scratch.run("lockerctl", ["scan", "RUBBISH-2"]).status == 0)
        #expect(try !files(scratch).keys.contains { $0.contains("try-upgrade") })
        #expect(scratch.stop(lockerd) == 0)
        // A stop leaves a WAL: the next trial reads it, too.
        let stopped = try files(scratch)
        #expect(try scratch.run("lockerd", ["--try-upgrade"]).status == 0)
        #expect(try files(scratch) == stopped)
    }

    @Test("a journal without a byte is refused, and what stands in its WAL is kept")
    func empty() throws {
        let scratch = try Scratch()
        try scratch.configure()
        try scratch.write("", to: "var/lib/lockerd/journal.sqlite")
        try scratch.write("the WAL", to: "var/lib/lockerd/journal.sqlite-wal")
        let tried = try scratch.run("lockerd", ["--try-upgrade"])
        #expect(tried.status == 65 && tried.errors.contains("is empty"), "\(tried.errors)")
        let lockerd = try scratch.start()
        #expect(scratch.stop(lockerd) == 0)
        let kept = "\(scratch.root)/var/lib/lockerd/journal.sqlite.damaged-1-wal"
        #expect(try String(contentsOfFile: kept, encoding: .utf8) == "the WAL")
    }

    @Test("a pipe or a folder in the place of the journal ends it at once", arguments: [true, false])
    func stray(_ isPipe: Bool) throws {
        let scratch = try Scratch()
        try scratch.configure()
        try scratch.write("", to: "\(Self.data)/keys/note")
        if isPipe {
            #expect(mkfifo(path(scratch), 0o600) == 0)
        } else {
            try FileManager.default.createDirectory(atPath: path(scratch), withIntermediateDirectories: true)
        }
        let tried = try scratch.run("lockerd", ["--try-upgrade"], seconds: 20)
        #expect(tried.status == 1)
        #expect(tried.errors.contains("不是普通文件") && tried.errors.contains("move it away"), "\(tried.errors)")
    }

    @Test("garbage with a WAL beside it is damage, too: a start keeps both aside")
    func garbageWithLog() throws {
        let scratch = try station(#require(ReleasedBooks.all.first))
        try Data(repeating: 7, count: 50_000).write(to: URL(filePath: path(scratch)))
        try Data(repeating: 8, count: 5_000).write(to: URL(filePath: path(scratch) + "-wal"))
        let trial = try scratch.run("lockerd", ["--try-upgrade"])
        #expect(trial.status == 65, "\(trial.errors)")
        #expect(trial.errors.contains("systemctl restart lockerd"), "\(trial.errors)")
    }

    @Test("a station without a journal passes, and none is made")
    func fresh() throws {
        let scratch = try Scratch()
        try scratch.configure()
        let trial = try scratch.run("lockerd", ["--try-upgrade"])
        #expect(trial.status == 0)
        #expect(trial.output.contains("尚无日志"))
        #expect(!FileManager.default.fileExists(atPath: path(scratch)))
    }

    @Test("a configuration that this version does not take ends it with 78 and the fault")
    func configuration() throws {
        let scratch = try station(#require(ReleasedBooks.all.first))
        try scratch.write("[newsection]\nkey = 1\n", to: "etc/lockerd/station.d/later.toml")
        let trial = try scratch.run("lockerd", ["--try-upgrade"])
        #expect(trial.status == 78)
        #expect(trial.errors.contains("later.toml:1: unknown key newsection"), "\(trial.errors)")
        #expect(trial.errors.contains("later version") && trial.errors.contains("更新的版本"), "\(trial.errors)")
    }

    @Test("a journal of a newer version is refused in two languages and stays as it is: a downgrade never corrupts")
    func downgrade() throws {
        let scratch = try station(#require(ReleasedBooks.all.first))
        do {
            let queue = try DatabaseQueue(path: path(scratch))
            try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('2099-01 of a later version')") }
            try queue.close()
        }
        let before = try files(scratch)
        let trial = try scratch.run("lockerd", ["--try-upgrade"])
        #expect(trial.status == 1)
        #expect(trial.errors.contains("日志由更新的版本写入"), "\(trial.errors)")
        #expect(trial.errors.contains("a newer lockerd wrote it"), "\(trial.errors)")
        #expect(trial.errors.contains(path(scratch)) && !trial.errors.contains("try-upgrade-"), "\(trial.errors)")
        #expect(try files(scratch) == before)
    }

    @Test("garbage, an event of another version, and a chain that is broken are refused", arguments: 0...2)
    func bad(_ kind: Int) throws {
        let scratch = try station(#require(ReleasedBooks.all.first))
        if kind == 0 {
            try Data(repeating: 7, count: 50_000).write(to: URL(filePath: path(scratch)))
        } else {
            let queue = try DatabaseQueue(path: path(scratch))
            let bytes = kind == 1 ? "replace(bytes, 'station.stopped', 'station.stoqped')" : "x'7B7D'"
            try queue.write { db in
                try db.execute(sql: "DELETE FROM snapshot")
                try db.execute(
                    sql:
                        "UPDATE event SET bytes = CAST(\(bytes) AS BLOB) WHERE position = (SELECT max(position) FROM event)"
                )
            }
            try queue.close()
        }
        let before = try files(scratch)
        let trial = try scratch.run("lockerd", ["--try-upgrade"])
        #expect(trial.status == 65, "a start keeps it aside")
        #expect(
            trial.errors.contains("此版本不能读取日志的副本") && trial.errors.contains("systemctl restart lockerd"),
            "\(trial.errors)"
        )
        #expect(try files(scratch) == before)
    }

    @Test("a pipe in the place of the county's books ends it at once")
    func countyPipe() throws {
        let scratch = try Scratch()
        try scratch.write("", to: "var/lib/county-server/note")
        #expect(mkfifo("\(scratch.root)/var/lib/county-server/county.sqlite", 0o600) == 0)
        let tried = try scratch.run("county-server", ["try-upgrade"], seconds: 20)
        #expect(tried.status == 1 && tried.errors.contains("不是普通文件"), "\(tried.errors)")
    }

    @Test("the county's books are tried by county-server; a wrong county.toml ends it with 78")
    func county() throws {
        let scratch = try Scratch()
        let fresh = try scratch.run("county-server", ["try-upgrade"])
        #expect(fresh.status == 0 && fresh.output.contains("尚无账册"), "\(fresh.output)\(fresh.errors)")
        try scratch.write("port = 8480\n", to: "etc/county-server/county.toml")
        try scratch.run("county-server", ["enrol-token", "test-1"])
        let trial = try scratch.run("county-server", ["try-upgrade"])
        #expect(trial.status == 0 && trial.output.contains("1 stations, 0 events"), "\(trial.output)\(trial.errors)")
        try scratch.write("prot = 1\n", to: "etc/county-server/county.toml")
        let wrong = try scratch.run("county-server", ["try-upgrade"])
        #expect(wrong.status == 78 && wrong.errors.contains("county.toml:1: unknown key prot"), "\(wrong.errors)")
    }
}
