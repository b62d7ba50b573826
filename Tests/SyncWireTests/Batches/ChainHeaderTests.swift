import SyncWire
import Testing

@Suite("Locker-Chain")
struct ChainHeaderTests {
    private static let incarnation = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
    private static let zeros = ":AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:"
    private static let good =
        "incarnation=\"\(incarnation)\", first=1, last=57, before=\(zeros), after=\(zeros)"

    @Test("it is written as an RFC 8941 dictionary and read back")
    func roundTrip() {
        let header = ChainHeader(
            incarnation: Self.incarnation,
            first: 1,
            last: 57,
            before: Chain.start,
            after: Chain.start
        )
        #expect(header.text == Self.good)
        #expect(ChainHeader(Self.good) == header)
    }

    @Test("order and spaces do not matter to the reader")
    func order() {
        let text = "after=\(Self.zeros),before=\(Self.zeros),  last=57,first=1,incarnation=\"\(Self.incarnation)\""
        #expect(ChainHeader(text)?.text == Self.good)
    }

    @Test(
        "what is missing, of another type or out of range is refused",
        arguments: [
            ("first=1", "first=0"), ("first=1", "first=58"), ("first=1", "first=-1"), ("first=1", "first=1.0"),
            ("first=1", "first=\"1\""), ("last=57", "last=1099511627776"), ("last=57", "last=9999999999999999"),
            ("first=1, ", ""), ("last=57, ", ""), ("0f1e", "0F1E"), ("0f1e", "0f1"), ("0f1e", "0f1g"), ("=\"0f", "=0f"),
            ("AAA=:, after", "AA==:, after"), (", after", " after"), ("before=:", "before="), ("before=", "befor="),
            ("incarnation", "Incarnation"),
        ]
    )
    func refused(old: String, new: String) {
        #expect(Self.good.contains(old))
        #expect(ChainHeader(Self.good.replacing(old, with: new, maxReplacements: 1)) == nil)
    }

    @Test(
        "other texts are refused",
        arguments: ["", " ", ",", "=", "a", "\u{0}", String(repeating: "a,", count: 10_000)]
    )
    func garbage(text: String) {
        #expect(ChainHeader(text) == nil)
    }

    @Test("a lost range ends right in front of the first line", arguments: ["1-1", "19-22", "1-1099511627000"])
    func lost(text: String) throws {
        let range = try #require(ChainHeader.range(of: text))
        let (first, last) = (range.upperBound + 1, range.upperBound + 3)
        let value = Self.good.replacing("first=1, last=57", with: "first=\(first), last=\(last)") + ", lost=\"\(text)\""
        let header = try #require(ChainHeader(value))
        #expect(header.lost == range && header.text == value)
    }

    @Test(
        "another lost range is refused",
        arguments: [
            "", "22", "-22", "19-", "22-19", "0-22", "019-22", "19-022", "19-21", "19-23", "19 - 22", "+19-22",
            "19-22-22",
            "１９-22", "99999999999999999999-22", String(repeating: "1", count: 10_000),
        ]
    )
    func lostRefused(text: String) {
        let value = Self.good.replacing("first=1", with: "first=23")
        #expect(ChainHeader(value) != nil)
        #expect(ChainHeader(value + ", lost=\"\(text)\"") == nil)
        #expect(ChainHeader(value + ", lost=22") == nil)
    }
}

@Suite("Locker-Counter")
struct LockerCounterTests {
    @Test("it rises by the start, then by the call")
    func order() {
        let counters = [(1, 1), (1, 2), (1, 10), (2, 1), (10, 1)].map { LockerCounter(start: $0.0, n: $0.1) }
        #expect(counters.shuffled().sorted() == counters)
        #expect(LockerCounter(start: 2, n: 1) < LockerCounter(start: 2, n: 2))
        #expect(!(LockerCounter(start: 2, n: 1) < LockerCounter(start: 2, n: 1)))
    }

    @Test("it is written and read as two decimal numbers", arguments: [(0, 0), (1, 1), (12, 345), (1 << 31, 1 << 31)])
    func roundTrip(start: Int, n: Int) {
        let counter = LockerCounter(start: start, n: n)
        #expect(counter.description == "\(start).\(n)")
        #expect(LockerCounter(counter.description) == counter)
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", ".", "1", "1.", ".1", "1.2.3", "-1.2", "1.-2", "+1.2", "1.+2", "1 .2", " 1.2", "1.2 ", "a.b", "１.２",
            "0x1.2",
            "99999999999999999999.1", "-0.0", "2147483649.1", "1.2147483649",
        ]
    )
    func refused(text: String) {
        #expect(LockerCounter(text) == nil)
    }
}
