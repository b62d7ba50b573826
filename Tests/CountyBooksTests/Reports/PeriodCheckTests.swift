import CountyBooks
import LockerDomain
import Testing

@Suite("Checking what was closed")
struct PeriodCheckTests {
    private let frozen: [FrozenReport]
    private let log: [AuditEntry]

    /// A closed month with two corrections.
    init() throws {
        var county = try SmallCounty()
        county.count("SF1", on: .day(county.day(1)))
        var frozen = [try PeriodBook(county.report, frozen: []).close(by: "wang", at: 5, isDoubtful: false)]
        for waybill in ["SF2", "SF3"] {
            county.count(waybill, on: .day(county.day(2)))
            let book = PeriodBook(county.report, frozen: frozen)
            frozen.append(try book.correct(by: "li", at: 6, isDoubtful: false))
        }
        self.frozen = frozen
        log = frozen.map { $0.auditEntry(AuditStamp(by: .account($0.by), time: $0.frozenAt)) }
    }

    private func check(_ frozen: [FrozenReport]) -> PeriodCheck { PeriodCheck("2026-11", frozen, log: log) }

    private func changed(_ part: Int, alsoHash: Bool = false) throws -> [FrozenReport] {
        var frozen = frozen
        let digit = try #require(frozen[part].csv.lastIndex(of: 0x31))
        frozen[part].csv[digit] = 0x39
        if alsoHash { frozen[part].sha256 = ReportSheet.sha256(frozen[part].csv) }
        return frozen
    }

    @Test("each part has a line with its hash, and nothing is wrong with what nobody changed")
    func whole() {
        let check = check(frozen)
        #expect(check.isWhole)
        #expect(check.lines.count == 3)
        for (line, part) in zip(check.lines, frozen) {
            #expect(line.hasPrefix("2026-11  \(part.name)  \(part.sha256)  fits 相符"))
        }
    }

    @Test("a text that was changed is told with the hash that it has now", arguments: 0...2)
    func text(part: Int) throws {
        let changed = try changed(part)
        let check = check(changed)
        #expect(!check.isWhole)
        #expect(check.parts.map { !$0.faults.isEmpty } == (0...2).map { $0 == part })
        #expect(check.lines[part].contains("DOES NOT FIT 不符"))
        #expect(check.lines[part + 1].contains(ReportSheet.sha256(changed[part].csv)))
    }

    @Test("a text that was changed together with its hash is told by the audit log")
    func hash() throws {
        let check = check(try changed(0, alsoHash: true))
        #expect(!check.isWhole)
        #expect(check.parts[0].faults.map(\.english) == ["has SHA-256 \(frozen[0].loggedHash) in the audit log"])
    }

    @Test("what is not there is told: a correction, a whole month, an entry of the audit log")
    func missing() {
        let gap = check([frozen[0], frozen[2]])
        #expect(!gap.isWhole)
        #expect(gap.parts[1].faults.map(\.chinese) == ["缺更正第 1 号"])
        #expect(gap.missing.map(\.english).allSatisfy { $0.contains("the correction 1 of") })
        #expect(gap.missing.count == 1)
        let gone = check([])
        #expect(gone.missing.count == 3)
        #expect(gone.lines.count == 3)
        #expect(!gone.isWhole)
        let unlogged = PeriodCheck("2026-11", frozen, log: Array(log.dropLast()))
        #expect(unlogged.parts.map(\.faults.count) == [0, 0, 1])
        #expect(!unlogged.isWhole)
        #expect(PeriodCheck("2026-10", [], log: log).isWhole)
    }

    @Test("a correction of another report is told")
    func foreign() throws {
        let change = ReportCorrection([
            ReportSheet.Key(code: SmallCounty.north, brand: ""): ReportCorrection.Row(
                name: "北村",
                mode: "设点",
                changes: [.received: .lost(77)]
            )
        ])
        var parts = frozen
        (parts[1].csv, parts[1].sha256) = (change.csv, ReportSheet.sha256(change.csv))
        let check = check(parts)
        #expect(check.parts[1].faults.first?.chinese == "与此前的数据不衔接")
        #expect(check.parts[1].faults.count == 2)
    }
}
