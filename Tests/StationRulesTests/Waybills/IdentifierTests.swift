import LockerDomain
import StationBooks
import StationRules
import Testing

@Suite("Reading of documented identifiers")
struct IdentifierTests {
    @Test(
        "S10 with a right check digit",
        arguments: [
            "EE471108151FR", "RR473124829GB", "EB000717595HK", "EB000717618HK", "EA100000017CN", "EA100000025CN",
            "EA100000140CN", "EA000000005CN",
        ]
    )
    func validS10(number: String) throws {
        let reading = try WaybillReading(number)
        #expect(reading.kind == .s10)
        #expect(reading.checkDigit == .valid)
        #expect(reading.warnings.isEmpty)
        #expect(reading.brands.map(\.brand) == ["POST"])
    }

    @Test("the reserved first letters of S10 are warned of", arguments: ["JA", "KA", "SA", "TA", "WA"])
    func reservedS10(service: String) throws {
        let reading = try WaybillReading("\(service)100000017CN")
        #expect(reading.kind == .s10)
        #expect(reading.checkDigit == .valid)
        #expect(reading.warnings.count == 1)
    }

    @Test(
        "what only resembles S10 is an ordinary number",
        arguments: ["EE471108151F", "EE471108151FR1", "E1471108151FR", "EE47110815AFR", "EE471108151F1"]
    )
    func notS10(number: String) throws {
        let reading = try WaybillReading(number)
        #expect(reading.kind == .waybill)
        #expect(reading.checkDigit == .none)
    }

    @Test("S10 is printed in groups", arguments: ["EE 471 108 151 FR", "ee 47 1108 151fr"])
    func groupedS10(number: String) throws {
        #expect(try WaybillReading(number).normalized == "EE471108151FR")
    }

    @Test("S10 with a wrong check digit is warned of, not refused", arguments: ["EB000717594HK", "EA100000020CN"])
    func invalidS10(number: String) throws {
        let reading = try WaybillReading(number)
        #expect(reading.kind == .s10)
        #expect(reading.checkDigit == .invalid)
        #expect(reading.isWaybill)
        #expect(reading.warnings.count == 1)
    }

    @Test("the station's own cards and tokens are no waybills")
    func own() throws {
        #expect(try WaybillReading("VLK1:END").kind == .locker)
        #expect(try WaybillReading("vlk1:door:A01").kind == .locker)
        #expect(try WaybillReading(Cabinet().badge(.courier)).kind == .locker)
    }

    @Test(
        "other codes on a label are unknown",
        arguments: [
            "755W-01", "1234567", "12345678", "13812345678", "HTTP://T.CN/A6XYZ123", "ABCDEFGH", "-12345678_",
            "笔记本12345678", "SF７",
            String(repeating: "1", count: 33), "(420)22345(56780000000001)",
            "12345678\u{0085}",
        ]
    )
    func unknown(scan: String) throws {
        let reading = try WaybillReading(scan)
        #expect(reading.kind == .unknown)
        #expect(!reading.isWaybill)
    }

    @Test("nothing but padding is empty", arguments: ["", " ", "\r\n", "***", "\u{1D}", "　"])
    func empty(scan: String) {
        #expect(throws: ScanText.Fault.empty) { try WaybillReading(scan) }
    }

    @Test(
        "control bytes inside are refused",
        arguments: ["SF\u{0}744", "\u{1B}[31mSF7444404156506", "SF7444404156506\u{7F}"]
    )
    func controls(scan: String) {
        #expect(throws: ScanText.Fault.controlBytes) { try WaybillReading(scan) }
    }

    @Test("ten thousand characters are refused, 512 are read")
    func long() throws {
        #expect(throws: ScanText.Fault.tooLong) { try WaybillReading(String(repeating: "1", count: 10_000)) }
        #expect(throws: ScanText.Fault.tooLong) { try WaybillReading(String(repeating: "快", count: 513)) }
        #expect(throws: ScanText.Fault.tooLong) { try WaybillReading("e" + String(repeating: "\u{301}", count: 9_999)) }
        #expect(try WaybillReading(String(repeating: "1", count: 512)).kind == .unknown)
    }
}
