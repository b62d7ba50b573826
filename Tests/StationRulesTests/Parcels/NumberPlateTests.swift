import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Number plates")
struct NumberPlateTests {
    private static let provinces = Array("京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新").map(String.init)
    private static let numbers = [
        "E12345", "A1B2C3", "AD12345", "A12345D", "E1234挂", "O1234警", "E1234学", "Z1234港", "Z1234澳", "A1234领",
    ]

    @Test("every plate of every province reads back from ASCII, and no two are alike there")
    func roundTrip() throws {
        var spellings: Set<String> = []
        #expect(Set(Self.provinces).count == 31)
        for province in Self.provinces {
            for number in Self.numbers {
                let plate = try #require(NumberPlate(province + number))
                #expect(plate.description == province + number)
                #expect(plate.ascii.utf8.allSatisfy { (0x2D...0x5A).contains($0) }, "\(plate.ascii)")
                #expect(NumberPlate(plate.ascii) == plate && NumberPlate(plate.ascii.lowercased()) == plate)
                spellings.insert(plate.ascii)
            }
        }
        #expect(spellings.count == Self.provinces.count * Self.numbers.count)
    }

    @Test(
        "the letters are those of GB/T 2260",
        arguments: [
            ("晋E12345", "SX-E12345"), ("陕A12345", "SN-A12345"), ("豫A1B2C3", "HA-A1B2C3"), ("冀AD12345", "HE-AD12345"),
            ("琼A12345", "HI-A12345"), ("蒙A1234挂", "NM-A1234-GUA"), ("粤Z1234港", "GD-Z1234-GANG"),
            ("黑O1234警", "HL-O1234-JING"),
        ]
    )
    func letters(plate: String, ascii: String) {
        #expect(NumberPlate(plate)?.ascii == ascii)
        #expect(NumberPlate(ascii)?.description == plate)
    }

    @Test(
        "dots and small letters do not matter",
        arguments: ["晋E·12345", "晋e12345", "晋E-12345", "晋E 12345", "晋E・12345"]
    )
    func spellings(text: String) {
        #expect(NumberPlate(text)?.description == "晋E12345")
    }

    @Test(
        "what is no plate is nobody's",
        arguments: [
            "", "晋", "晋E", "A12345", "SX-", "SX-E", "SX-3", "SXE12345", "XX-E12345", "SX-E1234567", "SX-E1234",
            "SX-I12345",
            "SX-EABCDE", "SC-ROUTE1", "SX-E1234-X", "SX-E12345-GUA-", "SX-E12O45", "晋E1234", "台A12345", "晋E12345挂挂",
            "-E12345",
        ]
    )
    func others(text: String) {
        #expect(NumberPlate(text) == nil)
    }
}

@Suite("The card of a run with its vehicle")
struct PlateCardTests {
    private var cabinet = Cabinet()

    @Test(
        "the barcode is ASCII, the title and the books have the plate",
        arguments: ["晋E12345", "晋e·12345", "SX-E12345", "sx-e12345"]
    )
    mutating func card(vehicle: String) throws {
        let card = try #require(Card(text: "VLK1:RUN:0700:XIN-3:" + vehicle))
        #expect(card.text == "VLK1:RUN:0700:XIN-3:SX-E12345")
        #expect(card == Card(text: card.text))
        #expect(card.caption.zh == "班次 0700 晋E12345" && card.caption.en == "Run 0700")
        cabinet.begin(.courier, proven: false)
        for text in [card.text, "vlk1:run:0800:xin-3:" + vehicle] {
            cabinet.scan(text)
            #expect(cabinet.event(RunArrived.self)?.vehicle == "晋E12345")
        }
        cabinet.end()
        #expect(cabinet.event(RunDeparted.self)?.vehicle == "晋E12345")
    }

    @Test("the hand-over card, too; its title keeps the plate whatever the run is called")
    mutating func handOver() {
        #expect(Card.handOver("0700:XIN-3:晋AD12345").text == "VLK1:HANDOVER:0700:XIN-3:SX-AD12345")
        #expect(Card.handOver("0700:XIN-3:晋AD12345").caption.zh == "交接 0700 晋AD12345")
        #expect(Card.handOver("0700::SX-E1234-GUA").caption.zh.hasSuffix("晋E1234挂"))
        let long = Card.run(String(repeating: "W", count: 30) + ":X:晋AD12345").caption.zh
        #expect(long.hasSuffix("晋AD12345") && long.count == CardLimits.chineseCharactersMax)
        #expect(Card.run("0700:XIN-3:A12345").caption.zh == "班次 0700:XIN-3:A…", "no plate: as it is")
        cabinet.announce([ManifestEntry("YT8962646785380", run: "0700")])
        cabinet.begin(.courier, proven: false)
        cabinet.card(.handOver("0700:XIN-3:晋E12345"))
        #expect(cabinet.answers.last == .checkedIn && cabinet.state.run?.vehicle == "晋E12345")
    }
}
