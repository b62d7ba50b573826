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

    /// What stands of the period, and what came since. The report must be that of the county.
    func standing(of frozen: [FrozenReport]) -> FrozenStanding { kept.standing(frozen, report) }

    /// *As of* when, and up to which event.
    var asOf: Words {
        let time = PageTime.text(made)
        return Words(
            "账本现在的数据：计到第 \(report.through) 号事件，计算于 \(time)。",
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
        let visibility = context.visibility
        var builder = ReportBuilder(extract.seen(by: context), context.registers, county: county, now: context.now)
        var report = builder.report()
        // The sheets of firms make lines of brands that this reader may not see.
        report.lines.removeAll { !Self.isShown($0, visibility) }
        let view = ReportView(report, context, isOfReader: visibility != .county).view
        let unknown = UnknownThings(report, known: Set(extract.stations.map(\.station)), context)
        let began = extract.stations.compactMap(\.began).min()
        (self.report, self.view, self.unknown) = (report, view, unknown)
        (made, self.began) = (context.now, began)
    }

    private static func isShown(_ line: ReportLine, _ visibility: Visibility) -> Bool {
        guard !visibility.isOfAllFirms, let brand = line.brand else { return true }
        if let brands = visibility.brands { return brands.contains(brand) }
        return line.figures != ReportFigures() || line.reported?.by.contains { $0 == visibility.firm } ?? false
    }
}
