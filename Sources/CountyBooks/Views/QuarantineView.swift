import LockerDomain

/// Events that were stored and that this version does not understand (待识别事件): a later version takes them in.
public struct QuarantineView: Sendable {
    public var lines: [QuarantinedLine]
    public var context: ViewContext

    public init(_ lines: [QuarantinedLine], _ context: ViewContext) { (self.lines, self.context) = (lines, context) }

    /// The page.
    public var view: View {
        let shown = context.visibility.isOfAllFirms ? lines.filter { context.allows(station: $0.station) } : []
        let columns = [
            Table.Column("received", "收到时间", "Came", .time), Table.Column("station", "站点", "Station"),
            Table.Column("site", "网点", "Site"), Table.Column("type", "类型", "Type"),
            Table.Column("fault", "原因", "Why"), Table.Column("sequence", "序号", "Sequence", .number),
            Table.Column("incarnation", "日志", "Journal", .code),
        ]
        let table = Table(
            Words("待识别事件", "Events not understood"),
            columns: columns,
            rows: shown.map { line in
                [
                    .second(line.received), context.cell(station: line.station),
                    context.cell(siteOf: line.station, on: ReportPeriod.day(ofWall: line.received)),
                    line.type.map { .text(AuditText.clean($0)) } ?? .unknown, .written(line.fault),
                    .number(line.sequence),
                    .text(line.incarnation),
                ]
            },
            notes: [
                Words(
                    "已原样保存，未计入任何数字；安装更新的版本后会自动计入",
                    "kept as they came and in no figure; a later version takes them in"
                )
            ]
        )
        return View(table.title, [.table(table, scope: "quarantined")])
    }
}
