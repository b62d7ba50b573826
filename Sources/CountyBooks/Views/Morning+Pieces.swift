import LockerDomain
import StationBooks

extension Morning {
    /// 1970-01-01 was a Thursday; weeks begin on Mondays.
    private static let daysBeforeThursday: Int64 = 3

    /// What came and went in a week.
    private struct WeekPieces {
        var received = 0
        var accepted = 0

        static func counts(_ figure: String) -> Bool {
            figure == ReportFigure.received.rawValue || figure == ReportFigure.accepted.rawValue
        }

        mutating func add(_ count: Int, of figure: String) {
            if figure == ReportFigure.received.rawValue { received += count } else { accepted += count }
        }
    }

    /// Weeks from Monday. A week of which a station is missing has what the others counted, and where that is nothing it is
    /// unknown.
    var pieceWeeks: BarPlot? {
        guard let sums = weekSums else { return nil }
        let (shown, all) = (counting, weekDays)
        let sites = context.registers.sites(in: all)
        let lossy = view.extract.days.flatMap { station, kept in
            kept.filter(\.isLossy).map { (station: station, day: $0.day) }
        }
        let weeks = stride(from: all.lowerBound, through: all.upperBound, by: Int(ViewLimits.weekDays))
        return BarPlot.pieces(
            weeks.map { week in
                let days = week...min(week + ViewLimits.weekDays - 1, all.upperBound)
                let terms = StationTerms(past: days, of: sites, context.registers, today: context.today)
                // Whether all that stations of sites did in the week, or in what is past of it, is here: of those that the
                // reader may see.
                let isWhole =
                    !shown.isDisjoint(with: terms.stations)
                    && shown.isDisjoint(with: terms.unheard(view.extract.stations, lossy: lossy))
                func least(_ count: Int) -> Int? { count > 0 || isWhole ? count : nil }
                let sum = sums[week] ?? WeekPieces()
                return (Self.label(week), least(sum.received), least(sum.accepted))
            }
        )
    }

    /// What the reader may see of each week, by its Monday; `nil` without that plot.
    private var weekSums: [Int64: WeekPieces]? {
        guard view.figures != nil || view.daySums != nil else { return nil }
        let all = weekDays
        var sums: [Int64: WeekPieces] = [:]
        for sum in view.daySums ?? [] {
            guard WeekPieces.counts(sum.figure), let week = Self.week(sum.day, sum.takesOff, all), context.allows(sum)
            else { continue }
            sums[week, default: WeekPieces()].add(sum.count, of: sum.figure)
        }
        var filter = CountFilter(context)
        for figure in view.figures ?? [] {
            let key = figure.key
            guard WeekPieces.counts(key.figure), case .day(let day) = key.mark,
                let week = Self.week(day, key.takesOff, all), filter.allows(figure, on: day)
            else { continue }
            sums[week, default: WeekPieces()].add(figure.count, of: key.figure)
        }
        return sums
    }

    /// The week in which a count stands; `nil` where it lies in none of the plot, or takes off what another week counted.
    private static func week(_ day: Int64, _ takesOff: DayMark?, _ days: ClosedRange<Int64>) -> Int64? {
        guard days.contains(day) else { return nil }
        let week = monday(day)
        if case .day(let counted)? = takesOff, monday(counted) != week { return nil }
        return week
    }

    /// Days of the plot, from a Monday on.
    private var weekDays: ClosedRange<Int64> { Self.monday(context.today - ViewLimits.piecesDays)...context.today }

    private static func monday(_ day: Int64) -> Int64 { day - (day + daysBeforeThursday) % ViewLimits.weekDays }
}
