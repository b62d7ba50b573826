/// A sheet as a clerk exports it: a row that names the columns, in any order, and the rows below it. Titles above, columns
/// that nobody needs, and rows and columns that are formatted but empty are passed over.
public struct SheetTable<Column: SheetColumn>: Sendable {
    /// Rows that hold something in a named column, cell by cell.
    public private(set) var rows: [SheetCells<Column>] = []
    /// Rows whose cells cannot be told apart.
    public private(set) var faults: [SheetFault] = []
    /// Rows with something in columns that are not used, and nothing besides.
    public private(set) var passed: [Int] = []
    /// The rows of `faults`: what stands in them is likely, not sure.
    private(set) var broken: [SheetCells<Column>] = []
    private let header: SheetHeader<Column>

    /// Reads the text of a sheet.
    ///
    /// - Throws: `SheetFault` when no row names the columns, one of them is missing or there twice, or a quote is not closed.
    public init(_ text: String) throws(SheetFault) {
        let separator = Self.separator(of: text)
        let rows = try CSV.rows(text, separator: separator)
        let fits = rows.prefix(SheetLimits.headerRowsMax).map { SheetHeader<Column>.Fit($0.cells) }
        guard let start = SheetHeader<Column>.best(fits) else {
            let isEmpty = rows.allSatisfy { $0.cells.allSatisfy { SheetCell.text($0).isEmpty } }
            throw SheetFault(
                isEmpty ? "is empty 为空" : "no row names the columns 没有列名行",
                mend: "let the first row be \(Column.needed.map(\.names).joined(separator: ", ")), … "
                    + "请让首行为列名：\(Column.needed.map(\.chinese).joined(separator: "、"))等"
            )
        }
        header = try SheetHeader(rows[start], separator: separator)
        for row in rows[(start + 1)...] { add(SheetCells(row: row, header: header, separator: separator)) }
    }

    /// What is not used of the sheet; `nil` where all columns are.
    public var unused: String? {
        header.ignored.isEmpty ? nil : "columns not used 未用的列: \(header.ignored.joined(separator: ", "))"
    }

    /// Columns that the sheet does not have.
    public var absent: [Column] { Column.allCases.filter { header.columns[$0] == nil } }

    /// `column D 手机号 phone`; `nil` for a column that the sheet does not have.
    public func place(of column: Column) -> String? { header.place(of: column) }

    /// The separator by which a row names the columns; looked for before quotes are, which a wrong one misreads. By
    /// bytes, and in the first part of each line alone: a file may be one line.
    private static func separator(of text: String) -> CSV.Separator {
        let lines = text.utf8.split(maxSplits: SheetLimits.headerRowsMax) { $0 == 0x0A || $0 == 0x0D }
        let rows = lines.prefix(SheetLimits.headerRowsMax).flatMap { line in
            CSV.Separator.allCases.map { (line: line.prefix(SheetLimits.separatorBytesMax), separator: $0) }
        }
        let fits = rows.map { row in
            let cells = row.line.split(separator: row.separator.rawValue, omittingEmptySubsequences: false)
            return SheetHeader<Column>.Fit(cells.map(bare))
        }
        return SheetHeader<Column>.best(fits).map { rows[$0].separator } ?? .comma
    }

    /// A cell of a line without the quotes and the `=` that may stand around a name.
    private static func bare(_ cell: Substring.UTF8View) -> String {
        String(decoding: cell.filter { $0 != 0x22 && $0 != 0x3D }, as: UTF8.self)
    }

    private mutating func add(_ cells: SheetCells<Column>) {
        if let fault = cells.swallowing {
            faults.append(fault)
            broken.append(cells)
        } else if cells.isEmpty {
            if cells.holdsText { passed.append(cells.rowNumber) }
        } else if let fault = cells.stray {
            faults.append(fault)
            broken.append(cells)
        } else {
            rows.append(cells)
        }
    }
}
