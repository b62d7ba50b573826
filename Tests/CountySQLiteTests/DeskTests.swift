import CountyBooks
import CountyReceiver
import CountySQLite
import Foundation
import GRDB
import LockerDomain
import Testing

@Suite("Registers, closed periods and backups in the store")
struct DeskTests {
    private let village = Village(code: "140522100201", name: "北留村", township: "140522100")

    @Test("a register keeps every version of a row, and who wrote it")
    func history() throws {
        let bench = try Bench()
        let registers = bench.county.registers
        try registers.keep([RegisterChange(DatedRow(.village(village)))], by: "wang", at: 1)
        let first = try #require(try registers.rows().first)
        var renamed = village
        renamed.name = "北留新村"
        try registers.keep(
            [RegisterChange(DatedRow(.village(renamed)), replaces: first.number)],
            by: "li",
            at: 2
        )
        #expect(try registers.rows().map(\.dated.row) == [.village(renamed)])
        let history = try registers.history(.village, village.code)
        #expect(history.map(\.by) == ["li", "wang"])
        #expect(history.map(\.replacedBy) == [nil, history[0].number])
    }

    @Test("a row that somebody changed meanwhile is not overwritten, and nothing of that sheet is kept")
    func meanwhile() throws {
        let bench = try Bench()
        let registers = bench.county.registers
        let township = DatedRow(.township(Township(code: "140522100", name: "北留镇")))
        try registers.keep([RegisterChange(DatedRow(.village(village)))], by: "wang", at: 1)
        #expect(throws: CountyFault.self) {
            try registers.keep(
                [RegisterChange(township), RegisterChange(DatedRow(.village(village)), replaces: nil)],
                by: "li",
                at: 2
            )
        }
        #expect(try registers.rows().count == 1)
    }

    @Test("the rows of one thing at several times stand beside each other")
    func dated() throws {
        let bench = try Bench()
        let registers = bench.county.registers
        let day = try #require(CivilDay("2026-11-01"))
        let rows = [DatedRow(.village(village)), DatedRow(.village(village), validFrom: day)]
        try registers.keep(rows.map { RegisterChange($0) }, by: "wang", at: 1)
        #expect(try registers.rows().map(\.dated) == rows)
    }

    private func report(_ correction: Int, _ text: String = "a\n") throws -> FrozenReport {
        FrozenReport(
            period: try #require(CountyPeriod(.month, "2026-10")),
            correction: correction,
            csv: Array(text.utf8),
            sha256: ReportSheet.sha256(Array(text.utf8)),
            through: 7,
            frozenAt: 1,
            by: "wang",
            unknown: ["yc-1: –", "yc-2: –"]
        )
    }

    @Test("a closed period is written once, its corrections by their numbers, and none of it changes")
    func periods() throws {
        let bench = try Bench()
        let periods = bench.county.periods
        try periods.freeze(report(0))
        #expect(throws: CountyFault.self) { try periods.freeze(report(0)) }
        #expect(throws: CountyFault.self) { try periods.freeze(report(2)) }
        try periods.freeze(report(1))
        #expect(try periods.frozen(try report(0).period) == [try report(0), try report(1)])
        let queue = try DatabaseQueue(path: bench.county.booksPath)
        for sql in ["UPDATE closedPeriod SET csv = x'00'", "DELETE FROM closedPeriod"] {
            #expect(throws: DatabaseError.self) { try queue.write { try $0.execute(sql: sql) } }
        }
    }

    @Test("a backup holds what was there, is checked, and restores; a county in use is not restored")
    func backup() async throws {
        let bench = try Bench()
        try bench.enrol("sim-0001")
        try bench.county.periods.freeze(report(0))
        let copy = bench.folder + "/copy.sqlite"
        let checked = try CountyBackup.make(of: bench.county.booksPath, at: copy)
        #expect(checked.incarnations == 0)
        #expect(checked.events == 0)
        #expect(throws: CountyFault.self) { try CountyBackup.make(of: bench.county.booksPath, at: copy) }
        #expect(throws: CountyFault.self, "it is open") {
            try CountyBackup.restore(copy, to: bench.county.booksPath)
        }
        let elsewhere = bench.folder + "/other"
        try FileManager.default.createDirectory(atPath: elsewhere, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: bench.folder + "/keys", toPath: elsewhere + "/keys")
        #expect(try CountyBackup.restore(copy, to: elsewhere + "/county.sqlite") == nil)
        let restored = try County(opening: CountySettings(dataDirectory: elsewhere))
        #expect(try restored.periods.closed() == [try report(0)])
        #expect(try restored.sights().map(\.station) == ["sim-0001"])
    }

    @Test("a backup with one wrong byte in a line is refused")
    func damaged() throws {
        let bench = try Bench()
        let copy = bench.folder + "/copy.sqlite"
        try Data("no database at all".utf8).write(to: URL(fileURLWithPath: copy))
        #expect(throws: CountyFault.self) { try CountyBackup.restore(copy, to: bench.folder + "/new.sqlite") }
    }
}
