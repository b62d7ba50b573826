import LockerDomain
import SyncWire

/// Times on pages: days and hours in China (DESIGN rule 13).
public enum PageTime {
    private static let shanghai: Int64 = 8 * 3_600_000
    private static let day: Int64 = 86_400_000

    /// Number of the day of a moment, counted from 1970-01-01.
    public static func day(of milliseconds: Int64) -> Int64 {
        let local = milliseconds + shanghai
        return local >= 0 ? local / day : (local - day + 1) / day
    }

    /// Milliseconds since 1970 at which a day begins.
    public static func start(ofDay number: Int64) -> Int64 { number * day - shanghai }

    /// `2026-11-21 07:30:05`
    public static func text(_ milliseconds: Int64) -> String { WireTime.local(milliseconds) }

    /// Number of the day of `2026-11-21`; `nil` for what is none.
    public static func day(_ text: String) -> Int64? { CivilDay(text)?.number }
}
