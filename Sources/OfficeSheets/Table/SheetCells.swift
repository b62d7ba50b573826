/// The cells of one row, by their columns.
public struct SheetCells<Column: SheetColumn>: Sendable {
    let row: CSV.Row
    let header: SheetHeader<Column>
    let separator: CSV.Separator

    /// Row as Excel counts it, from 1.
    public var rowNumber: Int { row.number }

    /// True where nothing stands in any column that is used.
    var isEmpty: Bool { header.columns.keys.allSatisfy { self[$0] == nil } }

    /// Whether anything stands in the row, also in a column that is not used.
    var holdsText: Bool { row.cells.contains { !SheetCell.text($0).isEmpty } }

    /// Something in a cell behind the last named column; `nil` where there is nothing.
    var stray: SheetFault? {
        let behind = row.cells.indices.dropFirst(header.width)
        return behind.first { !SheetCell.text(row.cells[$0]).isEmpty }.map { index in
            SheetFault(
                row: row.number,
                "has a cell in column \(SheetCell.letters(index)), behind the last named column "
                    + "在 \(SheetCell.letters(index)) 列有内容，已超出最后一个列名",
                mend: "put a cell with a comma in quotes, or delete what stands there 含逗号的内容请加引号，或删去多余的内容"
            )
        }
    }

    /// What a quote that is not closed, or closes too late, does to a row: a cell swallows the cells behind it, or the rows
    /// below. A cell in an unused column may have lines of its own, as addresses have; `nil` when nothing is swallowed.
    var swallowing: SheetFault? {
        let mark = Character(Unicode.Scalar(separator.rawValue))
        for (index, raw) in row.cells.enumerated() {
            let text = SheetCell.text(raw)
            let (isTall, isWide) = (
                text.unicodeScalars.contains { "\n\r".unicodeScalars.contains($0) }, text.contains(mark)
            )
            if isTall, isWide || header.columns.values.contains(index) {
                return quote(at: index, "goes on over a line end, rows below may be inside it 引号跨行，下面的行可能被吞")
            }
            if isWide, row.cells.count < header.width {
                return quote(
                    at: index,
                    "holds a \(separator.names.english), and the row ends early, cells may be inside it "
                        + "引号内有\(separator.names.chinese)且本行过短，单元格可能被吞"
                )
            }
        }
        return nil
    }

    private func quote(at index: Int, _ cause: String) -> SheetFault {
        SheetFault(
            row: row.number,
            column: header.place(at: index),
            "a cell in quotes \(cause)",
            mend: "look for a quote (\") too many or too few, and keep the cell in one line "
                + "请检查多余或缺少的引号（\"），并删去单元格内的换行（Alt+Enter）"
        )
    }

    /// The text as its writer meant it; `nil` for an empty cell, and where the row ends before it.
    public subscript(column: Column) -> String? {
        guard let index = header.columns[column], index < row.cells.count else { return nil }
        let text = SheetCell.text(row.cells[index])
        return text.isEmpty ? nil : text
    }

    /// A word of a list, in ASCII where it was full-width.
    public func word(_ column: Column) -> String? { self[column].map(SheetCell.halfWidth) }

    /// Digits, perhaps with letters. Refused where Excel has rounded them.
    public func number(_ column: Column) throws(SheetFault) -> String? {
        guard let text = self[column].map(SheetCell.plain) else { return nil }
        guard !SheetCell.isRounded(text) else { throw rounded(column) }
        return text
    }

    /// Codes or names in one cell, with 、 , ; or blanks between them. Refused where Excel has rounded one.
    public func list(_ column: Column) throws(SheetFault) -> [String] {
        guard let text = self[column] else { return [] }
        let parts = text.unicodeScalars.split { SheetCell.isBlank($0) || SheetCell.listMarks.contains($0) }
        var items: [String] = []
        for part in parts {
            let item = SheetCell.plain(String(part))
            guard !SheetCell.isRounded(item) else { throw rounded(column) }
            if !item.isEmpty { items.append(item) }
        }
        return items
    }

    private func rounded(_ column: Column) -> SheetFault {
        fault(
            column,
            "is rounded by Excel, as 1.38E+10, its digits are lost 已被 Excel 改成 1.38E+10 的形式，数字已丢失",
            mend: SheetCell.asText
        )
    }

    /// A cell that is not as a rule has it, in both languages.
    func bad(_ column: Column, _ rule: String, _ chinese: String) -> SheetFault {
        fault(
            column,
            self[column] == nil ? "is empty 为空" : "is not right 不正确",
            mend: "write \(rule) \(SheetCell.pleaseWrite(chinese))"
        )
    }

    /// A fault of one cell.
    public func fault(_ column: Column, _ cause: String, mend: String) -> SheetFault {
        SheetFault(row: row.number, column: header.place(of: column), cause, mend: mend)
    }
}
