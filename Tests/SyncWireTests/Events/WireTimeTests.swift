import FoundationEssentials
import LockerTestKit
import SyncWire
import Testing

@Suite("Times on the wire")
struct WireTimeTests {
    @Test(
        "vectors",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (1_709_164_800_000, "2024-02-29T00:00:00.000Z"),
            (1_709_251_199_999, "2024-02-29T23:59:59.999Z"), (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_778_545_867_250, "2026-05-12T00:31:07.250Z"), (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"), (1, "1970-01-01T00:00:00.001Z"),
        ] as [(Int64, String)]
    )
    func vectors(milliseconds: Int64, text: String) {
        #expect(WireTime.text(milliseconds) == text)
        #expect(WireTime.milliseconds(text) == milliseconds)
    }

    @Test("times beyond four-digit years are held at the border")
    func clamped() {
        #expect(WireTime.text(.max) == "9999-12-31T23:59:59.999Z")
        #expect(WireTime.text(.min) == "0000-01-01T00:00:00.000Z")
    }

    @Test("random times come back, and read as Foundation reads them", arguments: Seeds.all(fixed: 3))
    func roundTrip(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        for _ in 0..<5_000 {
            let value = Int64.random(in: -62_167_219_200_000...253_402_300_799_999, using: &random)
            #expect(WireTime.milliseconds(WireTime.text(value)) == value, "seed \(seed)")
        }
        for _ in 0..<200 {
            let value = Int64.random(in: 0...4_102_444_800_000, using: &random)
            let seconds = try Date.ISO8601FormatStyle().parse(String(WireTime.text(value).prefix(19)) + "Z")
            #expect(Int64(seconds.timeIntervalSince1970) == value / 1_000, "seed \(seed)")
        }
    }

    @Test(
        "anything else is no time",
        arguments: [
            "", "2026-05-12T00:31:07Z", "2026-05-12T00:31:07.250", "2026-05-12T00:31:07.250+00:00",
            "2026-05-12 00:31:07.250Z",
            "2026-13-12T00:31:07.250Z", "2026-00-12T00:31:07.250Z", "2026-05-00T00:31:07.250Z",
            "2026-05-32T00:31:07.250Z",
            "2026-02-29T00:00:00.000Z", "2100-02-29T00:00:00.000Z", "2026-04-31T00:00:00.000Z",
            "2026-05-12T24:00:00.000Z",
            "2026-05-12T00:60:00.000Z", "2026-05-12T00:31:60.000Z", "2026-05-12t00:31:07.250z",
            "+026-05-12T00:31:07.250Z",
            "２026-05-12T00:31:07.250", "2026-05-12T00:31:07,250Z", "2026-5-12T00:31:07.2500Z",
        ]
    )
    func refused(text: String) {
        #expect(WireTime.milliseconds(text) == nil)
    }

    @Test("people in China read it eight hours later")
    func local() {
        #expect(WireTime.local(1_778_545_867_250) == "2026-05-12 08:31:07")
        #expect(WireTime.local(1_767_196_799_999) == "2025-12-31 23:59:59")
    }
}
