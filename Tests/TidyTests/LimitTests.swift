import Testing

@Suite("Limits")
struct LimitTests {
    private static let files = Tree.files(under: "Sources", ending: "Limits.swift")
    private static let units = [
        "Milliseconds", "Seconds", "Minutes", "Hours", "Days", "Bytes", "Characters", "Digits", "Events", "Max", "Min",
        "Columns", "Rows",
    ]

    private static func names(in file: String) -> [String] {
        Code(file).lines.compactMap { $0.firstMatch(of: /static let (\w+)/) }.map { String($0.1) }
    }

    @Test("each limit names its unit", arguments: files)
    func units(file: String) {
        #expect(!Self.names(in: file).isEmpty)
        for name in Self.names(in: file) {
            let last = name.last == "s" || name.hasSuffix("Max") || name.hasSuffix("Min")
            let isNamed = last && Self.units.contains { name.lowercased().contains($0.lowercased()) }
            #expect(isNamed, "\(name)")
        }
    }

    @Test("each limit limits something", arguments: files)
    func used(file: String) {
        let type = file.split(separator: "/").last.map { $0.dropLast(6) } ?? ""
        let sources = Tree.files(under: "Sources", ending: ".swift").filter { $0 != file }.map(Tree.text)
        let own = Tree.text(file)
        for name in Self.names(in: file) {
            let isUsed = sources.contains { $0.contains("\(type).\(name)") } || own.contains("= \(name)")
            #expect(isUsed, "\(type).\(name) limits nothing")
        }
    }
}
