import CountyBooks
import LockerDomain

/// The page that withdraws a row of a register (作废): it holds no longer, its history stays, and figures are reckoned
/// anew.
enum RegisterWithdrawing {
    /// What is withdrawn, and the form that does it; without the form where other rows point at it. `nil` when no row
    /// begins on the day of the address.
    static func page(_ desk: CountyDesk, _ request: PageRequest) throws -> Page? {
        let tables = try RegisterPages.tables(desk, request)
        guard let kept = try row(request, tables.visible) else { return nil }
        let (kind, key) = (kept.dated.row.kind, kept.dated.row.key)
        let versions = tables.visible.versions(kind, key)
        let pointers = RegisterWithdrawal.pointers(to: kept, among: tables.visible.all)
        var parts: [View.Part] = pointers.isEmpty ? [] : [.notice(refusal(pointers), .bad)]
        parts += [.heading(Words("现在的内容", "What it says now")), .facts(tables.facts(kept.dated))]
        let title = Words("作废 \(kind.one.chinese)：\(key)", "Withdraw \(kind.one.english.lowercased()): \(key)")
        return Page(
            View(title, parts),
            trail: [
                RegisterPages.link, kind.link, PageLink(Words(key, key), RegisterPaths.row(kind, key)),
            ],
            forms: pointers.isEmpty ? [form(kept, hasOthers: versions.count > 1)] : []
        )
    }

    /// Withdraws the row.
    static func withdraw(_ desk: CountyDesk, _ request: PageRequest, _ form: SentForm) throws -> PageAnswer {
        let visible = try VisibleRegisters(desk, request)
        guard let kept = try row(request, visible) else { throw PageFault.notFound }
        guard form.text("row") == String(kept.number) else { throw RegisterChanges.changedMeanwhile(kept) }
        let pointers = RegisterWithdrawal.pointers(to: kept, among: visible.all)
        guard pointers.isEmpty else { throw FormFault([refusal(pointers)], status: 409) }
        guard form.has("confirm") else {
            throw FormFault("confirm", Words("请勾选确认。", "Tick it to confirm."))
        }
        let row = kept.dated.row
        let from = kept.dated.validFrom?.description ?? "–"
        let audit = AuditEntry(
            request.stamp,
            .registerWithdrawn,
            object: RegisterChanges.object(row),
            detail: "生效日期 \(from); \(RegisterHistory.line(nil, kept.dated))"
        )
        try RegisterChanges.keep(
            RegisterChange(withdrawing: kept),
            audit,
            desk,
            request,
            RegisterChanges.changedMeanwhile
        )
        return .done(at: RegisterPaths.row(row.kind, row.key))
    }

    // MARK: Parts

    private static func row(_ request: PageRequest, _ visible: VisibleRegisters) throws -> KeptRow? {
        visible.versions(try RegisterPages.kind(request), request.parameter("key")).first {
            RegisterPaths.isDay(request.parameter("day"), $0.dated.validFrom)
        }
    }

    private static func form(_ kept: KeptRow, hasOthers: Bool) -> Form {
        let row = kept.dated.row
        return Form(
            RegisterPaths.withdraw(row.kind, row.key, from: kept.dated.validFrom),
            fields: [
                Field(
                    "confirm",
                    Words("确认作废此行", "Yes, withdraw this row"),
                    .checkbox,
                    hint: hasOthers
                        ? Words("其他时期的内容保留", "What it says of its other times stays")
                        : Words("之后台账中不再有 \(row.key)", "The register then has no \(row.key)"),
                    isRequired: true
                ), .hidden("row", String(kept.number)),
            ],
            submit: Words("作废", "Withdraw it"),
            note: Words(
                "变更记录保留，并记入操作日志；未关账的数据按新台账重新计算，已关账的月报不变，差异另出更正。",
                "Its history stays, and the audit log has it. Figures of open periods are reckoned anew; closed ones do not "
                    + "change, and what differs becomes a correction."
            ),
            isDangerous: true
        )
    }

    private static func refusal(_ pointers: [KeptRow]) -> Words {
        let named = pointers.prefix(CountyPagesLimits.pointersShownMax).map(\.dated.row)
        let isAll = named.count == pointers.count
        let chinese = named.map { "\($0.kind.one.chinese) \($0.key)" }.joined(separator: "、")
        let english = named.map { "\($0.kind.one.english.lowercased()) \($0.key)" }.joined(separator: ", ")
        return Words(
            "不能作废：有 \(pointers.count) 行用到它（\(chinese)\(isAll ? "" : " 等")）。请先作废或修改那些行。",
            "It cannot be withdrawn: \(pointers.count) rows point at it (\(english)\(isAll ? "" : ", …")). Withdraw or change "
                + "those first."
        )
    }
}
