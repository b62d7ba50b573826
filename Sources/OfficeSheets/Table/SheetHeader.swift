/// The row that names the columns.
struct SheetHeader<Column: SheetColumn>: Sendable {
    let row: Int
    let columns: [Column: Int]
    /// Columns that are not used: `D 收件人`.
    let ignored: [String]
    /// Cells up to the last named column.
    let width: Int

    /// How surely a row names columns: titles and notes above it do less, or not at all.
    enum Fit: Int, Comparable {
        case none, some, needed

        init(_ cells: [String]) {
            let known = Set(cells.compactMap { Column.headers[$0] })
            let isKeyed = Column.needed.first.map(known.contains) ?? false
            self = known.isSuperset(of: Column.needed) ? .needed : isKeyed || known.count > 1 ? .some : .none
        }

        static func < (one: Fit, other: Fit) -> Bool { one.rawValue < other.rawValue }
    }

    /// The first of the rows that fit best; `nil` when none does.
    static func best(_ fits: [Fit]) -> Int? {
        guard let best = fits.max(), best != .none else { return nil }
        return fits.firstIndex(of: best)
    }

    init(_ row: CSV.Row, separator: CSV.Separator) throws(SheetFault) {
        let mark = Character(Unicode.Scalar(separator.rawValue))
        if let index = row.cells.firstIndex(where: { $0.contains(mark) && $0.contains(where: \.isNewline) }) {
            throw SheetFault(
                row: row.number,
                column: "column \(SheetCell.letters(index))",
                "a cell in quotes goes on over a line end, rows below may be inside it 引号跨行，下面的行可能被吞",
                mend: "look for a quote (\") too many or too few 请检查多余或缺少的引号（\"）"
            )
        }
        var columns: [Column: Int] = [:]
        var ignored: [String] = []
        var width = 0
        let isOfNames = row.cells.allSatisfy(Self.mayBeName)
        for (index, cell) in row.cells.enumerated() {
            let name = SheetCell.text(cell)
            guard !name.isEmpty else { continue }
            width = index + 1
            guard let column = Column.headers[cell] else {
                ignored.append(SheetCell.letters(index) + (isOfNames ? " \(name)" : ""))
                continue
            }
            if let other = columns.updateValue(index, forKey: column) {
                let (first, second) = (SheetCell.letters(other), SheetCell.letters(index))
                throw SheetFault(
                    row: row.number,
                    "columns \(first) and \(second) are both \(column.names) 第 \(first) 列与第 \(second) 列都是“\(column.chinese)”",
                    mend: "delete or rename the one that is not wanted 请删去或改名不需要的一列"
                )
            }
        }
        for needed in Column.needed where columns[needed] == nil {
            throw SheetFault(
                row: row.number,
                "has no column \(needed.names) 缺少“\(needed.chinese)”列",
                mend: "add it 请补上"
            )
        }
        (self.row, self.columns, self.ignored, self.width) = (row.number, columns, ignored, width)
    }

    /// Whether a cell may be the name of a column, so that it can be shown. Where a line end was lost behind the header, the
    /// first parcel stands in the same row, with a number in it.
    private static func mayBeName(_ cell: String) -> Bool {
        cell.count <= SheetLimits.nameCharactersMax && !cell.contains(where: \.isNewline)
            && cell.count(where: \.isNumber) < SheetLimits.nameDigitsMax
    }

    /// `column D 手机号 phone`.
    func place(of column: Column) -> String? {
        columns[column].map { "column \(SheetCell.letters($0)) \(column.names)" }
    }

    /// `column D 手机号 phone`, or `column D` for one that is not used.
    func place(at index: Int) -> String {
        columns.first { $0.value == index }.flatMap { place(of: $0.key) } ?? "column \(SheetCell.letters(index))"
    }
}
