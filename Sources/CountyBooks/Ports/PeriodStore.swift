/// Keeps closed periods and their corrections for ever (DESIGN rule 15). Calls block and throw `CountyFault`; safe from any task.
public protocol PeriodStore: Sendable {
    /// What was frozen of a period: the report, then its corrections by their numbers.
    func frozen(_ period: CountyPeriod) throws -> [FrozenReport]
    /// Every period that is closed, the newest first.
    func closed() throws -> [FrozenReport]
    /// The same without their texts: which periods are closed, with their days.
    func closedPeriods() throws -> [CountyPeriod]
    /// Freezes a report or a correction, and appends its entry (`FrozenReport.auditEntry`) to the audit log, in one
    /// transaction: there is no closed month of which the log does not know. Throws when the number is taken, since
    /// somebody else closed meanwhile, and when a closed period of the same kind has one of its days already; then, as after
    /// any other error, nothing is kept of either.
    func freeze(_ report: FrozenReport, audit: AuditEntry) throws
}

extension PeriodStore {
    public func closedPeriods() throws -> [CountyPeriod] { try closed().map(\.period) }
}

extension FrozenReport {
    /// Throws when a closed period of the same kind has days of this one: they would be counted twice. For stores, which ask
    /// in the transaction that freezes.
    public func check(against closed: [CountyPeriod]) throws(CountyFault) {
        guard correction == 0 else { return }
        let other = closed.first { other in
            other.kind == period.kind && "\(other)" != "\(period)" && other.days.overlaps(period.days)
        }
        guard let other else { return }
        throw CountyFault(
            "period \(period)",
            "has days that \(other), which is closed, has too 与已关账的 \(other) 有重叠的日期",
            mend: "look at it again: it begins on the day after a closed month 请重新查看，本期从已关账月份的次日开始"
        )
    }
}

/// A report that never changes again.
public struct FrozenReport: Sendable, Hashable {
    public var period: CountyPeriod
    /// 0 for the report itself, N for 更正第 N 号.
    public var correction: Int
    /// In canonical form (UTF-8, LF, sorted by code and brand): the rows of a `ReportSheet`, or a `ReportCorrection`.
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
