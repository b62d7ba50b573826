import FoundationEssentials
import LockerDomain
import Testing

@Suite("Reading of waybill numbers")
struct WaybillReadingTests {
    @Test(
        "the published numbers of the carriers are waybills, with their carrier first",
        arguments: [
            ("SF", ["SF1385628716739", "SF7444404156506", "SF7444496931331", "SF1331875979567"]),
            ("ZTO", ["73610555582883", "75442160290397"]),
            ("YTO", ["YT8962646785389", "YT2058328209504", "YT2504053375409"]),
            ("STO", ["773277027280336", "777283570307955", "77316523125896"]),
            ("YUNDA", ["463431409940372", "462598779470531"]),
            ("JT", ["JT5261988016578", "JT0006968326954", "JT3002232682242"]),
            ("JD", ["JDX024407261700", "JDVA11408814483", "JDVC14065102105", "JDVA46783539436"]),
            ("DBL", ["DPK202252612836", "DPK364112047425", "DPK202252612836-0001"]),
            ("POST", ["1207119765021", "1240921381750", "4309597495550", "KA12345678914"]),
            ("CAINIAO", ["621123456789012"]),
        ] as [(String, [String])]
    )
    func carriers(brand: String, numbers: [String]) throws {
        for number in numbers {
            let reading = try WaybillReading(number)
            #expect(reading.kind == .waybill, "\(number)")
            #expect(reading.isWaybill)
            #expect(reading.normalized == number)
            #expect(reading.brands.first?.brand == brand, "\(number): \(reading.brands)")
            #expect(reading.brands.allSatisfy { (1...99).contains($0.percent) })
        }
    }

    @Test(
        "old numbers that fit several carriers are waybills too, never refused by pattern",
        arguments: [
            "444010688260", "049842774482", "VA45306123456", "268123456789", "123456789", "123456789012345678901234",
        ]
    )
    func folklore(number: String) throws {
        let reading = try WaybillReading(number)
        #expect(reading.kind == .waybill)
        #expect(reading.brands.allSatisfy { $0.percent <= 30 })
        #expect(reading.likelyBrand == nil)
    }

    @Test(
        "a number that two carriers share has both, ranked",
        arguments: [
            ("444010688260", ["SF", "ZTO"]), ("4309597495550", ["POST"]), ("773277027280336", ["STO"]),
            ("463431409940372", ["YUNDA"]), ("430000000000000", ["STO", "YUNDA"]),
            ("5012345678901", ["POST", "YUNDA"]),
        ]
    )
    func ranked(number: String, brands: [String]) throws {
        #expect(try WaybillReading(number).brands.map(\.brand) == brands)
    }

    @Test(
        "SF's label QR holds the waybill as k5, padded or not",
        arguments: [
            (
                "MMM={'k1':'755W','k2':'755BF','k3':'018','k4':'T4','k5':'SF7444404156506','k6':'','k7':'39bb4bd9'}",
                "SF7444404156506"
            ),
            (
                "43100002%MMMMMMMMMMMMMMMMMMMMMMMMMMMM" + "MMM={'k1':'574W','k2':'574AA','k5':'049842774482','k6':''}",
                "049842774482"
            ),
            ("mmm={'K5':'sf7444404156506'}", "SF7444404156506"),
            ("]Q1MMM={ 'k4' : 'T4', 'k5' : 'SF7444404156506' }", "SF7444404156506"),
            ("ＭＭＭ＝｛＇ｋ５＇：＇ＳＦ７４４４４０４１５６５０６＇｝", "SF7444404156506"),
            ("MMM={'k5':'SF7444404156506'", "SF7444404156506"),
        ]
    )
    func labelQR(scan: String, number: String) throws {
        let reading = try WaybillReading(scan)
        #expect(reading.normalized == number)
        #expect(reading.kind == .waybill)
    }

    @Test(
        "a label QR without a number is unknown, not a crash",
        arguments: [
            "MMM={'k1':'755W'}", "MMM={'k5':'", "MMM={'k5':''}", "MMM={", "'k5':'SF7444404156506'", "MMM={'k5':'a'",
            "MMM={'k1':'755W'},'k5':'SF7444404156506'", "MMM={'k5':'笔记本'}", "MMM={'k5':'12345678'}",
        ]
    )
    func brokenQR(scan: String) throws {
        #expect(try WaybillReading(scan).kind == .unknown)
    }

    @Test(
        "padding, case and width do not matter",
        arguments: [
            "sf7444404156506", " SF7444404156506\r\n", "*SF7444404156506*", "ＳＦ７４４４４０４１５６５０６", "SF 7444 4041 56506",
            "\tSf7444404156506\u{3000}", "\u{FEFF}SF7444404156506\u{A0}", "\u{1D}SF7444404156506\u{1D}",
            "\u{200B}SF7444404156506\u{202C}", "]C0SF7444404156506", "]A0*SF7444404156506*\r", "]C0]C0SF7444404156506",
            "] C0 *SF7444404156506",
        ]
    )
    func folding(scan: String) throws {
        #expect(try WaybillReading(scan).normalized == "SF7444404156506")
    }

    @Test(
        "a child parcel keeps its suffix and its parent's carrier, and names its parent",
        arguments: [
            ("JDX024407261700-1-2-", "JDX024407261700"), ("SF7444404156506-001", "SF7444404156506"),
            ("DPK202252612836-0001", "DPK202252612836"), ("jdva11408814483－2－3－", "JDVA11408814483"),
        ]
    )
    func children(number: String, parent: String) throws {
        let reading = try WaybillReading(number)
        #expect(reading.normalized.hasPrefix(parent + "-"))
        #expect(reading.stem == parent)
        #expect(reading.kind == .waybill)
        #expect(reading.brands == (try WaybillReading(parent).brands))
        #expect(reading.brands.first?.percent ?? 0 >= 90)
    }

    @Test(
        "what is no child has itself as its stem",
        arguments: ["SF7444404156506", "DHL-1234567890", "123456789-ABC", "SF7444404156506-", "EE471108151FR"]
    )
    func noChildren(number: String) throws {
        let reading = try WaybillReading(number)
        #expect(reading.isWaybill)
        #expect(reading.stem == number)
    }

    @Test("JSON has the five members that programs rely on, and no more")
    func json() throws {
        let reading = try WaybillReading("]C0jdx024407261700-1-2-")
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        #expect(
            String(decoding: try encoder.encode(reading), as: UTF8.self)
                == #"{"brands":[{"brand":"JD","percent":90}],"checkDigit":"none","kind":"waybill","#
                + #""normalized":"JDX024407261700-1-2-","warnings":[]}"#
        )
    }
}
