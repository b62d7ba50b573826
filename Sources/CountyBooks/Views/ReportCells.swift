import LockerDomain
import SyncWire

/// Rows of a report. A figure of 0 is shown as 0 where all that may add to it is known.
struct ReportCells {
    private let report: MonthReport
    private let context: ViewContext
    /// A firm may handle pieces at any site: all of them must be known.
    private let heard: HeardVillages
    /// Villages that sites serve which the reader may see, with a station or without one.
    private let served: Set<String>
    /// Days of which stations lost events.
    private let lossy: [String: Words]
    /// Stations that have not sent all of the period, began behind it, or wait to be folded anew.
    private let silent: [String: SilentStation]

    /// - Parameter silent: stations that may be named, and so of `lossy`.
    init(_ report: MonthReport, silent: [SilentStation], lossy: [LossyStation], _ context: ViewContext) {
        (self.report, self.context) = (report, context)
        self.silent = Dictionary(silent.map { ($0.station, $0) }) { first, _ in first }
        self.lossy = Dictionary(lossy.map { ($0.station, $0.span) }) { first, _ in first }
        heard = HeardVillages(
            report.period,
            context.registers,
            unheard: report.unheard
        )
        let sites = context.registers.sites(in: report.period.days).map(\.site).filter { site in
            site.status != .closed && context.visibility.allows(firm: site.operatorName)
        }
        served = Set(sites.flatMap(\.villagesServed).map(\.village))
    }

    private func isServed(_ village: String) -> Bool { served.contains(village) }

    /// Whether a line may be shown at all.
    static func isShown(code: String, brand: String?, isOfReader: Bool, _ context: ViewContext) -> Bool {
        let visibility = context.visibility
        if let township = visibility.township, !code.hasPrefix(township) { return false }
        guard let brand else { return true }
        // Of what the reader may see, too, a line may hold nothing but what firms say of another brand.
        let isOfBrand = visibility.brands?.contains(brand) ?? true
        return isOfBrand && (isOfReader || visibility.firm == nil)
    }

    /// Whether a frozen line may be shown: it holds what all firms did, and that of all brands what all brands did.
    static func isFrozenShown(_ key: ReportSheet.Key, _ context: ViewContext) -> Bool {
        let brand = key.brand.isEmpty ? nil : key.brand
        return isShown(code: key.code, brand: brand, isOfReader: false, context)
            && (context.visibility.isOfAllFirms || brand != nil)
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

    /// A brand, by its name in a line's key: empty for all of them.
    static func brand(_ brand: String) -> Table.Cell {
        brand.isEmpty ? .words(FieldWords.allBrands) : .plain(FieldWords.brand(brand))
    }

    /// The name of a line; that of what belongs to no registered village is in both languages.
    static func name(_ written: String, code: String) -> Table.Cell {
        code.isEmpty ? .words(Words(both: written)) : .text(written)
    }

    /// How a village is served, by the word that is frozen.
    static func mode(_ written: String) -> Table.Cell {
        ServiceMode.allCases.first { $0.chinese == written }.map { .words(FieldWords.of($0)) } ?? .text(written)
    }

    private func names(_ line: ReportLine) -> [Table.Cell] {
        let brand = Self.brand(line.brand ?? "")
        switch line.level {
        case .county: return [.text(line.code), .words(Words("全县合计", "county, all")), .none, .none, brand]
        case .township:
            return [.text(line.code), .words(Words("乡镇合计", "township, all")), .text(line.name), .none, brand]
        case .village:
            guard !line.code.isEmpty else {
                return [.none, Self.name(line.name, code: line.code), .none, .none, brand]
            }
            let mode =
                line.mode.map { FieldWords.of($0) } ?? (isServed(line.code) ? nil : Words("无网点", "no site"))
            return [
                .text(line.code), .link(line.name, path: PagePath.village(line.code)),
                .text(context.townshipName(of: line.code, on: report.period.days.upperBound)), .optional(mode), brand,
            ]
        }
    }

    private func figures(_ line: ReportLine) -> [Table.Cell] {
        let figures = line.figures
        let all = [
            figures.received, figures.accepted, figures.rejected, figures.receivedUncertain, figures.acceptedUncertain,
        ]
        let isWhole = heard.isWhole(line)
        // Where no site is, no station proves anything.
        let isApart = line.level == .village && !line.code.isEmpty && !isServed(line.code)
        return all.map { isApart && $0 == 0 ? .none : .least($0, isWhole: isWhole) }
    }

    private func days(_ line: ReportLine) -> [Table.Cell] {
        let count = report.isOver ? 4 : 5
        guard line.level == .village, line.brand == nil else { return Array(repeating: .none, count: count) }
        guard let days = line.days else {
            // A site without a station serves it, and nobody can tell when.
            return Array(repeating: isServed(line.code) ? .unknown : .none, count: count)
        }
        let all: [Table.Cell] = [
            .number(days.visited), .number(days.notVisited), .number(days.unknown), .number(days.uncertain),
        ]
        return all + (report.isOver ? [] : [.number(days.notYet)])
    }

    private func reported(_ reported: ReportedFigures?) -> [Table.Cell] {
        guard let reported else { return Array(repeating: .none, count: 4) }
        // What no sheet says is left blank, as there; of what only some say the sum is unknown.
        func cell(_ figure: Int?, _ column: ReportSheet.Column) -> Table.Cell {
            if reported.unsummed.contains(column) { return .unknown }
            return figure.map { .number($0) } ?? .none
        }
        return [
            cell(reported.received, .reportedReceived), cell(reported.accepted, .reportedAccepted),
            cell(reported.visitDays, .reportedVisitDays), .list(reported.by),
        ]
    }

    /// Why a sum is less than its parts, and up to or from when the stations of a village are known.
    private func remark(_ line: ReportLine, _ showsFigures: Bool) -> Words? {
        let figures = line.figures
        var remarks: [Words] = []
        if line.level != .village, showsFigures {
            let parts = [(Direction.inbound, figures.receivedTwice), (.outbound, figures.acceptedTwice)]
            remarks += parts.filter { $0.1 > 0 }.map { direction, count in
                let name = FieldWords.of(direction)
                return Words(
                    "\(name.chinese)少于各村之和 \(count)（同一运单到过几个村）",
                    "\(name.english): \(count) less than the sum of its villages (one waybill was in several)"
                )
            }
        }
        if line.level == .village, line.brand == nil {
            remarks += (heard.stations[line.code] ?? []).sorted().flatMap(remarks(of:))
        }
        return remarks.isEmpty ? nil : .list(remarks)
    }

    /// What is not known of a station.
    private func remarks(of station: String) -> [Words] {
        var remarks: [Words] = []
        if let held = silent[station], held.isWaiting {
            remarks.append(Words("\(station) 有事件待重新计算", "\(station): events to be counted anew"))
        } else if let day = silent[station]?.firstDay {
            remarks.append(Words("\(station) 记录自 \(day) 起", "\(station): events from \(day) on"))
        } else if let held = silent[station] {
            let until = held.reaches.map { WireTime.local($0).prefix(16) }
            remarks.append(
                until.map { Words("\(station) 截至 \($0)", "\(station) up to \($0)") }
                    ?? Words("\(station) 没有记录", "\(station) no events")
            )
        }
        if let span = lossy[station] {
            remarks.append(
                Words("\(station) \(span.chinese) 有事件丢失", "\(station): events of \(span.english) are lost")
            )
        }
        return remarks
    }
}
