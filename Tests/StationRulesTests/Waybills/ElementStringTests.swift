import LockerDomain
import StationBooks
import StationRules
import Testing

@Suite("Reading of GS1 barcodes")
struct ElementStringTests {
    private static let gs = "\u{1D}"

    @Test(
        "the SSCC is found wherever it stands, and sheds its application identifier",
        arguments: [
            "00106141411234567897", "106141411234567897", "(00)106141411234567897", "(00) 1 0614141 123456789 7",
            "（００）１０６１４１４１１２３４５６７８９７", "]C100106141411234567897", "]C1\(gs)00106141411234567897\(gs)",
            "]Q300106141411234567897", "]d200106141411234567897", "]e000106141411234567897",
            "]C142022345\(gs)00106141411234567897", "42022345\(gs)00106141411234567897",
            "]C1421156044500\(gs)403ROUTE-7\(gs)00106141411234567897",
            "]C1\(gs)\(gs)420044500\(gs)\(gs)00106141411234567897",
            "]C1410690123400000900106141411234567897", "]C1310200125000106141411234567897",
            "]C1021690123456789937123\(gs)00106141411234567897", "]C1001061414112345678974021234",
            "(420)22345(00)106141411234567897", "(401)ABC(1)2(00)106141411234567897(37)12",
            "(00)106141411234567897(00)006901234500000001",
        ]
    )
    func sscc(scan: String) throws {
        let reading = try WaybillReading(scan)
        #expect(reading.kind == .sscc)
        #expect(reading.normalized == "106141411234567897")
        #expect(reading.checkDigit == .valid)
        #expect(reading.isWaybill)
        #expect(reading.warnings.isEmpty)
    }

    @Test(
        "an SSCC with a wrong check digit is warned of, not refused, and keeps what may be part of the number",
        arguments: ["00106141411234567890", "(00)106141411234567890", "]C100106141411234567890"]
    )
    func wrongSSCC(scan: String) throws {
        let reading = try WaybillReading(scan)
        #expect(reading.kind == .sscc)
        #expect(reading.normalized == "00106141411234567890")
        #expect(reading.checkDigit == .invalid)
        #expect(reading.isWaybill)
        #expect(reading.warnings.count == 1)
    }

    @Test("eighteen digits with another check digit are an ordinary number")
    func eighteen() throws {
        let reading = try WaybillReading("106141411234567890")
        #expect(reading.kind == .waybill)
        #expect(reading.checkDigit == .none)
    }

    @Test("an SSCC that could be an ID card stays one while its application identifier says so")
    func likeAnIDCard() throws {
        let reading = try WaybillReading("(00)140522199001010030")
        #expect(reading.kind == .sscc)
        #expect(reading.normalized == "00140522199001010030")
        #expect(try WaybillReading("140522199001010030").kind == .unknown)
    }

    @Test(
        "the goods of a GS1 barcode are goods",
        arguments: [
            ("]C10106901234567892", "6901234567892"), ("(01)06901234567892(10)A1", "6901234567892"),
            ("]d20106901234567892\u{1D}21SERIAL", "6901234567892"), ("]C1010001234567890510LOT", "0012345678905"),
            ("]C10116901234567899", "0116901234567899"), ("0116901234567899", "0116901234567899"),
            ("]e00116901234567899", "0116901234567899"), ("(02)16901234567899(37)12", "0116901234567899"),
        ]
    )
    func goods(scan: String, normalized: String) throws {
        let reading = try WaybillReading(scan)
        #expect(reading.kind == .gtin)
        #expect(reading.normalized == normalized)
        #expect(reading.checkDigit == .valid)
        #expect(!reading.isWaybill)
    }

    @Test(
        "a GS1 barcode without a parcel's number is unknown and says what to scan",
        arguments: [
            "]C142022345", "(420)22345", "]C140212345678901234567", "(402)12345678901234567", "]C1403ROUTE7890123",
            "]C10116901234567890", "]C1401AB", "10LOT1234567\u{1D}37123",
        ]
    )
    func other(scan: String) throws {
        let reading = try WaybillReading(scan)
        #expect(reading.kind == .unknown)
        #expect(reading.warnings.count == 1)
        #expect(reading.warnings.first?.contains("SSCC") == true)
    }

    @Test(
        "a consignment's number (GINC) is taken, with a warning",
        arguments: ["]C1401ABC123456789", "(401)abc123456789"]
    )
    func ginc(scan: String) throws {
        let reading = try WaybillReading(scan)
        #expect(reading.kind == .waybill)
        #expect(reading.normalized == "ABC123456789")
        #expect(reading.warnings.count == 1)
    }

    @Test(
        "a carrier's number in a barcode that only claims to be GS1 is the carrier's",
        arguments: [
            ("]C1SF7444404156506", "SF"), ("]C1YT8962646785389", "YTO"), ("]C173610555582883", "ZTO"),
            ("]C1773277027280336", "STO"),
        ]
    )
    func claimed(scan: String, brand: String) throws {
        let reading = try WaybillReading(scan)
        #expect(reading.kind == .waybill)
        #expect(reading.normalized == String(scan.dropFirst(3)))
        #expect(reading.brands.first?.brand == brand)
    }

    @Test(
        "torn element strings are unknown, not a crash",
        arguments: [
            "(", "()", "(0", "(00", "(00)", "(00)1", "(00)(00)", "(0)106141411234567897", "(00000)106141411234567897",
            "]C1(",
            "(00)10614141123456789X", "12\u{1D}1", "4\u{1D}0", "40\u{1D}1", "401\u{1D}7", "]C100",
        ]
    )
    func torn(scan: String) throws {
        #expect(try WaybillReading(scan).kind == .unknown)
    }
}

@Suite("Symbology identifiers")
struct SymbologyTests {
    @Test(
        "an identifier that changes nothing is taken off",
        arguments: [
            "]C0", "]A0", "]E0", "]I0", "]G0", "]Q0", "]Q1", "]d1", "]L0", "]z0", "]C1", "]Q3", "]d2", "]X0", "]h0",
        ]
    )
    func stripped(identifier: String) throws {
        #expect(try WaybillReading(identifier + "SF7444404156506").normalized == "SF7444404156506")
        #expect(try WaybillReading(identifier + "VLK1:END").kind == .locker)
        #expect(try WaybillReading(identifier + Cabinet().badge(.courier)).kind == .locker)
        #expect(throws: ScanText.Fault.empty) { try WaybillReading(identifier) }
    }

    @Test("an identifier is no part of the text, also where it says how to read the rest")
    func folded() throws {
        #expect(try ScanText("]C0VLK1:END\r\n").text == "VLK1:END")
        #expect(try ScanText("]C1*00106141411234567897*").text == "00106141411234567897")
        #expect(try ScanText(" ]E06901234567892").text == "6901234567892")
        #expect(try ScanText("]7").text == "]7")
        #expect(try ScanText("]Cx1").text == "]Cx1")
    }
}
