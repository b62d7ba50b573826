/// Keeps closed periods and their corrections for ever (DESIGN rule 15). Calls block and throw `CountyFault`; safe from any task.
public protocol PeriodStore: Sendable {
    /// What was frozen of a period: the report, then its corrections by their numbers.
    func frozen(_ period: CountyPeriod) throws -> [FrozenReport]
    /// Every period that is closed, the newest first.
    func closed() throws -> [FrozenReport]
    /// Freezes a report or a correction. Throws when its number is taken: somebody else closed meanwhile.
    func freeze(_ report: FrozenReport) throws
}

/// A report that never changes again.
public struct FrozenReport: Sendable, Hashable {
    public var period: CountyPeriod
    /// 0 for the report itself, N for 更正第 N 号.
    public var correction: Int
    /// The rows in canonical form: UTF-8, LF, sorted by code and brand.
    public var csv: [UInt8]
    /// Hex, of `csv`.
    public var sha256: String
    /// Number of the newest event that it counts.
    public var through: Int64
    /// Milliseconds since 1970, and the account.
    public var frozenAt: Int64
    public var by: String
    /// What was not known when it was closed, a line each: silent stations and villages.
    public var unknown: [String]

    public init(
        period: CountyPeriod,
        correction: Int,
        csv: [UInt8],
        sha256: String,
        through: Int64,
        frozenAt: Int64,
        by: String,
        unknown: [String]
    ) {
        (self.period, self.correction, self.csv, self.sha256) = (period, correction, csv, sha256)
        (self.through, self.frozenAt, self.by, self.unknown) = (through, frozenAt, by, unknown)
    }
}
