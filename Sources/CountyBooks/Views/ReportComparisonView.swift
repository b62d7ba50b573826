/// Open differences (待更正的差异): what came since a period was closed and stands in no correction yet.
public struct ReportComparisonView: Sendable {
    public var period: CountyPeriod
    /// What is frozen, with its corrections.
    public var standing: ReportSheet
    /// What came since, with signs.
    public var differences: ReportSheet
    public var context: ViewContext

    public init(
        _ period: CountyPeriod,
        standing: ReportSheet,
        differences: ReportSheet,
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
        let shown = differences.rows.filter { key, _ in
            ReportCells.isShown(
                code: key.code,
                brand: key.brand.isEmpty ? nil : key.brand,
                isOfReader: false,
                context
            ) && (context.visibility.isOfAllFirms || !key.brand.isEmpty)
        }
        let rows = shown.sorted { $0.key < $1.key }.flatMap { key, row in
            ReportSheet.Column.allCases.compactMap { column -> [Table.Cell]? in
                guard let difference = row.figures[column] else { return nil }
                // What was empty there was not known, or did not belong there.
                let before = standing.rows[key]?.figures[column]
                return [
                    .text(key.code), .text(row.name), .text(key.brand.isEmpty ? "合计" : key.brand),
                    .text(column.chinese),
                    .count(before), .number((before ?? 0) + difference), .number(difference),
                ]
            }
        }
        return Table(Words("待更正的差异", "Open differences"), columns: columns, rows: rows)
    }
}
