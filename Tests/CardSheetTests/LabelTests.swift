import CardSheet
import LockerDomain
import Testing

@Suite("Labels for shipments")
struct LabelTests {
    @Test("a number of the station's own reads as a waybill, and no two are alike")
    func numbers() throws {
        let numbers = (1...200).map {
            ShipmentLabel.waybill(station: "yc-beiliu-0231", number: $0, wall: 1_767_196_800_000 + Int64($0) * 1_000)
        }
        #expect(Set(numbers).count == 200)
        for number in numbers { #expect(try WaybillReading(number.rawValue).isWaybill) }
        #expect(ShipmentLabel.waybill(station: "another", number: 1, wall: 1_767_196_801_000) != numbers[0])
    }

    @Test("the label carries the number as bars and as text, and nobody's name")
    func document() throws {
        let waybill = ShipmentLabel.waybill(station: "yc-beiliu-0231", number: 1, wall: 1_767_196_800_000)
        let svg = try ShippingLabel(waybill, lines: ["北留村便民站", "备案 140522-0017", "热线 12305", "left out"]).document()
        #expect(svg.contains(">\(waybill.rawValue)</text>"))
        #expect(svg.contains("<path "))
        #expect(svg.contains("北留村便民站"))
        #expect(!svg.contains("left out"))
    }

    @Test("a number that no scanner could read at that width is refused")
    func tooLong() {
        let long = Waybill(rawValue: String(repeating: "A1", count: 40))
        #expect(throws: SheetFault.self) { try ShippingLabel(long).document() }
    }
}
