import CountyBooks

extension PeriodStore {
    /// Freezes a report with its entry of the audit log, by the account and at the time that it names.
    func freeze(_ report: FrozenReport) throws {
        try freeze(
            report,
            audit: report.auditEntry(AuditStamp(by: .account(report.by), time: report.frozenAt))
        )
    }
}
