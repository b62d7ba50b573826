import LockerDomain

extension CountyPeriod {
    /// The last reporting month, when the day has come from which it is to be closed; else `nil`.
    ///
    /// - Parameters:
    ///   - today: counted from 1970-01-01.
    ///   - ends: the last day of a reporting month, 1 … 31; 31 is the calendar's.
    ///   - closesOn: the day of the calendar's month, 1 … 31, from which the period that ended before it is to be
    ///     closed.
    public static func due(on today: Int64, ends: Int64 = endOfMonth, closesOn: Int64) -> CountyPeriod? {
        let last = CountyPeriod(monthHolding: today, ends: ends).previous(ends: ends)
        let end = CivilDay(number: last.days.upperBound)
        let same = CivilDay(year: end.year, month: end.month, day: closesOn)
        let day = same > end ? same : CivilDay(year: end.year, month: end.month + 1, day: closesOn)
        return today >= day.number ? last : nil
    }
}
