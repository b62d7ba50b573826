import CountyBooks
import LockerDomain
import Testing

@Suite("Closing a period")
struct PeriodBookTests {
    private func county() throws -> SmallCounty {
        var county = try SmallCounty()
        county.count("SF1", on: .day(county.day(1)))
        return county
    }

    @Test("freezes rows that read back as they were, with their hash")
    func close() throws {
        let report = try county().report
        let frozen = try PeriodBook(report, frozen: []).close(by: "wang", at: 5, isDoubtful: false)
        #expect(frozen.correction == 0)
        #expect(frozen.isIntact)
        #expect(ReportSheet(csv: frozen.csv) == ReportSheet(report))
        #expect(frozen.through == 99)
        let text = String(decoding: frozen.csv, as: UTF8.self)
        #expect(text.hasPrefix("区划代码,品牌,名称,服务方式,下行件数,上行件数,"))
        #expect(text.contains("\n140522100201,SF,北村,设点,1,0,0,0,0,,,,,,,,,,\n"))
        #expect(!text.contains("\r"))
        #expect(text.hasSuffix("\n"))
    }

    @Test("is refused before the period is over, while the clock is in doubt, and twice")
    func refused() throws {
        var county = try county()
        let report = county.report
        #expect(throws: CountyFault.self) {
            try PeriodBook(report, frozen: []).close(by: "wang", at: 5, isDoubtful: true)
        }
        let frozen = try PeriodBook(report, frozen: []).close(by: "wang", at: 5, isDoubtful: false)
        #expect(throws: CountyFault.self) {
            try PeriodBook(report, frozen: [frozen]).close(by: "li", at: 6, isDoubtful: false)
        }
        county.now = ReportPeriod.wall(ofDay: county.period.days.upperBound + 1) - 1
        let early = county.report
        #expect(throws: CountyFault.self) {
            try PeriodBook(early, frozen: []).close(by: "wang", at: 5, isDoubtful: false)
        }
    }

    @Test("leaves what comes later as open differences, which corrections take up one after the other")
    func corrections() throws {
        var county = try county()
        let closed = try PeriodBook(county.report, frozen: []).close(by: "wang", at: 5, isDoubtful: false)
        let nothing = PeriodBook(county.report, frozen: [closed])
        #expect(try nothing.openDifferences() == ReportCorrection([:]))
        #expect(throws: CountyFault.self) { try nothing.correct(by: "wang", at: 6, isDoubtful: false) }

        county.count("SF2", on: .day(county.day(30)))
        let late = PeriodBook(county.report, frozen: [closed])
        let open = try #require(try late.openDifferences())
        #expect(open.rows.count == 6)
        #expect(open.rows[ReportSheet.Key(code: SmallCounty.north, brand: "SF")]?.changes == [.received: .add(1)])
        let first = try late.correct(by: "wang", at: 6, isDoubtful: false)
        #expect(first.correction == 1)
        #expect(first.name == "更正第 1 号")

        county.count("SF1", on: .day(county.day(2)), takesOff: .day(county.day(1)), -1)
        let second = try PeriodBook(county.report, frozen: [closed, first]).correct(by: "li", at: 7, isDoubtful: false)
        #expect(second.correction == 2)
        let done = PeriodBook(county.report, frozen: [second, closed, first])
        #expect(try done.standing() == ReportSheet(county.report))
        #expect(try done.openDifferences() == ReportCorrection([:]))
    }

    @Test("finds a frozen text that somebody changed, and corrects nothing upon it")
    func changed() throws {
        let county = try county()
        var closed = try PeriodBook(county.report, frozen: []).close(by: "wang", at: 5, isDoubtful: false)
        let index = try #require(closed.csv.lastIndex(of: 0x31))
        closed.csv[index] = 0x39
        #expect(!closed.isIntact)
        #expect(throws: CountyFault.self) { try PeriodBook(county.report, frozen: [closed]).openDifferences() }
    }

    @Test("what this version did not write is no report", arguments: ["", "a,b\n", "\u{FF}"])
    func foreign(text: String) {
        #expect(ReportSheet(csv: Array(text.utf8)) == nil)
    }

    @Test("lists what is unknown once, stations and villages, and keeps it")
    func unknown() throws {
        var county = try county()
        county.stations[0].reaches = ReportPeriod.wall(ofDay: county.day(11))
        county.rows.append(DatedRow(.site(SmallCounty.site("X1", SmallCounty.south, "yc-x"))))
        let frozen = try PeriodBook(county.report, frozen: []).close(by: "wang", at: 5, isDoubtful: false)
        #expect(frozen.unknown == UnknownThings(county.report).lines)
        #expect(
            frozen.unknown == [
                "站点 yc-n N1网点，电话 0356-4221234：记录截至 2026-11-11 00:00", "站点 yc-x X1网点，电话 0356-4221234：没有记录",
                "行政村 140522100203 远村：没有网点，没有企业填报",
            ]
        )
    }
}
