import LockerDomain
import OfficeSheets
import Testing

@Suite("The village of a parcel in a manifest")
struct ManifestVillageTests {
    private func one(_ header: String, _ cell: String) throws -> ManifestSheet {
        try ManifestSheet("运单号,品牌,\(header),班次\nSF7444404156506,SF,\(cell),0700\n")
    }

    @Test(
        "it is read under each of its names, by 区划代码 or by name",
        arguments: ["村", "行政村", "村名", "所属村", "村庄", "village", "村（必填）"]
    )
    func headers(_ header: String) throws {
        #expect(try one(header, "北留村").lines.map(\.entry.village) == ["北留村"])
        #expect(try one(header, "１４０５２２１０２２０１").lines.map(\.entry.village) == ["140522102201"])
        #expect(try one(header, "140522102201.0").lines.map(\.entry.village) == ["140522102201"])
        #expect(try one(header, "").lines.map(\.entry.village) == [nil])
    }

    @Test("parts of a village stay what they are", arguments: ["自然村", "村组", "村民小组", "hamlet"])
    func hamlets(_ header: String) throws {
        let entry = try #require(try one(header, "东沟").lines.first?.entry)
        #expect(entry.hamlet == "东沟" && entry.village == nil)
    }

    @Test("a code that Excel rounded, a number that is no code, and more than a name are refused")
    func refused() throws {
        let long = String(repeating: "村", count: 65)
        for (cell, words) in [
            ("1.40522E+11", "is rounded by Excel"), ("13812345678", "村名或十二位区划代码"), ("14052210220", "村名或十二位区划代码"),
            (long, "one line of 1 to 64 characters"), ("北留村 13812345678", "holds a whole phone number"),
        ] {
            let sheet = try one("村", cell)
            let fault = try #require(sheet.faults.first)
            #expect(sheet.lines.isEmpty && fault.column == "column C 村 village")
            #expect(fault.description.contains(words) && !fault.description.contains("138123"))
        }
        #expect(try one("村", String(repeating: "村", count: 64)).faults == [])
    }
}
