import FoundationEssentials
import LockerDomain
import LockerTestKit
import StationBooks
import SyncWire
import Testing

/// What is canonical is read without the library: both must come to the same, whatever comes.
@Suite("Reading canonical JSON")
struct CanonicalReadingTests {
    private static let mutationsOfLine = 15

    @Test("a line is read as the library reads it, whole and broken", arguments: Seeds.all(fixed: 3))
    func lines(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        for type in EventType.allCases {
            let golden = try #require(GoldenLines.bytes(type))
            try compare(golden, "seed \(seed), \(type.rawValue)")
            for _ in 0..<Self.mutationsOfLine {
                try compare(Self.mutated(golden, &random), "seed \(seed), \(type.rawValue)")
            }
        }
    }

    @Test(
        "a value is read as the library reads it",
        arguments: [
            "-0", "0", "-1", "00", "01", "1.0", "1e2", "999999999999999999", "-999999999999999999",
            "1000000000000000000",
            "9223372036854775807", "9223372036854775808", "18446744073709551615", #""a\u0041\ud83d\ude00""#,
            #""\ud83d""#,
            "{\"b\":1,\"a\":2}", "{\"a\":1,\"a\":2}", "{\"a\":1,\"aa\":2,\"b\":3}", "{\"\":1}", "{\"村\":1}", "[1,]",
            "[,1]",
            "{\"a\":1,}", "{\"a\" :1}", " 1", "1 ", "truex", "tru", "[true,false]", "[]", "{}",
            "[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]",
            "[null]", "{\"a\":null}", "\"\u{7F}\"", "\"\u{1}\"", "\u{FEFF}1", "[1][2]", "{\"a\":1}{}", "--1", "-", "\"",
            "{", "[",
        ]
    )
    func values(json: String) throws { try compare(Array(json.utf8), "\(json)") }

    @Test("the library is not asked for lines as they are written, but for what holds an escape")
    func isUsed() throws {
        for type in EventType.allCases {
            let golden = try #require(GoldenLines.bytes(type))
            let hasEscape = golden.contains(UInt8(ascii: "\\"))
            #expect((CanonicalTape(golden) == nil) == hasEscape, "\(type.rawValue)")
        }
    }

    @Test("an object of 40,000 members is read as fast as it is long")
    func manyMembers() throws {
        let numbers = Dictionary(uniqueKeysWithValues: (0..<40_000).map { ("SF\(7_000_000_000_000 + $0 * 37)", $0) })
        let bytes = try CanonicalJSON.encode(numbers)
        #expect(CanonicalTape(bytes) != nil)
        #expect(try CanonicalJSON.decode([String: Int].self, from: bytes) == numbers)
        struct Few: Decodable {
            var second: Int
            var short: Int?
            var late: Int?

            enum CodingKeys: String, CodingKey {
                case second = "SF7000000000037"
                case short = "SF7"
                case late = "zz"
            }
        }
        let few = try CanonicalJSON.decode(Few.self, from: bytes)
        #expect(few.second == 1 && few.short == nil && few.late == nil)
    }

    @Test("bytes that are no UTF-8 are refused wherever they stand")
    func notUTF8() throws {
        for bytes: [UInt8] in [[0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xC0, 0x80, 0x22], [0xFF]] {
            try compare(bytes, "\(bytes)")
            #expect(throws: (any Error).self) { try CanonicalJSON.decode(String.self, from: bytes) }
        }
    }

    @Test("numbers that do not fit their type are refused, those that do are read")
    func numbers() throws {
        struct Narrow: Decodable, Equatable {
            var small: UInt8?
            var real: Double?
        }
        func read(_ json: String) throws -> Narrow { try CanonicalJSON.decode(Narrow.self, from: Array(json.utf8)) }
        #expect(try read(#"{"real":7,"small":255}"#) == Narrow(small: 255, real: 7))
        #expect(throws: DecodingError.self) { try read(#"{"small":256}"#) }
        #expect(throws: DecodingError.self) { try read(#"{"small":-1}"#) }
        #expect(throws: DecodingError.self) { try read(#"{"small":"1"}"#) }
    }

    /// A blank behind a text changes nothing of what it says, but is not canonical: the library reads it.
    private func compare(_ bytes: [UInt8], _ comment: Comment) throws {
        let spaced = bytes + [UInt8(ascii: " ")]
        #expect((try? EventLine(decoding: bytes)) == (try? EventLine(decoding: spaced)), comment)
        let library = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))
        #expect((try? CanonicalJSON.decode(JSONValue.self, from: bytes)) == library, comment)
    }

    private static func mutated(_ line: [UInt8], _ random: inout SplitMix) -> [UInt8] {
        var bytes = line
        let index = Int.random(in: bytes.indices, using: &random)
        let byte = Array(#"{}[]":,-.0129aZ\tn e/"#.utf8).randomElement(using: &random) ?? 0
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[index] = byte
        case 1: bytes.insert(byte, at: index)
        case 2: bytes.remove(at: index)
        default: bytes.swapAt(index, Int.random(in: bytes.indices, using: &random))
        }
        return bytes
    }
}
