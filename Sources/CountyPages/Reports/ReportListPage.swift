import CountyBooks

/// The list of periods (月报): closed ones, those that are over and not closed, the present one.
struct ReportListPage {
    private let desk: CountyDesk
    private let request: PageRequest
    private let now: Int64
    private let visibility: Visibility
    private let calendar: ReportCalendar

    init(_ desk: CountyDesk, _ request: PageRequest) throws {
        (self.desk, self.request) = (desk, request)
        (now, visibility) = (try desk.stations.countyClock().now, try request.visibility())
        calendar = try desk.calendar()
    }

    private static let question = "period"

    /// The list, or the way to the period that was typed.
    func answer() throws -> PageAnswer {
        guard let text = request.query.text(Self.question) else { return .page(try page()) }
        guard let period = calendar.period(written: text) else {
            let wrong = Words(
                "“\(text)”不是报告期，请写作 2026-11-21、2026-11 或 2026。",
                "“\(text)” is no period: write 2026-11-21, 2026-11 or 2026."
            )
            return .page(try page().adding(notice: wrong, .bad))
        }
        return .done(at: ReportPaths.report(period))
    }

    private var today: Int64 { PageTime.day(of: now) }
    private var language: Language { request.language }

    private func page() throws -> Page {
        let closed = try desk.periods.closed()
        var view = View(Words("月报", "Reports"))
        var links: [PageLink] = []
        let due = calendar.due(on: today, closesOn: desk.settings.closesOn)
        if let due, !closed.contains(where: { "\($0.period)" == "\(due)" }) {
            view.parts.append(.notice(Words("\(due) 应当关账了。", "\(due) is to be closed now."), .warn))
            if ClosingPage.mayClose(due, request) {
                links.append(PageLink(Words("关账 \(due)", "Close \(due)"), ReportPaths.close(due)))
            }
        }
        view.parts.append(.table(try table(closed), scope: ""))
        let day = CountyPeriod(day: today)
        links += [
            PageLink(Words("今日 \(day)", "Today, \(day)"), ReportPaths.report(day)),
            PageLink(Words("昨日", "Yesterday"), ReportPaths.report(CountyPeriod(day: today - 1))),
        ]
        if let year = calendar.present(.year, on: today) {
            links.append(PageLink(Words("\(year) 年", "The year \(year)"), ReportPaths.report(year)))
        }
        let field = Field(
            Self.question,
            Words("日、月或年", "Day, month or year"),
            value: request.query.text(Self.question) ?? "",
            hint: Words("例如 2026-11-21、2026-11、2026", "As 2026-11-21, 2026-11, 2026")
        )
        let form = Form(asking: PagePaths.reports, fields: [field], submit: Words("查看", "Show"))
        return Page(view, links: links, questions: [form])
    }

    // MARK: Rows

    private func table(_ closed: [FrozenReport]) throws -> Table {
        var columns = [
            Table.Column("period", "报告期", "Period", .code), Table.Column("from", "从", "From", .date),
            Table.Column("to", "到", "To", .date), Table.Column("state", "状态", "State", .state),
            Table.Column("corrections", "更正份数", "Corrections", .number), Table.Column("at", "关账时间", "Closed at", .time),
            Table.Column("sha256", "SHA-256（前 12 位）", "SHA-256 (begin)", .code),
        ]
        if visibility.isOfAllFirms { columns.insert(Table.Column("by", "经办账号", "Closed by"), at: 6) }
        let open = try openMonths(but: Set(closed.map { "\($0.period)" }))
        let periods = (open.map { (period: $0, closed: nil) } + closed.map { (period: $0.period, closed: $0) })
            .sorted { $0.period.days.upperBound > $1.period.days.upperBound }
        let rows = try periods.map { try row($0.period, $0.closed) }
        return Table(Words("报告期", "Periods"), columns: columns, rows: rows)
    }

    private func row(_ period: CountyPeriod, _ closed: FrozenReport?) throws -> [Table.Cell] {
        var row: [Table.Cell] = [
            .link("\(period)", path: ReportPaths.report(period)), .text("\(CountyPeriod(day: period.days.lowerBound))"),
            .text("\(CountyPeriod(day: period.days.upperBound))"), state(period, closed),
        ]
        guard let closed else {
            return row + Array(repeating: .none, count: visibility.isOfAllFirms ? 4 : 3)
        }
        row += [
            .number(try desk.periods.frozen(period).count - 1), .text(PageTime.text(closed.frozenAt)),
            .text(closed.shortHash),
        ]
        if visibility.isOfAllFirms { row.insert(.text(closed.by), at: 6) }
        return row
    }

    private func state(_ period: CountyPeriod, _ closed: FrozenReport?) -> Table.Cell {
        if closed != nil { return .state(Words("已关账", "closed")[language], .ok) }
        return period.isOver(at: now)
            ? .state(Words("未关账", "not closed")[language], .warn)
            : .state(Words("未结束", "not over")[language], .unknown)
    }

    /// The present month and those before it, down to the first of which anything is known.
    private func openMonths(but closed: Set<String>) throws -> [CountyPeriod] {
        let began = try desk.report(CountyPeriod(day: today), for: .county, now: now).began ?? now
        let first = min(PageTime.day(of: began), today)
        var months = [calendar.month(holding: today)]
        while months.count < ReportPagesLimits.monthsMax, let last = months.last, last.days.lowerBound > first,
            let previous = calendar.previous(before: last)
        {
            months.append(previous)
        }
        return months.filter { !closed.contains("\($0)") }
    }
}
