import CountyBooks
import CountyReceiver
import CountySQLite
import Foundation
import GRDB
import LockerDomain
import Testing

@Suite("Registers and closed periods in the store")
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

    private func freeze(_ report: FrozenReport, _ bench: Bench) throws {
        let entry = report.auditEntry(AuditStamp(by: .account("wang"), time: 1))
        try bench.county.periods.freeze(report, audit: entry)
    }

    @Test("a closed period is written once, its corrections by their numbers, and none of it changes")
    func periods() throws {
        let bench = try Bench()
        let periods = bench.county.periods
        try freeze(report(0), bench)
        #expect(throws: CountyFault.self) { try freeze(report(0), bench) }
        #expect(throws: CountyFault.self) { try freeze(report(2), bench) }
        try freeze(report(1), bench)
        #expect(try periods.frozen(try report(0).period) == [try report(0), try report(1)])
        let queue = try DatabaseQueue(path: bench.county.booksPath)
        for sql in ["UPDATE closedPeriod SET csv = x'00'", "DELETE FROM closedPeriod"] {
            #expect(throws: DatabaseError.self) { try queue.write { try $0.execute(sql: sql) } }
        }
    }

    @Test("the audit log has each closed period and correction, and none that was refused")
    func logged() throws {
        let bench = try Bench()
        try freeze(report(0), bench)
        #expect(throws: CountyFault.self) { try freeze(report(0), bench) }
        try freeze(report(1), bench)
        let log = try bench.county.accounts.audit(AuditQuery())
        #expect(log.map(\.action) == [.correctionIssued, .periodClosed])
        #expect(log.allSatisfy { $0.object == "2026-10" && $0.detail.contains("SHA-256") })
        #expect(PeriodCheck("2026-10", [try report(0)], log: log).missing.count == 1)
    }

    @Test("a month whose entry cannot be written is not closed")
    func unlogged() throws {
        let bench = try Bench()
        let queue = try DatabaseQueue(path: bench.county.booksPath)
        try queue.write {
            try $0.execute(
                sql: "CREATE TRIGGER noEntry BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
            )
        }
        #expect(throws: DatabaseError.self) { try freeze(report(0), bench) }
        #expect(try bench.county.periods.closed().isEmpty)
        try queue.write { try $0.execute(sql: "DROP TRIGGER noEntry") }
        try freeze(report(0), bench)
        #expect(try bench.county.periods.closed().count == 1)
    }

    @Test("a row of closed periods that cannot be read is told, not left out")
    func unreadable() throws {
        let bench = try Bench()
        let queue = try DatabaseQueue(path: bench.county.booksPath)
        try queue.write {
            try $0.execute(sql: "INSERT INTO closedPeriod VALUES ('2026-1', 0, 5, 4, x'', '', 0, 0, 'wang', '')")
        }
        #expect(throws: CountyFault.self) { try bench.county.periods.closed() }
    }
}
