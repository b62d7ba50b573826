import CountyBooks

/// Closing a month (关账): a clerk's act, on a page that lists what is still unknown.
struct ClosingPage {
    private let asked: AskedPeriod
    private let freezable: FreezableReport

    private static let figures = "figures"
    static let known = "known"
    static let unknown = "unknown"

    /// `nil` where the address names no month: days and years are not closed, they are sums of what months have.
    init?(_ desk: CountyDesk, _ request: PageRequest) throws {
        guard let asked = try AskedPeriod(desk, request), asked.period.kind == .month else { return nil }
        (self.asked, freezable) = (asked, try FreezableReport(asked))
    }

    private var whole: MadeReport { freezable.whole }

    static func mayClose(_ period: CountyPeriod, _ request: PageRequest) -> Bool {
        period.kind == .month && request.may(.closePeriod)
    }

    // MARK: The page

    func page() throws -> Page {
        let title = Words("关账 \(asked.period)", "Close \(asked.period)")
        let report = PageLink(Words("报表 \(asked.period)", "Report \(asked.period)"), ReportPaths.report(asked.period))
        let trail = [ReportPaths.list, report]
        if let closed = asked.lastFrozen { return Page(View(title, [.notice(closed, .ok)]), trail: trail) }
        let obstacles = try freezable.obstacles()
        var parts: [View.Part] = obstacles.map { .notice($0, .bad) }
        parts += [.facts(facts), .text(whole.asOf)]
        parts += ReportPage.unknown(whole.unknown, asked)
        guard obstacles.isEmpty else { return Page(View(title, parts), trail: trail).marking(freezable.incomplete) }
        parts += [.table(try rows(), scope: "report"), .text(Self.signatures)]
        return Page(View(title, parts), trail: trail, forms: [form])
    }

    /// The figures of the whole county, as they would be frozen.
    private var facts: [View.Fact] {
        let line = whole.report.lines.first { $0.level == .county && $0.brand == nil }
        return [
            View.Fact(Words("报告期", "Period"), .text(asked.days[asked.request.language])),
            View.Fact(Words("全县下行件数", "In, whole county"), Self.cell(line, \.received)),
            View.Fact(Words("全县上行件数", "Out, whole county"), Self.cell(line, \.accepted)),
            View.Fact(Words("全县未收寄件数", "Rejected, whole county"), Self.cell(line, \.rejected)),
        ]
    }

    /// A figure as the report has it: 0 only where all that may add to it is known.
    private static func cell(_ line: ReportLine?, _ figure: KeyPath<ReportFigures, Int>) -> Table.Cell {
        guard let line else { return .unknown }
        return .least(line.figures[keyPath: figure], isWhole: line.isWhole)
    }

    /// The rows as they would be frozen.
    private func rows() throws -> Table {
        var table = FrozenReportView([], standing: ReportSheet(whole.report), try asked.context).table
        table.title = Words("将要关账的数据", "Rows as they would be closed")
        return table
    }

    /// There is no place for these names in what is frozen.
    static let signatures = Words(
        "填报单位（盖章）、单位负责人、审核人、填报人、联系电话不在系统中保存：打印页上留空，打印后手写并盖章。",
        "The unit and its seal, the names and the phone number of those who sign are not kept here: the page for paper leaves "
            + "them blank, to be filled in by hand."
    )

    private var form: Form {
        Form(
            ReportPaths.close(asked.period),
            fields: [.hidden(Self.figures, whole.hash)] + Self.fields(whole.unknown),
            submit: Words("关账 \(asked.period)", "Close \(asked.period)"),
            note: Words(
                "关账后数据连同 SHA-256 保存，不再变化；后到的数据以更正第 N 号出具。",
                "What is closed is kept with its SHA-256 and does not change; what comes later is issued as a correction."
            )
        )
    }

    /// The list that was seen, and the tick for it.
    static func fields(_ unknown: UnknownThings) -> [Field] {
        let seen = Field.hidden(Self.unknown, unknown.hash)
        guard !unknown.isEmpty else { return [seen] }
        let count = unknown.things.count
        let tick = Field(
            known,
            Words("我已知道上列 \(count) 项仍未知", "I know that the \(count) things above are still unknown"),
            .checkbox,
            hint: Words("它们与关账数据一同保存并打印", "They are kept and printed with what is closed"),
            isRequired: true
        )
        return [seen, tick]
    }

    // MARK: The act

    func close(_ form: SentForm) throws -> PageAnswer {
        try refuseIfClosed()
        try Self.refuse(try freezable.obstacles())
        try Self.refuse(form.text(Self.figures), unless: whole.hash, Words("数据", "The figures"))
        try Self.check(form, whole.unknown)
        let name = try asked.request.account().name
        let report = try PeriodBook(whole.report, frozen: asked.frozen)
            .close(by: name, at: asked.now, isDoubtful: asked.clock.doubt != nil)
        try Self.freeze(report, asked)
        return .done(at: ReportPaths.report(asked.period))
    }

    private func refuseIfClosed() throws(FormFault) {
        guard let closed = asked.lastFrozen else { return }
        let again = Words("没有再次关账。", "It was not closed again.")
        throw FormFault([closed, again], status: 409)
    }

    /// Throws what stands in the way.
    static func refuse(_ obstacles: [Words]) throws(FormFault) {
        guard obstacles.isEmpty else { throw FormFault(obstacles) }
    }

    /// Throws when the clerk saw something else than what stands there now.
    ///
    /// - Parameters:
    ///   - seen: the hash that the form carries.
    ///   - present: that of now.
    ///   - what: the beginning of the sentence that says so.
    static func refuse(_ seen: String, unless present: String, _ what: Words) throws(FormFault) {
        guard seen != present else { return }
        let changed = Words(
            "\(what.chinese)在您查看后有变化，未执行。请核对下面的新内容后重新提交。",
            "\(what.english) changed since you looked, and nothing was done. Check what stands below now and send the form "
                + "again."
        )
        throw FormFault([changed], status: 409)
    }

    /// Throws when the clerk saw another list of what is unknown, or did not agree to it.
    static func check(_ form: SentForm, _ unknown: UnknownThings) throws(FormFault) {
        try refuse(form.text(Self.unknown), unless: unknown.hash, Words("“仍未知”的内容", "What is still unknown"))
        guard unknown.isEmpty || form.has(known) else {
            throw FormFault(
                known,
                Words("请先勾选：您已知道上列各项仍未知。", "Tick first that you know what is still unknown.")
            )
        }
    }

    /// Keeps a report or correction with its entry of the audit log.
    static func freeze(_ report: FrozenReport, _ asked: AskedPeriod) throws {
        do {
            try asked.desk.periods.freeze(report, audit: report.auditEntry(asked.request.stamp))
        } catch let fault as CountyFault {
            // Somebody else may have been first between reading and writing.
            guard let other = try AskedPeriod(asked.desk, asked.request), other.frozen.count > asked.frozen.count,
                let first = other.lastFrozen
            else { throw fault }
            throw FormFault([first, Words("您的提交未执行。", "What you sent was not done.")], status: 409)
        }
    }
}
