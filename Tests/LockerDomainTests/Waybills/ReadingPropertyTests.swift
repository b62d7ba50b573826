import LockerDomain
import LockerTestKit
import Testing

@Suite("Reading of anything")
struct ReadingPropertyTests {
    private static let pieces = [
        "MMM={", "'k5':'", "'", "}", "SF", "00", "01", "401", "(00)", "(01)", "(401)", "9", "-", "\u{1D}", "VLK1:", "笔",
        " ",
        "JD", "*", "Ａ", "\u{301}", "]C1", "]C0", "]E0", "]d2", "]", "106141411234567897", "06901234567892",
        "6901234567892",
        "SF7444404156506", "11010519491231002X", "13812345678", "EE471108151FR", "://", "+86", "\u{200B}", "—", "x",
        "\\000026", "\\", "A", "b", "t", "n", "]A1", "]Q2", "]F0", "]zA",
    ]
    /// Bytes of the identifier `]C1`, which stands for a GS (one byte) in the reading.
    private static let identifierBytes = 3

    private static func text(_ random: inout SplitMix) -> String {
        (0..<Int.random(in: 0...8, using: &random)).map { _ in
            switch Int.random(in: 0...3, using: &random) {
            case 0:
                String(UInt64.random(in: 0...(1 << 63), using: &random)).prefix(Int.random(in: 1...18, using: &random))
            default: pieces.randomElement(using: &random)?[...] ?? ""
            }
        }.joined()
    }

    @Test("whatever comes: no crash, nothing grows, and the result reads as itself", arguments: Seeds.all(fixed: 3))
    func anything(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        for _ in 0..<6_000 {
            let text = Self.text(&random)
            guard let reading = try? WaybillReading(text) else { continue }
            let words: Comment = "seed \(seed): \(text.debugDescription)"
            let scan = try ScanText(text)
            #expect(reading.normalized.utf8.count <= scan.text.utf8.count + Self.identifierBytes, words)
            #expect(reading.normalized.hasPrefix(reading.stem), words)
            #expect(reading.brands.map(\.percent) == reading.brands.map(\.percent).sorted(by: >), words)
            #expect(reading.isWaybill || reading.brands.isEmpty, words)
            // A backslash of the data reads as one of the ECI protocol the second time.
            guard !reading.normalized.isEmpty, !scan.text.utf8.contains(UInt8(ascii: "\\")) else { continue }
            #expect(try ScanText(scan.text).text == scan.text, words)
            let again = try WaybillReading(reading.normalized)
            #expect(again.kind == reading.kind && again.checkDigit == reading.checkDigit, words)
            #expect(again.normalized == reading.normalized, words)
        }
    }

    @Test("any number of any carrier's form is taken, whatever its check digit", arguments: Seeds.all(fixed: 2))
    func neverRefused(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let forms = [
            ("SF", 13), ("YT", 13), ("JT", 13), ("JDVA", 11), ("DPK", 12), ("73", 12), ("78", 12), ("77", 13),
            ("46", 13),
            ("621", 12), ("10", 11), ("52", 11), ("98", 11), ("0", 11), ("4", 11), ("5", 12), ("43", 11), ("PA", 11),
        ]
        for (prefix, digits) in forms {
            for _ in 0..<200 {
                let rest = (0..<digits).map { _ in String(Int.random(in: 0...9, using: &random)) }.joined()
                let reading = try WaybillReading(prefix + rest)
                #expect(reading.kind == .waybill && !reading.brands.isEmpty, "seed \(seed): \(prefix + rest)")
                #expect(reading.normalized == prefix + rest)
            }
        }
    }

    @Test("the longest scan is read as fast as its length, not its square")
    func fast() {
        let worst = ["(", "(00)", "MMM={'K5':'", "]C1", "\u{1D}4", "1-", "://", "\\", "A1", "]A1"].map {
            String(String(repeating: $0, count: Limits.scanCharactersMax).prefix(Limits.scanCharactersMax))
        }
        // As many characters in labels of sixteen, read by the same build on the same machine: a loop over all pairs of
        // characters is 32 times longer in one text of 512.
        let label = "SF7444404156506 "
        let labels = Array(repeating: label, count: Limits.scanCharactersMax / label.utf8.count)
        var reference = Duration.seconds(3_600)
        var times = worst.map { _ in Duration.seconds(3_600) }
        let clock = ContinuousClock()
        // In turn, and the shortest of many: what else the machine does meanwhile falls on both.
        for _ in 0..<20 {
            reference = min(reference, clock.measure { for text in labels { _ = try? WaybillReading(text) } })
            for (index, text) in worst.enumerated() {
                times[index] = min(times[index], clock.measure { _ = try? WaybillReading(text) })
            }
        }
        for (text, time) in zip(worst, times) {
            #expect(time < reference * 16, "\(text.prefix(12).debugDescription): \(time / reference)")
        }
    }
}
