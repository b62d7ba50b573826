import OfficeSheets

/// The columns of one register's sheet: how a row of it is read, checked and written.
protocol RegisterColumn: SheetColumn {
    /// What a row says.
    associatedtype Row

    /// The column of 生效日期; `nil` where rows name their time themselves.
    static var dayColumn: Self? { get }
    /// Two rows that show what to write, plainly made up.
    static var examples: [Row] { get }

    /// Reads a row. What it says of other registers stays as it is written.
    static func read(_ cells: SheetCells<Self>) throws(SheetFault) -> Row
    /// The row with the codes and names of the registers, and what is wrong with it.
    static func check(_ row: Row, against known: RegisterNames, _ faults: inout [CellFault<Self>]) -> Row

    static func wrap(_ row: Row) -> RegisterRow
    static func unwrap(_ row: RegisterRow) -> Row?

    /// What stands in the column, so that reading gives the same row.
    func text(_ row: Row) -> String
}

/// What a check finds in one column of a row.
struct CellFault<Column: RegisterColumn> {
    var column: Column
    var cause: String
    var mend: String

    init(_ column: Column, _ cause: String, mend: String) {
        (self.column, self.cause, self.mend) = (column, cause, mend)
    }
}

extension RegisterKind {
    var columns: any RegisterColumn.Type {
        switch self {
        case .township: TownshipColumn.self
        case .village: VillageColumn.self
        case .operatorFirm: OperatorColumn.self
        case .site: SiteColumn.self
        case .staff: StaffColumn.self
        case .operatorReport: OperatorReportColumn.self
        }
    }
}
