/// One day or one month of Asia/Shanghai, the time that a report is about.
public struct ReportPeriod: Sendable, Hashable, CustomStringConvertible {
    /// How long it is.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case day, month
    }

    public let kind: Kind
    /// Its days, counted from 1970-01-01.
    public let days: Range<Int64>

    /// The day or the month that holds a day.
    public init(_ kind: Kind, holding day: Int64) {
        self.kind = kind
        switch kind {
        case .day: days = day..<day + 1
        case .month:
            let date = CivilDay(number: day)
            let next = date.month == 12 ? (date.year + 1, Int64(1)) : (date.year, date.month + 1)
            days =
                CivilDay(year: date.year, month: date.month, day: 1)
                .number..<CivilDay(year: next.0, month: next.1, day: 1).number
        }
    }

    /// Reads `2026-11-21` for a day and `2026-11` for a month.
    public init?(_ kind: Kind, _ text: String) {
        guard let date = CivilDay(kind == .month ? text + "-01" : text) else { return nil }
        self.init(kind, holding: date.number)
    }

    /// The text that `init(_:_:)` reads.
    public var description: String {
        let text = CivilDay(number: days.lowerBound).description
        return kind == .month ? String(text.dropLast(3)) : text
    }

    /// Its first millisecond since 1970.
    public var start: Int64 { Self.wall(ofDay: days.lowerBound) }

    /// The first millisecond behind it.
    public var end: Int64 { Self.wall(ofDay: days.upperBound) }

    /// The first millisecond of a day in Asia/Shanghai.
    package static func wall(ofDay day: Int64) -> Int64 { day * 86_400_000 - 8 * 3_600_000 }

    /// The day of a wall time.
    package static func day(ofWall wall: Int64) -> Int64 { Moment(wall: wall, uptime: 0, clock: .none).shanghaiDay }
}
