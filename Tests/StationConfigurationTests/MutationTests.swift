import Foundation
import Glibc
import LockerTestKit
import StationConfiguration
import Testing

/// `CONFIGURATION_SEED=n` repeats one run, `CONFIGURATION_RUNS=n` makes it longer.
@Suite("Configurations with damage")
struct MutationTests {
    private static func number(_ name: String) -> UInt64? { getenv(name).flatMap { UInt64(String(cString: $0)) } }

    @Test("random damage never crashes: there is a value, or a fault with a cause and a mend")
    func random() throws {
        let seed = Self.number("CONFIGURATION_SEED") ?? 20_260_512
        let runs = Int(Self.number("CONFIGURATION_RUNS") ?? 1_500)
        print("configuration mutations: CONFIGURATION_SEED=\(seed) CONFIGURATION_RUNS=\(runs)")
        var random = SplitMix(seed: seed)
        let root = try Root()
        let original = Array(Example.text.utf8)
        var (values, faults) = (0, 0)
        for run in 0..<runs {
            var bytes = original
            for _ in 0...random.below(4) { Self.damage(&bytes, &random) }
            try root.write(Data(bytes), root.places.station)
            guard let fault = root.fault() else {
                values += 1
                continue
            }
            faults += 1
            let isWhole = !fault.cause.isEmpty && !fault.mend.isEmpty && fault.file.hasSuffix(".toml")
            #expect(isWhole, "run \(run): \(fault)")
            let lines = bytes.count { $0 == 0x0A } + 1
            #expect(fault.line.map { (1...lines).contains($0) } ?? true, "run \(run): \(fault)")
        }
        #expect(values > 0 && faults > 0)
    }

    private static func damage(_ bytes: inout [UInt8], _ random: inout SplitMix) {
        let index = random.below(bytes.count)
        switch random.below(6) {
        case 0: bytes[index] ^= 1 << UInt8(random.below(8))
        case 1: bytes[index] = UInt8(random.below(256))
        case 2: bytes.remove(at: index)
        case 3: bytes.insert(Array("\n\"[]{}=.,#1e'".utf8)[random.below(13)], at: index)
        case 4: bytes.removeSubrange(index..<min(bytes.count, index + random.below(40)))
        default:
            let piece = Array(bytes[index..<min(bytes.count, index + random.below(80))])
            bytes.insert(contentsOf: piece, at: random.below(bytes.count))
        }
    }

    @Test(
        "odd but legal TOML gives a value or a fault",
        arguments: [
            "x = " + String(repeating: "[", count: 200) + String(repeating: "]", count: 200),
            String(repeating: "[", count: 3_000),
            "x = " + String(repeating: "{ a = ", count: 5_000),
            "x = inf\ny = nan\nz = -nan",
            "x = 1979-05-27T07:32:00Z",
            "x = 9223372036854775807\ny = -9223372036854775808",
            "x = 99999999999999999999",
            "\"\" = 1",
            "\"a\\u0000b\" = \"\\u0000\\u001F\\\"\\\\\"",
            "station = 5",
            "[a]\n[a.b]\n[[a.c]]\n[a.c.d]",
            "\u{FEFF}[station]\nid = \"x\"",
            "[ # nothing",
            "[",
            "x = 1\n[",
            "[[",
            "[.a]",
            "[a.]",
            "[a..b]",
            "[a",
            "a.",
            "a.=1",
            ".a = 1",
            "= 1",
            "a = {=1}",
            "a = {,}",
            "a = {b=1,}",
            "door = [1, 2]",
            "[[door]]\nlock = []",
        ]
    )
    func odd(_ text: String) throws {
        let fault = try #require(try Root(text).fault())
        #expect(!fault.cause.isEmpty)
        #expect(!fault.description.contains("\n"), "\(fault)")
    }
}
