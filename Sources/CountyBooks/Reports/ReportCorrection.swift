/// What a correction (更正第 N 号) changes in the report and the corrections before it.
///
/// Its canonical form names lines as `ReportSheet` does, one for each line in which a figure changes, and has a column
/// of changes (差异) for each figure:
///
/// | cell | means |
/// | --- | --- |
/// | empty | the figure stays as it is, known or not |
/// | `3`, `-2` | both are known: add it |
/// | `未知→5` | it was not known, and is 5 now |
/// | `5→未知` | it was 5, and is not known now |
public struct ReportCorrection: Sendable, Hashable {
    /// A line of the report, and what changes in it.
    public struct Row: Sendable, Hashable {
        public var name: String
        public var mode: String
        public var changes: [ReportSheet.Column: Change]

        public init(name: String, mode: String, changes: [ReportSheet.Column: Change]) {
            (self.name, self.mode, self.changes) = (name, mode, changes)
        }
    }

    /// What happens to one figure.
    public enum Change: Sendable, Hashable {
        /// Both are known: so much is added.
        case add(Int)
        /// It was not known, and is so much now.
        case found(Int)
        /// It was so much, and is not known now.
        case lost(Int)
    }

    public let rows: [ReportSheet.Key: Row]

    public init(_ rows: [ReportSheet.Key: Row]) { self.rows = rows }

    // MARK: Canonical form

    private static let header = ReportSheet.names + ReportSheet.Column.allCases.map { $0.chinese + "差异" }

    /// UTF-8 without a mark, LF, sorted.
    public var csv: [UInt8] {
        let lines = rows.sorted { $0.key < $1.key }.map { key, row in
            [key.code, key.brand, row.name, row.mode]
                + ReportSheet.Column.allCases.map { row.changes[$0]?.description ?? "" }
        }
        return Table.canonicalCSV(header: Self.header, rows: lines)
    }

    /// Reads a canonical form back; `nil` for what this version did not write.
    public init?(csv: [UInt8]) {
        guard let lines = ReportSheet.lines(of: csv, header: Self.header) else { return nil }
        var rows: [ReportSheet.Key: Row] = [:]
        for cells in lines {
            var row = Row(name: cells[2], mode: cells[3], changes: [:])
            for (column, cell) in zip(ReportSheet.Column.allCases, cells.dropFirst(ReportSheet.names.count))
            where !cell.isEmpty {
                guard let change = Change(cell) else { return nil }
                row.changes[column] = change
            }
            rows[ReportSheet.Key(code: cells[0], brand: cells[1])] = row
        }
        self.rows = rows
    }
}

extension ReportCorrection.Change: CustomStringConvertible {
    private static let unknown = "未知"
    private static let arrow: Character = "→"

    /// What makes a figure another one; `nil` where it stays. `nil` is a figure that is not known.
    public init?(from before: Int?, to after: Int?) {
        switch (before, after) {
        case (let before?, let after?) where before != after: self = .add(after - before)
        case (nil, let after?): self = .found(after)
        case (let before?, nil): self = .lost(before)
        default: return nil
        }
    }

    /// Reads what `description` gives.
    init?(_ text: String) {
        let sides = text.split(separator: Self.arrow, omittingEmptySubsequences: false)
        if sides.count == 1, let difference = Int(text), difference != 0 {
            self = .add(difference)
        } else if sides.count == 2, sides[0] == Self.unknown, let after = Int(sides[1]) {
            self = .found(after)
        } else if sides.count == 2, sides[1] == Self.unknown, let before = Int(sides[0]) {
            self = .lost(before)
        } else {
            return nil
        }
    }

    /// `3`, `-2`, `未知→5`, `5→未知`.
    public var description: String {
        switch self {
        case .add(let difference): String(difference)
        case .found(let after): "\(Self.unknown)\(Self.arrow)\(after)"
        case .lost(let before): "\(before)\(Self.arrow)\(Self.unknown)"
        }
    }

