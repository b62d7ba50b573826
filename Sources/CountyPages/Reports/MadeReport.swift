import CountyBooks

/// A report as it was computed for readers of one kind, with what pages show of it.
struct MadeReport: Sendable {
    var report: MonthReport
    /// Its table and what stands above that.
    var view: View
    var unknown: UnknownThings
    /// The county's clock when it was computed, milliseconds since 1970.
    var made: Int64
    /// When the earliest station began; `nil` while none has.
    var began: Int64?
    private let kept = KeptStanding()

    /// Hex of the SHA-256 of what would be frozen: a clerk closes the figures that he saw, and no others.
    var hash: String { ReportSheet.sha256(ReportSheet(report).csv) }

    /// What stands of the period, and what came since. The report must be that of the county.
    func standing(of frozen: [FrozenReport]) -> FrozenStanding { kept.standing(frozen, report) }

    /// *As of* when, and up to which event.
    var asOf: Words {
        let time = PageTime.text(made)
        return Words(
            "账簿现在的数据：计到第 \(report.through) 号事件，计算于 \(time)。",
            "As the books are now: up to event \(report.through), computed at \(time)."
        )
    }
}

extension CountyDesk {
    /// The report of a period as a reader may see it; computed once for each state of the books.
    ///
    /// - Parameter now: the county's clock, milliseconds since 1970.
    func report(_ period: CountyPeriod, for visibility: Visibility, now: Int64) throws -> MadeReport {
        let age = ReportPagesLimits.reportAgeMillisecondsMax
        let key = ReportCache.Key(
            period: period,
            visibility: visibility,
            through: try books.state().through,
            changes: try books.changes(),
            heardDays: try books.heardDays(),
            registers: try registerStore.version(),
            // What is over does not change with the clock.
            span: period.isOver(at: now) ? nil : now / age
        )
        return try reports.report(key) {
            let context = ViewContext(try registers(), visibility, now: now)
            return MadeReport(try books.extract(period), county: (settings.countyCode, settings.county), context)
        }
    }
}

extension MadeReport {
    /// - Parameter county: first six digits of the county's 区划代码, and its name.
    init(_ extract: BooksExtract, county: (code: String, name: String), _ context: ViewContext) {
        var builder = ReportBuilder(extract, county: county, seenBy: context)
        report = builder.report()
        view = ReportView(report, context, isOfReader: context.visibility != .county).view
        unknown = UnknownThings(report, context)
        (made, began) = (context.now, extract.stations.compactMap(\.began).min())
    }
}
