import LockerDomain

/// A time for programs and for people. Villages live in Asia/Shanghai: UTC+8, no daylight saving since 1991.
public struct TimeStamp: Sendable, Hashable, Codable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public var milliseconds: Int64
    /// RFC 3339 with the offset of Shanghai: `2026-08-21T09:30:00.123+08:00`.
    public var text: String

    /// A wall time.
    public init(_ milliseconds: Int64) {
        self.milliseconds = milliseconds
        let local = milliseconds.addingReportingOverflow(Self.offset)
        let (day, rest) = Self.divide(local.overflow ? milliseconds : local.partialValue, by: 86_400_000)
        let date = CivilDay(number: day)
        let clock = [rest / 3_600_000, rest / 60_000 % 60, rest / 1_000 % 60].map { Self.padded($0, 2) }
        text = "\(date)T" + clock.joined(separator: ":") + "." + Self.padded(rest % 1_000, 3) + "+08:00"
    }

    /// Reads the `time` of an event, `2026-08-21T01:30:00.123Z`; `nil` for another form.
    public init?(utc: String) {
        let units = Array(utc.utf8)
        let form = Array("0000-00-00T00:00:00.000Z".utf8)
        guard units.count == form.count else { return nil }
        var numbers: [Int64] = [0]
        for (unit, expected) in zip(units, form) {
            if expected == 0x30 {
                guard (0x30...0x39).contains(unit) else { return nil }
                numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + Int64(unit - 0x30)
            } else {
                guard unit == expected else { return nil }
                numbers.append(0)
            }
        }
        let day = CivilDay(year: numbers[0], month: numbers[1], day: numbers[2]).number
        let seconds = (day * 24 + numbers[3]) * 3_600 + numbers[4] * 60 + numbers[5]
        self.init(seconds * 1_000 + numbers[6])
    }

    /// `2026-08-21 09:30:00`.
    public var short: String { text.prefix(10) + " " + text.dropFirst(11).prefix(8) }

    private static let offset: Int64 = 8 * 3_600_000

    private static func divide(_ value: Int64, by divisor: Int64) -> (Int64, Int64) {
        let rest = value % divisor
        return rest < 0 ? (value / divisor - 1, rest + divisor) : (value / divisor, rest)
    }

    private static func padded(_ value: Int64, _ digits: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}
