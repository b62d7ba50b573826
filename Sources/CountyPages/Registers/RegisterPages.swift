import CountyBooks
import LockerDomain

/// The pages of the registers (台账).
enum RegisterPages {
    static let link = PageLink(Words("台账", "Registers"), PagePaths.registers)

    /// The register that an address names.
    ///
    /// - Throws: `PageFault` `notFound`.
    static func kind(_ request: PageRequest) throws(PageFault) -> RegisterKind {
        guard let kind = RegisterKind(rawValue: request.parameter("kind")) else { throw .notFound }
        return kind
    }

    /// All registers.
    static func all(_ desk: CountyDesk, _ request: PageRequest) throws -> Page {
        let tables = try tables(desk, request)
        let view = View(Words("台账", "Registers"), [.table(tables.overview, scope: "")])
        return Page(view, links: request.may(.readSetUp) ? [SetUpPage.link] : [])
    }

    /// One register.
    static func list(_ desk: CountyDesk, _ request: PageRequest) throws -> Page {
        let kind = try kind(request)
        let tables = try tables(desk, request)
        var page = Page(View(kind.words, [.table(tables.list(kind), scope: "")]), trail: [link])
        if request.may(.changeRegisters) {
            page.links = [
                PageLink(Words("新增", "Add one"), RegisterPaths.add(kind)),
                PageLink(Words("导入表格", "Load a sheet"), RegisterPaths.upload(kind)),
            ]
        }
        page.links.append(templateLink(kind))
        if kind == .site {
            let stations = try StationTables(desk, request, tables.visible)
            page.view.parts.append(.table(stations.siteless, scope: "stations"))
            page = adding(stations.planned, to: page, request)
        }
        return page
    }

    /// A sheet to fill in.
    static func template(_ kind: RegisterKind) -> PageFile {
        let rows = RegisterSheet.template(kind)
        let names = rows.first ?? []
        let table = Table(
            kind.words,
            columns: names.enumerated().map { Table.Column("c\($0)", $1, $1, .code) },
            rows: rows.dropFirst().map { $0.map { .text($0) } }
        )
        return PageFile(name: "\(kind.chinese)模板.csv", contentType: PageFile.csv, bytes: table.csv())
    }

    static func templateLink(_ kind: RegisterKind) -> PageLink {
        PageLink(Words("下载模板", "A sheet to fill in"), RegisterPaths.template(kind))
    }

    /// The form for a new row.
    static func add(_ desk: CountyDesk, _ request: PageRequest) throws -> Page {
        let kind = try kind(request)
        let firms = try desk.registers().firms.map(\.name)
        let form = Form(
            RegisterPaths.add(kind),
            fields: RegisterField.all(kind).map { $0.field(value: "", firms: firms) },
            submit: Words("新增", "Add it")
        )
        let title = Words("新增：\(kind.chinese)", "Add: \(kind.one.english.lowercased())")
        return Page(View(title), trail: [link, kind.link], forms: [form])
    }

    /// The form for a sheet.
    static func upload(_ desk: CountyDesk, _ request: PageRequest) throws -> Page {
        let kind = try kind(request)
        let file = Field(
            "sheet",
            Words("表格", "Sheet"),
            .file(accept: ".csv,.txt"),
            hint: Words(
                "在 Excel 或 WPS 中另存为 CSV（CSV UTF-8 或普通 CSV 均可）",
                "Keep it in the office program as CSV: CSV UTF-8, or plain CSV"
            ),
            isRequired: true
        )
        let hasDay = RegisterField.all(kind).contains { $0.isDay }
        let day =
            hasDay
            ? Words(
                "生效日期留空：新的行为自始如此，已有的行沿用最近一次的生效日期。",
                " Nothing in valid from: a new row holds ever since, one that is there keeps its newest day."
            ) : Words(same: "")
        let form = Form(
            RegisterPaths.upload(kind),
            fields: [file],
            submit: Words("导入", "Load it"),
            note: Words(
                "有一行不对则全部不导入，每行先列出第一处错误。已有的行按生效日期更新，表中没有的行不变。\(day.chinese)",
                "If any row is wrong nothing is loaded, and the first fault of each row is listed. Rows that are there "
                    + "are renewed by their day; those that the sheet does not have stay as they are.\(day.english)"
            )
        )
        let title = Words("导入：\(kind.chinese)", "Load: \(kind.words.english.lowercased())")
        let columns = RegisterSheet.columnList(kind)
        let view = View(title, [.text(Words("栏目：\(columns)", "Columns: \(columns)"))])
        return Page(view, trail: [link, kind.link], links: [templateLink(kind)], forms: [form])
    }

    /// What became of a sheet.
    static func loaded(_ kind: RegisterKind, _ loaded: RegisterLoading.Loaded, planned: Int) -> Page {
        var parts: [View.Part] = [
            .notice(
                Words(
                    "共 \(loaded.rows) 行，新增或修改 \(loaded.changed) 行。",
                    "\(loaded.rows) rows, \(loaded.changed) of them new or changed."
                ),
                .ok
            )
        ]
        parts += loaded.notes.map { .notice(Words(both: $0), .warn) }
        var links = [kind.link, SetUpPage.link]
        if planned > 0 {
            parts.append(.notice(Self.planned(planned), .warn))
            links.append(EnrolmentPages.link)
        }
        let title = Words("已导入：\(kind.chinese)", "Loaded: \(kind.words.english.lowercased())")
        return Page(View(title, parts), trail: [link, kind.link], links: links)
    }

    // MARK: Parts

    static func tables(_ desk: CountyDesk, _ request: PageRequest) throws -> RegisterTables {
        RegisterTables(
            visible: try VisibleRegisters(desk, request),
            language: request.language,
            today: PageTime.day(of: request.now),
            canChange: request.may(.changeRegisters)
        )
    }

    /// The page with a word about stations that have no enrolment sheet yet.
    static func adding(_ planned: [String], to page: Page, _ request: PageRequest) -> Page {
        guard !planned.isEmpty else { return page }
        var page = page.adding(notice: Self.planned(planned.count), .warn)
        if request.may(.readEnrolments) { page.links.append(EnrolmentPages.link) }
        return page
    }

    private static func planned(_ count: Int) -> Words {
        Words(
            "有 \(count) 个站点尚未制作入网单。若编号有误，请更正网点的“站点”栏。",
            "\(count) stations have no enrolment sheet yet. Where an id is mistyped, correct it in the row of the site."
        )
    }
}
