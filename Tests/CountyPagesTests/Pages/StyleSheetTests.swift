import CountyPages
import Synchronization
import Testing

@Suite("The style sheet")
struct StyleSheetTests {
    private func sheet() async throws -> String {
        let kept = Mutex("")
        try await Office().serving { browser in
            let page = try await browser().get("/login")
            let path = try #require(page.text.firstMatch(of: /href="(\/static\/[^"]+)"/))
            let text = try await browser().get(String(path.1)).text
            kept.withLock { $0 = text }
        }
        return kept.withLock { $0 }
    }

    @Test("nothing in it is newer than Chromium 86, and it loads nothing")
    func old() async throws {
        let text = try await sheet()
        #expect(text.count > 1_000)
        for word in [
            ":is(", ":where(", ":has(", "inset:", "aspect-ratio", "accent-color", "@layer", "@container", "dvh", "url(",
            "@import", "@font-face", "clamp(", "color-mix", "&",
        ] {
            #expect(!text.contains(word), "\(word)")
        }
        #expect(
            text.utf8.filter { $0 == UInt8(ascii: "{") }.count == text.utf8.filter { $0 == UInt8(ascii: "}") }.count
        )
    }

    @Test("texts have a contrast of 4.5 to 1 or more")
    func contrast() async throws {
        let text = try await sheet()
        var pairs = 0
        for rule in text.matches(of: /\{([^{}]*)\}/) {
            let ink = rule.1.firstMatch(of: /(?:^|[;\s])color: #([0-9a-f]{6})/)
            guard let ink else { continue }
            let ground = rule.1.firstMatch(of: /background: #([0-9a-f]{6})/)?.1 ?? "ffffff"
            // White ink alone stands on the head of the page.
            let under: Substring = ink.1 == "ffffff" && ground == "ffffff" ? "123c5a" : ground
            let ratio = Self.ratio(ink.1, under)
            #expect(ratio >= 4.5, "\(rule.1) \(ratio)")
            pairs += 1
        }
        #expect(pairs > 20)
        // Grey text on the rows of tables and on the grounds of notices.
        for ground in ["f7f9fb", "ececec", "f2f2f2"] { #expect(Self.ratio("4a4a4a", Substring(ground)) >= 4.5) }
        for ground in ["e8eef3", "f7f9fb"] { #expect(Self.ratio("0b4f9e", Substring(ground)) >= 4.5) }
    }

    /// WCAG 2.2, contrast ratio.
    private static func ratio(_ left: Substring, _ right: Substring) -> Double {
        let values = [light(left), light(right)].sorted()
        return (values[1] + 0.05) / (values[0] + 0.05)
    }

    private static func light(_ colour: Substring) -> Double {
        let number = Int(colour, radix: 16) ?? 0
        let parts = [number >> 16, number >> 8 & 0xFF, number & 0xFF].map { part in
            let share = Double(part) / 255
            // Of ((x + 0.055) / 1.055) ^ 2.4 by the third root of its twelfth power: no library of functions is needed.
            return share <= 0.04045 ? share / 12.92 : power((share + 0.055) / 1.055)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }

    /// x ^ 2.4 = x² · (x²) ^ 0.2
    private static func power(_ value: Double) -> Double {
        let square = value * value
        var root = 0.5
        for _ in 0..<60 { root -= (root * root * root * root * root - square) / (5 * root * root * root * root) }
        return square * root
    }

}
