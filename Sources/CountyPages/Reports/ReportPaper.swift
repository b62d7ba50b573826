import CountyBooks

/// The form as it is handed in (快件进村数据信息汇总), for paper: the frozen rows of a closed period, never the live ones; a
/// draft of one that is open.
struct ReportPaper {
    private let asked: AskedPeriod
    /// What is printed; `nil` for a draft.
    private let part: FrozenReport?
    private let context: ViewContext

    private init(_ asked: AskedPeriod, _ part: FrozenReport?) throws {
        (self.asked, self.part, context) = (asked, part, try asked.context)
    }

    /// `nil` where the address names no period, or no part of it.
    static func page(_ desk: CountyDesk, _ request: PageRequest) throws -> Page? {
        guard let asked = try AskedPeriod(desk, request) else { return nil }
        guard let written = request.parameters["number"] else {
            return try ReportPaper(asked, asked.frozen.first).page()
        }
        let number = ReportPaths.number(written)
        guard let part = asked.frozen.first(where: { $0.correction == number }) else { return nil }
        return try ReportPaper(asked, part).page()
    }

    private func page() throws -> Page {
        let title = Words("快件进村数据信息汇总", "快件进村数据信息汇总 Parcels into villages")
        let back = PageLink(Words("报表 \(asked.period)", "Report \(asked.period)"), ReportPaths.report(asked.period))
        // What is frozen stays as it is, whatever the books do.
        let trouble = try part == nil ? asked.desk.booksTrouble(for: asked.request.account()) : nil
        let parts = notices(trouble) + [.facts(facts)] + (try rows()) + (try foot())
        return Page(View(title, parts), trail: [ReportPaths.list, back], links: [back], layout: .widePaper)
            .marking(trouble?.notice)
    }

    // MARK: Above the rows

    private func notices(_ trouble: BooksTrouble?) -> [View.Part] {
        guard let part else {
            let draft = Words("草稿 DRAFT 未关账", "草稿 DRAFT 未关账: not closed")
            return [draft, trouble?.words].compactMap { $0 }.map { .notice($0, .warn) }
        }
        var notices: [View.Part] = []
        if !part.isIntact { notices.append(.notice(Self.broken, .bad)) }
        if !asked.isWhole {
            let extract = Words(
                "摘录：只有您的账号可以查看的行，不是完整的报表。",
                "An extract: the rows that this account may see, not the whole report."
            )
            notices.append(.notice(extract, .warn))
        }
        if part.correction == 0, asked.frozen.count > 1 {
            let count = asked.frozen.count - 1
            let numbers = asked.frozen.dropFirst().map { "\($0.correction)" }
            notices.append(
                .notice(
                    Words(
                        "本期另有 \(count) 份更正（第 \(numbers.joined(separator: "、")) 号），单独打印；下表为关账时的数据。",
                        "There are \(count) corrections (\(numbers.joined(separator: ", "))), which are printed by "
                            + "themselves: these are the rows as closed."
                    ),
                    .warn
                )
            )
        }
        return notices
    }

    private static let broken = Words(
        "保存的内容与 SHA-256 不符，不予打印。请从备份恢复 county.sqlite。",
        "What is kept does not fit its SHA-256 and is not printed: restore county.sqlite from a backup."
    )

    private var facts: [View.Fact] {
        let language = asked.request.language
        let name = part?.words ?? Words("草稿（未关账）", "draft, not closed")
        let facts = [
            View.Fact(Words("县（市、区）", "县 County"), .text(asked.desk.settings.county)),
            View.Fact(Words("报告期", "报告期 Period"), .text(asked.days[language])),
            View.Fact(Words("名称", "名称 Name"), .text(name[language])),
        ]
        // Nobody signs an extract.
        guard asked.isWhole else { return facts }
        return facts + [
            Self.blank("填报单位（盖章）", "Unit, with its seal"), Self.blank("单位负责人", "Head of the unit"),
            Self.blank("审核人", "Checked by"), Self.blank("填报人", "Filled in by"), Self.blank("联系电话", "Phone"),
            Self.blank("填报日期", "Date"),
        ]
    }

