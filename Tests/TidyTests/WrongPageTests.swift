import Testing

@Suite("The page of what can go wrong")
struct WrongPageTests {
    private static let page = "Sources/StationCore/Documentation.docc/WhatCanGoWrong.md"
    private static let testsMin = 40

    /// A test as the page names it: `Suite/function`, with the target in front where two have such a suite.
    private struct Mention: Hashable {
        var target: String?
        var suite: String
        var function: String

        init?(_ text: Substring) {
            guard let match = text.wholeMatch(of: /(?:(\w+)\.)?(\w+Tests)\/(\w+)/) else { return nil }
            (target, suite, function) = (match.1.map(String.init), String(match.2), String(match.3))
        }

        /// Files in which the suite has this test.
        func files() -> [String] {
            let folder = target.map { "Tests/\($0)" } ?? "Tests"
            return Tree.files(under: folder, ending: ".swift").filter { file in
                let text = Tree.text(file)
                return text.contains("struct \(suite) ") || text.contains("struct \(suite):")
                    ? Self.holdsTest(function, text) : false
            }
        }

        /// Whether the function stands behind a `@Test` of its own.
        private static func holdsTest(_ function: String, _ text: String) -> Bool {
            text.ranges(of: "func \(function)(").contains { range in
                let before = text[..<range.lowerBound]
                guard let mark = before.ranges(of: "@Test").last else { return false }
                return !before[mark.upperBound...].contains("func ")
            }
        }
    }

    private func mentions(_ text: some StringProtocol) -> [Substring] {
        Substring(text).matches(of: /`([^`\n]*Tests\/[^`\n]*)`/).map(\.1)
    }

    @Test("each test that it names exists, and in one place")
    func tests() {
        let named = mentions(Tree.text(Self.page))
        for text in named {
            guard let mention = Mention(text) else {
                Issue.record("\(text) is not Suite/function")
                continue
            }
            let files = mention.files()
            #expect(files.count == 1, "\(text) in \(files)")
        }
        #expect(Set(named).count >= Self.testsMin)
    }

    @Test("each row of its tables names a test, or says that there is none")
    func rows() {
        var isTable = false
        var count = 0
        for line in Tree.lines(Self.page) {
            guard line.hasPrefix("|") else {
                isTable = false
                continue
            }
            if line.hasSuffix("| test |") { isTable = true }
            guard isTable, !line.hasSuffix("| test |"), !line.hasPrefix("| ---") else { continue }
            #expect(line.contains("no test") || !mentions(line).isEmpty, "\(line)")
            count += 1
        }
        #expect(count >= Self.testsMin)
    }

    @Test("who looks for it finds it")
    func links() {
        for file in ["README.md", "Sources/StationCore/Documentation.docc/StationCore.md"] {
            #expect(Tree.text(file).contains("WhatCanGoWrong"), "\(file)")
        }
    }
}
