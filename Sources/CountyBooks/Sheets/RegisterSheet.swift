import LockerDomain
public import OfficeSheets

/// The sheet of a register (台账) as a clerk fills or exports it: a row that names the columns and a row for each entry.
///
/// Villages, operators and sites stand in it by code or by name; `checked(against:)` finds them in the registers.
public struct RegisterSheet: Sendable {
    /// One row that can be read.
    public struct Line: Sendable, Hashable {
        /// Row as Excel counts it, from 1.
        public var row: Int
        /// What it says, with other registers' names as they are written.
        public var dated: DatedRow
    }

    public let kind: RegisterKind
    public private(set) var lines: [Line] = []
    /// What is wrong with each row that cannot be read.
    public private(set) var faults: [SheetFault] = []
    /// What was passed over, a sentence each.
    public private(set) var notes: [String] = []
    /// `column D 类型 type` by the English names of the columns that the sheet has.
    let places: [String: String]

    /// Reads the text of a sheet; rows that cannot be read are in `faults`.
    ///
    /// - Throws: `SheetFault` when no row can be read at all.
    public init(_ kind: RegisterKind, text: String) throws(SheetFault) { try self.init(kind, kind.columns, text) }

    private init<Column: RegisterColumn>(
        _ kind: RegisterKind,
        _ columns: Column.Type,
        _ text: String
    ) throws(SheetFault) {
        let table = try SheetTable<Column>(text)
        guard table.rows.count <= RegisterLimits.sheetRowsMax else {
            throw SheetFault(
                "has \(table.rows.count) rows, at most \(RegisterLimits.sheetRowsMax) fit 行数过多",
                mend: "split it 请拆分"
            )
        }
        self.kind = kind
        places = Dictionary(
            Column.allCases.compactMap { column in table.place(of: column).map { (column.rawValue, $0) } },
            uniquingKeysWith: { first, _ in first }
        )
        var faults = table.faults
        for cells in table.rows {
            do throws(SheetFault) {
                let row = Column.wrap(try Column.read(cells))
                lines.append(
                    Line(row: cells.rowNumber, dated: DatedRow(row, validFrom: try Self.day(cells)))
                )
            } catch {
                faults.append(error)
            }
        }
        self.faults = faults.sorted { ($0.row ?? 0) < ($1.row ?? 0) }
        notes = Self.notes(table)
    }

    private static func notes<Column: RegisterColumn>(_ table: SheetTable<Column>) -> [String] {
        let absent = table.absent.map(\.names).joined(separator: ", ")
        return [
            table.unused,
            absent.isEmpty ? nil : "columns not there, left empty 没有的列，留空: \(absent)",
            table.passed.isEmpty
                ? nil
                : "\(SheetFault.rowsText(table.passed)): nothing in a column of the register, passed over 没有内容，已略过",
        ].compactMap { $0 }
    }

    private static func day<Column: RegisterColumn>(_ cells: SheetCells<Column>) throws(SheetFault) -> CivilDay? {
        guard let column = Column.dayColumn else { return nil }
        return try cells.day(column)
    }
}
