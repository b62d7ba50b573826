/// A day of the calendar. Days of a station are Asia/Shanghai days (DESIGN rule 13), counted from 1970-01-01 like
/// `Moment.shanghaiDay`.
public struct CivilDay: Sendable, Hashable, Comparable, CustomStringConvertible {
    public var year: Int64
    public var month: Int64
    public var day: Int64

    /// The day of a number. Howard Hinnant's civil calendar: years begin in March, eras are 400 years of 146,097 days.
    public init(number: Int64) {
        let shifted = number + 719_468
        let era = shifted >= 0 ? shifted / 146_097 : (shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    }

    /// A day by its parts; parts beyond a month run over into the next one.
    public init(year: Int64, month: Int64, day: Int64) {
        self.init(number: Self.number(year, month, day))
    }

    /// Reads `2026-11-21`, only days that exist.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: 0x2D, omittingEmptySubsequences: false)
        guard parts.count == 3, parts.map(\.count) == [4, 2, 2],
            parts.joined().allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        let numbers = parts.map { $0.reduce(Int64(0)) { $0 * 10 + Int64($1 - 0x30) } }
        self.init(year: numbers[0], month: numbers[1], day: numbers[2])
        guard [year, month, day] == numbers else { return nil }
    }

    /// Days since 1970-01-01.
    public var number: Int64 { Self.number(year, month, day) }

    /// `2026-11-21`.
    public var description: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }

    public static func < (left: CivilDay, right: CivilDay) -> Bool { left.number < right.number }

    func padded(_ value: Int64, _ digits: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }

    private static func number(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted >= 0 ? shifted / 400 : (shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
