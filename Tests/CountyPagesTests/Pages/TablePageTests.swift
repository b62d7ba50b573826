import CountyBooks
import CountyPages
import HTTPTypes
import Testing
import Workbooks

@Suite("Tables on pages")
struct TablePageTests {
    private func reading(
        as role: AccountRole = .clerk,
        _ work: @Sendable (Office, Browser) async throws -> Void
    ) async throws {
        let office = Office()
        office.fillRegisters()
        try office.add("wang", Office.rights(role))
        try await office.serving { browser in
            let wang = browser()
            try await wang.logIn("wang")
            try await work(office, wang)
        }
    }

    @Test("a table shows its first page, and links to the others keep what was chosen")
    func pages() async throws {
        try await reading { _, wang in
            let first = try await wang.get("/today?sort=pieces&order=desc&filter=%E6%9D%91&x=1")
            #expect(first.text.contains("第 1–100 行，共 250 行"))
            #expect(first.text.contains("<th scope=\"col\" class=\"n\" aria-sort=\"descending\">"))
            let next = "/today?x=1&amp;sort=pieces&amp;order=desc&amp;filter=%E6%9D%91&amp;page=2#table"
            #expect(first.text.contains("<a href=\"\(next)\">下一页</a>"))
            let last = try await wang.get("/today?sort=pieces&order=desc&page=99")
            #expect(last.text.contains("第 201–250 行，共 250 行"))
            #expect(last.text.matches(of: /<tr><th scope="row">/).count == 50)
        }
    }

    @Test("rows that are filtered for are shown alone, and when there is none it says so")
    func filter() async throws {
        try await reading { _, wang in
            let some = try await wang.get("/today?filter=25")
            #expect(some.text.contains("共 4 行") && some.text.contains("<details open>"))
            let none = try await wang.get("/today?filter=%3Cb%3E")
            #expect(none.text.contains("没有符合“&lt;b&gt;”的记录"))
            #expect(try await wang.get("/today").text.contains("没有记录"))
        }
    }

    @Test("a file holds every row that was filtered for, and the log has it before")
    func csv() async throws {
        try await reading { office, wang in
            let file = try await wang.get("/today?filter=%E6%9D%91&size=50&page=2&format=csv&table=")
            #expect(file.status == 200 && file.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(file.body.starts(with: [0xEF, 0xBB, 0xBF]))
            #expect(file.text.split(separator: "\r\n").count == 251)
            #expect(file.text.contains("村 7,0,未知"))
            let name = LocalPath.encoded("行政村 2026-11-30.csv")
            let disposition = try #require(file.header("content-disposition"))
            #expect(disposition == "attachment; filename=\"table.csv\"; filename*=UTF-8''\(name)")
            let entry = try #require(office.accounts.log.last)
            #expect(entry.action == .exported && entry.by == .account("wang") && entry.address != nil)
            #expect(entry.detail == "csv, 250 rows, filter 村")
        }
    }

    @Test(
        "the name of a file says of which period, village or waybill its page is, and of no phone number",
        arguments: [
            ("/people", "件数 2026-11.csv", "table-2026-11.csv"),
            ("/villages/\(Office.village)", "件数 140525100201 2026-11.csv", "table-140525100201-2026-11.csv"),
            ("/parcels?waybill=6506", "件数 6506 2026-11-30.csv", "table-6506.csv"),
            ("/parcels?waybill=13812345678", "件数 2026-11-30.csv", "table.csv"),
        ]
    )
    func fileName(path: String, name: String, plain: String) async throws {
        let office = Office()
        office.fillRegisters()
        try office.add("wang", Office.rights(.clerk))
        try await office.serving(views: Self.views) { browser in
            let wang = browser()
            try await wang.logIn("wang")
            let file = try await wang.get("\(path)\(path.contains("?") ? "&" : "?")format=csv&table=")
            let expected = "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(LocalPath.encoded(name))"
            #expect(file.header("content-disposition") == expected)
        }
    }

    @Test("a workbook says below its rows of which period its page is")
    func workbookPeriod() async throws {
        let office = Office()
        try office.add("wang", Office.rights(.clerk))
        try await office.serving(views: Self.views) { browser in
            let wang = browser()
            try await wang.logIn("wang")
            let zip = try ZipEntries(try await wang.get("/people?format=xlsx").body)
            let sheet = String(decoding: try zip.part("xl/worksheets/sheet1.xml"), as: UTF8.self)
            #expect(sheet.contains("<c r=\"A4\" t=\"inlineStr\"><is><t>人员作业量 2026-11</t></is></c>"), "\(sheet)")
        }
    }

