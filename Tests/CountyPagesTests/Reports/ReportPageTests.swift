import CountyBooks
import CountyPages
import Testing

@Suite("Pages of reports")
struct ReportPageTests {
    @Test("the list has closed months, those that are over and the present one, and leads to any period")
    func list() async throws {
        let county = try ReportCounty()
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            let open = try await clerk.get("/reports")
            #expect(open.status == 200)
            #expect(open.text.contains("2026-11 应当关账了"))
            #expect(open.text.contains(">未关账<"))
            #expect(open.text.contains(">未结束<"))
            // The books begin in November.
            #expect(!open.text.contains(">2026-10<"))
            _ = try await clerk.fillIn("/reports/2026-11/close", ["known": "on"])
            let closed = try await clerk.get("/reports")
            let frozen = try #require(county.november.first)
            #expect(closed.text.contains(">已关账<"))
            #expect(!closed.text.contains(">未关账<"))
            #expect(!closed.text.contains("应当关账"))
            #expect(closed.text.contains(">\(frozen.sha256.prefix(12))<"))
            for period in ["2026-11-21", "2026-11", "2026"] {
                #expect(try await clerk.get("/reports?period=\(period)").location == "/reports/\(period)")
            }
            let wrong = try await clerk.get("/reports?period=11/2026")
            #expect(wrong.status == 200)
            #expect(wrong.text.contains("“11/2026”不是报告期"))
        }
    }

    @Test("a period shows its figures, what is unknown, and what firms say in columns of its own")
    func period() async throws {
        let county = try ReportCounty()
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            for period in ["2026-11", "2026-11-21", "2026"] {
                let page = try await clerk.get("/reports/\(period)")
                #expect(page.status == 200, "\(period)")
                #expect(page.text.contains("皇城村"), "\(period)")
                #expect(page.text.contains("计到第 104 号事件"), "\(period)")
            }
            let page = try await clerk.get("/reports/2026-11").text
            #expect(page.contains("企业填报下行"))
            #expect(page.contains("县邮政公司"))
            #expect(page.contains("本期已结束，尚未关账"))
            #expect(page.contains("/stations/\(ReportCounty.silent)"))
            for period in ["2026-13", "2026-11-31", "26-11", "x", "2026-11-21T"] {
                #expect(try await clerk.get("/reports/\(period)").status == 404, "\(period)")
            }
        }
    }

    @Test("a file of a report has the period in its name, not the day on which it is made")
    func fileNames() async throws {
        let county = try ReportCounty()
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            for period in ["2026-11", "2026-11-21", "2026"] {
                let file = try await clerk.get("/reports/\(period)?format=csv&table=report")
                let name = LocalPath.encoded("快件进村数据信息汇总 \(period).csv")
                let expected = "attachment; filename=\"table-\(period).csv\"; filename*=UTF-8''\(name)"
                #expect(file.disposition == expected, "\(period)")
            }
        }
    }

    @Test("HTML in a village's name is text on every page of a report")
    func html() async throws {
        let county = try ReportCounty()
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            _ = try await clerk.fillIn("/reports/2026-11/close", ["known": "on"])
            for page in ["", "/print", "/print/0"] {
                let text = try await clerk.get("/reports/2026-11\(page)").text
                #expect(text.contains("&lt;b&gt;史山&lt;/b&gt;村"), "\(page)")
                #expect(!text.contains("<b>"), "\(page)")
            }
        }
    }

    @Test("every page of a report is well-formed HTML, for clerks and carriers")
    func wellFormed() async throws {
        let county = try ReportCounty()
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let (clerk, carrier) = (try await logIn(.clerk), try await logIn(.carrier))
            let look = { (state: String) async throws in
                for path in ["", "/2026-11", "/2026-11/print", "/2026-12", "/2026"] {
                    for visitor in [clerk, carrier] {
                        let html = try await visitor.get("/reports\(path)").text
                        #expect(WellFormed(html).faults.isEmpty, "\(state) \(path): \(WellFormed(html).faults)")
                    }
                }
                for path in ["close", "correct"] {
                    let html = try await clerk.get("/reports/2026-11/\(path)").text
                    #expect(WellFormed(html).faults.isEmpty, "\(state) \(path): \(WellFormed(html).faults)")
                }
            }
            try await look("open")
            #expect(try await clerk.fillIn("/reports/2026-11/close", ["known": "on"]).status == 303)
            try county.receive("极兔", "2026-11-30")
            try await look("closed")
        }
    }

    @Test("a carrier sees its brand alone, now and frozen, and gets no file of all rows")
    func carrier() async throws {
        let county = try ReportCounty()
        try await ReportVisitor.visiting(county.desk()) { logIn in
            _ = try await logIn(.clerk).fillIn("/reports/2026-11/close", ["known": "on"])
            try county.receive(ReportCounty.otherBrand, "2026-11-30")
            let carrier = try await logIn(.carrier)
            for page in ["/reports/2026-11", "/reports/2026-11/print", "/reports/2026-10", "/reports/2026"] {
                let answer = try await carrier.get(page)
                #expect(answer.status == 200, "\(page)")
                #expect(!answer.text.contains(ReportCounty.otherName), "\(page)")
                #expect(!answer.text.contains(ReportCounty.otherBrand), "\(page)")
                #expect(!answer.text.contains("县邮政公司"), "\(page)")
            }
            for page in ["/reports/2026-11", "/reports/2026-11/print"] {
                #expect(try await carrier.get(page).text.contains(">\(ReportCounty.brandName)<"), "\(page)")
            }
            let paper = try await carrier.get("/reports/2026-11/print").text
            #expect(paper.contains("摘录"))
            #expect(!paper.contains("填报单位（盖章）"))
            #expect(!paper.contains(ReportCounty.silent))
            #expect(try await carrier.get("/reports/2026-11/frozen/0.csv").status == 404)
            let csv = try await carrier.get("/reports/2026-11?format=csv&table=report")
            #expect(csv.status == 200)
            #expect(!csv.text.contains(ReportCounty.otherName) && !csv.text.contains(ReportCounty.otherBrand))
            #expect(csv.text.contains(ReportCounty.brandName))
        }
    }

    @Test("a firm sees what it handles, and not what is frozen of all firms")
    func firm() async throws {
        let county = try ReportCounty()
        try await ReportVisitor.visiting(county.desk()) { logIn in
            _ = try await logIn(.clerk).fillIn("/reports/2026-11/close", ["known": "on"])
            let firm = try await logIn(.operatorFirm)
            let page = try await firm.get("/reports/2026-11")
            #expect(page.text.contains(">\(ReportCounty.brandName)<"))
            #expect(page.text.contains("合计了所有企业"))
            #expect(!page.text.contains("县邮政公司"))
            #expect(try await firm.get("/reports/2026-11/frozen/0.csv").status == 404)
            #expect(!(try await firm.get("/reports/2026-11/print").text.contains(ReportCounty.village)))
        }
    }

    @Test("a firm sees what it says itself of a brand, and not what another firm adds to that")
    func ownSheet() async throws {
        let county = try ReportCounty()
        county.register([
            .operatorReport(
                OperatorReport(
                    period: "2026-11",
                    village: ReportCounty.apart,
                    brand: ReportCounty.otherBrand,
                    received: 5,
                    by: ReportCounty.firm
                )
            )
        ])
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let whole = try await logIn(.clerk).get("/reports/2026-11?format=csv&table=report").text
            #expect(Self.line(of: whole)?.contains(",17,") == true)
            let firm = try await logIn(.operatorFirm).get("/reports/2026-11?format=csv&table=report").text
            let line = try #require(Self.line(of: firm))
            #expect(line.contains(",5,"))
            #expect(line.contains(ReportCounty.firm))
            #expect(!firm.contains("县邮政公司"))
            let carrier = try await logIn(.carrier).get("/reports/2026-11?format=csv&table=report").text
            #expect(Self.line(of: carrier) == nil)
            #expect(!carrier.contains(ReportCounty.firm))
        }
    }

    /// The line of the other brand in the village without a site.
    private static func line(of csv: String) -> Substring? {
        csv.split(whereSeparator: \.isNewline).first {
            $0.contains(ReportCounty.apart) && $0.contains(ReportCounty.otherName)
        }
    }

    @Test("an inspector reads all and changes nothing")
    func inspector() async throws {
        let county = try ReportCounty()
        try await ReportVisitor.visiting(county.desk()) { logIn in
            _ = try await logIn(.clerk).fillIn("/reports/2026-11/close", ["known": "on"])
            try county.receive(ReportCounty.brand, "2026-11-30")
            let inspector = try await logIn(.inspector)
            let page = try await inspector.get("/reports/2026-11")
            #expect(page.text.contains("项差异尚未出具更正"))
            #expect(!page.text.contains("/reports/2026-11/correct"))
            #expect(try await inspector.get("/reports/2026-11/frozen/0.csv").bytes == county.november.first?.csv)
            for path in ["close", "correct"] {
                #expect(try await inspector.get("/reports/2026-11/\(path)").status == 403, "\(path)")
            }
        }
    }

    @Test("page, tables, paper and files of one state of the books are computed once")
    func computedOnce() async throws {
        let county = try ReportCounty()
        let desk = county.desk()
        try await ReportVisitor.visiting(desk) { logIn in
            let clerk = try await logIn(.clerk)
            let reads = { (period: String) in county.books.reads.count { "\($0)" == period } }
            let pages = ["", "?report.page=2", "?report.sort=received", "/print", "/close", "?format=csv&table=report"]
            for page in pages {
                #expect(try await clerk.get("/reports/2026-11\(page)").status == 200, "\(page)")
            }
            #expect(reads("2026-11") == 1)
            // What is over does not change with the clock.
            county.office.now += 61_000
            _ = try await clerk.get("/reports/2026-11")
            #expect(reads("2026-11") == 1)
            _ = try await clerk.get("/reports/2026-12")
            _ = try await clerk.get("/reports/2026-12")
            #expect(reads("2026-12") == 1)
            county.office.now += 61_000
            _ = try await clerk.get("/reports/2026-12")
            #expect(reads("2026-12") == 2)
            try county.receive(ReportCounty.brand, "2026-11-30")
            #expect(try await clerk.get("/reports/2026-11").text.contains("计到第 105 号事件"))
            #expect(reads("2026-11") == 2)
            county.register([.village(Village(code: "140525100204", name: "大桥村", township: "140525100"))])
            #expect(try await clerk.get("/reports/2026-11").text.contains("大桥村"))
            #expect(reads("2026-11") == 3)
        }
    }
}