    /// As a table shows it.
    var cell: Table.Cell {
        switch self {
        case .add(let difference): .number(difference)
        case .found(let after): .words(Words(description, "\(Words.unknown.english)\(Self.arrow)\(after)"))
        case .lost(let before): .words(Words(description, "\(before)\(Self.arrow)\(Words.unknown.english)"))
        }
    }

    /// Whether a figure can be changed by it.
    func fits(_ before: Int?) -> Bool {
        switch self {
        case .add: before != nil
        case .found: before == nil
        case .lost(let known): before == known
        }
    }

    /// The figure that comes of it.
    func applied(to before: Int?) -> Int? {
        switch self {
        case .add(let difference): (before ?? 0) + difference
        case .found(let after): after
        case .lost: nil
        }
    }
}

// MARK: - Between two sheets

extension ReportSheet {
    /// What must change in this sheet so that it says what a later one says.
    public func differences(to later: ReportSheet) -> ReportCorrection {
        var changed: [Key: ReportCorrection.Row] = [:]
        for key in Set(rows.keys).union(later.rows.keys) {
            let (before, after) = (figures(of: key), later.figures(of: key))
            var changes: [Column: ReportCorrection.Change] = [:]
            for column in Column.allCases {
                changes[column] = ReportCorrection.Change(from: before[column], to: after[column])
            }
            guard !changes.isEmpty, let row = later.rows[key] ?? rows[key] else { continue }
            changed[key] = ReportCorrection.Row(name: row.name, mode: row.mode, changes: changes)
        }
        return ReportCorrection(changed)
    }

    /// This sheet with what a correction changes.
    public func corrected(by correction: ReportCorrection) -> ReportSheet {
        var corrected = rows
        for (key, change) in correction.rows {
            var row = Row(name: change.name, mode: change.mode, figures: figures(of: key))
            for (column, change) in change.changes { row.figures[column] = change.applied(to: row.figures[column]) }
            corrected[key] = row
        }
        return ReportSheet(corrected)
    }

    /// Whether a correction was made of this sheet, and of no other.
    func isFit(for correction: ReportCorrection) -> Bool {
        correction.rows.allSatisfy { key, row in
            let figures = figures(of: key)
            return row.changes.allSatisfy { $0.value.fits(figures[$0.key]) }
        }
    }

    /// What the sheet says of a line, also of one that it does not have: a brand of which nothing came has none, and
    /// that nothing came is known where everything is known of the line of all brands.
    func figures(of key: Key) -> [Column: Int] {
        if let row = rows[key] { return row.figures }
        var figures: [Column: Int] = [:]
        if isWhole(key) {
            for column in Column.counts { figures[column] = 0 }
        }
        // What is not there is in no line twice.
        if !key.isOfVillage { (figures[.receivedTwice], figures[.acceptedTwice]) = (0, 0) }
        return figures
    }

    /// Whether all stations that may add to a line were heard: else a count that is 0 is an empty cell.
    private func isWhole(_ key: Key) -> Bool {
        var all = rows[Key(code: key.code, brand: "")]
        // What belongs to no village may have come to any station.
        if all == nil, key.code.isEmpty { all = rows.first { $0.key.isOfCounty && $0.key.brand.isEmpty }?.value }
        guard let all else { return false }
        let counts = Column.counts.map { all.figures[$0] }
        return !counts.contains(nil) && counts.contains(0)
    }
}

extension ReportSheet.Key {
    fileprivate var isOfVillage: Bool { code.isEmpty || code.utf8.count == RegisterCodes.villageDigits }
    fileprivate var isOfCounty: Bool { code.utf8.count == RegisterCodes.countyDigits }
}

extension ReportSheet.Column {
    /// Counts of pieces that stations prove.
    fileprivate static let counts: [Self] = [.received, .accepted, .rejected, .receivedUncertain, .acceptedUncertain]
}