    /// Views with one table of one row.
    private static var views: PageViews {
        let columns = [Table.Column("pieces", "件数", "Pieces", .number)]
        let part = View.Part.table(Table(Words("件数", "Pieces"), columns: columns, rows: [[.number(7)]]), scope: "")
        var views = PageViews.plain
        views.people = { _, _ in View(Words("人员作业量 2026-11", "Work by person, 2026-11"), [part]) }
        views.village = { _, _ in View(Words("皇城村 2026-11", "皇城村 2026-11"), [part]) }
        views.parcels = { _, _ in View(Words("运单查询", "Parcels"), [part]) }
        return views
    }

    @Test("a workbook holds all tables of a page")
    func xlsx() async throws {
        try await reading { office, wang in
            let file = try await wang.get("/today?format=xlsx")
            #expect(file.status == 200 && file.body.starts(with: Array("PK".utf8)))
            #expect(office.accounts.log.last?.detail == "xlsx, 250 rows")
            let one = try await wang.get("/today?format=xlsx&table=other")
            #expect(one.status == 200 && one.body.count < file.body.count)
        }
    }

    @Test("files of tables that are not there, and several tables as one CSV, are no pages")
    func noFile() async throws {
        try await reading { office, wang in
            let before = office.accounts.log.count
            for query in ["format=csv", "format=csv&table=x", "format=xlsx&table=x", "print=x"] {
                #expect(try await wang.get("/today?\(query)").status == 404, "\(query)")
            }
            let none = try await wang.get("/runs?format=xlsx")
            #expect(none.status == 404)
            #expect(office.accounts.log.count == before)
        }
    }

    @Test("without an entry in the log there is no file")
    func full() async throws {
        try await reading { office, wang in
            office.accounts.isFull = true
            let file = try await wang.get("/today?format=csv&table=")
            #expect(file.status == 503 && file.text.contains("管理员，编号") && !file.text.contains("村 7"))
        }
    }

    @Test("the page for printing holds all rows, and neither menu nor filter")
    func print() async throws {
        try await reading { _, wang in
            let page = try await wang.get("/today?filter=%E6%9D%91&print=")
            #expect(page.status == 200)
            #expect(page.text.matches(of: /<tr><th scope="row">/).count == 250)
            #expect(!page.text.contains("<nav") && !page.text.contains("<form") && !page.text.contains("?sort="))
            #expect(page.text.contains("<a href=\"/today?filter=%E6%9D%91\">返回</a>"))
            #expect(WellFormed(page.text).faults == [])
        }
    }

