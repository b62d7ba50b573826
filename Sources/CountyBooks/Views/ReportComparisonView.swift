/// Open differences (待更正的差异): what came since a period was closed and stands in no correction yet.
public struct ReportComparisonView: Sendable {
    public var period: CountyPeriod
    /// What is frozen, with its corrections.
    public var standing: ReportSheet
    /// What came since.
    public var differences: ReportCorrection
    public var context: ViewContext

    public init(
        _ period: CountyPeriod,
        standing: ReportSheet,
        differences: ReportCorrection,
        _ context: ViewContext
    ) {
        (self.period, self.standing, self.differences, self.context) = (period, standing, differences, context)
    }

    /// The page.
    public var view: View {
        let table = table
        let notice =
            table.rows.isEmpty
            ? View.Part.notice(Words("没有待更正的差异", "no open differences"), .ok)
            : .notice(
                Words("有 \(table.rows.count) 项差异尚未出具更正", "\(table.rows.count) differences stand in no correction"),
                .warn
            )
        return View(Words("差异 \(period)", "Differences of \(period)"), [notice, .table(table, scope: "differences")])
    }

    /// The table: one row a figure that differs.
    public var table: Table {
        let columns = [
            Table.Column("code", "区划代码", "Code", .code), Table.Column("name", "名称", "Name"),
            Table.Column("brand", "品牌", "Brand"), Table.Column("figure", "项目", "Figure"),
            Table.Column("before", "原数", "Before", .number), Table.Column("after", "现数", "Now", .number),
            Table.Column("difference", "差异", "Difference", .number),
        ]
        let shown = differences.rows.filter { key, _ in ReportCells.isFrozenShown(key, context) }
        let rows = shown.sorted { $0.key < $1.key }.flatMap { key, row in
            // What was empty there was not known, or did not belong there.
            let before = standing.figures(of: key)
            return ReportSheet.Column.allCases.compactMap { column -> [Table.Cell]? in
                guard let change = row.changes[column] else { return nil }
                return [
                    .text(key.code), ReportCells.name(row.name, code: key.code), ReportCells.brand(key.brand),
                    .words(Words(column.chinese, column.rawValue)),
                    .count(before[column]), .count(change.applied(to: before[column])), change.cell,
                ]
            }
        }
        return Table(Words("待更正的差异", "Open differences"), columns: columns, rows: rows)
    }
}
