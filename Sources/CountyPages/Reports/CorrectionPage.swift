import CountyBooks

/// Issuing what came since a period was closed (更正第 N 号).
struct CorrectionPage {
    private let asked: AskedPeriod
    private let freezable: FreezableReport
    private let frozen: FrozenStanding

    private static let differences = "differences"

    /// `nil` where the address names no period.
    init?(_ desk: CountyDesk, _ request: PageRequest) throws {
        guard let asked = try AskedPeriod(desk, request) else { return nil }
        (self.asked, freezable) = (asked, try FreezableReport(asked))
        frozen = freezable.whole.standing(of: asked.frozen)
    }

    private var whole: MadeReport { freezable.whole }

    private var number: Int { (asked.frozen.last?.correction ?? 0) + 1 }

    // MARK: The page

    func page() throws -> Page {
        let title = Words("更正 \(asked.period)", "Correct \(asked.period)")
        let report = PageLink(Words("报表 \(asked.period)", "Report \(asked.period)"), ReportPaths.report(asked.period))
        var page = Page(View(title), trail: [ReportPaths.list, report])
        guard let last = asked.lastFrozen else {
            let open = Words("本期尚未关账，没有可更正的。", "The period is not closed: there is nothing to correct.")
            page.view.parts = [.notice(open, .warn)]
            return page
        }
        let obstacles = try freezable.obstacles()
        guard let standing = frozen.standing, let differences = frozen.differences else {
            page.view.parts = (frozen.notice.map { [$0] } ?? []) + obstacles.map { .notice($0, .bad) }
            return page
        }
        page.view.parts = obstacles.map { .notice($0, .bad) } + [.text(last), .text(whole.asOf)]
        let comparison = ReportComparisonView(
            asked.period,
            standing: standing,
            differences: differences,
            try asked.context
        )
        page.view.parts += comparison.view.parts + ReportPage.unknown(whole.unknown, asked)
        page = page.marking(freezable.incomplete)
        guard obstacles.isEmpty, frozen.hasDifferences else { return page }
        page.forms = [form(differences)]
        return page
    }

    private func form(_ differences: ReportCorrection) -> Form {
        let seen = Field.hidden(Self.differences, FrozenStanding.hash(differences))
        return Form(
            ReportPaths.correct(asked.period),
            fields: [seen] + ClosingPage.fields(whole.unknown),
            submit: Words("出具更正第 \(number) 号", "Issue correction \(number)"),
            note: Words(
                "上列差异作为更正第 \(number) 号保存，连同 SHA-256，不再变化。",
                "The differences above are kept as correction \(number) with their SHA-256, and do not change."
            )
        )
    }

    // MARK: The act

    func issue(_ form: SentForm) throws -> PageAnswer {
        try ClosingPage.refuse(try freezable.obstacles())
        let isDoubtful = asked.clock.doubt != nil
        let name = try asked.request.account().name
        if let hash = frozen.differences.map({ FrozenStanding.hash($0) }) {
            try ClosingPage.refuse(form.text(Self.differences), unless: hash, Words("差异", "The differences"))
        }
        let report = try PeriodBook(whole.report, frozen: asked.frozen)
            .correct(by: name, at: asked.now, isDoubtful: isDoubtful)
        try ClosingPage.check(form, whole.unknown)
        try ClosingPage.freeze(report, asked)
        return .done(at: ReportPaths.report(asked.period))
    }
}
