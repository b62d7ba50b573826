import LockerDomain
import LockerTestKit
import Testing

@Suite("Bytes as decimal digits")
struct DecimalTextTests {
    @Test(
        "vectors",
        arguments: [
            ([], "9"), ([0], "9000"), ([255], "9255"), ([0, 0], "900000"), ([255, 255], "965535"),
            ([255, 255, 255], "916777215"), ([UInt8](repeating: 255, count: 7), "972057594037927935"),
            ([0, 0, 0, 0, 0, 0, 1, 2], "900000000000000001002"),
        ] as [([UInt8], String)]
    )
    func vectors(bytes: [UInt8], text: String) {
        #expect(DecimalText.encode(bytes) == text)
        #expect(DecimalText.decode(text) == bytes)
    }

    @Test("random bytes of every length come back", arguments: Seeds.all(fixed: 3))
    func roundTrip(seed: UInt64) {
        var random = SplitMix(seed: seed)
        for length in 0..<200 {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            let text = DecimalText.encode(bytes)
            #expect(text.utf8.count == DecimalText.length(ofBytes: length), "seed \(seed)")
            #expect(DecimalText.decode(text) == bytes, "seed \(seed)")
        }
    }

    @Test("whatever digits decode at all are the one spelling of their bytes", arguments: Seeds.all(fixed: 3))
    func oneSpelling(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var decoded = 0
        for _ in 0..<20_000 {
            let length = Int.random(in: 1...40, using: &random)
            let text = "9" + (0..<length).map { _ in String(Int.random(in: 0...9, using: &random)) }.joined()
            guard let bytes = DecimalText.decode(text) else { continue }
            decoded += 1
            #expect(DecimalText.encode(bytes) == text, "seed \(seed)")
        }
        #expect(decoded > 100, "seed \(seed)")
    }

    @Test(
        "other texts decode to nothing",
        arguments: ["", "8000", "90", "900", "9256", "965536", "9000000", "9 00", "9٠٠٠", "900a", "972057594037927936"]
    )
    func refused(text: String) {
        #expect(DecimalText.decode(text) == nil)
    }

    @Test("hexadecimal is read in both cases and written in lower case")
    func hex() {
        #expect(Hex.encode([0, 0x9a, 0xff]) == "009aff")
        #expect(Hex.decode("009AfF") == [0, 0x9a, 0xff])
        for bad in ["0", "0g", "  ", "é"] { #expect(Hex.decode(bad) == nil) }
    }
}
