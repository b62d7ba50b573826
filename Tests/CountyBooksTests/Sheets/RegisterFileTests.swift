import CountyBooks
import OfficeSheets
import Testing

@Suite("Files of registers")
struct RegisterFileTests {
    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test(
        "a text that an office program would run as a formula is guarded in the file and comes back as it was",
        arguments: ["=1+1", "+86公司", "-镇", "@快运", "＝SUM(A1)", "=HYPERLINK(\"http://x\",\"y\")"]
    )
    func guarded(name: String) throws {
        let row = DatedRow(.operatorFirm(OperatorFirm(name: name)))
        let bytes = RegisterSheet.csv([row], of: .operatorFirm)
        #expect(text(bytes).contains("'\(name.prefix(2))"), "\(text(bytes))")
        let read = try RegisterSheet(.operatorFirm, text: try SheetText.decode(bytes)).checked(against: SheetKit.names)
        #expect(read.faults.isEmpty, "\(read.faults)")
        #expect(read.rows == [row])
    }

    @Test("codes, numbers and ordinary texts are written as they are")
    func plain() {
        let site = SheetKit.site("W-2", stations: ["yc-beiliu-0231"])
        let line = text(RegisterSheet.csv([DatedRow(.site(site))], of: .site)).split(separator: "\n").last ?? ""
        #expect(!line.contains("'"), "\(line)")
        #expect(line.hasPrefix("W-2,北留村便民服务点,"))
    }

    @Test("the sheet to fill in is the same as that of the pages", arguments: RegisterKind.allCases)
    func template(kind: RegisterKind) throws {
        let rows = try CSV.rows(text(RegisterSheet.templateCSV(kind))).map(\.cells)
        #expect(rows == RegisterSheet.template(kind))
    }
}
