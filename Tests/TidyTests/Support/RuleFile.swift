/// A file of StationRules: the types that it declares, and those that it names.
struct RuleFile {
    static let all = Tree.files(under: "Sources/StationRules", ending: ".swift").map { RuleFile($0) }

    /// Its path below the module: `Works/Moving.swift`.
    let name: String
    let lines: [String]
    /// Types at the outermost level.
    let declared: Set<String>
    /// All types but members of others (`Recent.Taking`), and but questions that are asked or dropped.
    let named: Set<String>

    var folder: String { String(name.prefix { $0 != "/" }) }

    private init(_ path: String) {
        let head = /^(?:\w+\s+)*(?:struct|enum|class|protocol|actor|typealias) ([A-Z]\w*)/
        name = path.split(separator: "/").dropFirst(2).joined(separator: "/")
        lines = Code(path).lines
        declared = Set(lines.compactMap { $0.firstMatch(of: head) }.map { String($0.1) })
        named = Set(lines.flatMap { Self.types(in: $0) })
    }

    static func types(in line: String) -> [String] {
        let asked = /turn\.questions\[\w+\.self\] = (?:nil|\w+\()/
        let text = line.replacing(asked, with: "")
        return text.matches(of: /[A-Za-z_]\w*/).compactMap { match in
            let before = text[..<match.range.lowerBound].last
            guard before != ".", match.output.first?.isUppercase == true else { return nil }
            return String(match.output)
        }
    }
}
