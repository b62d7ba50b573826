import LockerDomain

/// Decides what may be closed and what is corrected (DESIGN rule 15). Pure: what it gives is kept by a `PeriodStore`.
public struct PeriodBook: Sendable {
    /// The report as the books have it now.
    public let report: MonthReport
    /// What was frozen of its period: the report itself, then its corrections.
    public let frozen: [FrozenReport]

    public init(_ report: MonthReport, frozen: [FrozenReport]) { (self.report, self.frozen) = (report, frozen) }

    public var isClosed: Bool { !frozen.isEmpty }

    /// What stands now: the frozen report with its corrections; `nil` before it is closed.
    ///
    /// - Throws: `CountyFault` when a frozen text does not fit its hash, or a correction does not follow on what stands
    ///   before it: nobody may correct what was changed.
    public func standing() throws(CountyFault) -> ReportSheet? {
        var sheet: ReportSheet?
        for (number, part) in frozen.sorted(by: { $0.correction < $1.correction }).enumerated() {
            do throws(FrozenFault) {
                sheet = try part.standing(upon: sheet, as: number)
            } catch {
                throw CountyFault(
                    "\(part.period) \(part.name)",
                    "\(error.words.english) \(error.words.chinese)",
                    mend: "restore county.sqlite from a backup 请从备份恢复"
                )
            }
        }
        return sheet
    }

    /// What came since the last freezing and stands in no correction yet; `nil` before the period is closed.
    public func openDifferences() throws(CountyFault) -> ReportCorrection? {
        guard let standing = try standing() else { return nil }
        return standing.differences(to: ReportSheet(report))
    }

    /// Freezes the report.
    ///
    /// - Parameters:
    ///   - account: who closes it.
    ///   - time: milliseconds since 1970.
    ///   - isDoubtful: whether the county's clock is in doubt (DESIGN 4.8): then nothing is closed.
    public func close(by account: String, at time: Int64, isDoubtful: Bool) throws(CountyFault) -> FrozenReport {
        guard !isDoubtful else {
            throw CountyFault(
                "period \(report.period)",
                "is not closed while the county's clock is in doubt 县里时钟有疑问",
                mend: "set the clock, then type: county-server clock confirm 请校时后确认"
            )
        }
        guard report.isOver else {
            throw CountyFault(
                "period \(report.period)",
                "is not over 本期未结束",
                mend: "close it from the day after 请次日起关账"
            )
        }
        guard !isClosed else {
            throw CountyFault(
                "period \(report.period)",
                "is closed already 本期已关账",
                mend: "issue what came since as a correction 后到的数据请作更正"
            )
        }
        return freeze(ReportSheet(report).csv, correction: 0, by: account, at: time)
    }

    /// Freezes the open differences as 更正第 N 号.
    public func correct(by account: String, at time: Int64, isDoubtful: Bool) throws(CountyFault) -> FrozenReport {
        guard let differences = try openDifferences() else {
            throw CountyFault("period \(report.period)", "is not closed 本期未关账", mend: "close it first 请先关账")
        }
        guard !isDoubtful else {
            throw CountyFault(
                "period \(report.period)",
                "is not corrected while the county's clock is in doubt 县里时钟有疑问",
                mend: "set the clock, then type: county-server clock confirm 请校时后确认"
            )
        }
        guard !differences.rows.isEmpty else {
            throw CountyFault(
                "period \(report.period)",
                "has no open differences 无待更正的差异",
                mend: "nothing is to be done"
            )
        }
        let next = (frozen.map(\.correction).max() ?? 0) + 1
        return freeze(differences.csv, correction: next, by: account, at: time)
    }

    private func freeze(_ csv: [UInt8], correction: Int, by account: String, at time: Int64) -> FrozenReport {
        FrozenReport(
            period: report.period,
            correction: correction,
            csv: csv,
            sha256: ReportSheet.sha256(csv),
            through: report.through,
            frozenAt: time,
            by: account,
            unknown: unknown
        )
    }

    /// What is not known yet of the county, a line each: stations, villages, pieces.
    public var unknown: [String] { UnknownThings(report).lines }
}
