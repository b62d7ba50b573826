import SyncWire

/// A closed period (已关账) as it was frozen, with its corrections: it never changes.
public struct FrozenReportView: Sendable {
    /// The report and its corrections, by their numbers.
    public var frozen: [FrozenReport]
    /// What they come to together.
    public var standing: ReportSheet
    public var context: ViewContext

    public init(_ frozen: [FrozenReport], standing: ReportSheet, _ context: ViewContext) {
        (self.frozen, self.standing, self.context) = (frozen, standing, context)
    }

    /// The page.
    public var view: View {
        let period = frozen.first.map { "\($0.period)" } ?? ""
        return View(
            Words("快件进村数据信息汇总 \(period)", "Parcels into villages, \(period)"),
            [.table(parts, scope: "frozen"), .table(table, scope: "report")]
        )
    }

    private var parts: Table {
        let columns = [
            Table.Column("name", "名称", "Name"), Table.Column("at", "出具时间", "Frozen", .time),
            Table.Column("by", "经办账号", "By"), Table.Column("through", "计到事件号", "Up to event", .number),
            Table.Column("sha256", "SHA-256", "SHA-256", .code), Table.Column("intact", "校验", "Check", .state),
        ]
        return Table(
            Words("报表与更正", "Report and corrections"),
            columns: columns,
            rows: frozen.sorted { $0.correction < $1.correction }.map { part in
                [
                    .words(part.words), .second(part.frozenAt), .text(part.by), .number(Int(part.through)),
                    .text(part.sha256),
                    part.isIntact ? .state(Words("一致", "fits"), .ok) : .state(Words("不符", "DOES NOT FIT"), .bad),
                ]
            },
            notes: frozen.flatMap(\.unknown).map { Words("关账时未知：\($0)", "not known when it was closed: \($0)") }
        )
    }

    /// The rows as they are frozen: an empty cell was not known, or does not belong there.
    public var table: Table {
        let names = [
            Table.Column("code", "区划代码", "Code", .code), Table.Column("name", "名称", "Name"),
            Table.Column("mode", "服务方式", "Served"), Table.Column("brand", "品牌", "Brand"),
        ]
        let rows = standing.rows.filter { key, _ in ReportCells.isFrozenShown(key, context) }
        var table = Table(
            Words("已关账数据", "Frozen rows"),
            columns: names
                + ReportSheet.Column.allCases.map { Table.Column($0.rawValue, $0.chinese, $0.rawValue, .number) },
            rows: rows.sorted { $0.key < $1.key }.map { key, row in
                [
                    .text(key.code), ReportCells.name(row.name, code: key.code), ReportCells.mode(row.mode),
                    ReportCells.brand(key.brand),
                ] + ReportSheet.Column.allCases.map { row.figures[$0].map { .number($0) } ?? .none }
            }
        )
        Self.noteEmpty(&table)
        return table
    }

    private static let empty = Words(
        "空格＝未知，不是 0；本行不适用的项目也为空格",
        "an empty cell is unknown, not 0, or does not belong in its row"
    )

    /// Says how to read an empty cell, where the table has one: anew after columns were dropped.
    package static func noteEmpty(_ table: inout Table) {
        table.notes.removeAll { $0 == empty }
        if table.rows.contains(where: { $0.contains(.none) }) { table.notes.insert(empty, at: 0) }
    }
}
