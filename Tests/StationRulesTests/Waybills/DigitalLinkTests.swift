import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Reading of GS1 Digital Links")
struct DigitalLinkTests {
    @Test(
        "the SSCC of any host is a parcel, whatever stands around it",
        arguments: [
            "https://id.gs1.org/00/106141411234567897", "HTTP://ID.GS1.ORG/00/106141411234567897",
            "https://example.cn:8443/a/b/00/106141411234567897/", "https://t.cn/00/106141411234567897?linkType=gs1:pip",
            "https://id.gs1.org/00/106141411234567897#top", "https://id.gs1.org/%30%30/10614141%3123456789%37",
            "https://id.gs1.org/sscc/106141411234567897", "]Q1https://id.gs1.org/00/106141411234567897\r",
            "\\000026https://id.gs1.org/00/106141411234567897",
            "https://id.gs1.org/00/106141411234567897/421/156044500",
            "https://id.gs1.org/00/00/106141411234567897", "https://id.gs1.org/01/00/106141411234567897",
        ]
    )
    func sscc(link: String) throws {
        let reading = try WaybillReading(link)
        #expect(reading.kind == .sscc && reading.isWaybill && reading.warnings.isEmpty)
        #expect(reading.normalized == "106141411234567897")
    }

    @Test(
        "the GTIN is goods",
        arguments: [
            ("https://id.gs1.org/01/06901234567892", "6901234567892"),
            ("https://brand.example.com/shop/01/06901234567892/10/LOT1/21/S7?3103=000195", "6901234567892"),
            ("https://id.gs1.org/gtin/6901234567892", "6901234567892"), ("https://a.cn/01/69012341", "0000069012341"),
            ("https://id.gs1.org/01/16901234567899", "0116901234567899"),
        ]
    )
    func goods(link: String, number: String) throws {
        let reading = try WaybillReading(link)
        #expect(reading.kind == .gtin && !reading.isWaybill)
        #expect(reading.normalized == number)
        #expect(try WaybillReading(number).kind == .gtin)
    }

    @Test(
        "other addresses stay web addresses",
        arguments: [
            "https://id.gs1.org/00/106141411234567890", "https://id.gs1.org/00/10614141123456789",
            "https://id.gs1.org/01/06901234567893", "https://id.gs1.org/01/", "https://id.gs1.org/00",
            "https://id.gs1.org", "https://id.gs1.org/401/ABC123456789", "https://shop.example/p/401/20260512123456",
            "https://id.gs1.org?00/106141411234567897", "https://id.gs1.org/#/00/106141411234567897",
            "https://id.gs1.org/8006/106141411234567897", "https://m.sf-express.com/1234567890",
            "ftp://id.gs1.org/00/106141411234567897", "www.gs1.org/00/106141411234567897", "https://", "https:///",
            "https://a/%", "https://a/00/%31%", "https://id.gs1.org/414/6901234567892",
        ]
    )
    func others(link: String) throws {
        let reading = try WaybillReading(link)
        #expect(reading.kind == .unknown)
        #expect(reading.warnings.first?.contains("web address") == true)
    }

    @Test("a number that may be an ID card is kept only with what says that it is none")
    func likeAnIDCard() throws {
        #expect(try WaybillReading("https://id.gs1.org/00/140522199001010030").normalized == "00140522199001010030")
    }

    @Test("a parcel that is announced by its SSCC is found by its link")
    func station() {
        var cabinet = Cabinet()
        cabinet.announce([ManifestEntry("106141411234567897")])
        cabinet.begin(.courier, proven: false)
        cabinet.scan("https://id.gs1.org/00/106141411234567897")
        #expect(cabinet.event(ParcelReceived.self)?.waybill == "106141411234567897")
    }
}
