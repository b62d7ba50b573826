import CountyBooks
import Testing
import Workbooks

@Suite("Workbooks that are not made")
struct WorkbookFaultTests {
    private func table(rows: Int = 0, columns: Int = 1, text: String = "x") -> Table {
        Table(
            Words("表", "Sheet"),
            columns: (0..<columns).map { Table.Column("c\($0)", "列", "Column") },
            rows: Array(repeating: Array(repeating: .text(text), count: columns), count: rows)
        )
    }

    @Test("each limit is named with the sheet, how many there are, and what to do")
    func limits() {
        #expect(throws: WorkbookFault.empty) { try Workbook.xlsx([], made: 1) }
        #expect(throws: WorkbookFault.empty) { try Workbook.xlsx([table(columns: 0)], made: 1) }
        #expect(throws: WorkbookFault.tooManySheets(21)) {
            try Workbook.xlsx(Array(repeating: table(), count: 21), made: 1)
        }
        #expect(throws: WorkbookFault.tooManyColumns(sheet: "表", 101)) {
            try Workbook.xlsx([table(columns: 101)], made: 1)
        }
        #expect(throws: WorkbookFault.tooManyRows(sheet: "表", 200_001)) {
            try Workbook.xlsx([table(rows: 200_001)], made: 1)
        }
        #expect(throws: WorkbookFault.tooManyCells(1_000_100)) {
            try Workbook.xlsx([table(rows: 10_000, columns: 100)], made: 1)
        }
        #expect(
            WorkbookFault.tooManyRows(sheet: "表", 200_001).description == """
                表：有 200001 行，最多 200000 行。请缩小范围（日期、乡镇）后重新导出，或导出 CSV。
                表: 200001 rows, 200000 at most; choose fewer days or a township, or take CSV
                """
        )
    }

    @Test("a text that fits no cell is refused with its place, the longest that fits is not")
    func longText() throws {
        let most = String(repeating: "字", count: 32_767)
        #expect(try OpenedSheet(try Workbook.xlsx([table(rows: 1, text: most)], made: 1))["A2"]?.contains(most) == true)
        #expect(throws: WorkbookFault.textTooLong(sheet: "表", row: 2, column: 1)) {
            try Workbook.xlsx([table(rows: 1, text: most + "字")], made: 1)
        }
    }

    @Test("a file that lost bytes on a full disk is found out, wherever they are missing")
    func damaged() throws {
        let entries = try ZipEntries(try Workbook.xlsx([table(rows: 20, columns: 3)], made: 1))
        let name = "xl/worksheets/sheet1.xml"
        let written = [WorkbookCheck.Sheet(rows: 21, cells: 63)]
        var parts = try entries.names.map { (name: $0, bytes: try entries.part($0)) }
        try WorkbookCheck(makeZip(parts)).check(sheets: written)

        let place = try #require(parts.firstIndex { $0.name == name })
        let whole = parts[place].bytes
        let row = try #require(String(decoding: whole, as: UTF8.self).range(of: "<row r=\"7\">"))
        let text = String(decoding: whole, as: UTF8.self)
        let rest = try #require(text[row.upperBound...].range(of: "</row>"))
        let holed = Array((text[..<row.lowerBound] + text[rest.upperBound...]).utf8)
        for bytes in [Array(whole.dropLast(12)), Array(whole.prefix(whole.count / 2)), [], holed] {
            parts[place].bytes = bytes
            #expect(throws: WorkbookFault.damaged(part: name)) {
                try WorkbookCheck(makeZip(parts)).check(sheets: written)
            }
        }

        parts[place].bytes = whole
        let styles = try #require(parts.firstIndex { $0.name == "xl/styles.xml" })
        parts[styles].bytes.removeLast(30)
        #expect(throws: WorkbookFault.damaged(part: "xl/styles.xml")) {
            try WorkbookCheck(makeZip(parts)).check(sheets: written)
        }
        #expect(throws: WorkbookFault.damaged(part: "zip")) {
            try WorkbookCheck(Array(makeZip(parts).dropLast())).check(sheets: written)
        }
    }
}
