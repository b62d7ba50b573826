import LockerDomain

extension Morning {
    /// 1970-01-01 was a Thursday; weeks begin on Mondays.
    private static let daysBeforeThursday: Int64 = 3

    /// Visits by day, pieces by week, waiting parcels by age.
    var plots: [View.Part] {
        var parts: [View.Part] = []
        if let visits {
            parts.append(.bars(visits, id: "visits"))
            parts.append(
                .text(Words("“未知”含不确定和当日尚未到的村", "unknown holds what is uncertain, and today what is not yet"))
            )
        }
        if let pieces = pieceWeeks { parts.append(.bars(pieces, id: "pieces")) }
        if !view.waiting.isEmpty {
            let ages = WaitingAges(view.waiting.filter(context.allows).map(\.piece), now: context.now).plot
            parts.append(.bars(ages, id: "waiting"))
        }
        if view.isWaitingCut {
            let count = view.waiting.count
            parts.append(
                .notice(Words("在库件过多，只统计了 \(count) 件", "too many wait: \(count) of them are counted"), .warn)
            )
        }
        return parts
    }

    /// Days since the first station began, at most a month of them; `nil` before.
    private var visits: BarPlot? {
        guard let began = view.extract.stations.compactMap(\.began).min() else { return nil }
        let first = max(ReportPeriod.day(ofWall: began), context.today - ViewLimits.visitsDays + 1)
        guard first <= context.today else { return nil }
        let codes = villages.map(\.code)
        return BarPlot.visits(
            (first...context.today).map { day in
                let verdicts = verdicts(on: day)
                let all = codes.compactMap { verdicts[$0] }
                let (visited, missed) = (all.count { $0 == .visited }, all.count { $0 == .notVisited })
                return (Self.label(day), visited, missed, all.count - visited - missed)
            }
        )
    }

    private func verdicts(on day: Int64) -> [String: DayVerdict] {
        switch day {
        case context.today: today
        case context.today - 1: yesterday
        default: VillageVerdicts(on: day, days, context.registers, now: context.now).verdicts
        }
    }

    /// Weeks from Monday. A week of which a station is missing has what the others counted, and where that is nothing it is
    /// unknown.
    private var pieceWeeks: BarPlot? {
        guard let figures = view.figures else { return nil }
        let first = Self.monday(context.today - ViewLimits.piecesDays)
        let weeks = stride(from: first, through: context.today, by: Int(ViewLimits.weekDays)).map { $0 }
        var sums: [Int64: (received: Int, accepted: Int)] = [:]
        var filter = CountFilter(context)
        for figure in figures {
            let key = figure.key
            let isReceived = key.figure == ReportFigure.received.rawValue
            guard isReceived || key.figure == ReportFigure.accepted.rawValue, case .day(let day) = key.mark,
                day >= first, day <= context.today
            else { continue }
            let week = Self.monday(day)
            if case .day(let counted)? = key.takesOff, Self.monday(counted) != week { continue }
            guard filter.allows(figure, on: day) else { continue }
            if isReceived {
                sums[week, default: (0, 0)].received += figure.count
            } else {
                sums[week, default: (0, 0)].accepted += figure.count
            }
        }
        return BarPlot.pieces(
            weeks.map { week in
                let isWhole = isWhole(week: week)
                func least(_ count: Int) -> Int? { count > 0 || isWhole ? count : nil }
                let sum = sums[week] ?? (0, 0)
                return (Self.label(week), least(sum.received), least(sum.accepted))
            }
        )
    }

    /// Whether all that stations of sites did in a week, or in what is past of it, is here: of those that the reader may see.
    private func isWhole(week: Int64) -> Bool {
        let days = week...min(week + ViewLimits.weekDays - 1, context.today)
        let terms = StationTerms(days, context.registers, today: context.today)
        let shown = counting
        let unheard = terms.silent(view.extract.stations).map(\.station) + terms.lossy(view.extract.days).map(\.station)
        return !shown.isDisjoint(with: terms.stations) && shown.isDisjoint(with: unheard)
    }

    private static func monday(_ day: Int64) -> Int64 { day - (day + daysBeforeThursday) % ViewLimits.weekDays }

    /// `11-21`.
    private static func label(_ day: Int64) -> String { String("\(CivilDay(number: day))".dropFirst(5)) }
}
