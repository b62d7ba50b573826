import LockerDomain

/// The time that a report of the county is about: a day, a reporting month or a year of them.
///
/// A reporting month may end before the calendar's does (`[reports] period_ends = 25`: from the 26th to the 25th); it is named
/// by the month in which it ends.
public struct CountyPeriod: Sendable, Hashable, Codable, CustomStringConvertible {
    /// How long it is.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case day, month, year
    }

    public let kind: Kind
    /// Its days, counted from 1970-01-01.
    public let days: ClosedRange<Int64>
    /// `2026-11-21`, `2026-11` or `2026`.
    public let description: String

    /// The last day of a reporting month that ends with the calendar's.
    public static let endOfMonth: Int64 = 31

    /// A day by its number.
    public init(day: Int64) {
        self.init(.day, day...day, "\(CivilDay(number: day))")
    }

    /// Reads `2026-11-21`, `2026-11` or `2026`; `nil` for what is none.
    ///
    /// - Parameter ends: the last day of a reporting month, 1 … 31; 31 is the calendar's.
    public init?(_ kind: Kind, _ text: String, ends: Int64 = CountyPeriod.endOfMonth) {
        switch kind {
        case .day:
            guard let day = CivilDay(text) else { return nil }
            self.init(day: day.number)
        case .month:
            guard let first = CivilDay(text + "-01") else { return nil }
            self.init(year: first.year, month: first.month, ends: ends)
        case .year:
            guard text.utf8.count == 4, let first = CivilDay(text + "-01-01") else { return nil }
            let from = Self(year: first.year, month: 1, ends: ends).days.lowerBound
            let to = Self(year: first.year, month: 12, ends: ends).days.upperBound
            self.init(.year, from...to, text)
        }
    }

    /// The reporting month that holds a day.
    public init(monthHolding day: Int64, ends: Int64 = CountyPeriod.endOfMonth) {
        let date = CivilDay(number: day)
        let month = Self(year: date.year, month: date.month, ends: ends)
        guard !month.days.contains(day) else {
            self = month
            return
        }
        let next = CivilDay(year: date.year, month: date.month + 1, day: 1)
        self.init(year: next.year, month: next.month, ends: ends)
    }

    init(year: Int64, month: Int64, ends: Int64) {
        let before = month == 1 ? (year - 1, Int64(12)) : (year, month - 1)
        let last = Self.last(year, month, ends: ends)
        let first = Self.last(before.0, before.1, ends: ends) + 1
        let text = CivilDay(year: year, month: month, day: 1).description
        self.init(.month, first...last, String(text.prefix(7)))
    }

    /// A period as a store kept it: its days are those of the settings under which it was closed.
    public init?(kept text: String, days: ClosedRange<Int64>) {
        let kinds: [Int: Kind] = [4: .year, 7: .month, 10: .day]
        guard let kind = kinds[text.utf8.count] else { return nil }
        self.init(kind, days, text)
    }

    private init(_ kind: Kind, _ days: ClosedRange<Int64>, _ text: String) {
        (self.kind, self.days, description) = (kind, days, text)
    }

    /// The same period with other days, as those that closed months beside it leave.
    func with(days: ClosedRange<Int64>) -> CountyPeriod { Self(kind, days, description) }

    /// The number of the last day of a reporting month; a month that has no such day ends with the calendar's.
    private static func last(_ year: Int64, _ month: Int64, ends: Int64) -> Int64 {
        let next = month == 12 ? (year + 1, Int64(1)) : (year, month + 1)
        let calendar = CivilDay(year: next.0, month: next.1, day: 1).number - 1
        return min(CivilDay(year: year, month: month, day: 1).number + ends - 1, calendar)
    }

    /// Whether all of a count lies in it, given the days between which a stretch without a clock lies.
    public func holds(_ mark: DayMark, _ drifts: [Int64: Drift]) -> Bool {
        switch mark {
        case .day(let day): return days.contains(day)
        case .drift(let number):
            guard let drift = drifts[number], let first = drift.first, let last = drift.last else { return false }
            return days.contains(first) && days.contains(last)
        }
    }

    /// Whether a count may lie in it but need not.
    public func mayHold(_ mark: DayMark, _ drifts: [Int64: Drift]) -> Bool {
        guard case .drift(let number) = mark, !holds(mark, drifts), let drift = drifts[number] else { return false }
        return (drift.first ?? .min) <= days.upperBound && (drift.last ?? .max) >= days.lowerBound
    }
}
