public import OfficeSheets

/// The rows of a sheet, checked against the registers.
public struct CheckedRows: Sendable {
    /// With the codes and names of the registers; none where there is a fault, since nothing is loaded then.
    public var rows: [DatedRow]
    /// Of reading and of checking, by row.
    public var faults: [SheetFault]
}

extension RegisterSheet {
    /// Checks all rows: what they name must be in the registers, and no two rows may be about one thing at one time.
    public func checked(against known: RegisterNames) -> CheckedRows { checked(against: known, kind.columns) }

    private func checked<Column: RegisterColumn>(against known: RegisterNames, _ columns: Column.Type) -> CheckedRows {
        var found = faults
        var checked: [Line] = []
        for line in lines {
            guard !Self.isExample(line.dated.row) else {
                found.append(
                    SheetFault(row: line.row, "is an example of the template 是模板中的示例行", mend: "delete the row 请删去")
                )
                continue
            }
            guard let row = Column.unwrap(line.dated.row) else { continue }
            var cellFaults: [CellFault<Column>] = []
            let good = Column.check(row, against: known, &cellFaults)
            found += cellFaults.map { fault(line.row, $0.column, $0.cause, mend: $0.mend) }
            checked.append(Line(row: line.row, dated: DatedRow(Column.wrap(good), validFrom: line.dated.validFrom)))
        }
        found += repeated(checked, columns)
        // A row that cannot be read may be the one that gives a station away.
        if kind == .site, faults.isEmpty {
            found += StationClaims(checked, against: known).faults { fault($0, SiteColumn.stations, $1, mend: $2) }
        }
        return CheckedRows(
            rows: found.isEmpty ? checked.map(\.dated) : [],
            faults: found.sorted { ($0.row ?? 0) < ($1.row ?? 0) }
        )
    }

    private static func isExample(_ row: RegisterRow) -> Bool {
        SheetCell.halfWidth(row.name).hasPrefix(SheetCell.halfWidth(exampleMark))
    }

    /// Rows of one thing that hold at one time: from the same day, or one of them from no day that is named.
    private func repeated<Column: RegisterColumn>(_ lines: [Line], _ columns: Column.Type) -> [SheetFault] {
        var faults: [SheetFault] = []
        for same in Dictionary(grouping: lines, by: \.dated.row.key).values where same.count > 1 {
            for sameDay in Dictionary(grouping: same, by: \.dated.validFrom).values {
                guard let first = sameDay.first?.row, let column = Column.needed.first else { continue }
                let cause = "repeats row \(first) 与第 \(first) 行重复"
                faults += sameDay.dropFirst().map { line in
                    fault(line.row, column, cause, mend: "delete one of the two rows 请删去一行")
                }
            }
            guard let column = Column.dayColumn, same.contains(where: { $0.dated.validFrom != nil }) else { continue }
            for line in same where line.dated.validFrom == nil {
                faults.append(
                    fault(
                        line.row,
                        column,
                        "is empty, and another row is about the same 为空，而另有一行写的是同一对象",
                        mend: "write in each of the rows from which day it holds 请在各行都填写生效日期"
                    )
                )
            }
        }
        return faults
    }

    private func fault(_ row: Int, _ column: some RegisterColumn, _ cause: String, mend: String) -> SheetFault {
        SheetFault(row: row, column: places[column.rawValue] ?? column.names, cause, mend: mend)
    }
}
