import CountyBooks
import OfficeSheets
import Testing

@Suite("Faults of sheets in one language")
struct SheetFaultWordsTests {
    /// Sheets that are refused as a whole, and sheets with bad rows.
    private static let sheets = [
        "", "张三,李四\n", "运单号\nSF7444404156506\n", "运单号,品牌,手机,联系电话\n", "运单号,品牌\n\"SF7444404156506,SF\n",
        "运单号,\"品牌,\n名\"\n", "运单号,品牌\n7.44E+14,SF\n,SF\nSF7444404156506,\nSF7444404156506,SF,x\n",
        "运单号,品牌\nSF7444404156506,SF\nSF7444404156506,SF\n", "运单号,品牌,班次\nSF7444404156506,\"SF,0700\"\n",
        "运单号,品牌,班次\nSF7444404156506,\"SF\n,\",1\n", "运单号,品牌,手机号\nSF7444404156506,SF,call me\n",
        "运单号,品牌,同意\nSF7444404156506,SF,perhaps\n", "运单号,品牌,规格\nSF7444404156506,SF,huge\n",
        "运单号,品牌,高度\nSF7444404156506,SF,x\n", "运单号,品牌,冷藏\nSF7444404156506,SF,x\n",
        "运单号,品牌,合作方式\nSF7444404156506,SF,x\n", "运单号,品牌,取件码序号\nSF7444404156506,SF,900\n",
        "运单号,品牌,村\nSF7444404156506,SF,13812345678\n", "运单号,品牌,班次\nSF7444404156506,SF,07:00\n",
        "运单号,品牌,原单号\nSF7444404156506,SF,x\n", "运单号,品牌,原单号\nSF1111111111111,SF,SF2222222222222\nSF2222222222222,SF,\n",
        "运单号,品牌,自然村\nSF7444404156506,SF,北留村 13812345678\n",
    ]

    private static let files: [[UInt8]] = [
        Array("PK".utf8), [0xD0, 0xCF, 0x11, 0xE0], Array("%PDF".utf8), Array(" <html>".utf8), [0xFF, 0xFE, 0x41],
    ]

    private func faults(_ text: String) -> [SheetFault] {
        do throws(SheetFault) { return try ManifestSheet(text).faults } catch { return [error] }
    }

    private func check(_ fault: SheetFault) {
        let words = fault.words
        #expect(words.chinese.contains { "一"..."龥" ~= $0 }, "\(words.chinese)")
        #expect(words.chinese.firstMatch(of: /[a-z]{2,} [a-z]{2,}/) == nil, "\(words.chinese)")
        // The names of columns stand in both.
        let names = ManifestColumn.allCases.map(\.chinese)
        let rest = names.reduce(words.english) { $0.replacing($1, with: "") }
        #expect(!rest.contains { "一"..."龥" ~= $0 }, "\(words.english)")
    }

    @Test("what is wrong with a sheet or a row of it has a Chinese sentence and an English one", arguments: sheets)
    func ofSheets(text: String) {
        let all = faults(text)
        #expect(!all.isEmpty)
        for fault in all { check(fault) }
    }

    @Test("so has a sheet that has more in a cell, or in a row, than Excel can hold")
    func tooLong() {
        let (cell, row) = (String(repeating: "村", count: 32_768), String(repeating: ",", count: 16_384))
        for text in ["\"\(cell)", "运单号,品牌\(row)"] {
            let all = faults(text)
            #expect(all.count == 1)
            for fault in all { check(fault) }
        }
    }

    @Test("so has what is wrong with a file", arguments: files)
    func ofFiles(bytes: [UInt8]) throws {
        check(try #require(throws: SheetFault.self) { try SheetText.decode(bytes) })
    }
}
