/// Aligned plain columns that fit a console.
public struct TextTable: Sendable {
    /// One column.
    public struct Column: Sendable {
        /// Heading; a Chinese term may stand in it.
        public var title: String
        /// Whether its cells stand on the right.
        public var isNumber: Bool
        /// Whether its cells may be cut when the console is too narrow; identifiers never are.
        public var shrinks: Bool

        /// A column with its heading.
        public init(_ title: String, isNumber: Bool = false, shrinks: Bool = false) {
            self.title = title
            self.isNumber = isNumber
            self.shrinks = shrinks
        }
    }

    /// What it shows, left to right.
    public var columns: [Column]
    /// Cells; a row may be shorter than the columns.
    public var rows: [[String]] = []

    /// An empty table.
    public init(_ columns: [Column]) { self.columns = columns }

    private static let gap = 2
    private static let shrunkMin = 4

    /// The table as lines without trailing spaces, none wider than `width`.
    public func lines(width: Int = ControlLimits.columns, style: TextStyle) -> [String] {
        let rows = rows.map { row in row.map(\.printable) }
        let widths = widths(of: rows, within: width)
        let head = line(columns.map(\.title), widths, width)
        return [style.bold(head)] + rows.map { line($0, widths, width) }
    }

    private func widths(of rows: [[String]], within width: Int) -> [Int] {
        var widths = columns.indices.map { index in
            rows.reduce(DisplayWidth.of(columns[index].title)) { widest, row in
                index < row.count ? max(widest, DisplayWidth.of(row[index])) : widest
            }
        }
        let room = width - Self.gap * max(0, columns.count - 1)
        while widths.reduce(0, +) > room {
            let wide = columns.indices.filter { columns[$0].shrinks && widths[$0] > Self.shrunkMin }
            guard let widest = wide.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
        }
        return widths
    }

    private func line(_ cells: [String], _ widths: [Int], _ width: Int) -> String {
        var line = ""
        for (index, column) in columns.enumerated() {
            let cell = DisplayWidth.clipped(index < cells.count ? cells[index] : "", to: widths[index])
            let space = String(repeating: " ", count: max(0, widths[index] - DisplayWidth.of(cell)))
            line += column.isNumber ? space + cell : cell + space
            if index < columns.count - 1 { line += String(repeating: " ", count: Self.gap) }
        }
        while line.last == " " { line.removeLast() }
        return DisplayWidth.clipped(line, to: width)
    }
}

/// Labels and values, one under the other; long values go on below themselves.
public struct TextPairs: Sendable {
    private var pairs: [(label: String, value: String, isTrouble: Bool)] = []

    /// No pairs.
    public init() {}

    /// Adds a value under its label; an empty label continues the one above.
    public mutating func add(_ label: String, _ value: String, isTrouble: Bool = false) {
        pairs.append((label, value.printable, isTrouble))
    }

    /// The pairs as lines, none wider than `width`.
    public func lines(width: Int = ControlLimits.columns, style: TextStyle) -> [String] {
        let labels = pairs.map { DisplayWidth.of($0.label) }.max() ?? 0
        return pairs.flatMap { label, value, isTrouble in
            DisplayWidth.wrapped(value, to: width - labels - 2).enumerated().map { index, part in
                let head = DisplayWidth.padded(index == 0 ? label : "", to: labels)
                return (index == 0 ? style.bold(head) : head) + "  " + (isTrouble ? style.red(part) : part)
            }
        }
    }
}
