import CountyBooks
import LockerDomain
import Testing

@Suite("Closed periods as pages")
struct FrozenReportViewTests {
    private typealias World = ViewWorld

    private func sheet(_ received: Int, _ accepted: Int? = nil) -> ReportSheet {
        var figures: [ReportSheet.Column: Int] = [.received: received]
        figures[.accepted] = accepted
        let row = ReportSheet.Row(name: "章训村", mode: "设点", figures: figures)
        return ReportSheet([
            ReportSheet.Key(code: World.twoSites, brand: ""): row,
            ReportSheet.Key(code: World.twoSites, brand: "SF"): row,
        ])
    }

    private func frozen(_ sheet: ReportSheet, correction: Int = 0) throws -> FrozenReport {
        FrozenReport(
            period: try #require(CountyPeriod(.month, "2026-10")),
            correction: correction,
            csv: sheet.csv,
            sha256: ReportSheet.sha256(sheet.csv),
            through: 900,
            frozenAt: World.at(9),
            by: "zhang",
            unknown: ["rc-01 屯城站: 2026-10-28 18:00:00"]
        )
    }

    private func differences(_ visibility: Visibility = .county) throws -> View {
        let (before, after) = (sheet(10), sheet(13, 2))
        return ReportComparisonView(
            try #require(CountyPeriod(.month, "2026-10")),
            standing: before,
            differences: before.differences(to: after),
            World.context(visibility)
        ).view
    }

    @Test("open differences show each figure before and now; what was not known before is unknown, not 0")
    func comparison() throws {
        let table = try differences().table("differences")
        #expect(
            table.rows.prefix(2) == [
                [
                    .text(World.twoSites), .text("章训村"), .text("合计"), .text("下行件数"), .number(10), .number(13),
                    .number(3),
                ],
                [
                    .text(World.twoSites), .text("章训村"), .text("合计"), .text("上行件数"), .unknown, .number(2),
                    .text("未知→2"),
                ],
            ]
        )
        #expect(table.rows.count == 4)
        #expect(try differences().notices == ["有 4 项差异尚未出具更正"])
        let none = ReportComparisonView(
            try #require(CountyPeriod(.month, "2026-10")),
            standing: sheet(10),
            differences: ReportCorrection([:]),
            World.context()
        ).view
        #expect(none.notices == ["没有待更正的差异"])
    }

    @Test("a figure that is not known any more is shown with both values, and one that stays is not shown")
    func lost() throws {
        let (before, after) = (sheet(10, 0), sheet(10))
        let table = ReportComparisonView(
            try #require(CountyPeriod(.month, "2026-10")),
            standing: before,
            differences: before.differences(to: after),
            World.context()
        ).table.seen()
        #expect(table.rows.map { $0[3] } == [.text("上行件数"), .text("上行件数")])
        #expect(table.rows.first?.suffix(3) == [.number(0), .unknown, .text("0→未知")])
    }

    @Test("a frozen correction shows differences, both values where one is unknown, and how to read them")
    func correction() throws {
        let change = sheet(10, 4).differences(to: sheet(13))
        let name = Words("更正第 1 号", "correction 1")
        let table = ReportCorrectionView(name, change, World.context()).table.seen()
        #expect(table.rows.first?.prefix(6).suffix(3) == [.text("合计"), .number(3), .text("4→未知")])
        #expect(table.notes.first?.chinese.contains("未知→5") == true)
        let carrier = ReportCorrectionView(name, change, World.context(try World.carrier("SF"))).table
        #expect(carrier.rows.map { $0[3] } == [.words(Words("顺丰", "SF"))])
        #expect(ReportCorrectionView(name, change, World.context(try World.firm("邮政"))).table.rows == [])
    }

    @Test("of differences and frozen rows a carrier sees its brands, a firm none, another township none")
    func readers() throws {
        #expect(
            try differences(try World.carrier("SF")).table("differences").rows.map { $0[2] } == [
                .text("顺丰"), .text("顺丰"),
            ]
        )
        for visibility in [try World.carrier("YT"), try World.firm("邮政"), try World.township("140522103")] {
            #expect(try differences(visibility).table("differences").rows == [])
            let view = FrozenReportView([try frozen(sheet(10))], standing: sheet(10), World.context(visibility))
            #expect(view.table.rows == [])
        }
    }

    @Test("a closed period shows its rows as they are frozen, its hash, and what was not known then")
    func closed() throws {
        var changed = try frozen(sheet(3), correction: 1)
        changed.csv[0] = 0x20
        let view = FrozenReportView([changed, try frozen(sheet(10))], standing: sheet(13), World.context()).view
        let parts = try view.table("frozen")
        #expect(
            parts.rows[0] == [
                .text("正式报表"), .text("2026-11-21 09:00:00"), .text("zhang"), .number(900),
                .text(ReportSheet.sha256(sheet(10).csv)), .state("一致", .ok),
            ]
        )
        #expect(parts.rows[1][0] == .text("更正第 1 号"))
        #expect(parts.rows[1][5] == .state("不符", .bad))
        #expect(parts.notes.first?.chinese == "关账时未知：rc-01 屯城站: 2026-10-28 18:00:00")
        let row = try #require(try view.table("report").rows.first)
        #expect(row.prefix(6) == [.text(World.twoSites), .text("章训村"), .text("设点"), .text("合计"), .number(13), .none])
    }

    @Test("a table with an empty cell says how to read it, and one without says nothing")
    func emptyCell() {
        let view = FrozenReportView([], standing: sheet(13), World.context())
        #expect(view.table.notes.map(\.chinese) == ["空格＝未知，不是 0；本行不适用的项目也为空格"])
        let figures = Dictionary(uniqueKeysWithValues: ReportSheet.Column.allCases.map { ($0, 0) })
        let row = ReportSheet.Row(name: "章训村", mode: "设点", figures: figures)
        let full = ReportSheet([ReportSheet.Key(code: World.twoSites, brand: ""): row])
        #expect(FrozenReportView([], standing: full, World.context()).table.notes == [])
    }

    @Test(
        "the last period is due from the day of the month on which it is to be closed",
        arguments: [
            (today: "2026-11-02", ends: 31, closesOn: 3, due: nil), ("2026-11-03", 31, 3, "2026-10"),
            ("2026-12-02", 31, 3, nil), ("2027-01-03", 31, 3, "2026-12"), ("2026-11-26", 25, 3, nil),
            ("2026-12-03", 25, 3, "2026-11"), ("2026-11-27", 25, 28, nil), ("2026-11-28", 25, 28, "2026-11"),
        ] as [(today: String, ends: Int64, closesOn: Int64, due: String?)]
    )
    func due(_ row: (today: String, ends: Int64, closesOn: Int64, due: String?)) throws {
        let today = try #require(CivilDay(row.today)).number
        let due = ReportCalendar(ends: row.ends).due(on: today, closesOn: row.closesOn)
        #expect(due.map { "\($0)" } == row.due)
    }
}
