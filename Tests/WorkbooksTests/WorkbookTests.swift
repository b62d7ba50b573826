import CountyBooks
import Testing
import Workbooks

@Suite("Workbooks")
struct WorkbookTests {
    static let table = Table(
        Words("到村[十一月]", "Visits"),
        columns: [
            Table.Column("waybill", "运单号", "Waybill", .code),
            Table.Column("pieces", "件数", "Pieces", .number),
            Table.Column("village", "村", "Village"),
            Table.Column("state", "状态", "State", .state),
            Table.Column("km", "公里", "km", .number),
            Table.Column("day", "日期", "Day", .date),
            Table.Column("fee", "保管费（元）", "Fee in yuan", .number),
        ],
        rows: [
            [
                .text("773276912345678"), .number(12), .text("=1+1 <a> & _x0041_ \u{0}"),
                .state(Words("未到", "not visited"), .bad), .decimal(tenths: 125), .text("2026-11-03"), .hundredths(450),
            ],
            [.text("007"), .unknown, .link("大东沟", path: "/villages/1"), .none, .unknown, .none, .hundredths(-5)],
        ],
        notes: [Words("未知不等于零。", "Unknown is not zero.")]
    )

    @Test("a waybill of fifteen digits and a code with a leading zero are text, in the format that stays text")
    func codes() throws {
        let bytes = try Workbook.xlsx([Self.table], made: 1)
        let sheet = try OpenedSheet(bytes)
        #expect(sheet["A2"] == "<c r=\"A2\" s=\"2\" t=\"inlineStr\"><is><t>773276912345678</t></is></c>")
        #expect(sheet["A3"] == "<c r=\"A3\" s=\"2\" t=\"inlineStr\"><is><t>007</t></is></c>")
        // The column has it too: what a clerk adds below stays text.
        #expect(sheet.xml.contains("<col min=\"1\" max=\"1\" width=\"16.7109375\" style=\"2\" customWidth=\"1\"/>"))
        let styles = String(decoding: try ZipEntries(bytes).part("xl/styles.xml"), as: UTF8.self)
        let formats = styles.split(separator: "<cellXfs").last?.split(separator: "<xf ").dropFirst() ?? []
        #expect(try #require(formats.dropFirst(2).first).hasPrefix("numFmtId=\"49\""), "49 is @, text")
        #expect(try #require(formats.dropFirst(5).first).hasPrefix("numFmtId=\"2\""), "2 is 0.00")
    }

    @Test("numbers are numbers, what is unknown is a word and no 0, and nothing is an empty cell")
    func numbers() throws {
        let sheet = try OpenedSheet(try Workbook.xlsx([Self.table], made: 1))
        #expect(sheet["B2"] == "<c r=\"B2\" s=\"3\"><v>12</v></c>")
        #expect(sheet["E2"] == "<c r=\"E2\" s=\"4\"><v>12.5</v></c>")
        // Money is a number that can be added up.
        #expect(sheet["G2"] == "<c r=\"G2\" s=\"5\"><v>4.5</v></c>")
        #expect(sheet["G3"] == "<c r=\"G3\" s=\"5\"><v>-0.05</v></c>")
        #expect(sheet["B3"] == "<c r=\"B3\" t=\"inlineStr\"><is><t>未知</t></is></c>")
        #expect(sheet["D3"] == nil)
        let english = try OpenedSheet(try Workbook.xlsx([Self.table], made: 1, in: .english))
        #expect(english["B3"]?.contains(">unknown<") == true)
        #expect(english["A1"]?.contains(">Waybill<") == true)
        #expect(english["D2"]?.contains(">not visited<") == true && sheet["D2"]?.contains(">未到<") == true)
    }

    @Test("a text is a text: no formula, no markup, no character that XML cannot hold, no escape of Excel's own")
    func texts() throws {
        let sheet = try OpenedSheet(try Workbook.xlsx([Self.table], made: 1))
        #expect(sheet["C2"]?.contains("<t>=1+1 &lt;a&gt; &amp; _x005F_x0041_ \u{FFFD}</t>") == true)
        #expect(!sheet.xml.contains("<f>"))
    }

    @Test("the header stays in sight, the rows can be filtered, and a note stands apart from them")
    func looks() throws {
        let sheet = try OpenedSheet(try Workbook.xlsx([Self.table], made: 1))
        #expect(
            sheet.xml.contains("<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>")
        )
        #expect(sheet.xml.contains("<autoFilter ref=\"A1:G3\"/>"))
        #expect(sheet.xml.contains("<ignoredError sqref=\"A1:G3\" numberStoredAsText=\"1\"/>"))
        #expect(sheet["A4"] == nil)
        #expect(sheet["A5"]?.contains("未知不等于零。") == true)
    }

    @Test("equal tables give equal bytes, and another time gives others")
    func deterministic() throws {
        let bytes = try Workbook.xlsx([Self.table], made: 1_700_000_000)
        #expect(try Workbook.xlsx([Self.table], made: 1_700_000_000) == bytes)
        #expect(try Workbook.xlsx([Self.table], made: 1_700_000_001) != bytes)
    }

    @Test("sheets have names that Excel takes, no two alike")
    func names() throws {
        let titles = ["到村[十一月]", "到村(十一月)", "到村/十一月", "", "History", "史'册", String(repeating: "长", count: 40)]
        let twice = titles + [String(repeating: "长", count: 50), "到村 十一月"]
        let tables = twice.map { Table(Words($0, $0), columns: [Table.Column("a", "甲", "A")]) }
        let book = try ZipEntries(try Workbook.xlsx(tables, made: 1)).part("xl/workbook.xml")
        let names = String(decoding: book, as: UTF8.self).matches(of: /<sheet name="([^"]*)"/).map { String($0.1) }
        #expect(
            names == [
                "到村 十一月", "到村(十一月)", "到村 十一月 (2)", "Sheet", "History 1", "史 册", String(repeating: "长", count: 31),
                String(repeating: "长", count: 27) + " (2)", "到村 十一月 (3)",
            ]
        )
    }

    @Test("many threads make workbooks at once, each its own")
    func threads() async throws {
        let bytes = try Workbook.xlsx([Self.table, Self.table], made: 1)
        let equal = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<16 {
                group.addTask { (try? Workbook.xlsx([Self.table, Self.table], made: 1)) == bytes }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(equal == 16)
    }
}
