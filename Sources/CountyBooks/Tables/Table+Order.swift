import LockerDomain

extension Table {
    /// Rows by the cells of a column: numbers by their value before texts, as the reader sees them, by code point, then what
    /// is unknown, then what is empty, whichever way; equal cells keep their order. Unchanged when no column has that id.
    public func sorted(by columnID: String, descending: Bool = false, in language: Language = .chinese) -> Table {
        guard let place = columns.firstIndex(where: { $0.id == columnID }) else { return self }
        let keys = rows.map { SortKey($0[place], language) }
        let order = rows.indices.sorted { left, right in
            let (a, b) = (keys[left], keys[right])
            guard a.rank == b.rank else { return a.rank < b.rank }
            if a.isBefore(b) { return !descending }
            if b.isBefore(a) { return descending }
            return left < right
        }
        var table = self
        table.rows = order.map { rows[$0] }
        return table
    }

    /// Rows of which any cell holds a text, upper and lower case alike. All of them for a text of blanks.
    public func filtered(_ text: String, in language: Language = .chinese) -> Table {
        let typed = Self.trimmed(text)
        guard !typed.isEmpty else { return self }
        // A brand goes by several names, of which a page shows one; numbers and other firms may begin with them.
        let code = CarrierBrand.code(of: typed)
        let names = Set([code, CarrierBrand.chinese(of: code)])
        let wanted = Array(typed.lowercased().utf8)
        var table = self
        table.rows = rows.filter { row in
            row.contains { cell in
                let text = cell.text(in: language)
                return names.contains(text) || Self.holds(text, wanted)
            }
        }
        return table
    }

    static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }

    private static func holds(_ text: String, _ wanted: [UInt8]) -> Bool {
        let bytes = Array(text.lowercased().utf8)
        guard bytes.count >= wanted.count else { return false }
        return (0...(bytes.count - wanted.count)).contains { start in
            bytes[start] == wanted[0] && bytes[start..<(start + wanted.count)].elementsEqual(wanted)
        }
    }
}

/// Where a cell stands among others.
private enum SortKey {
    /// In hundredths; `Int` ends far beyond what is ever counted, so the ends stand for what is behind them.
    case value(Int)
    case words(String)
    case unknown
    case none

    init(_ cell: Table.Cell, _ language: Language) {
        switch cell {
        case .number(let number): self = .value(Self.product(number, 100))
        case .decimal(let tenths): self = .value(Self.product(tenths, 10))
        case .hundredths(let hundredths): self = .value(hundredths)
        case .text, .words, .link, .state: self = .words(cell.text(in: language))
        case .unknown: self = .unknown
        case .none: self = .none
        }
    }

    private static func product(_ number: Int, _ factor: Int) -> Int {
        let (product, isOver) = number.multipliedReportingOverflow(by: factor)
        return isOver ? (number < 0 ? .min : .max) : product
    }

    /// Kinds that stand apart whichever way a column is sorted.
    var rank: Int {
        switch self {
        case .value, .words: 0
        case .unknown: 1
        case .none: 2
        }
    }

    func isBefore(_ other: SortKey) -> Bool {
        switch (self, other) {
        case (.value(let left), .value(let right)): left < right
        case (.words(let left), .words(let right)): left < right
        case (.value, .words): true
        default: false
        }
    }
}
