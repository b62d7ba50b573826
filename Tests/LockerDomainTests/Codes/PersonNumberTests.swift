import LockerDomain
import Testing

@Suite("Numbers of persons")
struct PersonNumberTests {
    @Test(
        "people write it in decimal, events hold 16 hex digits",
        arguments: [
            ("1", "0000000000000001"), ("2001", "00000000000007d1"), ("1026", "0000000000000402"),
            ("18446744073709551615", "ffffffffffffffff"),
        ]
    )
    func both(decimal: String, wire: String) throws {
        let number = try #require(PersonNumber(decimal: decimal))
        #expect(number == PersonNumber(wire: wire))
        #expect(number.decimal == decimal && number.wire == wire)
        #expect(Hex.encode(number.bytes) == wire)
        #expect(PersonNumber.shown(wire) == decimal)
        #expect(PersonNumber.shown("badge \(wire)", field: "authority") == "badge \(decimal)")
    }

    @Test(
        "nothing else is a number that people write, hex digits least of all",
        arguments: [
            "", "0", "00", "-1", "+1", " 1", "1 ", "1.0", "Wang", "２００１", "18446744073709551616", "00000000000007d1",
            "0000000000001001", "7d1",
        ]
    )
    func noDecimal(text: String) {
        #expect(PersonNumber(decimal: text) == nil)
    }

    @Test(
        "nothing else is a number on the wire",
        arguments: ["", "2001", "00000000000007D1", "0000000000000000", "+000000000007d1", "00000000000007d1 "]
    )
    func noWire(text: String) {
        #expect(PersonNumber(wire: text) == nil)
        #expect(PersonNumber.shown(text) == text)
    }

    @Test("what is no person stays as it is, also of the same form")
    func others() {
        #expect(PersonNumber.shown("00000000000007d1", field: "badge") == "00000000000007d1")
        #expect(PersonNumber.shown("county", field: "by") == "county")
        #expect(PersonNumber.shown("code", field: "authority") == "code")
    }
}