    @Test("registers are read once for many pages, and again when a row changed")
    func cache() async throws {
        try await reading { office, wang in
            let village = "/villages/\(Office.village)"
            _ = try await wang.get(village)
            for _ in 1...3 { #expect(try await wang.get(village).status == 200) }
            let reads = office.registers.reads
            for _ in 1...3 { #expect(try await wang.get(village).status == 200) }
            #expect(office.registers.reads == reads)
            let other = Village(code: "140525100202", name: "东峪村", township: Office.township)
            #expect(try await wang.get("/villages/140525100202").status == 404)
            office.registers.keep([RegisterChange(DatedRow(.village(other)))], by: "test", at: office.now)
            #expect(try await wang.get("/villages/140525100202").status == 200)
        }
    }

    @Test("a brand that types another brand's waybill learns as much as of one that is not there")
    func brands() async throws {
        try await reading(as: .carrier) { _, zhongtong in
            let hidden = try await zhongtong.get("/parcels/YT0000000000001")
            let missing = try await zhongtong.get("/villages/000000000000")
            #expect(hidden.status == 404 && hidden.notices == missing.notices)
        }
    }

    @Test("while the books are made anew, or far behind, each view says so")
    func rebuilding() async throws {
        try await reading { office, wang in
            office.books.set(BooksState(through: 10, newest: 900, isRebuilding: true, quarantined: 0))
            #expect(try await wang.get("/today").notices.first?.contains("正在重建（已处理 10 / 900 条事件）") == true)
            office.books.set(BooksState(through: 10, newest: 5_000, isRebuilding: false, quarantined: 0))
            #expect(try await wang.get("/today").notices.first?.contains("还有 4990 条新事件未处理") == true)
            office.books.set(BooksState(through: 10, newest: 11, isRebuilding: false, quarantined: 0))
            let page = try await wang.get("/today")
            #expect(page.notices == ["一个站点静默\n"])
        }
    }

    @Test(
        "while the books are not kept up each view says so, and why to an admin alone",
        arguments: [AccountRole.clerk, .admin]
    )
    func notKept(role: AccountRole) async throws {
        try await reading(as: role) { office, wang in
            let cause = "is not kept 账簿未更新: the disk is full 磁盘已满"
            office.keepingTrouble = CountyFault("/var/lib/county-server/books.sqlite", cause)
            let page = try await wang.get("/today")
            let notice = try #require(page.notices.first)
            #expect(notice.contains("账簿无法更新，停在第 10 号事件（已收到第 10 号）"))
            #expect(notice.contains("磁盘已满") == (role == .admin))
            #expect(notice.contains("books.sqlite") == (role == .admin))
            office.keepingTrouble = nil
            #expect(try await wang.get("/today").notices == ["一个站点静默\n"])
        }
    }

    private static let notKeptNotice =
        "账簿无法更新，停在第 10 号事件（已收到第 10 号），数据可能不是最新、不完整。 "
        + "The books cannot be kept up and stand at event 10 of 10: figures may be old or not whole."

    @Test(
        "while the books are not kept up a file says so in its last row and its name, and why to nobody",
        arguments: [AccountRole.clerk, .admin]
    )
    func notKeptFile(role: AccountRole) async throws {
        try await reading(as: role) { office, wang in
            let whole = try await wang.get("/today?format=csv&table=")
            #expect(whole.text.split(separator: "\r\n").count == 251)
            office.keepingTrouble = CountyFault("/srv/books.sqlite", "is not kept 账簿未更新: the disk is full 磁盘已满")
            let file = try await wang.get("/today?format=csv&table=")
            let rows = file.text.split(separator: "\r\n")
            #expect(rows.count == 252)
            #expect(rows.last.map { String($0) } == "\(Self.notKeptNotice),,")
            #expect(!file.text.contains("磁盘已满") && !file.text.contains("/srv"))
            let name = LocalPath.encoded("行政村 2026-11-30-incomplete.csv")
            let disposition = "attachment; filename=\"table-incomplete.csv\"; filename*=UTF-8''\(name)"
            #expect(file.header("content-disposition") == disposition)
            #expect(office.accounts.log.last?.detail == "csv, 250 rows")
            let paper = try await wang.get("/today?print=")
            #expect(paper.notices.first?.hasPrefix("账簿无法更新，停在第 10 号事件") == true)
            #expect(!paper.text.contains("磁盘已满"))
        }
    }

    @Test("while the books are made anew each sheet of a workbook says so below its rows")
    func madeAnewWorkbook() async throws {
        try await reading { office, wang in
            office.books.set(BooksState(through: 10, newest: 900, isRebuilding: true, quarantined: 0))
            let file = try await wang.get("/today?format=xlsx")
            #expect(file.header("content-disposition")?.contains("table-incomplete.xlsx") == true)
            let notice =
                "账簿正在重建（已处理 10 / 900 条事件），数据尚不完整。 "
                + "The books are being made anew (10 of 900 events): figures are not whole yet."
            let zip = try ZipEntries(file.body)
            // 250 rows below the header and an empty row behind them; a table without any.
            for (number, cell) in [(1, "A253"), (2, "A3")] {
                let sheet = String(decoding: try zip.part("xl/worksheets/sheet\(number).xml"), as: UTF8.self)
                #expect(sheet.contains("<c r=\"\(cell)\" t=\"inlineStr\"><is><t>\(notice)</t></is></c>"), "\(number)")
            }
        }
    }

    @Test("what does not come from the books says nothing of them in its file")
    func registerFile() async throws {
        try await reading { office, wang in
            office.keepingTrouble = CountyFault("books.sqlite", "the disk is full 磁盘已满")
            let file = try await wang.get("/registers/village?format=csv&table=")
            #expect(file.status == 200 && !file.text.contains("账簿"))
            #expect(file.header("content-disposition")?.contains("incomplete") == false)
        }
    }
}
