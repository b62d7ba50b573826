import CountyBooks
import CountyReceiver
import CountySQLite
import Foundation
import GRDB
import LockerDomain
import PortFakes
import StationBooks
import SyncWire
import Testing

@testable import Simulator

@Suite("The file of the derived books")
struct BooksFileTests {
    private func bench() async throws -> Bench {
        let bench = try Bench()
        try bench.enrol("yc-01")
        var journal = WrittenJournal("yc-01")
        journal.append(count: 5)
        try await bench.send(journal, 1...5)
        return bench
    }

    /// Names one file of books.
    private func identity(_ bench: Bench) throws -> Int64? {
        try DatabaseQueue(path: bench.folder + "/books.sqlite").read {
            try Int64.fetchOne($0, sql: "SELECT id FROM identity")
        }
    }

    private func identity(_ file: BooksFile) throws -> Int64? {
        try file.pool.read { try Int64.fetchOne($0, sql: "SELECT id FROM identity") }
    }

    private func name(_ path: String, _ identity: Int64) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: "UPDATE identity SET id = ?", arguments: [identity]) }
        try queue.close()
    }

    @Test("books that cannot be opened for the moment are kept, and why is told")
    func kept() async throws {
        let bench = try await bench()
        defer { withExtendedLifetime(bench) {} }
        let first = try bench.makeKeeper()
        try first.catchUp()
        #expect(first.trouble == nil)
        try first.file.close()
        try Bench.settle(bench.folder + "/books.sqlite")
        let made = try identity(bench)
        // SQLite finds no WAL that it could open.
        let wall = bench.folder + "/books.sqlite-wal"
        try? FileManager.default.removeItem(atPath: wall)
        try FileManager.default.createDirectory(atPath: wall, withIntermediateDirectories: false)
        let keeper = try bench.makeKeeper()
        let fault = #expect(throws: CountyFault.self) { try keeper.catchUp() }
        #expect(fault?.description.contains("cannot be opened") == true)
        #expect(keeper.trouble == fault)
        try FileManager.default.removeItem(atPath: wall)
        try keeper.catchUp()
        #expect(keeper.trouble == nil)
        #expect(try identity(bench) == made)
    }

    @Test("damaged books are made anew")
    func damaged() async throws {
        let bench = try await bench()
        defer { withExtendedLifetime(bench) {} }
        try Data(String(repeating: "no database at all ", count: 100).utf8)
            .write(to: URL(fileURLWithPath: bench.folder + "/books.sqlite"))
        #expect(throws: CountyFault.self) { try bench.makeKeeper(mayReplace: false).catchUp() }
        try bench.makeKeeper().catchUp()
        #expect(try bench.counted("yc-01") == 5)
    }

    @Test("a file that takes the place of the books while they are opened is the one that is read")
    func replaced() async throws {
        let bench = try await bench()
        defer { withExtendedLifetime(bench) {} }
        let keeper = try bench.makeKeeper()
        try keeper.catchUp()
        try keeper.file.close()
        let path = bench.folder + "/books.sqlite"
        try Bench.settle(path)
        try FileManager.default.copyItem(atPath: path, toPath: path + ".other")
        try name(path + ".other", 4_711)
        // The second look is behind the opening.
        let looks = SetClock()
        let file = BooksFile(
            path: path,
            source: keeper.source,
            county: keeper.county,
            reads: keeper.reading.fingerprint,
            mayReplace: false,
            inode: { path in
                looks.pass(1)
                if looks.now == 2 { rename(path + ".other", path) }
                return DiskFiles.inode(path)
            }
        )
        #expect(try identity(file) == 4_711)
        try file.close()
    }

    @Test("are made anew beside another process that goes on to keep them, and hold the same then")
    func beside() async throws {
        let world = World(seed: 5)
        #expect(world.run(days: 4) == nil)
        let (bench, plain) = (try Bench(), try Bench())
        defer { withExtendedLifetime((bench, plain)) {} }
        for bench in [bench, plain] { try bench.enrol(world.settings.id) }
        let runs = Run.all(of: world, size: 40)
        let server = try bench.makeKeeper()
        for run in runs.prefix(runs.count / 2) { try await bench.take(run) }
        try server.catchUp()
        let other = try bench.makeKeeper()
        let rebuilt = Task { try other.rebuild() }
        for run in runs.dropFirst(runs.count / 2) {
            try await bench.take(run)
            // A look that meets the change is repeated, as the server repeats it.
            _ = try? server.foldPage()
        }
        #expect(try await rebuilt.value >= runs.prefix(runs.count / 2).reduce(0) { $0 + $1.lines.count })
        try server.catchUp()
        for run in runs { try await plain.take(run) }
        try plain.keeper.catchUp()
        #expect(try bench.dump() == plain.dump())
        #expect(try BooksReader(server).state().through == Int64(world.disk.lines.count))
    }

    @Test("are made anew by one process at a time")
    func once() async throws {
        let bench = try await bench()
        defer { withExtendedLifetime(bench) {} }
        let held = try #require(try FileLock(atOnce: bench.folder + "/books.sqlite.rebuild"))
        #expect(throws: CountyFault.self) { try bench.makeKeeper().rebuild() }
        held.release()
        #expect(try bench.makeKeeper().rebuild() == 5)
    }
}
