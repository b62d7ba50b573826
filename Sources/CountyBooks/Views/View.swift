/// What a page or a command shows of the books, without its looks: pages render it, commands print it, both the same.
public struct View: Sendable, Hashable {
    public var title: Words
    public var parts: [Part]

    public init(_ title: Words, _ parts: [Part] = []) { (self.title, self.parts) = (title, parts) }

    /// One part of a view, in reading order.
    public enum Part: Sendable, Hashable {
        case heading(Words)
        case text(Words)
        /// A sentence that a reader must not overlook.
        case notice(Words, Table.Tone)
        case facts([Fact])
        /// A table; `scope` names it in addresses when the view has several.
        case table(Table, scope: String)
        /// An SVG picture that says in words what it shows.
        case plot(Words, svg: String)
        /// Bars, drawn in the reader's language; no two of a view may share an id.
        case bars(BarPlot, id: String)
    }

    /// A name and what belongs to it.
    public struct Fact: Sendable, Hashable {
        public var name: Words
        public var value: Table.Cell
        /// How old the value is, or where it comes from; `nil` where that needs no word.
        public var note: Words?

        public init(_ name: Words, _ value: Table.Cell, note: Words? = nil) {
            (self.name, self.value, self.note) = (name, value, note)
        }
    }
}
