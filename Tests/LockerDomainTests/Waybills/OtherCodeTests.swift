import LockerDomain
import Testing

@Suite("Codes that are no waybill")
struct OtherCodeTests {
    @Test(
        "the barcode of goods is not a waybill",
        arguments: [
            "6291041500213", "6901234567892", "4006381333931", "0012345678905", "69123450", "]E06901234567892",
            "]E469123450",
        ]
    )
    func goods(number: String) throws {
        let reading = try WaybillReading(number)
        #expect(reading.kind == .gtin)
        #expect(reading.checkDigit == .valid)
        #expect(!reading.isWaybill)
        #expect(reading.brands.isEmpty)
        #expect(number.hasSuffix(reading.normalized))
        #expect(reading.warnings.count == 1)
    }

    @Test(
        "where the scanner says EAN, even what fits a carrier is goods",
        arguments: [
            ("]E01012345678904", "]E01012345678904"), ("]X09787111305590", "]E09787111305590"),
            ("]E473513537", "]E073513537"), ("]E0036000291452", "0036000291452"),
            ("]E39787111305590" + "51299", "]E0978711130559051299"), ("]E36901234567892" + "05", "6901234567892"),
        ]
    )
    func named(scan: String, normalized: String) throws {
        let reading = try WaybillReading(scan)
        #expect(reading.kind == .gtin)
        #expect(reading.normalized == normalized, "one spelling, whichever scanner named it")
    }

    @Test(
        "goods with a wrong check digit are no goods",
        arguments: ["6901234567893", "639382000394", "]E06901234567893"]
    )
    func misread(number: String) throws {
        #expect(try WaybillReading(number).kind == .waybill)
    }

    @Test(
        "a number that fits a carrier is never refused as goods",
        arguments: [
            "1012345678904", "9787111305590", "9790123456785", "9345678901237", "036000291452", "5323456789011",
        ]
    )
    func doubtful(number: String) throws {
        let reading = try WaybillReading(number)
        #expect(reading.kind == .waybill)
        #expect(!reading.brands.isEmpty)
        #expect(reading.warnings.count == (number == "1012345678904" ? 0 : 1))
    }

    @Test(
        "twelve digits with the check digit of UPC-A may be an old waybill: a warning, no refusal",
        arguments: ["639382000393", "118000000002", "904000000001"]
    )
    func twelve(number: String) throws {
        let reading = try WaybillReading(number)
        #expect(reading.isWaybill)
        #expect(reading.warnings.contains { $0.contains("goods") })
        #expect(try WaybillReading("]E0" + number).kind == .gtin, "unless the scanner says that it is UPC")
    }

    @Test(
        "sort codes of labels",
        arguments: [
            "755W-01", "210-33-008", "755W01018", "021-A12-03", "572-0301008", "300-A03 12", "755BF018",
            "123-4567-1234567",
        ]
    )
    func sortCodes(code: String) throws {
        let reading = try WaybillReading(code)
        #expect(reading.kind == .unknown)
        #expect(reading.warnings.first?.contains("sort code") == true)
    }

    @Test(
        "web addresses",
        arguments: [
            "http://t.cn/A6xyz123", "https://m.sf-express.com/1234567890", "www.zto.com/12345678",
            "]Q1HTTPS://U.JD.COM/1",
        ]
    )
    func links(link: String) throws {
        let reading = try WaybillReading(link)
        #expect(reading.kind == .unknown)
        #expect(reading.warnings.first?.contains("web address") == true)
    }

    @Test(
        "ID cards and telephone numbers leave nothing that could be kept",
        arguments: [
            "11010519491231002X", "11010519491231002x", "440524188001010014", "140522199001010030",
            "110105-19491231-002X",
            "１１０１０５１９４９１２３１００２Ｘ", "]Q111010519491231002X", "13812345678", "8613812345678", "+86 138 1234 5678",
            "008613812345678", "138-1234-5678", "tel:13812345678", "0356-2231234", "010-12345678", "13812345678-1",
        ]
    )
    func personal(number: String) throws {
        let reading = try WaybillReading(number)
        #expect(reading.kind == .unknown)
        #expect(reading.normalized.isEmpty)
        #expect(reading.brands.isEmpty)
        #expect(reading.warnings.count == 1)
        #expect(!"\(reading)".contains { $0.isWholeNumber })
    }

    @Test(
        "what only resembles an ID card or a telephone number is a waybill",
        arguments: [
            "110105194912310021", "110105194913310023", "440101199001011237", "11812345678", "23812345678",
            "138123456789",
        ]
    )
    func notPersonal(number: String) throws {
        #expect(try WaybillReading(number).isWaybill)
    }

    @Test("eight digits may be a pickup code", arguments: ["12345678", "73513537", "12345678-1"])
    func pickupCodes(code: String) throws {
        let reading = try WaybillReading(code)
        #expect(reading.kind == .unknown)
        #expect(reading.warnings.first?.contains("pickup code") == true)
    }

    @Test("warnings name no digit of the code and are one line")
    func warnings() throws {
        for code in ["755W-01", "13812345678", "69123450", "EB000717594HK", "(420)22345", "9787111305590"] {
            for warning in try WaybillReading(code).warnings {
                #expect(!warning.contains(code) && !warning.contains("\n"))
            }
        }
    }
}
