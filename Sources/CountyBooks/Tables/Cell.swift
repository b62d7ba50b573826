extension Table {
    /// One cell.
    public enum Cell: Sendable, Hashable {
        /// What people, registers and stations wrote: the same in every language.
        case text(String)
        /// Words of the county's own: each reader gets those of his language.
        case words(Words)
        case number(Int)
        /// A number with one decimal, counted in tenths: 125 is 12.5.
        case decimal(tenths: Int)
        /// Money or another number with two decimals, counted in hundredths: 435 is 4.35.
        case hundredths(Int)
        /// Nobody knows (未知): never shown as 0.
        case unknown
        /// Nothing belongs here.
        case none
        /// A text that leads to a page of the county.
        case link(String, path: String)
        case state(Words, Tone)

        /// As people read it; empty for `none`.
        public func text(in language: Language = .chinese) -> String {
            switch self {
            // What a station writes where nobody told it: data keep the word, readers get theirs.
            case .text(Words.unknown.english): Words.unknown[language]
            case .text(let text), .link(let text, _): text
            case .words(let words), .state(let words, _): words[language]
            case .number(let number): String(number)
            case .decimal(let tenths): Self.decimal(tenths)
            case .hundredths(let hundredths): Self.hundredths(of: hundredths)
            case .unknown: Words.unknown[language]
            case .none: ""
            }
        }

        /// Whether it holds words, not figures; a file guards these alone against being read as formulas.
        var isWords: Bool {
            switch self {
            case .text, .words, .link, .state: true
            case .number, .decimal, .hundredths, .unknown, .none: false
            }
        }

        private static func decimal(_ tenths: Int) -> String {
            let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
            return "\(tenths < 0 ? "-" : "")\(whole).\(rest)"
        }

        private static func hundredths(of hundredths: Int) -> String {
            let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
            return "\(hundredths < 0 ? "-" : "")\(whole).\(rest / 10)\(rest % 10)"
        }
    }
}

extension Table.Cell {
    /// A number; unknown where there is none.
    public static func count(_ number: Int?) -> Self { number.map { .number($0) } ?? .unknown }

    /// A text; empty where there is none.
    public static func optional(_ text: String?) -> Self { text.map { .text($0) } ?? .none }

    /// A state that says the same in every language.
    public static func state(_ text: String, _ tone: Table.Tone) -> Self { .state(Words(same: text), tone) }
}
