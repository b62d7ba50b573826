import LockerDomain
import OfficeSheets

/// Sheets to fill in, and registers as sheets: what is written here is read again as the same rows.
extension RegisterSheet {
    /// Other headers of 生效日期 and of 公开电话.
    static let dayHeaders = ["生效日", "启用日期", "起始日期", "有效期起"]
    static let phoneHeaders = ["公布电话", "联系电话", "对外电话", "电话"]

    /// In front of each name of an example, by which a sheet with examples left in it is refused.
    static let exampleMark = "（示例）"

    /// Chinese names of a register's columns, in the order of `cells(of:)`.
    public static func header(_ kind: RegisterKind) -> [String] { header(kind.columns) }

    /// All columns of a register with both their names, for the help of a program or a page.
    public static func columnList(_ kind: RegisterKind) -> String { kind.columns.list }

    /// A sheet to fill in: the header, which marks the columns that are needed, and two made-up rows to delete.
    public static func template(_ kind: RegisterKind) -> [[String]] { template(kind.columns) }

    /// A row of a register in the order of its columns; what it does not know is empty.
    public static func cells(of dated: DatedRow) -> [String] { cells(of: dated, dated.row.kind.columns) }

    /// A file of rows of one register that `RegisterSheet` reads as the same rows: UTF-8, LF. Texts that an office program
    /// would take for a formula have an apostrophe in front, as in the files of pages; reading takes it off again. Codes and
    /// numbers never begin so.
    public static func csv(_ rows: [DatedRow], of kind: RegisterKind) -> [UInt8] {
        csv(header: header(kind), rows.map(cells))
    }

    /// The sheet to fill in as such a file.
    public static func templateCSV(_ kind: RegisterKind) -> [UInt8] {
        let rows = template(kind)
        return csv(header: rows.first ?? [], Array(rows.dropFirst()))
    }

    private static func csv(header: [String], _ rows: [[String]]) -> [UInt8] {
        Table.canonicalCSV(header: header, rows: rows.map { $0.map(OfficeText.guarded) })
    }

    private static func header<Column: RegisterColumn>(_ columns: Column.Type) -> [String] {
        Column.allCases.map(\.chinese)
    }

    private static func template<Column: RegisterColumn>(_ columns: Column.Type) -> [[String]] {
        let header = Column.allCases.map { $0.chinese + (Column.needed.contains($0) ? "（必填）" : "") }
        return [header] + Column.examples.map { cells(of: DatedRow(Column.wrap($0)), columns) }
    }

    private static func cells<Column: RegisterColumn>(of dated: DatedRow, _ columns: Column.Type) -> [String] {
        guard let row = Column.unwrap(dated.row) else { return [] }
        return Column.allCases.map { column in
            column == Column.dayColumn ? dated.validFrom?.description ?? "" : column.text(row)
        }
    }
}
