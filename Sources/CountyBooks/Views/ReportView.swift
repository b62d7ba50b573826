import SyncWire

/// The month report (快件进村数据信息汇总) in the words of the form, as the books have it now.
public struct ReportView: Sendable {
    public var report: MonthReport
    public var context: ViewContext
    /// Whether the report was made of the pieces and the firms' sheets that the reader may see, and of no others
    /// (`BooksExtract.seen(by:)`, `ViewContext.operatorSheets`).
    /// Else a reader of some firms or brands gets the lines of these brands alone.
    public var isOfReader: Bool

    public init(_ report: MonthReport, _ context: ViewContext, isOfReader: Bool = false) {
        (self.report, self.context, self.isOfReader) = (report, context, isOfReader)
    }

    /// Makes the report of what the reader may see.
    ///
    /// - Parameter county: first six digits of the county's 区划代码, and its name.
    public init(_ extract: BooksExtract, county: (code: String, name: String), _ context: ViewContext) {
        var builder = ReportBuilder(extract, county: county, seenBy: context)
        self.init(builder.report(), context, isOfReader: true)
    }

    /// The page.
    public var view: View {
        var parts: [View.Part] = []
        if !report.isOver {
            parts.append(.notice(Words("本期未结束，数字截至现在", "the period is not over: figures are of now"), .warn))
        }
        let silent = report.silent.filter { isShown($0.station) }
        let late = silent.count(where: \.isLate)
        if late > 0 {
            parts.append(
                .notice(
                    Words(
                        "有 \(late) 个站点的记录未到期末，见表后说明；“未知”不是 0",
                        "\(late) stations have not sent all of the period, see below; unknown is not 0"
                    ),
                    .unknown
                )
            )
        }
        parts += View.Part.began(silent) + View.Part.waiting(silent)
        let lossy = report.lossy.filter { isShown($0.station) }
        if !lossy.isEmpty {
            parts.append(
                .notice(
                    Words(
                        "有 \(lossy.count) 个站点在本期丢失事件，件数可能少于实际，见表后说明",
                        "\(lossy.count) stations lost events of the period, see below: there may have been more"
                    ),
                    .unknown
                )
            )
        }
        return View(
            Words("快件进村数据信息汇总 \(report.period)", "Parcels into villages, \(report.period)"),
            parts + [.table(table, scope: "report")]
        )
    }

    /// The table, for files too.
    public var table: Table {
        // A firm reads of its own stations alone.
        let isOfFirm = context.visibility.firm != nil
        let cells = ReportCells(
            report,
            silent: isOfFirm ? report.silent.filter { isShown($0.station) } : report.silent,
            lossy: isOfFirm ? report.lossy.filter { isShown($0.station) } : report.lossy,
            context
        )
        let lines = report.lines.filter(isShown)
        // What no register knows stands behind all that it knows.
        let ordered = lines.filter { !$0.code.isEmpty } + lines.filter { $0.code.isEmpty }
        return Table(
            Words("快件进村数据信息汇总", "Parcels into villages"),
            columns: ReportCells.columns(isOver: report.isOver),
            rows: ordered.map { cells.row($0, showsFigures: showsFigures($0), showsReported: showsReported($0)) },
            notes: report.silent.filter { isShown($0.station) }.map(Self.note)
                + report.lossy.filter { isShown($0.station) }.map(Self.note)
        )
    }

    // MARK: What may be shown

    private func isShown(_ line: ReportLine) -> Bool {
        ReportCells.isShown(code: line.code, brand: line.brand, isOfReader: isOfReader, context)
    }

    private func showsFigures(_ line: ReportLine) -> Bool {
        let visibility = context.visibility
        guard !visibility.isOfAllFirms, !isOfReader else { return true }
        // A line of a brand holds what all firms handled of it.
        return visibility.firm == nil && line.brand.map { visibility.brands?.contains($0) ?? true } ?? false
    }

    private func showsReported(_ line: ReportLine) -> Bool {
        let visibility = context.visibility
        guard !visibility.isOfAllFirms else { return true }
        if let firm = visibility.firm { return line.reported?.by == [firm] }
        return line.brand.map { visibility.brands?.contains($0) ?? true } ?? false
    }

    // MARK: What is unknown

    private func isShown(_ station: String) -> Bool { context.allows(station: station) }

    private static func note(_ station: LossyStation) -> Words {
        let site = station.site.map { " \($0)" } ?? ""
        return Words(
            "站点 \(station.station)\(site)：\(station.span.chinese) 有事件丢失",
            "station \(station.station)\(site): events of \(station.span.english) are lost"
        )
    }

    private static func note(_ station: SilentStation) -> Words {
        let site = station.site.map { " \($0)" } ?? ""
        let (chinese, english) = (station.phone.map { "，电话 \($0)" } ?? "", station.phone.map { ", phone \($0)" } ?? "")
        guard !station.isWaiting else {
            return Words(
                "站点 \(station.station)\(site)\(chinese)：有事件待账簿重新计算",
                "station \(station.station)\(site)\(english): the books have events of it still to count anew"
            )
        }
        if let day = station.firstDay {
            return Words(
                "站点 \(station.station)\(site)\(chinese)：记录自 \(day) 起",
                "station \(station.station)\(site)\(english): events from \(day) on"
            )
        }
        guard let reaches = station.reaches else {
            return Words(
                "站点 \(station.station)\(site)\(chinese)：没有记录",
                "station \(station.station)\(site)\(english): no events"
            )
        }
        let until = WireTime.local(reaches).prefix(16)
        return Words(
            "站点 \(station.station)\(site)\(chinese)：记录截至 \(until)",
            "station \(station.station)\(site)\(english): up to \(until)"
        )
    }
}
