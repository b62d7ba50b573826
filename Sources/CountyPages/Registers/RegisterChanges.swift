import CountyBooks
import LockerDomain
import OfficeSheets

/// What the forms of the registers do. Every change stands in the audit log.
enum RegisterChanges {
    /// As the audit log names a row.
    static func object(_ row: RegisterRow) -> String { "\(row.kind.rawValue) \(row.key)" }

    /// A new row of a thing that the register does not have.
    static func add(_ desk: CountyDesk, _ request: PageRequest, _ form: SentForm) throws -> PageAnswer {
        let kind = try RegisterPages.kind(request)
        let visible = try VisibleRegisters(desk, request)
        let dated = try checked(RegisterEntry(kind, form), desk, visible, hasOthers: false)
        let key = dated.row.key
        guard visible.versions(kind, key).isEmpty else { throw exists(kind, key) }
        try keep(RegisterChange(dated), before: nil, desk, request) { _ in exists(kind, key, status: 409) }
        return .done(at: RegisterPaths.row(kind, key))
    }

    /// A correction of one time of a thing, or another time of it.
    static func change(_ desk: CountyDesk, _ request: PageRequest, _ form: SentForm) throws -> PageAnswer {
        let (kind, key) = (try RegisterPages.kind(request), request.parameter("key"))
        let visible = try VisibleRegisters(desk, request)
        let versions = visible.versions(kind, key)
        let isMeant = { (kept: KeptRow) in RegisterPaths.isDay(request.parameter("day"), kept.dated.validFrom) }
        guard let kept = versions.first(where: isMeant) else { throw PageFault.notFound }
        guard form.text("row") == String(kept.number) else { throw changedMeanwhile(kept) }
        let entry = RegisterEntry(kind, form, over: kept.dated)
        let dated = try checked(entry, desk, visible, hasOthers: versions.count > 1 || kept.dated.validFrom != nil)
        guard dated != kept.dated else {
            throw FormFault(Words("与现在的内容相同，没有修改。", "It says the same as before: nothing was changed."))
        }
        let isSameTime = dated.validFrom == kept.dated.validFrom
        if !isSameTime, versions.contains(where: { $0.dated.validFrom == dated.validFrom }) {
            throw FormFault(
                "valid-from",
                Words(
                    "已有自这一天起的内容，请打开那一时期修改。",
                    "There is something from that day already: open that time of it and change that."
                )
            )
        }
        let change = RegisterChange(dated, replaces: isSameTime ? kept.number : nil)
        let before = isSameTime ? kept : versions.last { $0.firstDay < dated.validFrom?.number ?? .min }
        try keep(change, before: before?.dated, desk, request, meanwhile: changedMeanwhile)
        return .done(at: RegisterPaths.row(kind, key))
    }

    /// A sheet: all of its rows or none.
    static func load(_ desk: CountyDesk, _ request: PageRequest, _ form: SentForm) throws -> PageAnswer {
        let kind = try RegisterPages.kind(request)
        guard let file = form.file("sheet") else {
            throw FormFault("sheet", Words("请选择文件。", "Choose a file."))
        }
        let known = Set(try desk.stations.sights().map(\.station))
        let named = stations(kind, file.bytes)
        let loaded = try RegisterLoading.load(
            file.bytes,
            kind,
            into: desk.registerStore,
            stations: known.union(named),
            county: desk.settings.countyCode,
            stamp: request.stamp
        )
        return .shownOnce(RegisterPages.loaded(kind, loaded, planned: named.subtracting(known).count))
    }

    // MARK: Parts

    /// Stations that a sheet of sites names; what cannot be read of it is found by loading it.
    private static func stations(_ kind: RegisterKind, _ bytes: [UInt8]) -> Set<String> {
        guard kind == .site, let text = try? SheetText.decode(bytes), let sheet = try? RegisterSheet(kind, text: text)
        else { return [] }
        return sheet.stations
    }

    private static func checked(
        _ entry: RegisterEntry,
        _ desk: CountyDesk,
        _ visible: VisibleRegisters,
        hasOthers: Bool
    ) throws -> DatedRow {
        try entry.checked(
            against: visible.all.map(\.dated),
            stations: Set(try desk.stations.sights().map(\.station)),
            county: desk.settings.countyCode,
            hasOthers: hasOthers
        )
    }

    private static func keep(
        _ change: RegisterChange,
        before: DatedRow?,
        _ desk: CountyDesk,
        _ request: PageRequest,
        meanwhile: (KeptRow) -> FormFault
    ) throws {
        let detail = RegisterHistory.line(before, change.dated)
        let audit = AuditEntry(request.stamp, .registerChanged, object: object(change.dated.row), detail: detail)
        try keep(change, audit, desk, request, meanwhile)
    }

    /// Keeps a change with its entry in the log, or finds the words for that somebody was quicker.
    static func keep(
        _ change: RegisterChange,
        _ audit: AuditEntry,
        _ desk: CountyDesk,
        _ request: PageRequest,
        _ meanwhile: (KeptRow) -> FormFault
    ) throws {
        let row = change.dated.row
        do {
            try desk.registerStore.keep([change], by: audit.by.description, at: audit.time, audit: audit)
        } catch let fault as CountyFault {
            // Somebody may have been quicker since the row was looked at.
            let now = try desk.registerStore.rows().first { kept in
                kept.dated.row.kind == row.kind && kept.dated.row.key == row.key
                    && kept.dated.validFrom == change.dated.validFrom
            }
            guard let now, now.number != change.replaces else { throw fault }
            throw meanwhile(now)
        }
    }

    private static func exists(_ kind: RegisterKind, _ key: String, status: Int = 422) -> FormFault {
        let sentence = Words(
            "台账中已有 \(key)，请打开该行修改。",
            "The register has \(key) already: open its row and change that."
        )
        let names = RegisterField.all(kind).filter(\.isKey).prefix(1).map { ($0.name, sentence) }
        return FormFault([sentence], fields: Dictionary(uniqueKeysWithValues: names), status: status)
    }

    static func changedMeanwhile(_ kept: KeptRow) -> FormFault {
        let (time, author) = (PageTime.text(kept.changed), AuditAuthor(text: kept.by).words)
        return FormFault(
            [
                Words(
                    "此行已被 \(author.chinese) 于 \(time) 修改，您的内容未保存。“现在的内容”是其修改后的内容，您填写的仍在下面；核对后可再次保存。",
                    "\(author.english) changed this row at \(time), and yours was not kept. What it says now stands "
                        + "below, and what you typed still stands in the form: compare them, then keep yours again."
                )
            ],
            status: 409
        )
    }
}
