import CountyBooks

/// The page of one period (月报、日报、年报): what is closed, what came since, the books as they are now, and what is unknown.
struct ReportPage {
    private let asked: AskedPeriod
    private let made: MadeReport
    private let context: ViewContext
    /// `nil` while the period is open.
    private let frozen: FrozenStanding?

    init(_ asked: AskedPeriod) throws {
        (self.asked, made, context) = (asked, try asked.report(), try asked.context)
        frozen = asked.isClosed ? try asked.wholeReport().standing(of: asked.frozen) : nil
    }

    /// The page; `nil` where the address names no period.
    static func page(_ desk: CountyDesk, _ request: PageRequest) throws -> Page? {
        guard let asked = try AskedPeriod(desk, request) else { return nil }
        let page = try ReportPage(asked).page()
        return page.noting(try desk.booksTrouble(for: request.account()), but: frozenScopes)
    }

    /// Tables of what is closed: it stays as it is, whatever the books do.
    private static let frozenScopes: Set<String> = ["frozen", "standing"]

    func page() -> Page {
        var parts = state
        if let frozen { parts += closed(frozen) }
        parts.append(.heading(Words("现在的数据", "As the books are now")))
        parts.append(.text(made.asOf))
        parts += live
        parts += Self.unknown(made.unknown, asked)
        return Page(View(made.view.title, parts), trail: [ReportPaths.list], links: links)
    }

    /// What is still unknown, with a heading.
    static func unknown(_ unknown: UnknownThings, _ asked: AskedPeriod) -> [View.Part] {
        let heading = View.Part.heading(Words("仍未知", "Still unknown"))
        guard !unknown.isEmpty else {
            return [heading, .notice(Words("没有未知的站点和行政村。", "No station and no village is unknown."), .ok)]
        }
        let table = unknown.table(asked.request.language, opensStations: asked.request.may(.readStation))
        return [heading, .table(table, scope: "unknown")]
    }

    // MARK: State and ways

    private var state: [View.Part] {
        guard asked.period.kind == .month || asked.isClosed else { return [] }
        if asked.isClosed {
            let closed = Words(
                "已关账：已关账的数据不再变化，后到的数据以更正出具。",
                "Closed: what is closed does not change; what comes later is issued as a correction."
            )
            return [.notice(closed, .ok)]
        }
        guard asked.period.isOver(at: asked.now) else { return [] }
        return [.notice(Words("本期已结束，尚未关账。", "The period is over and not closed."), .warn)]
    }

    private var links: [PageLink] {
        let (period, request, calendar) = (asked.period, asked.request, asked.calendar)
        var links: [PageLink] = []
        if !asked.isClosed, ClosingPage.mayClose(period, request), period.isOver(at: asked.now) {
            links.append(PageLink(Words("关账", "Close it"), ReportPaths.close(period)))
        }
        if asked.isClosed, request.may(.issueCorrection), frozen?.mayBeCorrected ?? false {
            links.append(PageLink(Words("出具更正", "Issue a correction"), ReportPaths.correct(period)))
        }
        let paper = asked.isClosed ? Words("打印页", "For printing") : Words("打印草稿", "Print a draft")
        links.append(PageLink(paper, ReportPaths.paper(period)))
        if let previous = calendar.previous(before: period) {
            links.append(PageLink(Words("上一期 \(previous)", "Before: \(previous)"), ReportPaths.report(previous)))
        }
        if let next = calendar.next(behind: period), next.hasBegun(at: asked.now) {
            links.append(PageLink(Words("下一期 \(next)", "Next: \(next)"), ReportPaths.report(next)))
        }
        return links
    }

    // MARK: What is closed

    private func closed(_ frozen: FrozenStanding) -> [View.Part] {
        var parts: [View.Part] = [.heading(Words("已关账的数据", "Closed"))]
        if let notice = frozen.notice { parts.append(notice) }
        parts.append(.table(FrozenParts(asked: asked).table, scope: "frozen"))
        guard let standing = frozen.standing else { return parts }
        guard asked.visibility.firm == nil else {
            let text = Words(
                "已关账的数据合计了所有企业，您的账号只能查看本企业现在的数据。",
                "What is closed adds up all firms; this account sees the figures of its own firm below."
            )
            return parts + [.text(text)]
        }
        var table = FrozenReportView(asked.frozen, standing: standing, context).table
        table.title = Words("已关账数据（含更正）", "Closed, with its corrections")
        parts.append(.table(table, scope: "standing"))
        guard let differences = frozen.differences else { return parts }
        let comparison = ReportComparisonView(asked.period, standing: standing, differences: differences, context)
        return parts + comparison.view.parts
    }

    // MARK: What is open

    /// The report itself. Its notes say what the list of the unknown says, but for paper.
    private var live: [View.Part] {
        made.view.parts.map { part in
            guard case .table(var table, let scope) = part, asked.request.query.text("print") == nil else {
                return part
            }
            table.notes = []
            return .table(table, scope: scope)
        }
    }
}
