import CountyBooks
import Testing

@Suite("Tables")
struct TableTests {
    static let table = Table(
        Words("村", "Villages"),
        columns: [
            Table.Column("village", "村", "Village"),
            Table.Column("pieces", "件数", "Pieces", .number),
            Table.Column("state", "状态", "State", .state),
        ],
        rows: [
            [.text("北留"), .number(12), .state("未到", .bad)],
            [.text("Shisi"), .unknown, .state("未知", .unknown)],
            [.text("大桥"), .decimal(tenths: 95), .none],
            [.text("东村"), .none, .state("已到", .ok)],
            [.text("上庄"), .number(-3), .state("已到", .ok)],
        ]
    )

    private func names(_ table: Table) -> [String] { table.rows.map { $0[0].text() } }

    @Test(
        "numbers are sorted by value, tenths among whole ones; what is unknown and what is empty stand last either way"
    )
    func numbers() {
        #expect(names(Self.table.sorted(by: "pieces")) == ["上庄", "大桥", "北留", "Shisi", "东村"])
        #expect(names(Self.table.sorted(by: "pieces", descending: true)) == ["北留", "大桥", "上庄", "Shisi", "东村"])
    }

    @Test("texts are sorted by code point, and rows with equal cells keep their order either way")
    func stable() {
        #expect(names(Self.table.sorted(by: "village")) == ["Shisi", "上庄", "东村", "北留", "大桥"])
        #expect(names(Self.table.sorted(by: "state")) == ["东村", "上庄", "北留", "Shisi", "大桥"])
        #expect(names(Self.table.sorted(by: "state", descending: true)) == ["Shisi", "北留", "东村", "上庄", "大桥"])
    }

    @Test("a number too large to be counted in tenths is still the largest")
    func largest() {
        var table = Self.table
        table.rows[4][1] = .number(.max)
        table.rows[2][1] = .number(.min)
        #expect(names(table.sorted(by: "pieces")).prefix(3) == ["大桥", "北留", "上庄"])
    }

    @Test("a column that is not there sorts nothing")
    func noColumn() {
        #expect(Self.table.sorted(by: "phone") == Self.table)
    }

    @Test(
        "a filter keeps the rows of which any cell holds the text, whatever its case",
        arguments: [
            ("SHI", ["Shisi"]), ("shi", ["Shisi"]), (" 大 ", ["大桥"]), ("已到", ["东村", "上庄"]), ("9.5", ["大桥"]),
            ("未知", ["Shisi"]), ("-3", ["上庄"]), ("  ", ["北留", "Shisi", "大桥", "东村", "上庄"]), ("没有", []),
        ]
    )
    func filter(_ row: (text: String, names: [String])) {
        #expect(names(Self.table.filtered(row.text)) == row.names)
    }

    @Test("words of the county's own are those of the reader's language: read, sorted, found and in a file")
    func language() {
        let columns = [
            Table.Column("village", "村", "Village"), Table.Column("how", "方式", "How"),
            Table.Column("state", "状态", "State", .state),
        ]
        let rows: [[Table.Cell]] = [
            [.text("甲"), .words(Words("设点", "site")), .state(Words("已到", "visited"), .ok)],
            [.text("乙"), .words(Words("辐射", "reach")), .state(Words("未到", "not visited"), .bad)],
        ]
        let table = Table(Words("村", "Villages"), columns: columns, rows: rows)
        #expect(rows[0].map { $0.text() } == ["甲", "设点", "已到"])
        #expect(rows[0].map { $0.text(in: .english) } == ["甲", "site", "visited"])
        #expect(names(table.sorted(by: "how")) == ["甲", "乙"])
        #expect(names(table.sorted(by: "how", in: .english)) == ["乙", "甲"])
        #expect(names(table.filtered("未到")) == ["乙"])
        #expect(names(table.filtered("未到", in: .english)) == [])
        #expect(names(table.filtered("not", in: .english)) == ["乙"])
        let query = TableQuery(sort: "state", filter: "visited")
        #expect(names(table.selected(by: query, in: .english)) == ["乙", "甲"])
        let file = String(decoding: table.csv(in: .english).dropFirst(3), as: UTF8.self)
        #expect(file == "Village,How,State\r\n甲,site,visited\r\n乙,reach,not visited\r\n")
    }

