import Foundation
import LockerDomain
import StationBooks
import StationConfiguration
import Testing

/// What `--check` accepts becomes part of events: no text may be wider than their schemas.
@Suite("Configured texts and the schemas of events")
struct EventLimitTests {
    /// The constraints of one text in `envelope.json`.
    private struct Rule: Decodable {
        var minLength: Int?
        var maxLength: Int?
        var `enum`: [String]?

        func holds(_ text: String) -> Bool {
            let count = text.unicodeScalars.count
            return count >= minLength ?? 0 && count <= maxLength ?? .max && `enum`?.contains(text) ?? true
        }
    }

    private struct Envelope: Decodable {
        var rules: [String: Rule]

        private enum Key: String, CodingKey { case rules = "$defs" }

        init(from decoder: any Decoder) throws {
            rules = try decoder.container(keyedBy: Key.self).decode([String: Rule].self, forKey: .rules)
        }
    }

    private static func rules() throws -> [String: Rule] {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        let file = try Data(contentsOf: URL(filePath: root + "/Sources/SyncWire/Schemas/envelope.json"))
        return try JSONDecoder().decode(Envelope.self, from: file).rules
    }

    /// The longest texts that are accepted, of characters that take up to four bytes.
    private static let extreme = """
        [station]
        id = "\(String(repeating: "a", count: 64))"
        village = "140522102206"
        operator = "\(String(repeating: "企", count: 128))"
        agent = "\(String(repeating: "😀", count: 128))"
        cooperation = "统仓共配"
        [county]
        url = "http://a"
        [board]
        driver = "simulated"
        [[door]]
        name = "\(String(repeating: "D", count: 32))"
        size = "M"
        [[shelf]]
        name = "\(String(repeating: "S", count: 28))"
        places = 500
        [[camera]]
        name = "\(String(repeating: "c", count: 32))"
        url = "rtsp://a"
        [policy]
        public_welfare = false
        [[policy.tariff]]
        name = "\(String(repeating: "t", count: 32))"
        period_hours = 24
        fen = 100
        fen_max = 100

        """

    @Test("the longest configuration that is accepted makes no event wider than its schema")
    func widest() throws {
        let rules = try Self.rules()
        let settings = try Root(Self.extreme).load().settings
        let texts: [(String, String)] = [
            ("firm", settings.operatorName), ("firm", settings.agent),
            ("cooperationMode", settings.cooperationMode.rawValue), ("doorName", settings.doors[0].name.rawValue),
            ("shelfPlace", try #require(settings.shelfPlaces.last).rawValue),
            ("device", settings.cameras[0].rawValue),
            // The run of a courier without a card.
            ("run", "\(settings.id)-\(Int32.max)"), ("firm", try #require(settings.policy.tariff).name),
        ]
        for (rule, text) in texts {
            #expect(try #require(rules[rule], "\(rule)").holds(text), "\(rule): \(text)")
        }
        #expect(settings.shelfPlaces.last?.rawValue.utf8.count == Limits.nameBytesMax)
        #expect(Set(try #require(rules["cooperationMode"]?.enum)) == Set(CooperationMode.allCases.map(\.rawValue)))
    }

    @Test(
        "one character more, or none, is an error that names the line",
        arguments: [
            ("operator = \"", "operator = \"企"), ("agent = \"", "agent = \"😀"),
            ("name = \"D", "name = \"DD"), ("name = \"S", "name = \"SS"), ("name = \"c", "name = \"cc"),
            ("name = \"t", "name = \"tt"), ("id = \"a", "id = \"aa"),
            ("operator = \"\(String(repeating: "企", count: 128))\"", "operator = \"\""),
            ("agent = \"", "agent = \"\\n"),
        ]
    )
    func tooWide(old: String, new: String) throws {
        #expect(Self.extreme.contains(old))
        let text = Self.extreme.replacingOccurrences(of: old, with: new)
        let fault = try #require(try Root(text).fault())
        #expect(fault.line == Example.line(of: new.replacingOccurrences(of: "\\n", with: ""), in: text), "\(fault)")
    }

    @Test(
        "ways to work together are written in Chinese or as on the wire",
        arguments: [
            ("邮快", CooperationMode.postExpress), ("快快", .expressExpress), ("交快", .transportExpress),
            ("快商", .expressCommerce), ("快销", .expressSales), ("统仓共配", .shared), ("直营", .direct),
            ("邮快合作", .postExpress), ("快销合作", .expressSales), ("transportExpress", .transportExpress),
            ("direct", .direct),
        ]
    )
    func cooperation(text: String, mode: CooperationMode) throws {
        let station = Example.replacing("[county]", "cooperation = \"\(text)\"\n[county]")
        #expect(try Root(station).load().settings.cooperationMode == mode)
    }

    @Test("any other word is an error with the list", arguments: ["客货邮", "", "PostExpress", "合作", "邮 快"])
    func unknownCooperation(text: String) throws {
        let station = Example.replacing("[county]", "cooperation = \"\(text)\"\n[county]")
        let fault = try #require(try Root(station).fault())
        #expect(fault.cause == "cooperation = \"\(text)\" is not known")
        #expect(fault.line == Example.line(of: "cooperation =", in: station))
        for mode in CooperationMode.allCases {
            #expect(fault.mend.contains(mode.chinese) && fault.mend.contains(mode.rawValue))
        }
    }
}
