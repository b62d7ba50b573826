import CountyBooks
import CountyPages
import Testing

@Suite("Month reports on paper")
struct ReportPaperTests {
    private static let report = "/reports/2026-11"
    private static let paper = "/reports/2026-11/print"

    @Test("a closed month is printed as it was frozen, although the books have changed")
    func frozen() async throws {
        let county = try ReportCounty()
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            #expect(try await clerk.fillIn("\(Self.report)/close", ["known": "on"]).status == 303)
            let frozen = try #require(county.november.first)
            for _ in 0..<90 { try county.receive("极兔", "2026-11-30") }
            let paper = try await clerk.get(Self.paper).text
            #expect(!paper.contains("极兔"))
            #expect(!paper.contains("DRAFT"))
            #expect(paper.contains(frozen.sha256))
            #expect(paper.contains("class=\"paper wide\""))
            let words = [
                "快件进村数据信息汇总", "阳城县", "2026-11-01 至 2026-11-30", "填报单位（盖章）", "单位负责人", "审核人", "填报人", "联系电话",
                "填报日期", "下行件数", "企业填报下行", ReportCounty.silent, "0356-4851234", "郭峪村",
                "空格＝未知，不是 0",
            ]
            for word in words { #expect(paper.contains(word), "\(word)") }
            // The page has both.
            #expect(try await clerk.get(Self.report).text.contains("极兔"))
        }
    }

    @Test("an open month is printed as a draft")
    func draft() async throws {
        let county = try ReportCounty()
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            for period in ["2026-11", "2026-12", "2026", "2026-11-21"] {
                let paper = try await clerk.get("/reports/\(period)/print")
                #expect(paper.status == 200, "\(period)")
                #expect(paper.text.contains("草稿 DRAFT 未关账"), "\(period)")
            }
            #expect(try await clerk.get("\(Self.paper)/0").status == 404)
        }
    }

    @Test("a correction is printed by itself, with its own hash")
    func correction() async throws {
        let county = try ReportCounty()
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            _ = try await clerk.fillIn("\(Self.report)/close", ["known": "on"])
            try county.receive("极兔", "2026-11-30")
            #expect(try await clerk.fillIn("\(Self.report)/correct", ["known": "on"]).status == 303)
            let (frozen, issued) = (try #require(county.november.first), try #require(county.november.last))
            let paper = try await clerk.get("\(Self.paper)/1").text
            #expect(paper.contains("更正第 1 号"))
            #expect(paper.contains(issued.sha256))
            #expect(!paper.contains(frozen.sha256))
            #expect(paper.contains("极兔"))
            #expect(!paper.contains("已到天数</th>"))
            let first = try await clerk.get("\(Self.paper)/0").text
            #expect(first.contains(frozen.sha256))
            #expect(first.contains("本期另有 1 份更正"))
            for number in ["2", "01x", "-1", "1234567"] {
                #expect(try await clerk.get("\(Self.paper)/\(number)").status == 404, "\(number)")
            }
        }
    }
}
