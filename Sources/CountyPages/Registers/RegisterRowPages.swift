import CountyBooks
import LockerDomain

/// The pages of one thing of a register.
extension RegisterPages {
    /// What is known of one thing: now, at its other times, and who changed what; `nil` when the reader may see none.
    static func one(_ desk: CountyDesk, _ request: PageRequest) throws -> Page? {
        let (kind, key) = (try kind(request), request.parameter("key"))
        let tables = try tables(desk, request)
        let versions = tables.visible.versions(kind, key)
        guard let current = RegisterTables.current(versions, on: tables.today) else {
            return try withdrawn(desk, request, tables)
        }
        var parts: [View.Part] = []
        if versions.count > 1, let last = versions.last, last.firstDay > tables.today {
            let day = last.dated.validFrom?.description ?? ""
            parts.append(.notice(Words("\(day) 起有变更，见下表。", "It changes on \(day): see below."), .warn))
        }
        parts.append(.facts(tables.facts(current.dated)))
        var planned: [String] = []
        if case .site(let site) = current.dated.row {
            let stations = try StationTables(desk, request, tables.visible)
            parts += [
                .table(stations.villages(of: site), scope: "villages"),
                .table(stations.stations(of: site), scope: "stations"),
            ]
            planned = stations.planned.filter(site.stations.contains)
        }
        let history = try desk.registerStore.history(kind, key).filter { tables.visible.allows($0.dated.row) }
        parts += [
            .table(tables.times(versions), scope: "times"),
            .table(RegisterHistory(history, request.language).table, scope: "history"),
        ]
        let name = current.dated.row.name
        let title = name == key || kind == .operatorReport ? key : "\(key) \(name)"
        let page = Page(
            View(Words("\(kind.one.chinese)：\(title)", "\(kind.one.english): \(title)"), parts),
            trail: [link, kind.link],
            links: links(current.dated, request)
        )
        return adding(planned, to: page, request)
    }

    /// What was known of a thing that the register has no longer; `nil` when it never had it, or the reader may not see it.
    private static func withdrawn(_ desk: CountyDesk, _ request: PageRequest, _ tables: RegisterTables) throws -> Page?
    {
        let (kind, key) = (try kind(request), request.parameter("key"))
        let history = try desk.registerStore.history(kind, key).filter { tables.visible.allows($0.dated.row) }
        guard let last = history.first else { return nil }
        let notice = Words(
            "此行已作废，台账中没有它；需要时可重新录入。",
            "This row was withdrawn: the register does not have it. It may be added again."
        )
        var links: [PageLink] = []
        if request.may(.changeRegisters) { links.append(PageLink(Words("新增", "Add one"), RegisterPaths.add(kind))) }
        if request.may(.readAuditLog) { links.append(logLink(last.dated.row)) }
        return Page(
            View(
                Words("\(kind.one.chinese)：\(key)", "\(kind.one.english): \(key)"),
                [
                    .notice(notice, .warn),
                    .table(RegisterHistory(history, request.language).table, scope: "history"),
                ]
            ),
            trail: [link, kind.link],
            links: links
        )
    }

    private static func logLink(_ row: RegisterRow) -> PageLink {
        let object = LocalPath.encoded(RegisterChanges.object(row))
        return PageLink(Words("此行的日志", "Its entries in the log"), "\(PagePaths.audit)?object=\(object)")
    }

    private static func links(_ dated: DatedRow, _ request: PageRequest) -> [PageLink] {
        let (kind, key) = (dated.row.kind, dated.row.key)
        var links: [PageLink] = []
        if request.may(.changeRegisters) {
            links.append(PageLink(Words("修改", "Change it"), RegisterPaths.form(kind, key, from: dated.validFrom)))
        }
        if case .village(let village) = dated.row, request.may(.readVillage) {
            links.append(PageLink(Words("此村的收寄情况", "Parcels of the village"), PagePath.village(village.code)))
        }
        if request.may(.readAuditLog) { links.append(logLink(dated.row)) }
        return links
    }

    /// The form of one time of a thing; `nil` when there is none that begins on the day of the address.
    static func form(_ desk: CountyDesk, _ request: PageRequest) throws -> Page? {
        let (kind, key) = (try kind(request), request.parameter("key"))
        let tables = try tables(desk, request)
        guard
            let kept = tables.visible.versions(kind, key).first(where: {
                RegisterPaths.isDay(request.parameter("day"), $0.dated.validFrom)
            })
        else { return nil }
        let firms = tables.visible.registers.firms.map(\.name)
        let fields = zip(RegisterField.all(kind), RegisterSheet.cells(of: kept.dated)).filter { !$0.0.isKey }
        let form = Form(
            RegisterPaths.form(kind, key, from: kept.dated.validFrom),
            title: Words("修改", "Change it"),
            fields: fields.map { $0.0.field(value: $0.1, firms: firms) } + [.hidden("row", String(kept.number))],
            submit: Words("保存", "Keep it"),
            note: kind.hasDays
                ? Words(
                    "生效日期不变：更正这一时期的内容。改为另一天：自那天起为新内容，之前的内容保留。",
                    "With the same day this corrects what is said of that time. With another day it is so from "
                        + "then on, and what was before stays."
                ) : nil
        )
        let title = Words("修改 \(kind.one.chinese)：\(key)", "Change \(kind.one.english.lowercased()): \(key)")
        return Page(
            View(title, [.heading(Words("现在的内容", "What it says now")), .facts(tables.facts(kept.dated))]),
            trail: [link, kind.link, PageLink(Words(key, key), RegisterPaths.row(kind, key))],
            links: [
                PageLink(Words("作废此行", "Withdraw it"), RegisterPaths.withdraw(kind, key, from: kept.dated.validFrom))
            ],
            forms: [form]
        )
    }
}

extension RegisterKind {
    /// Whether its rows hold from a day on; those of a month name their time themselves.
    var hasDays: Bool { self != .operatorReport }
}
