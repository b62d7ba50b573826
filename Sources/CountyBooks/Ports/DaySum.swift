/// A count of all stations together that lies on one day.
public struct DaySum: Sendable, Hashable {
    /// Counted from 1970-01-01.
    public var day: Int64
    /// When that counted which this takes off again.
    public var takesOff: DayMark?
    /// Waybill owner; `nil` in a sum of all brands, and for what is a station's as a whole.
    public var brand: String?
    /// As `FigureKey` has it.
    public var figure: String
    /// Not 0.
    public var count: Int

    public init(day: Int64, takesOff: DayMark? = nil, brand: String? = nil, figure: String, count: Int) {
        (self.day, self.takesOff, self.brand) = (day, takesOff, brand)
        (self.figure, self.count) = (figure, count)
    }
}

extension BooksReading {
    /// What books do that cannot add up faster than this.
    public func daySums(_ period: CountyPeriod, named names: [String], byBrand: Bool) throws -> [DaySum] {
        var counts: [DaySum: Int] = [:]
        for figure in try figures(of: nil, period, named: names) {
            let key = figure.key
            guard case .day(let day) = key.mark else { continue }
            let brand = byBrand ? key.brand : nil
            let sum = DaySum(day: day, takesOff: key.takesOff, brand: brand, figure: key.figure, count: 0)
            counts[sum, default: 0] += figure.count
        }
        return counts.compactMap { sum, count in
            guard count != 0 else { return nil }
            return DaySum(day: sum.day, takesOff: sum.takesOff, brand: sum.brand, figure: sum.figure, count: count)
        }
    }
}
