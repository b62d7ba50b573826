import CountyBooks

/// The period in the address of a request: what was frozen of it, and who reads.
struct AskedPeriod {
    let desk: CountyDesk
    let request: PageRequest
    let period: CountyPeriod
    let calendar: ReportCalendar
    /// The report and its corrections, by their numbers.
    let frozen: [FrozenReport]
    let visibility: Visibility
    /// The county's clock, milliseconds since 1970, and why it is in doubt.
    let clock: (now: Int64, doubt: String?)

    /// `nil` where the address names no period.
    init?(_ desk: CountyDesk, _ request: PageRequest) throws {
        (self.desk, self.request, calendar) = (desk, request, try desk.calendar())
        guard let asked = calendar.period(written: request.parameter("period")) else { return nil }
        frozen = try desk.periods.frozen(asked).sorted { $0.correction < $1.correction }
        // A closed period has the days that it had then, whatever the settings are now.
        period = frozen.first?.period ?? asked
        visibility = try request.visibility()
        clock = try desk.stations.countyClock()
    }

    var now: Int64 { clock.now }
    var isClosed: Bool { !frozen.isEmpty }
    /// Whether its reader sees all rows of the county.
    var isWhole: Bool { visibility == .county }
    var context: ViewContext { get throws { ViewContext(try desk.registers(), visibility, now: now) } }

    /// The report as its reader may see it.
    func report() throws -> MadeReport { try desk.report(period, for: visibility, now: now) }

    /// The report of the county, which is what is closed and corrected.
    func wholeReport() throws -> MadeReport { try desk.report(period, for: .county, now: now) }

    /// `2026-11（2026-11-01 至 2026-11-30）`
    var days: Words {
        let (first, last) = (CountyPeriod(day: period.days.lowerBound), CountyPeriod(day: period.days.upperBound))
        return period.kind == .day
            ? Words("\(period)", "\(period)")
            : Words("\(period)（\(first) 至 \(last)）", "\(period) (\(first) to \(last))")
    }

    /// Who closed it, or issued its last correction, and when; `nil` while it is open.
    var lastFrozen: Words? {
        guard let last = frozen.last else { return nil }
        let time = PageTime.text(last.frozenAt)
        return last.correction == 0
            ? Words("本期已由账号 \(last.by) 于 \(time) 关账。", "Account \(last.by) closed the period at \(time).")
            : Words(
                "更正第 \(last.correction) 号已由账号 \(last.by) 于 \(time) 出具。",
                "Account \(last.by) issued correction \(last.correction) at \(time)."
            )
    }
}
