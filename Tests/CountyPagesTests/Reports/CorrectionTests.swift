import CountyBooks
import CountyPages
import Testing

@Suite("Correcting a closed month")
struct CorrectionTests {
    private static let report = "/reports/2026-11"
    private static let correct = "/reports/2026-11/correct"
    private static let tick = ["known": "on"]
    private static let key = ReportSheet.Key(code: ReportCounty.village, brand: ReportCounty.brand)

    private static func visitingClosed(
        _ county: ReportCounty,
        _ work: @Sendable (ReportVisitor, FrozenReport) async throws -> Void
    ) async throws {
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            #expect(try await clerk.fillIn("\(report)/close", tick).status == 303)
            try await work(clerk, try #require(county.november.first))
        }
    }

    @Test("a late event makes a difference, which is issued and stands; what was frozen stays as it is")
    func late() async throws {
        let county = try ReportCounty()
        try await Self.visitingClosed(county) { clerk, frozen in
            #expect(try await clerk.form(on: Self.correct) == nil)
            try county.receive(ReportCounty.brand, "2026-11-30")
            let open = try await clerk.get(Self.report)
            #expect(open.text.contains("项差异尚未出具更正"))
            #expect(open.text.contains(frozen.sha256))
            let answer = try await clerk.fillIn(Self.correct, Self.tick)
            #expect(answer.status == 303)
            #expect(answer.location == Self.report)
            #expect(county.november.map(\.correction) == [0, 1])
            #expect(county.november.first == frozen)
            #expect(ReportSheet.sha256(frozen.csv) == frozen.sha256)
            let issued = try #require(county.november.last)
            #expect(ReportSheet.sha256(issued.csv) == issued.sha256)
            #expect(ReportCorrection(csv: issued.csv)?.rows[Self.key]?.changes == [.received: .add(1)])
            #expect(issued.unknown.count == 2)
            #expect(county.acts.map(\.action) == [.periodClosed, .correctionIssued])
            #expect(county.acts.last?.detail.filter { $0 != ":" }.contains(issued.sha256) == true)
            let page = try await clerk.get(Self.report)
            #expect(page.text.contains("没有待更正的差异"))
            #expect(page.text.contains("更正第 1 号"))
            #expect(page.text.contains(issued.sha256))
            let month = try #require(CountyPeriod(.month, "2026-11"))
            let standing = try PeriodBook(county.report(month), frozen: county.november).standing()
            #expect(standing?.rows[Self.key]?.figures[.received] == 4)
            #expect(try await clerk.get("\(Self.report)/frozen/0.csv").bytes == frozen.csv)
            #expect(try await clerk.get("\(Self.report)/frozen/1.csv").bytes == issued.csv)
            #expect(try await clerk.get("\(Self.report)/frozen/2.csv").status == 404)
        }
    }

    @Test("while a station waits to be folded anew nothing that is closed differs, and nothing is corrected")
    func waiting() async throws {
        let county = try ReportCounty(isWhole: true)
        try await Self.visitingClosed(county) { clerk, frozen in
            try county.receive(ReportCounty.brand, "2026-11-30")
            let form = try #require(try await clerk.form(on: Self.correct))
            county.books.wait(ReportCounty.station)
            let page = try await clerk.get(Self.report).text
            #expect(page.contains(frozen.sha256))
            #expect(!page.contains("项差异尚未出具更正"))
            // The page of the correction counts it anew first, and says so where it can not.
            #expect(page.contains(Self.correct))
            #expect(try await clerk.get(Self.correct).text.contains("约十分钟后再出具更正"))
            #expect(try await clerk.form(on: Self.correct) == nil)
            #expect(try await clerk.send(form, Self.tick).status == 422)
            #expect(county.november.count == 1)
        }
    }

