import LockerDomain
import LockerTestKit
import StationBooks
import SyncWire
import Testing

@Suite("Canonical JSON (RFC 8785)")
struct CanonicalJSONTests {
    private func text(_ value: some Encodable) throws -> String {
        String(decoding: try CanonicalJSON.encode(value), as: UTF8.self)
    }

    @Test("control characters take the short escapes, the others four lower-case hex digits")
    func controls() throws {
        let short: [UInt8: String] = [8: #"\b"#, 9: #"\t"#, 10: #"\n"#, 12: #"\f"#, 13: #"\r"#]
        let hex = Array("0123456789abcdef")
        for value in UInt8(0)..<0x20 {
            let expected = short[value] ?? #"\u00\#(hex[Int(value >> 4)])\#(hex[Int(value & 15)])"#
            #expect(try text([String(Unicode.Scalar(value))]) == "[\"\(expected)\"]")
        }
    }

    @Test(
        "all else stands as it is but quotes and backslashes",
        arguments: [
            ("\"", #"\""#), ("\\", #"\\"#), ("/", "/"), ("</script>", "</script>"), ("\u{7F}", "\u{7F}"),
            ("县共配中心", "县共配中心"),
            ("\u{80}\u{9F}", "\u{80}\u{9F}"), ("\u{2028}\u{2029}", "\u{2028}\u{2029}"), ("😀", "😀"),
            ("e\u{301}", "e\u{301}"),
            ("\u{FEFF}", "\u{FEFF}"), ("\u{FFFF}", "\u{FFFF}"), ("'", "'"), ("€$", "€$"),
        ]
    )
    func strings(value: String, expected: String) throws {
        let encoded = try CanonicalJSON.encode([value])
        #expect(encoded == Array("[\"\(expected)\"]".utf8))
        #expect(try CanonicalJSON.decode([String].self, from: encoded).map { Array($0.utf8) } == [Array(value.utf8)])
    }

    @Test("keys are sorted by their code units, capitals before small letters, digits as text")
    func keys() throws {
        let keys = [
            "b", "a", "B", "a10", "a9", "a1", "", "A", "_", "aa", "a-b", "Z", "~", "1", "10", "2", "z", "ab", "aB",
        ]
        let object = Dictionary(uniqueKeysWithValues: keys.map { ($0, JSONValue.integer(1)) })
        let sorted = keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        #expect(try text(JSONValue.object(object)) == "{" + sorted.map { "\"\($0)\":1" }.joined(separator: ",") + "}")
    }

    @Test("integers up to ± 2⁵³ − 1 are written without exponent or fraction")
    func integers() throws {
        for value: Int64 in [0, -1, 1, 9_007_199_254_740_991, -9_007_199_254_740_991, 1_000_000_000_000_000] {
            #expect(try text(JSONValue.integer(value)) == "\(value)")
            #expect(try CanonicalJSON.decode(JSONValue.self, from: Array("\(value)".utf8)) == .integer(value))
        }
    }

    @Test(
        "what the restriction leaves out is refused",
        arguments: ["null", "1.5", "[null]", #"{"a":1e400}"#, "", "{", "nul", "\"", "[1,]x"]
    )
    func refused(json: String) {
        #expect(throws: (any Error).self) { try CanonicalJSON.decode(JSONValue.self, from: Array(json.utf8)) }
    }

    @Test("bytes that are no UTF-8 are refused")
    func notUTF8() {
        #expect(throws: (any Error).self) {
            try CanonicalJSON.decode(JSONValue.self, from: [0x22, 0xFF, 0xFE, 0x22])
        }
    }

    @Test("values of every shape come back", arguments: Seeds.all(fixed: 3))
    func roundTrip(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        for _ in 0..<300 {
            let value = Self.value(depth: 4, &random)
            let bytes = try CanonicalJSON.encode(value)
            #expect(try CanonicalJSON.decode(JSONValue.self, from: bytes) == value, "seed \(seed)")
            #expect(!bytes.contains(0x0A), "seed \(seed)")
        }
    }

    private static func value(depth: Int, _ random: inout SplitMix) -> JSONValue {
        switch Int.random(in: 0..<(depth == 0 ? 3 : 5), using: &random) {
        case 0: return .bool(Bool.random(using: &random))
        case 1: return .integer(Int64.random(in: -9_007_199_254_740_991...9_007_199_254_740_991, using: &random))
        case 2: return .string(string(&random))
        case 3: return .array((0..<Int.random(in: 0...3, using: &random)).map { _ in value(depth: depth - 1, &random) })
        default:
            let pairs = (0..<Int.random(in: 0...3, using: &random)).map { _ in
                (string(&random), value(depth: depth - 1, &random))
            }
            return .object(Dictionary(pairs) { $1 })
        }
    }

    private static func string(_ random: inout SplitMix) -> String {
        let scalars = (0..<Int.random(in: 0...8, using: &random)).compactMap { _ in
            Unicode.Scalar(UInt32.random(in: 0...(Bool.random(using: &random) ? 0x7F : 0x1_F6FF), using: &random))
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
