import LockerDomain

/// Times on the wire: RFC 3339 in UTC with three digits of milliseconds and `Z`.
///
/// Integer arithmetic on purpose: `Date` holds a Double, and its ISO 8601 style cuts a millisecond off some values.
public enum WireTime {
    /// `2026-05-12T00:31:07.250Z` for milliseconds since 1970; years 0000 … 9999.
    public static func text(_ milliseconds: Int64) -> String { text(milliseconds, suffix: "Z") }

    /// The same moment as people in China read it: `2026-05-12 08:31:07`.
    public static func local(_ milliseconds: Int64) -> String {
        let shifted = text(milliseconds.clampedAdding(8 * 3_600_000), suffix: "")
        return String(shifted.prefix(10) + " " + shifted.dropFirst(11).prefix(8))
    }

    private static func text(_ milliseconds: Int64, suffix: String) -> String {
        let clamped = min(max(milliseconds, -62_167_219_200_000), 253_402_300_799_999)
        let days = clamped.quotientDown(86_400_000)
        let rest = clamped - days * 86_400_000
        let (year, month, day) = civil(days)
        let (hour, minute) = (rest / 3_600_000, rest / 60_000 % 60)
        let (second, milli) = (rest / 1_000 % 60, rest % 1_000)
        return "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))T\(pad(hour, 2)):\(pad(minute, 2)):\(pad(second, 2))"
            + ".\(pad(milli, 3))\(suffix)"
    }

    /// Reads exactly that form; `nil` for anything else.
    public static func milliseconds(_ text: String) -> Int64? {
        let units = Array(text.utf8)
        guard units.count == 24, units[4] == 0x2D, units[7] == 0x2D, units[10] == 0x54, units[13] == 0x3A,
            units[16] == 0x3A, units[19] == 0x2E, units[23] == 0x5A
        else { return nil }
        func number(_ range: Range<Int>) -> Int64? {
            var value: Int64 = 0
            for index in range {
                let unit = units[index]
                guard (0x30...0x39).contains(unit) else { return nil }
                value = value * 10 + Int64(unit - 0x30)
            }
            return value
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13),
            let minute = number(14..<16), let second = number(17..<19), let milli = number(20..<23),
            (1...12).contains(month), hour < 24, minute < 60, second < 60
        else { return nil }
        let days = days(year, month, day)
        guard civil(days) == (year, month, day) else { return nil }
        return days * 86_400_000 + hour * 3_600_000 + minute * 60_000 + second * 1_000 + milli
    }

    private static func pad(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    private static func civil(_ days: Int64) -> (Int64, Int64, Int64) {
        let shifted = days + 719_468
        let era = shifted.quotientDown(146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        let civilMonth = month < 10 ? month + 3 : month - 9
        return (yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0), civilMonth, day)
    }

    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted.quotientDown(400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

extension Int64 {
    fileprivate func quotientDown(_ divisor: Int64) -> Int64 {
        self >= 0 ? self / divisor : (self - divisor + 1) / divisor
    }
}
