/// The same words in both languages of the county's pages.
public struct Words: Sendable, Hashable {
    public var chinese: String
    public var english: String

    public init(_ chinese: String, _ english: String) { (self.chinese, self.english) = (chinese, english) }

    /// The same text in both: names, figures, what people wrote.
    public init(same text: String) { self.init(text, text) }

    /// In one of them.
    public subscript(language: Language) -> String {
        switch language {
        case .chinese: chinese
        case .english: english
        }
    }

    /// What stands where nobody knows: never 0 (DESIGN rule 15).
    public static let unknown = Words("未知", "unknown")

    /// Several as one: `；` and `; ` between them.
    static func list(_ words: [Words], _ chinese: String = "；", _ english: String = "; ") -> Words {
        Words(
            words.map(\.chinese).joined(separator: chinese),
            words.map(\.english).joined(separator: english)
        )
    }
}

/// A language of the county's pages: Chinese unless the reader chooses.
public enum Language: String, Sendable, Hashable, CaseIterable {
    case chinese, english

    /// As HTML and SVG name it (BCP 47).
    public var tag: String {
        switch self {
        case .chinese: "zh-CN"
        case .english: "en"
        }
    }
}