    /// A line to be filled in by hand.
    private static func blank(_ chinese: String, _ english: String) -> View.Fact {
        let line = String(repeating: "＿", count: ReportPagesLimits.blankCharacters)
        return View.Fact(Words(chinese, "\(chinese) \(english)"), .text(line))
    }

    // MARK: Rows

    private func rows() throws -> [View.Part] {
        guard let part else {
            let made = try asked.report()
            // A reader of some rows gets them as the page has them.
            guard asked.isWhole else { return [.text(made.asOf)] + made.view.parts }
            return [.text(made.asOf), .table(table(ReportSheet(made.report), []), scope: "report")]
        }
        guard part.isIntact else { return [] }
        if part.correction > 0, let correction = ReportCorrection(csv: part.csv) {
            return [.table(table(correction, part), scope: "report")]
        }
        guard part.correction == 0, let sheet = ReportSheet(csv: part.csv) else {
            let unread = Words("本版本不能读取保存的内容。", "This version cannot read what is kept.")
            return [.notice(unread, .bad)]
        }
        return [.table(table(sheet, [part]), scope: "report")]
    }

    private func table(_ sheet: ReportSheet, _ frozen: [FrozenReport]) -> Table {
        var table = FrozenReportView(frozen, standing: sheet, context).table
        table.title = part?.words ?? Words("草稿", "Draft")
        let left = table.dropEmptyColumns(isOver: asked.period.isOver(at: asked.now)).map(\.header)
        FrozenReportView.noteEmpty(&table)
        guard !left.isEmpty else { return table }
        let names = { (language: Language, comma: String) in left.map { $0[language] }.joined(separator: comma) }
        table.notes.append(
            Words(
                "没有数据的列未列出：\(names(.chinese, "、"))",
                "columns without figures are left out: \(names(.english, ", "))"
            )
        )
        return table
    }

    /// What does not change is no part of a correction.
    private func table(_ correction: ReportCorrection, _ part: FrozenReport) -> Table {
        var table = ReportCorrectionView(part.words, correction, context).table
        table.dropEmptyColumns(isOver: true)
        return table
    }

    // MARK: Below the rows

    private func foot() throws -> [View.Part] {
        guard let part else {
            let unknown = try asked.report().unknown.lines
            return unknown.isEmpty ? [] : [.heading(Words("仍未知", "Still unknown")), lines(unknown)]
        }
        var parts: [View.Part] = []
        if asked.isWhole {
            let none = Words("没有未知的站点和行政村。", "No station and no village was unknown.")
            parts.append(.heading(Words("出具时未知", "Not known at that time")))
            parts.append(part.unknown.isEmpty ? .text(none) : lines(part.unknown))
        }
        var facts = [
            View.Fact(Words("SHA-256", "SHA-256"), .text(part.sha256)),
            View.Fact(Words("校验", "Check"), part.check(asked.request.language)),
            View.Fact(Words("计到事件号", "Up to event"), .number(Int(part.through))),
            View.Fact(Words("出具时间", "Frozen at"), .text(PageTime.text(part.frozenAt))),
        ]
        if asked.visibility.isOfAllFirms { facts.append(View.Fact(Words("经办账号", "Account"), .text(part.by))) }
        return parts + [.facts(facts)]
    }

    private func lines(_ lines: [String]) -> View.Part {
        let text = lines.joined(separator: "\n")
        return .text(Words(text, text))
    }
}

extension Table {
    /// Drops columns of figures in which no row has any, and those of days that are not over where all are.
    ///
    /// - Returns: what was dropped.
    @discardableResult
    fileprivate mutating func dropEmptyColumns(isOver: Bool) -> [Column] {
        guard !rows.isEmpty else { return [] }
        let notYet = ReportSheet.Column.notYet.rawValue
        let empty = columns.indices.filter { index in
            let isPast = isOver && columns[index].id == notYet
            return columns[index].kind == .number
                && rows.allSatisfy { $0[index] == .none || (isPast && $0[index] == .number(0)) }
        }
        let kept = columns.indices.filter { !empty.contains($0) }
        let dropped = empty.map { columns[$0] }
        columns = kept.map { columns[$0] }
        rows = rows.map { row in kept.map { row[$0] } }
        return dropped
    }
}
