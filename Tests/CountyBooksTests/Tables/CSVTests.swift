import CountyBooks
import LockerDomain
import OfficeSheets
import Testing

@Suite("CSV of tables")
struct CSVTests {
    private func table(_ rows: [[Table.Cell]]) -> Table {
        Table(
            Words("件", "Parcels"),
            columns: [Table.Column("waybill", "运单号", "Waybill", .code), Table.Column("note", "备注", "Note")],
            rows: rows
        )
    }

    private func text(_ table: Table, in language: Language = .chinese) throws -> String {
        let bytes = table.csv(in: language)
        #expect(bytes.prefix(3) == [0xEF, 0xBB, 0xBF])
        return try #require(String(validating: bytes.dropFirst(3), as: UTF8.self))
    }

    @Test("a byte order mark, the names of the columns, CRLF, quotes where they are needed, unknown as the word")
    func form() throws {
        let rows: [[Table.Cell]] = [
            [.text("SF7444404156506"), .text("一,\"二\"\n三")], [.none, .unknown],
            [.text("1"), .link("大桥", path: "/v/1")],
        ]
        #expect(
            try text(table(rows))
                == "运单号,备注\r\nSF7444404156506,\"一,\"\"二\"\"\n三\"\r\n,未知\r\n1,大桥\r\n"
        )
        #expect(try text(table([[.none, .unknown]]), in: .english) == "Waybill,Note\r\n,unknown\r\n")
    }

    @Test(
        "a code that an office program would change is kept as text, others stand as they are",
        arguments: [
            ("773276912345678", true), ("140522001", false), ("140522001001", true), ("12345678901", false),
            ("007", true),
            ("0", false), ("12E5", true), ("3-12", true), ("1.50", true), ("SF7444404156506", false), ("12a", false),
        ]
    )
    func codes(_ row: (code: String, isKept: Bool)) throws {
        let written = row.isKept ? "\"=\"\"\(row.code)\"\"\"" : row.code
        #expect(try text(table([[.text(row.code), .none]])) == "运单号,备注\r\n\(written),\r\n")
    }

    @Test("only codes are kept so: a number of the same digits stays a number, and a text a text")
    func otherKinds() throws {
        #expect(try text(table([[.number(773_276_912_345_678), .text("007")]])) == "运单号,备注\r\n773276912345678,007\r\n")
    }

    @Test(
        "a text that begins like a formula gets an apostrophe",
        arguments: [
            "=1+1", "+cmd|' /C calc'!A0", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u{FEFF}=1", "＝1",
            "=\"1\"", "--", "=", "-@",
            "-12345678901", "'a'", "‘老’店",
        ]
    )
    func formulas(_ note: String) throws {
        let row = try #require(CSV.rows(try text(table([[.none, .text(note)]]))).last)
        #expect(row.cells == ["", "'\(note)"])
    }

    @Test("numbers, negative ones too, and texts that are none get no apostrophe")
    func harmless() throws {
        let cells: [(Table.Cell, String)] = [
            (.number(-5), "-5"), (.decimal(tenths: -5), "-0.5"), (.text("-5"), "-5"), (.text("-5.25"), "-5.25"),
            (.text("-"), "-"), (.text("－"), "－"), (.text(" - "), " - "),
            (.text("a=1"), "a=1"), (.text("5-3"), "5-3"), (.text(""), ""), (.state("已到", .ok), "已到"),
        ]
        let rows = try CSV.rows(try text(table(cells.map { [.none, $0.0] }))).dropFirst()
        #expect(rows.map { $0.cells[1] } == cells.map(\.1))
    }

    private enum Column: String, SheetColumn {
        case waybill, note

        static let needed = [waybill]
        static let headers = HeaderNames<Self>()
        var chinese: String { self == .waybill ? "运单号" : "备注" }
        var others: [String] { [] }
    }

    @Test("the project's own reader reads every text back as it was")
    func readBack() throws {
        let waybills = ["773276912345678", "00731", "12E5", "SF7444404156506", "75123456789012", "1", "3-12", "=1+1"]
        let notes = ["=1+1", "'a'", "‘老’店", "一,\"二\"", "=\"12\"", "-5", "@", "未知"]
        let bytes = table(zip(waybills, notes).map { [.text($0.0), .text($0.1)] }).csv()
        let sheet = try SheetTable<Column>(try SheetText.decode(bytes))
        #expect(sheet.faults == [])
        #expect(sheet.rows.map { $0[.waybill] } == waybills)
        #expect(sheet.rows.map { $0[.note] } == notes)
    }

    @Test("a manifest that the county wrote keeps its waybills")
    func manifest() throws {
        let manifest = Table(
            Words("预报单", "Manifest"),
            columns: [Table.Column("waybill", "运单号", "Waybill", .code), Table.Column("brand", "品牌", "Brand")],
            rows: [[.text("773276912345678"), .text("STO")], [.text("SF7444404156506"), .text("SF")]]
        )
        let sheet = try ManifestSheet(try SheetText.decode(manifest.csv()))
        #expect(sheet.faults == [])
        #expect(sheet.lines.map(\.entry.waybill.rawValue) == ["773276912345678", "SF7444404156506"])
    }

    @Test("a closed report's form has no mark, LF, quotes only where they are needed, and guards nothing")
    func canonical() {
        let bytes = Table.canonicalCSV(
            header: ["村", "件"],
            rows: [["140522001001", "=1"], ["a,b", "\"c\""], ["", " x "], ["一\n二", "三\r"]]
        )
        let text = "村,件\n140522001001,=1\n\"a,b\",\"\"\"c\"\"\"\n, x \n\"一\n二\",\"三\r\"\n"
        #expect(bytes == Array(text.utf8))
        #expect(Table.canonicalCSV(header: ["村"], rows: [[""], ["a"]]) == Array("村\n\"\"\na\n".utf8))
    }

    @Test("the closed form, too, is read back as it was")
    func canonicalBack() throws {
        let rows = [["a,b", "\"c\"", ""], ["一\n二", "三\r\n", "'"], ["", "", ""]]
        let bytes = Table.canonicalCSV(header: ["x", "y", "z"], rows: rows)
        #expect(try CSV.rows(String(decoding: bytes, as: UTF8.self)).map(\.cells) == [["x", "y", "z"]] + rows)
    }
}
