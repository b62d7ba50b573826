import LockerDomain

/// The periods of a county's reports: closed months with the days that they had when they were closed, all others by the
/// settings of now. Every period that a report is made of comes from here, so that each day is counted in one month, whatever
/// `[reports] period_ends` was before.
///
/// Where the settings changed behind a closed month, the month behind it begins on the day after it: May closed to the 31st
/// and then `period_ends = 25` makes a June from 1 to 25 June; May closed to the 25th and then 31 one from 26 May to 30 June.
public struct ReportCalendar: Sendable {
    /// The last day of a reporting month, 1 … 31; 31 is the calendar's.
    public let ends: Int64
    /// Closed months by their names.
    private let closed: [String: CountyPeriod]

    /// - Parameter closed: periods that are closed; only months count.
    public init(ends: Int64 = CountyPeriod.endOfMonth, closed: [CountyPeriod] = []) {
        self.ends = ends
        let months = closed.filter { $0.kind == .month }
        self.closed = Dictionary(months.map { ("\($0)", $0) }) { first, _ in first }
    }

    // MARK: Periods

    /// Reads `2026-11-21`, `2026-11` or `2026`; `nil` for what is none.
    public func period(_ kind: CountyPeriod.Kind, _ text: String) -> CountyPeriod? {
        guard let asked = CountyPeriod(kind, text, ends: ends) else { return nil }
        switch kind {
        case .day: return asked
        case .month: return CivilDay(text + "-01").map { month($0.year, $0.month) }
        case .year:
            guard let first = CivilDay(text + "-01-01") else { return nil }
            let (from, to) = (month(first.year, 1).days.lowerBound, month(first.year, 12).days.upperBound)
            return from <= to ? asked.with(days: from...to) : asked
        }
    }

    /// The same, of the kind that the length of the text says.
    public func period(written text: String) -> CountyPeriod? {
        let kinds: [Int: CountyPeriod.Kind] = [4: .year, 7: .month, 10: .day]
        return kinds[text.utf8.count].flatMap { period($0, text) }
    }

    /// The reporting month that holds a day.
    public func month(holding day: Int64) -> CountyPeriod {
        let date = CivilDay(number: day)
        let month = month(date.year, date.month)
        // Each month ends in the month of the calendar after which it is named.
        guard day > month.days.upperBound else { return month }
        return self.month(date.year, date.month + 1)
    }

    /// The present period of a kind: today's.
    public func present(_ kind: CountyPeriod.Kind, on today: Int64) -> CountyPeriod? {
        switch kind {
        case .day: CountyPeriod(day: today)
        case .month: month(holding: today)
        case .year: period(.year, CivilDay("\(month(holding: today))-01").map(Self.year) ?? "")
        }
    }

    /// The period of the same kind before another; `nil` where a year would have no four digits.
    public func previous(before period: CountyPeriod) -> CountyPeriod? { neighbour(of: period, -1) }

    /// The period of the same kind behind another; `nil` where a year would have no four digits.
    public func next(behind period: CountyPeriod) -> CountyPeriod? { neighbour(of: period, 1) }

    private func neighbour(of other: CountyPeriod, _ step: Int64) -> CountyPeriod? {
        switch other.kind {
        case .day:
            let day = CivilDay(number: other.days.lowerBound + step)
            return period(.day, "\(day)")
        case .month:
            guard let first = CivilDay("\(other)-01") else { return nil }
            let day = CivilDay(year: first.year, month: first.month + step, day: 1)
            return period(.month, Self.month(day))
        case .year:
            guard let first = CivilDay("\(other)-01-01") else { return nil }
            let day = CivilDay(year: first.year + step, month: 1, day: 1)
            return period(.year, Self.year(day))
        }
    }

    /// `2026-11` of a day in it; none of a year without four digits.
    private static func month(_ day: CivilDay) -> String { String("\(day)".dropLast("-01".count)) }

    /// `2026` of a day in it.
    private static func year(_ day: CivilDay) -> String { String("\(day)".dropLast("-01-01".count)) }

    // MARK: Months

    private func month(_ year: Int64, _ month: Int64) -> CountyPeriod {
        let first = CivilDay(year: year, month: month, day: 1)
        let asked = CountyPeriod(year: first.year, month: first.month, ends: ends)
        if let kept = closed["\(asked)"] { return kept }
        let from = closedMonth(first.year, first.month - 1).map { $0.days.upperBound + 1 } ?? asked.days.lowerBound
        let to = closedMonth(first.year, first.month + 1).map { $0.days.lowerBound - 1 } ?? asked.days.upperBound
        return from <= to ? asked.with(days: from...to) : asked
    }

    private func closedMonth(_ year: Int64, _ month: Int64) -> CountyPeriod? {
        closed[Self.month(CivilDay(year: year, month: month, day: 1))]
    }

    // MARK: Closing

    /// The last reporting month, when the day has come from which it is to be closed; else `nil`.
    ///
    /// - Parameters:
    ///   - today: counted from 1970-01-01.
    ///   - closesOn: the day of the calendar's month, 1 … 31, from which the period that ended before it is to be closed.
    public func due(on today: Int64, closesOn: Int64) -> CountyPeriod? {
        guard let last = previous(before: month(holding: today)) else { return nil }
        let end = CivilDay(number: last.days.upperBound)
        let same = CivilDay(year: end.year, month: end.month, day: closesOn)
        let day = same > end ? same : CivilDay(year: end.year, month: end.month + 1, day: closesOn)
        return today >= day.number ? last : nil
    }
}

extension PeriodStore {
    /// The periods of the county's reports.
    ///
    /// - Parameter ends: the last day of a reporting month, as the settings have it now.
    public func calendar(ends: Int64) throws -> ReportCalendar {
        ReportCalendar(ends: ends, closed: try closedPeriods())
    }
}
