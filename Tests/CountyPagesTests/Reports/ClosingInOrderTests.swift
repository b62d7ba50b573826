import CountyBooks
import CountyPages
import LockerDomain
import Testing

@Suite("Closing months whole, as they were seen, and one after the other")
struct ClosingInOrderTests {
    private static let close = "/reports/2026-11/close"

    @Test("events that are stored and not in the books yet are taken in before anything is shown or closed")
    func catchesUp() async throws {
        let county = try ReportCounty(isWhole: true)
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            try county.receive(ReportCounty.brand, "2026-11-30", isFolded: false)
            #expect(try await clerk.get(Self.close).text.contains("计到第 105 号事件"))
            #expect(try await clerk.fillIn(Self.close).status == 303)
            let frozen = try #require(county.november.first)
            #expect(frozen.through == 105)
            let row = ReportSheet(csv: frozen.csv)?.rows[ReportSheet.Key(code: ReportCounty.village, brand: "")]
            #expect(row?.figures[.received] == 5)
            try county.receive(ReportCounty.brand, "2026-11-30", isFolded: false)
            #expect(try await clerk.fillIn("/reports/2026-11/correct").status == 303)
            #expect(county.november.last?.through == 106)
        }
    }

    @Test("while one stored event cannot be taken in, nothing is closed or corrected, and the page says why")
    func behind() async throws {
        let county = try ReportCounty(isWhole: true)
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            let form = try #require(try await clerk.form(on: Self.close))
            try county.receive(ReportCounty.brand, "2026-11-30", isFolded: false)
            county.books.stop(CountyFault("books.sqlite", "the disk is full 磁盘已满"))
            let page = try await clerk.get(Self.close).text
            #expect(page.contains("有 1 条尚未入账"))
            #expect(page.contains("磁盘已满"))
            #expect(try await clerk.form(on: Self.close) == nil)
            #expect(try await clerk.send(form).status == 422)
            #expect(county.november.isEmpty)
            county.books.stop(nil)
            #expect(try await clerk.fillIn(Self.close).status == 303)
        }
    }

    @Test("books that are far behind are not caught up while a clerk waits, and nothing is closed")
    func farBehind() async throws {
        let county = try ReportCounty(isWhole: true)
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            county.books.set(BooksState(through: 104, newest: 20_105, isRebuilding: false, quarantined: 0))
            #expect(try await clerk.get(Self.close).text.contains("还有 20001 条新事件未处理"))
            #expect(try await clerk.form(on: Self.close) == nil)
            county.books.set(BooksState(through: 104, newest: 20_104, isRebuilding: false, quarantined: 0))
            #expect(try await clerk.get(Self.close).text.contains("计到第 20104 号事件"))
        }
    }

    @Test("while the books are not kept up, the report and its draft on paper say so, and nothing is closed")
    func notKept() async throws {
        let county = try ReportCounty(isWhole: true)
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            let form = try #require(try await clerk.form(on: Self.close))
            county.office.keepingTrouble = CountyFault("/srv/books.sqlite", "the disk is full 磁盘已满")
            for path in ["/reports/2026-11", "/reports/2026-11/print", Self.close] {
                #expect(try await clerk.get(path).text.contains("账簿无法更新，停在第 104 号事件"), "\(path)")
            }
            #expect(try await clerk.form(on: Self.close) == nil)
            #expect(try await clerk.send(form).status == 422)
            #expect(county.november.isEmpty)
            county.office.keepingTrouble = nil
            #expect(try await !clerk.get("/reports/2026-11/print").text.contains("账簿无法更新"))
            #expect(try await clerk.fillIn(Self.close).status == 303)
        }
    }

    private static let notKeptNotice =
        "账簿无法更新，停在第 104 号事件（已收到第 104 号），数据可能不是最新、不完整。 "
        + "The books cannot be kept up and stand at event 104 of 104: figures may be old or not whole."

    @Test("while the books are not kept up, files of live figures say so in their last row")
    func notKeptFiles() async throws {
        let county = try ReportCounty()
        let fault = CountyFault("/srv/books.sqlite", "the disk is full 磁盘已满")
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            let live = [
                "/reports/2026-11?format=csv&table=report", "/reports/2026-11/print?format=csv&table=report",
                "/reports/2026-11/close?format=csv&table=unknown",
            ]
            county.office.keepingTrouble = fault
            for path in live {
                let last = try await clerk.get(path).text.split(separator: "\r\n").last
                #expect(last?.hasPrefix(Self.notKeptNotice) == true, "\(path)")
            }
            county.office.keepingTrouble = nil
            #expect(try await !clerk.get(live[0]).text.contains("账簿无法更新"))
            #expect(try await clerk.fillIn(Self.close, ["known": "on"]).status == 303)
            try county.receive(ReportCounty.brand, "2026-11-30")
            county.office.keepingTrouble = fault
            let frozen = [
                "/reports/2026-11?format=csv&table=frozen", "/reports/2026-11?format=csv&table=standing",
                "/reports/2026-11/print?format=csv&table=report",
            ]
            for path in frozen {
                let file = try await clerk.get(path)
                #expect(file.status == 200 && !file.text.contains("账簿无法更新"), "\(path)")
            }
            let differing = [
                live[0], "/reports/2026-11?format=csv&table=differences",
                "/reports/2026-11/correct?format=csv&table=differences",
            ]
            for path in differing {
                #expect(try await clerk.get(path).text.contains("账簿无法更新，停在第 105 号事件"), "\(path)")
            }
            #expect(try await clerk.get("/reports/2026-11/frozen/0.csv").bytes == county.november.first?.csv)
        }
    }

    @Test("figures that changed since the clerk looked are shown again, and nothing is closed")
    func figuresChanged() async throws {
        let county = try ReportCounty(isWhole: true)
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            let form = try #require(try await clerk.form(on: Self.close))
            try county.receive("极兔", "2026-11-30")
            let answer = try await clerk.send(form)
            #expect(answer.status == 409)
            #expect(answer.text.contains("数据在您查看后有变化"))
            #expect(answer.text.contains("极兔"))
            #expect(county.november.isEmpty)
            #expect(try await clerk.fillIn(Self.close).status == 303)
        }
    }

    @Test("a month before the first event and the first row of a register is not closed")
    func beforeAll() async throws {
        let county = try ReportCounty(isWhole: true)
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            for month in ["0001-01", "1970-01", "2026-10"] {
                let path = "/reports/\(month)/close"
                #expect(try await clerk.get(path).text.contains("在最早的记录（2026-11-01）之前"), "\(month)")
                #expect(try await clerk.form(on: path) == nil)
                let form = try #require(try await clerk.form(on: Self.close))
                let other = ReportVisitor.Shown(action: path, hidden: form.hidden)
                #expect(try await clerk.send(other).status == 422)
            }
            #expect(county.periods.all.isEmpty)
            // A firm may have said something of it.
            county.register([
                .operatorReport(
                    OperatorReport(
                        period: "2026-10",
                        village: ReportCounty.village,
                        brand: ReportCounty.brand,
                        received: 3,
                        by: ReportCounty.firm
                    )
                )
            ])
            #expect(try await clerk.form(on: "/reports/2026-10/close") != nil)
        }
    }

    @Test("an earlier month with events is closed first, and is named")
    func inOrder() async throws {
        let county = try ReportCounty(isWhole: true)
        let day = try #require(PageTime.day("2026-10-20"))
        county.books.add("yc-008", reaches: try ReportCounty.moment("2026-10-22"), visited: day..<day + 2)
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            #expect(try await clerk.form(on: Self.close) == nil)
            #expect(try await clerk.get(Self.close).text.contains("2026-10 有记录而未关账，请先关账"))
            #expect(try await clerk.fillIn("/reports/2026-10/close", ["known": "on"]).status == 303)
            #expect(try await clerk.fillIn(Self.close).status == 303)
        }
    }

    @Test("after the settings changed, the next month begins behind the closed one, which stays as it is")
    func changedEnds() async throws {
        let county = try ReportCounty(isWhole: true)
        county.office.now = try ReportCounty.moment("2027-01-03")
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            #expect(try await clerk.fillIn(Self.close).status == 303)
        }
        try await ReportVisitor.visiting(county.desk(ends: 25)) { logIn in
            let clerk = try await logIn(.clerk)
            let page = try await clerk.get("/reports/2026-12").text
            #expect(page.contains("/reports/2026-11"))
            let draft = try await clerk.get("/reports/2026-12/print").text
            #expect(draft.contains("2026-12（2026-12-01 至 2026-12-25）"))
            #expect(try await clerk.get("/reports/2026-11/print").text.contains("2026-11（2026-11-01 至 2026-11-30）"))
        }
    }

    @Test("the first month that an address can name leads to none before it")
    func firstMonth() async throws {
        let county = try ReportCounty()
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            for period in ["0000", "0000-01", "0000-01-01"] {
                let page = try await clerk.get("/reports/\(period)")
                #expect(page.status == 200)
                #expect(!page.text.contains("上一期"))
                #expect(page.text.contains("下一期"))
            }
        }
    }
}
