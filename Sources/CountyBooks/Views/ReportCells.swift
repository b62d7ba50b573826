import SyncWire

/// Rows of a report. A figure of 0 is shown as 0 where all stations that may add to it have sent all of the period.
struct ReportCells {
    private let report: MonthReport
    private let context: ViewContext
    /// Stations that served a village on any day of the period, by its 区划代码.
    private var stations: [String: Set<String>] = [:]
    /// Villages that a site served.
    private var served: Set<String> = []
    /// Stations that have not sent all of the period, with the time up to which they did.
    private let silent: [String: Int64?]

    init(_ report: MonthReport, silent: [SilentStation], _ context: ViewContext) {
        (self.report, self.context) = (report, context)
        self.silent = Dictionary(silent.map { ($0.station, $0.reaches) }) { first, _ in first }
        for day in report.period.days {
            for site in context.registers.sites(on: day) where site.status != .closed {
                guard context.visibility.allows(firm: site.operatorName) else { continue }
                for village in site.villagesServed {
                    served.insert(village.village)
                    stations[village.village, default: []].formUnion(site.stations)
                }
            }
        }
    }

    /// Whether a line may be shown at all.
    static func isShown(code: String, brand: String?, isOfReader: Bool, _ context: ViewContext) -> Bool {
        let visibility = context.visibility
        if let township = visibility.township, !code.hasPrefix(township) { return false }
        guard let brand, !isOfReader else { return true }
        return visibility.firm == nil && visibility.brands?.contains(brand) ?? true
    }

    static func columns(isOver: Bool) -> [Table.Column] {
        let days = [
            Table.Column("visited", "已到天数", "Days visited", .number),
            Table.Column("notVisited", "未到天数", "Days not visited", .number),
            Table.Column("unknown", "未知天数", "Days unknown", .number),
            Table.Column("uncertain", "不确定天数", "Days uncertain", .number),
        ]
        return [
            Table.Column("code", "区划代码", "Code", .code), Table.Column("village", "行政村", "Village"),
            Table.Column("township", "乡镇", "Township"), Table.Column("mode", "服务方式", "Served"),
            Table.Column("brand", "品牌", "Brand"), Table.Column("received", "下行件数", "In", .number),
            Table.Column("accepted", "上行件数", "Out", .number), Table.Column("rejected", "未收寄件数", "Rejected", .number),
            Table.Column("receivedUncertain", "时间不确定下行", "In, uncertain", .number),
            Table.Column("acceptedUncertain", "时间不确定上行", "Out, uncertain", .number),
        ] + days + (isOver ? [] : [Table.Column("notYet", "未完天数", "Days not over", .number)])
            + [
                Table.Column("reportedReceived", "企业填报下行", "In, as firms say", .number),
                Table.Column("reportedAccepted", "企业填报上行", "Out, as firms say", .number),
                Table.Column("reportedVisitDays", "企业填报到村天数", "Days, as firms say", .number),
                Table.Column("reportedBy", "填报企业", "Firms"), Table.Column("remark", "说明", "Remark"),
            ]
    }

    func row(_ line: ReportLine, showsFigures: Bool, showsReported: Bool) -> [Table.Cell] {
        names(line) + (showsFigures ? figures(line) : Array(repeating: .none, count: 5)) + days(line)
            + reported(showsReported ? line.reported : nil) + [.optional(remark(line, showsFigures))]
    }

    // MARK: Cells

    private func names(_ line: ReportLine) -> [Table.Cell] {
        let brand = Table.Cell.text(line.brand ?? "合计")
        switch line.level {
        case .county: return [.text(line.code), .text("全县合计"), .none, .none, brand]
        case .township: return [.text(line.code), .text("乡镇合计"), .text(line.name), .none, brand]
        case .village:
            guard !line.code.isEmpty else { return [.none, .text(line.name), .none, .none, brand] }
            let mode: String = line.mode?.chinese ?? (served.contains(line.code) ? "" : "无网点")
            return [
                .text(line.code), .link(line.name, path: PagePath.village(line.code)),
                .text(context.townshipName(of: line.code)), .text(mode), brand,
            ]
        }
    }

    private func figures(_ line: ReportLine) -> [Table.Cell] {
        let figures = line.figures
        let all = [
            figures.received, figures.accepted, figures.rejected, figures.receivedUncertain, figures.acceptedUncertain,
        ]
        let isWhole = isWhole(line)
        // Where no site is, no station proves anything.
        let isApart = line.level == .village && !line.code.isEmpty && !served.contains(line.code)
        return all.map { isApart && $0 == 0 ? .none : .least($0, isWhole: isWhole) }
    }

    private func isWhole(_ line: ReportLine) -> Bool {
        switch line.level {
        case .county: silent.isEmpty
        case .township:
            stations.filter { $0.key.hasPrefix(line.code) }.values.allSatisfy { $0.allSatisfy { silent[$0] == nil } }
        case .village:
            line.code.isEmpty
                ? silent.isEmpty
                : stations[line.code].map { !$0.isEmpty && $0.allSatisfy { silent[$0] == nil } } ?? false
        }
    }

    private func days(_ line: ReportLine) -> [Table.Cell] {
        let count = report.isOver ? 4 : 5
        guard line.level == .village, line.brand == nil else { return Array(repeating: .none, count: count) }
        guard let days = line.days else {
            // A site without a station serves it, and nobody can tell when.
            return Array(repeating: served.contains(line.code) ? .unknown : .none, count: count)
        }
        let all: [Table.Cell] = [
            .number(days.visited), .number(days.notVisited), .number(days.unknown), .number(days.uncertain),
        ]
        return all + (report.isOver ? [] : [.number(days.notYet)])
    }

    private func reported(_ reported: ReportedFigures?) -> [Table.Cell] {
        guard let reported else { return Array(repeating: .none, count: 4) }
        return [
            reported.received.map { .number($0) } ?? .none, reported.accepted.map { .number($0) } ?? .none,
            reported.visitDays.map { .number($0) } ?? .none, .text(reported.by.joined(separator: "，")),
        ]
    }

    /// Why a sum is less than its parts, and up to when the stations of a village are known.
    private func remark(_ line: ReportLine, _ showsFigures: Bool) -> String? {
        let figures = line.figures
        var remarks: [String] = []
        if line.level != .village, showsFigures {
            let parts = [("下行", figures.receivedTwice), ("上行", figures.acceptedTwice)].filter { $0.1 > 0 }
            remarks += parts.map { "\($0.0)少于各村之和 \($0.1)（同一运单到过几个村）" }
        }
        if line.level == .village, line.brand == nil {
            remarks += (stations[line.code] ?? []).sorted().compactMap { station in
                guard let reaches = silent[station] else { return nil }
                return reaches.map { "\(station) 截至 \(WireTime.local($0).prefix(16))" } ?? "\(station) 没有记录"
            }
        }
        return remarks.isEmpty ? nil : remarks.joined(separator: "；")
    }
}
