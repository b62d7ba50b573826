import OfficeSheets
import Testing

@Suite("Cells and rows that are longer than those of Excel")
struct LongCellTests {
    private let header = "运单号,品牌,备注\n"

    private func fault(_ text: String) throws -> SheetFault {
        try #require(throws: SheetFault.self) { try ManifestSheet(text) }
    }

    @Test("a cell that is too long is refused by its row and column, in quotes or not, closed or not")
    func tooLong() throws {
        let (cells, rows) = (String(repeating: "a,b;", count: 100_000), String(repeating: "SF\n", count: 50_000))
        let note = String(repeating: "村", count: 32_768)
        let sheets: [(text: String, place: String)] = [
            ("\"\(cells)", "row 1, column A"),
            ("\"\(header)\(rows)", "row 1, column A"),
            ("\(header)SF7444404156506,\"\(rows)", "row 2, column B"),
            ("\(header)SF7444404156506,SF,\"\(note)\"\n", "row 2, column C"),
            ("\(header)SF7444404156506,SF,\(note)\n", "row 2, column C"),
        ]
        for sheet in sheets {
            let refused = try fault(sheet.text)
            #expect(refused.place == sheet.place)
            #expect(refused.cause == "the cell has more than 32767 characters 单元格超过 32767 个字符")
            #expect(
                refused.mend
                    == "look for a quote (\") that is not closed, or shorten what stands there "
                    + "请检查只开不闭的引号（\"），或缩短内容"
            )
        }
    }

    @Test("a file that is one row of cells without end is refused where Excel has no more columns")
    func tooWide() throws {
        let cells = String(repeating: ",x", count: 200_000)
        #expect(
            try fault("运单号,品牌\(cells)").description
                == "row 1: has more than 16384 columns 超过 16384 列: "
                + "look for a line end that is missing, or delete columns 请检查是否缺少换行，或删去多余的列"
        )
    }

    @Test("a quoted cell with line ends that Excel can hold is read")
    func longest() throws {
        let (full, tall) = (String(repeating: "村", count: 32_766), String(repeating: "村口\r\n", count: 8_000))
        for note in ["\(full)\n", tall, "\"\"\(full)"] {
            let sheet = try ManifestSheet("\(header)SF7444404156506,SF,\"\(note)\"\nYT8962646785389,YTO,\n")
            #expect(sheet.faults == [])
            #expect(sheet.lines.map(\.row) == [2, 3])
        }
    }
}
