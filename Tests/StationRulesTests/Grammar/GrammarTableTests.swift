import FoundationEssentials
import LockerDomain
import StationBooks
import StationRules
import Testing

@Suite("The grammar in the page of the flows")
struct GrammarTableTests {
    private static let root =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")

    private static let page = "Sources/StationRules/Documentation.docc/Flows.md"

    @Test("the page shows the table question × scan")
    func questions() throws { try compare("questions", with: GrammarTables.questions(try Grammar.questions)) }

    @Test("the page shows the table work × scan × role")
    func works() throws { try compare("works", with: GrammarTables.works(Grammar.works)) }

    @Test("the page shows the table of openings")
    func openings() throws { try compare("openings", with: GrammarTables.openings(Grammar.openings)) }

    @Test("the page says what comes before every question")
    func numbers() throws { #expect(try lines(of: Self.page).contains { $0.contains(Grammar.numbers) }) }

    @Test("every question has its row, and they stand in the order of precedence")
    func everyQuestion() throws {
        let kinds = try lines(of: "Sources/StationRules/Questions/Question.swift")
            .filter { $0.hasPrefix("    case ") && $0.hasSuffix(")") }
            .compactMap { line in line.dropFirst("    case ".count).split(separator: "(").first.map { String($0) } }
            .filter { $0 != "goesOn" }
        #expect(kinds.count == 13)
        #expect(try Grammar.questions.map(\.name) == kinds)
    }

    @Test("scans of one form do the same to a question, and each question has an answer")
    func everyScan() throws {
        for row in try Grammar.questions {
            #expect(!row.cells.values.contains(.mixed), "\(row.name)")
            #expect(row.cells.values.contains(.answers), "\(row.name)")
        }
    }

    @Test("Enter alone ends no question")
    func enter() {
        var cabinet = Cabinet()
        cabinet.card(.survey)
        cabinet.type("")
        #expect(cabinet.answers == [.nothingFollows])
        #expect(cabinet.station.asked(at: cabinet.now).map(\.id) == [.survey])
    }

    /// A failure prints the whole table, to paste between the markers.
    private func compare(_ name: String, with table: [String]) throws {
        let page = try lines(of: Self.page)
        let begin = try #require(page.firstIndex(of: "<!-- table: \(name) -->"))
        let end = try #require(page[begin...].firstIndex(of: "<!-- end -->"))
        let shown = page[page.index(after: begin)..<end].filter { !$0.isEmpty }
        #expect(shown == table, "put into \(Self.page), \(name):\n\n\(table.joined(separator: "\n"))\n")
    }

    private func lines(of path: String) throws -> [String] {
        let bytes = try #require(FileManager.default.contents(atPath: "\(Self.root)/\(path)"), "\(path)")
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
    }
}
