import LockerDomain

/// The cells of one row, by their columns.
struct ManifestCells {
    let row: CSV.Row
    let header: ManifestHeader
    let separator: CSV.Separator

    /// What to do in Excel about numbers that it treats as numbers.
    static let asText =
        "format the column as text (设置单元格格式 → 文本), enter the numbers again and save again"

    /// True where nothing stands in any column that is used.
    var isEmpty: Bool { header.columns.keys.allSatisfy { self[$0] == nil } }

    /// A cell with something in it behind the last named column; its index.
    var stray: Int? { row.cells.indices.dropFirst(header.width).first { !SheetCell.text(row.cells[$0]).isEmpty } }

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
                return quote(at: index, "goes on over a line end: rows below may be inside it 引号跨行，下面的行可能被吞")
            }
            if isWide, row.cells.count < header.width {
                return quote(
                    at: index,
                    "holds a \(separator.name), and the row ends early: cells may be inside it 单元格被吞"
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
            mend: "look for a quote (\") too many or too few, and keep the cell in one line (Alt+Enter 换行请删去)"
        )
    }

    /// The text as its writer meant it; `nil` for an empty cell, and where the row ends before it.
    subscript(column: ManifestColumn) -> String? {
        guard let index = header.columns[column], index < row.cells.count else { return nil }
        let text = SheetCell.text(row.cells[index])
        return text.isEmpty ? nil : text
    }

    /// A word of a list, in ASCII where it was full-width.
    func word(_ column: ManifestColumn) -> String? { self[column].map(SheetCell.halfWidth) }

    /// Digits, perhaps with letters. Refused where Excel has rounded them.
    func number(_ column: ManifestColumn) throws(SheetFault) -> String? {
        guard let text = self[column].map(SheetCell.plain) else { return nil }
        guard !SheetCell.isRounded(text) else {
            throw fault(column, "is rounded by Excel, as 1.38E+10: its digits are lost", mend: Self.asText)
        }
        return text
    }

    /// A number of a parcel; `nil` where there is none, or another.
    func waybill(_ column: ManifestColumn) throws(SheetFault) -> Waybill? {
        guard let text = try number(column), let reading = try? WaybillReading(text), reading.isWaybill else {
            return nil
        }
        return Waybill(rawValue: reading.normalized)
    }

    /// A text that events will carry.
    func note(_ column: ManifestColumn) throws(SheetFault) -> String? {
        guard let text = self[column] else { return nil }
        guard text.isOneLine, text.unicodeScalars.count <= Limits.noteCharactersMax else {
            throw bad(column, "one line of 1 to \(Limits.noteCharactersMax) characters")
        }
        return text
    }

    func bad(_ column: ManifestColumn, _ rule: String) -> SheetFault {
        fault(column, self[column] == nil ? "is empty" : "is not right", mend: "write \(rule)")
    }

    func fault(_ column: ManifestColumn, _ cause: String, mend: String) -> SheetFault {
        SheetFault(row: row.number, column: header.place(of: column), cause, mend: mend)
    }
}
