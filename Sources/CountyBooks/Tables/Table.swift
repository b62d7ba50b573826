/// What a page, a print, a CSV file and a workbook show alike: columns with Chinese and English names, and rows.
public struct Table: Sendable, Hashable {
    public var title: Words
    public var columns: [Column]
    /// Each as long as `columns`.
    public var rows: [[Cell]]
    /// What a reader has to know, below the rows: what is still unknown, why a sum is less than its parts.
    public var notes: [Words]

    public init(_ title: Words, columns: [Column], rows: [[Cell]] = [], notes: [Words] = []) {
        (self.title, self.columns, self.rows, self.notes) = (title, columns, rows, notes)
    }

    /// A column.
    public struct Column: Sendable, Hashable {
        /// Names it in addresses: ASCII letters and digits.
        public var id: String
        public var header: Words
        public var kind: Kind

        public init(_ id: String, _ chinese: String, _ english: String, _ kind: Kind = .text) {
            (self.id, header, self.kind) = (id, Words(chinese, english), kind)
        }
    }

    /// What the cells of a column are.
    public enum Kind: Sendable, Hashable, CaseIterable {
        case text, number
        /// `2026-11-21`; `2026-11-21 07:30`: the order of the texts is the order of the times.
        case date, time
        /// Digits that stay text: waybills, 区划代码.
        case code
        /// A word with a tone.
        case state
    }

    /// How a state looks; the word says the same.
    public enum Tone: String, Sendable, Hashable, CaseIterable {
        case ok, warn, bad, unknown
    }

    /// The column of an id.
    public func column(_ id: String) -> Column? { columns.first { $0.id == id } }
}
