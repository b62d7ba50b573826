/// When something counts: on a day, or in a start of a station that never learned the time.
public enum DayMark: Sendable, Hashable, Codable {
    /// A day of Asia/Shanghai, counted from 1970-01-01.
    case day(Int64)
    /// A stretch without a clock, by the number of its first event; `Drift` says between which days it lies.
    case drift(Int64)

    /// Stretches that begin in a branch, whose lines have numbers below 0, stand in front of all others.
    package static let branches: Int64 = 1 << 62

    /// One number for a store: days are positive, stretches negative, and 0 is neither.
    public var rawValue: Int64 {
        switch self {
        case .day(let day): day
        case .drift(let number): number > 0 ? -number : number - Self.branches
        }
    }

    /// The mark of a number; `nil` for 0.
    public init?(rawValue: Int64) {
        guard rawValue != 0 else { return nil }
        self =
            rawValue > 0
            ? .day(rawValue) : .drift(rawValue > -Self.branches ? -rawValue : rawValue + Self.branches)
    }
}

/// A stretch of events that nobody can date, and the days between which they were made.
public struct Drift: Sendable, Hashable {
    /// Number of its first event.
    public var number: Int64
    /// The day that was known before it; `nil` at the begin of a station.
    public var first: Int64?
    /// The day that was known behind it; `nil` while none is.
    public var last: Int64?

    public init(number: Int64, first: Int64?, last: Int64?) {
        (self.number, self.first, self.last) = (number, first, last)
    }
}
