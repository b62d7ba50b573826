import LockerDomain
import OfficeSheets

/// Columns that the sheet does not have, and what the register has in them.
extension RegisterSheet {
    /// A fault for each such column in which loading the rows would leave nothing of what the register has: a column that
    /// is taken out of a sheet empties nothing; one with empty cells does.
    ///
    /// - Parameters:
    ///   - rows: the sheet's own, checked.
    ///   - kept: the rows of all registers.
    func losses(of rows: [DatedRow], beside kept: [KeptRow]) -> [SheetFault] {
        losses(of: rows, beside: kept, kind.columns)
    }

    private func losses<Column: RegisterColumn>(
        of rows: [DatedRow],
        beside kept: [KeptRow],
        _ columns: Column.Type
    ) -> [SheetFault] {
        let absent = Column.allCases.filter { places[$0.rawValue] == nil && $0 != Column.dayColumn }
        guard !absent.isEmpty else { return [] }
        let byKey = Dictionary(grouping: kept.filter { $0.dated.row.kind == kind }, by: \.dated.row.key)
        var lost: [Column: Set<Int64>] = [:]
        for dated in rows {
            guard let before = Self.before(dated, byKey[dated.row.key] ?? []),
                let old = Column.unwrap(before.dated.row), let new = Column.unwrap(dated.row)
            else { continue }
            for column in absent {
                // What is known without the column, such as the township of a village, stays as it is.
                let text = column.text(old)
                if !text.isEmpty, text != column.text(new) { lost[column, default: []].insert(before.number) }
            }
        }
        return absent.compactMap { column in lost[column].map { Self.fault(column, rows: $0.count) } }
    }

    /// What a row replaces, or what held until its day. A row without a day takes the place of the newest.
    private static func before(_ dated: DatedRow, _ versions: [KeptRow]) -> KeptRow? {
        let held = versions.filter { version in
            guard let day = dated.validFrom, let from = version.dated.validFrom else { return true }
            return from <= day
        }
        return RegisterLoading.newest(held)
    }

    private static func fault(_ column: some RegisterColumn, rows: Int) -> SheetFault {
        SheetFault(
            column: column.names,
            "is not in the sheet, and \(rows) \(rows == 1 ? "row" : "rows") of the register "
                + "\(rows == 1 ? "has" : "have") something there 表中没有此列，而台账中有 \(rows) 行在此列有内容",
            mend: "put the column back, with its cells 请恢复该列及其内容"
        )
    }
}
