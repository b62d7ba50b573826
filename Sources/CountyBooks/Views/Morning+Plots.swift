import LockerDomain

extension Morning {
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
        let since =
            view.waitingSince
            ?? view.waiting.filter { $0.piece.isWaiting && context.allows($0) }.map(\.piece.waitsSince)
        if !since.isEmpty { parts.append(.bars(WaitingAges(since, now: context.now).plot, id: "waiting")) }
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
        let first = max(ReportPeriod.day(ofWall: began), verdicts.days.lowerBound)
        guard first <= context.today else { return nil }
        let codes = villages.map(\.code)
        return BarPlot.visits(
            (first...context.today).map { day in
                let all = codes.compactMap { verdicts[$0, day] }
                let (visited, missed) = (all.count { $0 == .visited }, all.count { $0 == .notVisited })
                return (Self.label(day), visited, missed, all.count - visited - missed)
            }
        )
    }

    /// `11-21`.
    static func label(_ day: Int64) -> String { String("\(CivilDay(number: day))".dropFirst(5)) }
}
