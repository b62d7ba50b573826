/// Bounds of the pages of reports, each with its unit (DESIGN rule 11).
enum ReportPagesLimits {
    /// Reports that are kept ready, of all periods and readers.
    static let reportsMax = 16
    /// A report of a period that is not over is computed again after this time.
    static let reportAgeMillisecondsMax: Int64 = 60_000
    /// Events that the books take in while somebody waits for a page; further behind they are not asked to.
    static let caughtUpEventsMax: Int64 = 20_000
    /// Months of the list: of ten years.
    static let monthsMax = 120
    /// Hex digits of a SHA-256 in a list.
    static let shortHashDigits = 12
    /// Digits of a correction's number in an address.
    static let correctionDigitsMax = 6
    /// Characters of a blank that is filled in by hand.
    static let blankCharacters = 14
}
