import OfficeSheets
import Testing

/// A kind of sheet of this test's own: tools and the doors that they open.
private enum ToolColumn: String, SheetColumn {
    case number, name, doors

    static let needed = [number, name]
    static let headers = HeaderNames<Self>()

    var chinese: String {
        switch self {
        case .number: "工具号"
        case .name: "名称"
        case .doors: "格口"
        }
    }

    var others: [String] { self == .name ? ["工具", "品名"] : [] }
}

@Suite("Sheets of any columns")
struct SheetTableTests {
    private func table(_ text: String) throws -> SheetTable<ToolColumn> { try SheetTable<ToolColumn>(text) }

    @Test("the best row names the columns in any order, by any of their names; others are named and not used")
    func header() throws {
        let table = try table("工具表\n格口,备注,*品名（必填）,Number\nA01,旧,扳手,7\n")
        let row = try #require(table.rows.first)
        #expect(table.rows.count == 1 && row.rowNumber == 3)
        #expect(row[.number] == "7" && row[.name] == "扳手" && row[.doors] == "A01")
        #expect(table.unused == "columns not used 未用的列: B 备注")
        #expect(table.place(of: .name) == "column C 名称 name" && table.absent == [])
        let short = try self.table("工具号;工具\n7;扳手\n")
        #expect(short.absent == [.doors] && short.place(of: .doors) == nil && short.unused == nil)
        #expect(ToolColumn.list == "工具号 number, 名称 name, 格口 doors")
    }

    @Test(
        "a sheet without a header, without a needed column or with one twice is refused as a whole",
        arguments: [
            ("", "is empty 为空"), ("扳手,7\n", "no row names the columns 没有列名行"),
            ("工具号,格口\n7,A01\n", "has no column 名称 name 缺少“名称”列"),
            ("名称,格口\n扳手,A01\n", "has no column 工具号 number 缺少“工具号”列"),
            ("工具号,名称,品名\n", "columns B and C are both 名称 name 第 B 列与第 C 列都是“名称”"),
        ]
    )
    func refused(_ row: (text: String, cause: String)) throws {
        let fault = try #require(throws: SheetFault.self) { try table(row.text) }
        #expect(fault.cause == row.cause)
        guard row.cause.contains("empty") || row.cause.contains("no row") else { return }
        #expect(fault.mend == "let the first row be 工具号 number, 名称 name, … 请让首行为列名：工具号、名称等")
    }

    @Test("rows whose cells cannot be told apart are faults, empty ones are passed over")
    func rows() throws {
        let table = try table(
            "工具号,名称,格口,备注\n1,扳手,,\n2,\"钳\n3,锤\",,\n,,,旧\n,,,\n4,刀,,,多\n5,\"锯,A02\"\n6,尺,A03,\"一\n二\"\n"
        )
        #expect(table.rows.map(\.rowNumber) == [2, 7 + 1])
        #expect(table.faults.map(\.row) == [3, 6, 7])
        #expect(table.passed == [4])
        let words = SheetFault.lines(table.faults)
        #expect(words.first?.contains("goes on over a line end") == true)
        #expect(words.contains { $0.hasPrefix("row 6: has a cell in column E, behind the last named column") })
        #expect(words.last?.contains("row 7, column B 名称 name: a cell in quotes holds a comma") == true)
        #expect(!words.joined().contains("锯"), "no cell is quoted")
    }

    @Test("a list in one cell is read whatever stands between its items")
    func lists() throws {
        let table = try table("工具号,名称,格口\n1,扳手,\"A01、Ａ02,A03;A04； A05，A06\u{3000}007.0、\"\n2,刀,1.38E+10\n3,锯,\n")
        let rows = table.rows
        #expect(try rows[0].list(.doors) == ["A01", "A02", "A03", "A04", "A05", "A06", "007"])
        let fault = try #require(throws: SheetFault.self) { try rows[1].list(.doors) }
        #expect(fault.description.hasPrefix("row 3, column C 格口 doors: is rounded by Excel"))
        #expect(try rows[2].list(.doors) == [])
        #expect(try rows[0].number(.number) == "1" && rows[2].word(.doors) == nil)
    }
}
