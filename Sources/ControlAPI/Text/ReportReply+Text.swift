import LockerDomain
import StationBooks

extension ReportReply {
    /// The report as a sheet, for the console and for paper.
    public func lines(style: TextStyle) -> [String] {
        var lines = head.lines(style: style)
        for direction in [Direction.inbound, .outbound] {
            lines += [""] + figures.table(direction, style: style)
        }
        lines += [""] + stationPairs.lines(style: style)
        if let unplaced { lines += [""] + unplaced.unplacedPairs.lines(style: style) }
        return lines + ["", "Figures that are 0 are left out (为零的不列)."]
    }

    private var head: TextPairs {
        var pairs = TextPairs()
        pairs.add("Station 站点", station)
        let name = kind == .day ? "day (日报)" : "month (月报)"
        pairs.add("Report 报表", "\(period), \(name), \(closed ? "closed (已结)" : "not closed yet (未结)")")
        pairs.add("Made 生成", "\(asOf.short) (clock: \(clock.rawValue))", isTrouble: !clock.isDated)
        for (index, span) in covers.enumerated() {
            pairs.add(index == 0 ? "Events 事件" : "", "\(span.first) to \(span.last) of \(span.incarnation)")
        }
        if covers.isEmpty { pairs.add("Events 事件", "none on record") }
        if unreadable > 0 { pairs.add("Unreadable", "\(unreadable) lines of the journal", isTrouble: true) }
        if let prunedBefore {
            let text = "unknown here, ask the county (\(prunedBefore.short) 之前的记录已清理，请问县中心)"
            pairs.add("Before \(prunedBefore.short)", text, isTrouble: true)
        }
        addDays(to: &pairs)
        return pairs
    }

    private func addDays(to pairs: inout TextPairs) {
        if kind == .day, let day = days.first {
            let runs = day.runs > 0 ? "\(day.runs) came" : ReportWords.of(day.verdict)
            pairs.add("Runs 班次", runs, isTrouble: day.verdict.isTrouble)
            return
        }
        let served = days.count { $0.verdict == .served }
        pairs.add("Runs 班次", "\(figures[.runs]) on \(served) days")
        if runsWithoutDay > 0 { pairs.add("", "\(runsWithoutDay) of them on a day that no clock knew") }
        for (label, verdict) in [
            ("No run 无班次", ReportDay.Verdict.withoutRun), ("Uncertain 不详", .uncertain), ("Not here 已清理", .pruned),
        ] {
            let found = days.filter { $0.verdict == verdict }.map { String($0.day.suffix(2)) }
            guard !found.isEmpty else { continue }
            pairs.add(label, "\(found.count) days: \(found.joined(separator: " "))", isTrouble: true)
        }
    }

    private var stationPairs: TextPairs {
        var pairs = TextPairs()
        for figure in StationFigure.allCases where figures[figure] > 0 {
            pairs.add(ReportWords.of(figure), String(figures[figure]))
        }
        for breakdown in StationBreakdown.allCases {
            guard let counts = figures.breakdowns[breakdown.rawValue], !counts.isEmpty else { continue }
            pairs.add(ReportWords.of(breakdown), ReportWords.counts(counts) { ReportWords.word($0, of: breakdown) })
        }
        let means = zip(SurveyQuestion.allCases, figures.survey).compactMap { question, score in
            score.meanHundredths.map { "\(question.zh) \(question.en) \(ReportWords.hundredths($0))" }
        }
        if !means.isEmpty { pairs.add("满意度 Survey, 1 to 5", means.joined(separator: ", ")) }
        for camera in cameras {
            let time = DurationText.of(milliseconds: camera.offlineMilliseconds)
            pairs.add("摄像头离线 Camera off", "\(camera.camera): \(time), went offline \(camera.times) times")
        }
        return pairs
    }
}

extension ReportDay.Verdict {
    fileprivate var isTrouble: Bool { self == .withoutRun || self == .uncertain || self == .pruned }
}

extension ReportReply.Figures {
    /// Brands that stand beside each other.
    private static let brandsAbreast = 5
    private static let brandColumns = 7

    fileprivate func table(_ direction: Direction, style: TextStyle) -> [String] {
        let brands = brands.filter { $0.direction == direction }
        let figures = ReportFigure.allCases.filter { figure in brands.contains { $0[figure] != 0 } }
        guard !figures.isEmpty else { return [style.bold(ReportWords.of(direction)), "nothing (无)"] }
        var lines: [String] = []
        for start in stride(from: 0, to: brands.count, by: Self.brandsAbreast) {
            let some = brands[start..<min(start + Self.brandsAbreast, brands.count)]
            let titles = some.map { DisplayWidth.clipped($0.brand.printable, to: Self.brandColumns) } + ["ALL 合计"]
            var table = TextTable([.init(ReportWords.of(direction))] + titles.map { .init($0, isNumber: true) })
            table.rows = figures.map { figure in
                [ReportWords.of(figure)] + some.map { ReportWords.value($0[figure], of: figure) }
                    + [ReportWords.value(brands.reduce(0) { $0 + $1[figure] }, of: figure)]
            }
            lines += table.lines(style: style)
        }
        var pairs = TextPairs()
        for breakdown in ReportBreakdown.allCases {
            let counts = brands.reduce(into: [String: Int]()) { sum, brand in
                sum.merge(brand.breakdowns[breakdown.rawValue] ?? [:]) { $0 + $1 }
            }
            if !counts.isEmpty { pairs.add(ReportWords.of(breakdown), ReportWords.counts(counts)) }
        }
        return lines + pairs.lines(style: style)
    }

    /// What no clock could date, in a few lines: it is in no figure.
    fileprivate var unplacedPairs: TextPairs {
        var pairs = TextPairs()
        pairs.add(
            "日期不详 Unplaced",
            "\(self[.events]) events may belong to this period: no clock could know their day. "
                + "They are in no figure above.",
            isTrouble: true
        )
        let parcels = ReportFigure.allCases.compactMap { figure -> String? in
            let sum = brands.reduce(0) { $0 + $1[figure] }
            return sum == 0 ? nil : "\(ReportWords.of(figure)) \(ReportWords.value(sum, of: figure))"
        }
        let runs = self[.runs] > 0 ? ["\(ReportWords.of(StationFigure.runs)) \(self[.runs])"] : []
        if !(runs + parcels).isEmpty { pairs.add("", (runs + parcels).joined(separator: ", ")) }
        return pairs
    }
}
