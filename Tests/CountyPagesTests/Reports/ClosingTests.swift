import CountyBooks
import CountyPages
import Testing

@Suite("Closing a month")
struct ClosingTests {
    private static let close = "/reports/2026-11/close"
    private static let tick = ["known": "on"]

    @Test("the rows are kept with a hash that fits, and the audit log and the page have it")
    func closed() async throws {
        let county = try ReportCounty(isWhole: true)
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            let page = try await clerk.get(Self.close)
            #expect(page.text.contains("没有未知的站点和行政村"))
            #expect(!page.text.contains("checkbox"))
            let answer = try await clerk.fillIn(Self.close)
            #expect(answer.status == 303)
            #expect(answer.location == "/reports/2026-11")
            let frozen = try #require(county.november.first)
            #expect(county.november.count == 1)
            #expect(frozen.correction == 0)
            #expect(frozen.by == "clerk")
            #expect(frozen.frozenAt == county.office.now)
            #expect(frozen.unknown.isEmpty)
            #expect(ReportSheet.sha256(frozen.csv) == frozen.sha256)
            let row = ReportSheet(csv: frozen.csv)?.rows[ReportSheet.Key(code: ReportCounty.village, brand: "")]
            #expect(row?.figures[.received] == 4)
            #expect(row?.figures[.visited] == 30)
            let act = try #require(county.acts.first)
            #expect(act.action == .periodClosed)
            #expect(act.object == "2026-11")
            #expect(act.detail.filter { $0 != ":" }.contains(frozen.sha256))
            let report = try await clerk.get("/reports/2026-11")
            #expect(report.text.contains(frozen.sha256))
            #expect(report.text.contains("没有待更正的差异"))
            let file = try await clerk.get("/reports/2026-11/frozen/0.csv")
            #expect(file.bytes == frozen.csv)
            #expect(
                county.office.accounts.log.contains { $0.action == .exported && $0.object.hasSuffix("/frozen/0.csv") }
            )
        }
    }

    @Test("what is unknown is listed with the published phone, asks for a tick, and is kept")
    func unknown() async throws {
        let county = try ReportCounty()
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            let page = try await clerk.get(Self.close)
            for text in [ReportCounty.silent, "0356-4851234", "没有记录", "郭峪村", "没有网点，有企业填报", "手写并盖章"] {
                #expect(page.text.contains(text), "\(text)")
            }
            #expect(!page.text.contains(">\(ReportCounty.station)<"))
            // As the report has them: 0 is not known of a county with a silent station.
            let unknown = "<span class=\"tone unknown\">未知</span>"
            for (name, value) in [("下行", "4"), ("上行", unknown), ("未收寄", unknown)] {
                #expect(page.text.contains("<dt>全县\(name)件数</dt><dd>\(value)</dd>"), "\(name)")
            }
            let refused = try await clerk.fillIn(Self.close)
            #expect(refused.status == 422)
            #expect(refused.text.contains("请先勾选"))
            #expect(county.november.isEmpty)
            #expect(county.acts.isEmpty)
            #expect(try await clerk.fillIn(Self.close, Self.tick).status == 303)
            let kept = try #require(county.november.first?.unknown)
            #expect(kept.count == 2)
            #expect(kept.contains { $0.contains(ReportCounty.silent) && $0.contains("0356-4851234") })
            #expect(kept.contains { $0.contains(ReportCounty.apart) && $0.contains("郭峪村") })
        }
    }

    @Test("a station that waits to be folded anew is named on the report, asks for a tick, is kept, and makes no 0")
    func waiting() async throws {
        let county = try ReportCounty(isWhole: true)
        county.books.wait(ReportCounty.station)
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            let report = try await clerk.get("/reports/2026-11").text
            #expect(report.contains("账簿稍后重新计算：yc-001（皇城村便民服务点）；"))
            let page = try await clerk.get(Self.close).text
            #expect(page.contains("有事件待账簿重新计算，件数可能变化"))
            #expect(try await clerk.fillIn(Self.close).status == 422)
            #expect(county.november.isEmpty)
            #expect(try await clerk.fillIn(Self.close, Self.tick).status == 303)
            let frozen = try #require(county.november.first)
            #expect(frozen.unknown == ["站点 yc-001 皇城村便民服务点，电话 0356-4851234：有事件待账簿重新计算，件数可能变化"])
            let row = ReportSheet(csv: frozen.csv)?.rows[ReportSheet.Key(code: ReportCounty.village, brand: "")]
            #expect(row?.figures[.received] == 4)
            #expect(row?.figures[.accepted] == nil)
        }
    }

    @Test("a list of what is unknown that changed meanwhile is shown before anything is closed")
    func unknownChanged() async throws {
        let county = try ReportCounty()
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            let form = try #require(try await clerk.form(on: Self.close))
            county.register([.village(Village(code: "140525100204", name: "大桥村", township: "140525100"))])
            let answer = try await clerk.send(form, Self.tick)
            #expect(answer.status == 409)
            #expect(answer.text.contains("大桥村"))
            #expect(county.november.isEmpty)
            #expect(try await clerk.fillIn(Self.close, Self.tick).status == 303)
        }
    }

    @Test("a county without its code closes nothing and corrects nothing, and is told where to write it")
    func withoutCode() async throws {
        let county = try ReportCounty(isWhole: true)
        let correct = "/reports/2026-11/correct"
        try await ReportVisitor.visiting(county.desk(code: "")) { logIn in
            let clerk = try await logIn(.clerk)
            #expect(try await clerk.get(Self.close).text.contains("县的区划代码未设置"))
            #expect(try await clerk.form(on: Self.close) == nil)
        }
        try await ReportVisitor.visiting(county.desk()) { logIn in
            #expect(try await logIn(.clerk).fillIn(Self.close).status == 303)
            try county.receive(ReportCounty.brand, "2026-11-30")
            #expect(try await logIn(.clerk).form(on: correct) != nil)
        }
        try await ReportVisitor.visiting(county.desk(code: "")) { logIn in
            let clerk = try await logIn(.clerk)
            #expect(try await clerk.get(correct).text.contains("请在服务器的 county.toml 中写 code"))
            #expect(try await clerk.form(on: correct) == nil)
        }
    }

    @Test("closing twice is refused and names who closed it")
    func twice() async throws {
        let county = try ReportCounty()
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            let (first, second) = (
                try #require(try await clerk.form(on: Self.close)), try #require(try await clerk.form(on: Self.close))
            )
            #expect(try await clerk.send(first, Self.tick).status == 303)
            let again = try await clerk.send(second, Self.tick)
            #expect(again.status == 409)
            #expect(again.text.contains("本期已由账号 clerk 于 2026-12-03 00:00:00 关账"))
            #expect(county.november.count == 1)
            #expect(county.acts.count == 1)
            // The same form again leads to where it led.
            #expect(try await clerk.send(first, Self.tick).location == "/reports/2026-11")
            #expect(try await clerk.form(on: Self.close) == nil)
        }
    }

    @Test("of two clerks who close at once the second is refused and told who was first")
    func atOnce() async throws {
        let county = try ReportCounty()
        let month = try #require(CountyPeriod(.month, "2026-11"))
        let other = try PeriodBook(county.report(month), frozen: [])
            .close(by: "somebody-else", at: county.office.now, isDoubtful: false)
        county.periods.letFirst(other)
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let answer = try await logIn(.clerk).fillIn(Self.close, Self.tick)
            #expect(answer.status == 409)
            #expect(answer.text.contains("somebody-else"))
            #expect(county.november == [other])
            #expect(county.acts.isEmpty)
        }
    }

    @Test("a month that is not over, a clock in doubt, and books that are made anew are refused with the reason")
    func refused() async throws {
        let county = try ReportCounty()
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            let form = try #require(try await clerk.form(on: Self.close))
            let early = ReportVisitor.Shown(action: "/reports/2026-12/close", hidden: form.hidden)
            #expect(try await clerk.form(on: early.action) == nil)
            let notOver = try await clerk.send(early, Self.tick)
            #expect(notOver.status == 422)
            #expect(notOver.text.contains("2027-01-01 起才能关账"))

            let doubtful = try #require(try await clerk.form(on: Self.close))
            county.clockDoubt = "落后 20 分钟"
            let inDoubt = try await clerk.send(doubtful, Self.tick)
            #expect(inDoubt.status == 422)
            #expect(inDoubt.text.contains("落后 20 分钟"))
            county.clockDoubt = nil

            let partly = try #require(try await clerk.form(on: Self.close))
            county.books.set(BooksState(through: 50, newest: 104, isRebuilding: true, quarantined: 0))
            let half = try await clerk.send(partly, Self.tick)
            #expect(half.status == 422)
            #expect(half.text.contains("账簿正在重建"))
            #expect(county.periods.all.isEmpty)
        }
    }

    @Test("a hash that looks like a phone number stands whole in the audit log")
    func hashInLog() async throws {
        let county = try ReportCounty(isWhole: true)
        let month = try #require(CountyPeriod(.month, "2026-11"))
        var hash = ReportSheet.sha256(ReportSheet(county.report(month)).csv)
        for _ in 0..<2_000 where AuditText.clean(hash) == hash {
            try county.receive(ReportCounty.brand, "2026-11-30")
            hash = ReportSheet.sha256(ReportSheet(county.report(month)).csv)
        }
        try #require(AuditText.clean(hash) != hash)
        let wanted = hash
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let answer = try await logIn(.clerk).fillIn(Self.close)
            #expect(answer.status == 303)
            #expect(county.november.first?.sha256 == wanted)
            #expect(county.acts.first?.detail.filter { $0 != ":" }.contains(wanted) == true)
        }
    }

    @Test("who asks for headers alone uses up no form, closes nothing, and gets no file that the audit log would have")
    func headers() async throws {
        let county = try ReportCounty(isWhole: true)
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            let form = try #require(try await clerk.form(on: Self.close))
            for path in ["/reports", "/reports/2026-11", Self.close, "/reports/2026-11/print"] {
                for _ in 0..<70 { #expect(try await clerk.head(path).status == 200, "\(path)") }
            }
            #expect(county.november.isEmpty)
            #expect(try await clerk.send(form).status == 303)
            let head = try await clerk.head("/reports/2026-11/frozen/0.csv")
            #expect(head.status == 200)
            #expect(head.bytes.isEmpty)
            #expect(!county.office.accounts.log.contains { $0.action == .exported })
        }
    }

    @Test("a month is not closed when the audit log takes no entry")
    func logIsFull() async throws {
        let county = try ReportCounty(isWhole: true)
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            let form = try #require(try await clerk.form(on: Self.close))
            county.office.accounts.isFull = true
            #expect(try await clerk.send(form).status != 303)
            #expect(county.november.isEmpty)
            county.office.accounts.isFull = false
            #expect(try await clerk.fillIn(Self.close).status == 303)
            #expect(county.acts.count == 1)
        }
    }

    @Test("days and years are not closed, and only clerks of the county close a month")
    func whoAndWhat() async throws {
        let county = try ReportCounty()
        try await ReportVisitor.visiting(county.desk()) { logIn in
            let clerk = try await logIn(.clerk)
            for period in ["2026", "2026-11-21", "2026-13", "x"] {
                #expect(try await clerk.get("/reports/\(period)/close").status == 404, "\(period)")
            }
            for role in AccountRole.allCases where role != .clerk {
                #expect(try await logIn(role).get(Self.close).status == 403, "\(role)")
            }
            let form = try #require(try await clerk.form(on: Self.close))
            let inspector = try await logIn(.inspector)
            #expect(try await inspector.send(form, Self.tick).status == 403)
            #expect(county.november.isEmpty)
        }
    }
}
