/// Why a sheet, or a row of it, cannot be read. No cell is quoted: it may hold a name or a phone number.
public struct SheetFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// Row as Excel counts it, from 1; `nil` for the sheet as a whole.
    public let row: Int?
    /// `column D 手机号 phone`; `nil` for the row as a whole.
    public let column: String?
    /// What is wrong.
    public let cause: String
    /// What to do, in Excel where it is about Excel.
    public let mend: String

    /// A fault of a row, a cell of it, or the sheet.
    public init(row: Int? = nil, column: String? = nil, _ cause: String, mend: String) {
        (self.row, self.column, self.cause, self.mend) = (row, column, cause, mend)
    }

    /// `row 7, column D 手机号 phone`; `nil` for the sheet as a whole.
    public var place: String? { place(rows: row.map { [$0] } ?? []) }

    /// `row 7, column D 手机号 phone: cause: mend`.
    public var description: String { "\(place ?? "sheet"): \(cause): \(mend)" }

    /// One line for each fault with all its rows, so that a column that is wrong as a whole is one line. A last line says how
    /// many lines were left out.
    public static func lines(_ faults: [SheetFault]) -> [String] {
        var groups: [(first: SheetFault, rows: [Int])] = []
        var places: [SheetFault: Int] = [:]
        for fault in faults {
            let kind = SheetFault(column: fault.column, fault.cause, mend: fault.mend)
            if let place = places[kind] {
                groups[place].rows += fault.row.map { [$0] } ?? []
            } else {
                places[kind] = groups.count
                groups.append((fault, fault.row.map { [$0] } ?? []))
            }
        }
        let lines = groups.prefix(SheetLimits.faultLinesMax).map {
            "\($0.first.place(rows: $0.rows) ?? "sheet"): \($0.first.cause): \($0.first.mend)"
        }
        let more = groups.count - lines.count
        return lines + (more > 0 ? ["and \(more) more 还有 \(more) 项"] : [])
    }

    private func place(rows: [Int]) -> String? {
        let parts = [rows.isEmpty ? nil : Self.rowsText(rows), column].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    /// `row 7`, `rows 2-5, 9`.
    public static func rowsText(_ rows: [Int]) -> String {
        var spans: [ClosedRange<Int>] = []
        for row in rows.sorted() {
            if let last = spans.last, row <= last.upperBound + 1 {
                spans[spans.count - 1] = last.lowerBound...row
            } else {
                spans.append(row...row)
            }
        }
        let texts = spans.prefix(SheetLimits.spansMax).map {
            $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
        }
        let more = spans.dropFirst(SheetLimits.spansMax).reduce(0) { $0 + $1.count }
        let named = (rows.count == 1 ? "row " : "rows ") + texts.joined(separator: ", ")
        return more > 0 ? "\(named) and \(more) more" : named
    }
}
