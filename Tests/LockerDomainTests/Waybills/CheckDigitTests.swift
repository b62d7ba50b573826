import LockerDomain
import Testing

@Suite("Check digits")
struct CheckDigitTests {
    @Test(
        "UPU S10",
        arguments: [
            ("47110815", 1), ("47312482", 9), ("00071759", 5), ("00071761", 8), ("10000001", 7), ("10000002", 5),
            ("10000014", 0), ("00000000", 5),
        ] as [(String, UInt8)]
    )
    func s10(serial: String, digit: UInt8) {
        #expect(CheckDigit.s10(serial: serial.utf8) == digit)
    }

    @Test(
        "GS1: SSCC and GTIN",
        arguments: [("10614141123456789", 7), ("69012345000000001", 3), ("629104150021", 3), ("", 0)]
            as [(String, UInt8)]
    )
    func gs1(body: String, digit: UInt8) {
        #expect(CheckDigit.gs1(body: Array(body.utf8)) == digit)
    }

    @Test(
        "GB 11643: ID cards, the two examples of the standard",
        arguments: [("11010519491231002", "X"), ("44052418800101001", "4")]
    )
    func gb11643(body: String, check: String) {
        #expect([CheckDigit.gb11643(body: body.utf8)] == Array(check.utf8))
    }

    @Test("each single wrong digit of a GS1 number is noticed")
    func singleErrors() {
        let body = Array("10614141123456789".utf8)
        for index in body.indices {
            for digit: UInt8 in 0x30...0x39 where digit != body[index] {
                var changed = body
                changed[index] = digit
                #expect(CheckDigit.gs1(body: changed) != 7)
            }
        }
    }
}