    @Test("a brand that comes late is listed by what came of it, and not by figures that stay 0")
    func newBrand() async throws {
        let county = try ReportCounty(isWhole: true)
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            #expect(try await clerk.fillIn("\(Self.report)/close").status == 303)
            try county.receive("极兔", "2026-11-30")
            // Of the village, the township and the county, each of all brands and of this one.
            #expect(try await clerk.get(Self.correct).text.contains("有 6 项差异尚未出具更正"))
            #expect(try await clerk.fillIn(Self.correct).status == 303)
            let last = try #require(county.november.last)
            let issued = try #require(ReportCorrection(csv: last.csv))
            #expect(issued.rows.values.allSatisfy { $0.changes == [.received: .add(1)] })
        }
    }

    @Test("a figure that became unknown is issued, listed and printed with both values, and known again by the next")
    func unknown() async throws {
        let county = try ReportCounty(isWhole: true)
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            #expect(try await clerk.fillIn("\(Self.report)/close").status == 303)
            county.addSilentStation()
            #expect(try await clerk.get(Self.correct).text.contains("0→未知"))
            #expect(try await clerk.fillIn(Self.correct, Self.tick).status == 303)
            let paper = try await clerk.get("\(Self.report)/print/1").text
            #expect(paper.contains("0→未知"))
            #expect(paper.contains("“5→未知”表示"))
            let month = try #require(CountyPeriod(.month, "2026-11"))
            let first = PeriodBook(county.report(month), frozen: county.november)
            #expect(try first.standing()?.rows[Self.key]?.figures[.accepted] == nil)
            #expect(try first.openDifferences()?.rows.isEmpty == true)
            county.books.add(ReportCounty.silent, reaches: county.office.now, visited: 0..<0)
            try county.receive(ReportCounty.brand, "2026-11-30")
            #expect(try await clerk.get(Self.correct).text.contains("未知→0"))
            #expect(try await clerk.fillIn(Self.correct).status == 303)
            let second = PeriodBook(county.report(month), frozen: county.november)
            #expect(try second.standing() == ReportSheet(county.report(month)))
        }
    }

    @Test("differences that changed since they were seen are shown again, and nothing is issued")
    func changed() async throws {
        let county = try ReportCounty()
        try await Self.visitingClosed(county) { clerk, _ in
            try county.receive(ReportCounty.brand, "2026-11-30")
            let form = try #require(try await clerk.form(on: Self.correct))
            try county.receive("极兔", "2026-11-30")
            let answer = try await clerk.send(form, Self.tick)
            #expect(answer.status == 409)
            #expect(answer.text.contains("差异在您查看后有变化"))
            #expect(answer.text.contains("极兔"))
            #expect(county.november.count == 1)
            #expect(try await clerk.fillIn(Self.correct, Self.tick).status == 303)
            #expect(county.november.count == 2)
        }
    }

    @Test("a correction asks for the tick, is issued once, and not while the clock is in doubt")
    func refused() async throws {
        let county = try ReportCounty()
        try await Self.visitingClosed(county) { clerk, _ in
            try county.receive(ReportCounty.brand, "2026-11-30")
            let unticked = try await clerk.fillIn(Self.correct)
            #expect(unticked.status == 422)
            #expect(unticked.text.contains("请先勾选"))
            let doubtful = try #require(try await clerk.form(on: Self.correct))
            county.clockDoubt = "落后 20 分钟"
            #expect(try await clerk.send(doubtful, Self.tick).status == 422)
            county.clockDoubt = nil
            let (first, second) = (
                try #require(try await clerk.form(on: Self.correct)),
                try #require(try await clerk.form(on: Self.correct))
            )
            #expect(try await clerk.send(first, Self.tick).status == 303)
            #expect(try await clerk.send(second, Self.tick).status == 409)
            #expect(county.november.count == 2)
        }
    }

    @Test("a month that is open has nothing to correct")
    func open() async throws {
        let county = try ReportCounty()
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            let page = try await clerk.get(Self.correct)
            #expect(page.status == 200)
            #expect(page.text.contains("本期尚未关账"))
            let form = try #require(try await clerk.form(on: "\(Self.report)/close"))
            let wrong = ReportVisitor.Shown(action: Self.correct, hidden: form.hidden)
            #expect(try await clerk.send(wrong, Self.tick).status == 422)
            #expect(county.november.isEmpty)
        }
    }

    @Test("a frozen text that was changed is told, not printed, and not corrected")
    func damaged() async throws {
        let county = try ReportCounty()
        try await Self.visitingClosed(county) { clerk, _ in
            try county.receive(ReportCounty.brand, "2026-11-30")
            #expect(try await clerk.get(Self.report).text.contains("已关账数据（含更正）"))
            // A 4 becomes a 9: the text can still be read.
            county.periods.damage { frozen in
                let figure = frozen.csv.indices.first { frozen.csv[$0...].starts(with: Array(",4,".utf8)) }
                if let figure { frozen.csv[figure + 1] = 0x39 }
            }
            #expect(ReportSheet(csv: try #require(county.november.first).csv) != nil)
            let page = try await clerk.get(Self.report)
            #expect(page.status == 200)
            #expect(page.text.contains("不符"))
            #expect(!page.text.contains("已关账数据（含更正）"))
            let paper = try await clerk.get("\(Self.report)/print")
            #expect(paper.text.contains("不予打印"))
            #expect(!paper.text.contains("<table"))
            #expect(try await clerk.form(on: Self.correct) == nil)
        }
    }

    @Test("a closed month keeps its days when the county's months end on another day")
    func otherDays() async throws {
        let county = try ReportCounty()
        try await Self.visitingClosed(county) { _, _ in }
        try await ReportVisitor.visiting(county.desk(ends: 25)) { logIn in
            let clerk = try await logIn(.clerk)
            let page = try await clerk.get(Self.report)
            #expect(page.text.contains("没有待更正的差异"))
            #expect(try await clerk.get("\(Self.report)/print").text.contains("2026-11-01 至 2026-11-30"))
            #expect(try await clerk.get("/reports/2026-12/print").text.contains("2026-12-01 至 2026-12-25"))
        }
    }
}
