public import CountyBooks

/// One field of a form.
public struct Field: Sendable, Hashable {
    /// ASCII letters, digits, `-` and `.`.
    public var name: String
    public var label: Words
    public var kind: Kind
    public var value: String
    /// How to write it, below its label.
    public var hint: Words?
    public var isRequired: Bool
    /// What is wrong with what was typed.
    public var fault: Words?

    public init(
        _ name: String,
        _ label: Words,
        _ kind: Kind = .text(),
        value: String = "",
        hint: Words? = nil,
        isRequired: Bool = false
    ) {
        (self.name, self.label, self.kind, self.value) = (name, label, kind, value)
        (self.hint, self.isRequired) = (hint, isRequired)
    }

    /// A value that the page sends with it and nobody sees.
    public static func hidden(_ name: String, _ value: String) -> Field {
        Field(name, Words("", ""), .hidden, value: value)
    }

    /// What a checkbox sends when it is on.
    public static let on = "on"

    /// What it takes. Bounds are for the reader's browser; what is sent is checked where it comes in.
    public enum Kind: Sendable, Hashable {
        case text(charactersMax: Int = CountyPagesLimits.textCharactersMax)
        /// Whole numbers.
        case number(ClosedRange<Int>)
        /// `2026-11-21`
        case date
        /// `2026-11`
        case month
        case select([Choice])
        /// A list on a keyboard, as `.csv,.xlsx`.
        case file(accept: String)
        case password(isNew: Bool)
        case textArea(rows: Int, charactersMax: Int = CountyPagesLimits.textCharactersMax)
        case checkbox
        case hidden
        /// The log-in name.
        case userName
    }

    /// One of several.
    public struct Choice: Sendable, Hashable {
        public var value: String
        public var name: Words

        public init(_ value: String, _ name: Words) { (self.value, self.name) = (value, name) }
        /// One whose name is the same in both languages.
        public init(_ value: String, _ name: String) { self.init(value, Words(name, name)) }
    }
}