    @Test("a brand is found by each of its names, whichever one the page shows")
    func brand() {
        let columns = [Table.Column("village", "村", "Village"), Table.Column("brand", "品牌", "Brand")]
        let rows: [[Table.Cell]] = [
            [.text("甲"), .words(Words("顺丰", "SF"))], [.text("乙"), .words(Words("圆通", "YTO"))],
            [.text("SF1"), .text("顺丰快运")],
        ]
        let table = Table(Words("件", "Pieces"), columns: columns, rows: rows)
        for (typed, found) in [("顺丰速运", ["甲"]), ("SF", ["甲", "SF1"]), ("sf", ["甲", "SF1"]), ("圆通快递", ["乙"])] {
            #expect(names(table.filtered(typed)) == found, "\(typed)")
            #expect(names(table.filtered(typed, in: .english)) == found, "\(typed)")
        }
        #expect(names(table.filtered("顺丰")) == ["甲", "SF1"])
        #expect(names(table.filtered("韵达")) == [])
    }

    @Test("what is unknown is found by the word of the reader's language")
    func unknownWord() {
        #expect(names(Self.table.filtered("unknown", in: .english)) == ["Shisi"])
        #expect(Table.Cell.unknown.text() == "未知")
        #expect(Table.Cell.unknown.text(in: .english) == "unknown")
        // As a station writes it that was told no operator.
        #expect(Table.Cell.text("unknown").text() == "未知")
        #expect(Table.Cell.text("unknown").text(in: .english) == "unknown")
        #expect(Table.Cell.text("unknown firm").text() == "unknown firm")
        #expect(Table.Cell.count(nil) == .unknown)
        #expect(Table.Cell.count(0) == .number(0))
    }

    private static let all = ["北留", "Shisi", "大桥", "东村", "上庄"]
    private static let asked: [(Int, Int, Int, [String], Int, Int)] = [
        (1, 2, 1, ["北留", "Shisi"], 1, 2), (3, 2, 3, ["上庄"], 5, 5), (9, 2, 3, ["上庄"], 5, 5),
        (0, 2, 1, ["北留", "Shisi"], 1, 2),
        (1, 0, 1, ["北留"], 1, 1), (-7, -7, 1, ["北留"], 1, 1), (1, 9_999, 1, all, 1, 5),
    ]

    @Test("a page is one that there is, of a size within bounds", arguments: asked)
    func pages(_ row: (number: Int, size: Int, got: Int, names: [String], first: Int, last: Int)) {
        let page = Self.table.page(row.number, size: row.size)
        #expect(page.number == row.got)
        #expect(names(page.table) == row.names)
        #expect([page.firstRow, page.lastRow, page.rowsTotal] == [row.first, row.last, 5])
    }

    @Test("an empty table has one page, and no page is larger than the largest")
    func emptyAndLarge() {
        var table = Self.table
        table.rows = []
        let page = table.page(4)
        #expect([page.number, page.count, page.rowsTotal, page.firstRow, page.lastRow] == [1, 1, 0, 0, 0])
        table.rows = Array(repeating: Self.table.rows[0], count: 1_001)
        #expect(table.page(2, size: .max).table.rows.count == TableLimits.pageRowsMax)
        #expect(table.page(1).table.rows.count == 100)
        #expect(table.page(1, size: 500).count == 3)
    }

    @Test("a query filters, then sorts, then takes the page; a file of it holds all pages")
    func query() {
        let query = TableQuery(sort: "village", isDescending: true, filter: "到", page: 2, size: 2)
        #expect(names(Self.table.selected(by: query)) == ["北留", "东村", "上庄"])
        #expect(names(Self.table.page(for: query).table) == ["上庄"])
    }

    @Test("tenths are written with their sign, also below one", arguments: [(125, "12.5"), (-5, "-0.5"), (0, "0.0")])
    func tenths(_ row: (tenths: Int, text: String)) {
        #expect(Table.Cell.decimal(tenths: row.tenths).text() == row.text)
    }
}
