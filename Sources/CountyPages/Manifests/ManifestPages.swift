import CountyBooks
import OfficeSheets

extension PagePaths {
    /// Manifests (预报单).
    static let manifests = "/manifests"
}

extension PageRoutes {
    static let manifests: [PageRoute] = [
        .page(PagePaths.manifests, .permission(.readManifests)) { try ManifestPages.form($0, $1) },
        .read(ManifestPages.template, .permission(.readManifests)) { _, _ in .file(ManifestPages.templateFile) },
        .send(
            PagePaths.manifests,
            .permission(.importManifest),
            bodyBytesMax: CountyPagesLimits.uploadBytesMax
        ) {
            try ManifestPages.form($0, $1)
        } send: {
            try ManifestPages.load($0, $1, $2)
        },
    ]
}

/// The page by which a manifest (预报单) is loaded for a station.
enum ManifestPages {
    static let link = PageLink(Words("预报单", "Manifests"), PagePaths.manifests)
    static let template = "\(PagePaths.manifests)/template.csv"

    /// Hints that stand in the header of the sheet to fill in; what is in brackets is not read.
    private static let hints: [ManifestColumn: String] = [
        .size: "小/中/大/特大", .chilled: "是/否", .consent: "同意/不同意", .village: "区划代码或村名",
    ]

    /// Without the form for a reader who loads none.
    static func form(_ desk: CountyDesk, _ request: PageRequest) throws -> Page {
        guard request.may(.importManifest) else { return reading(request) }
        let visible = try VisibleRegisters(desk, request)
        let stations = try SiteStations(desk, visible, today: PageTime.day(of: request.now)).all.filter(\.isKnown)
        let choices =
            [Field.Choice("", Words("请选择", "Choose"))]
            + stations.map { Field.Choice($0.id, $0.title) }
        let form = Form(
            PagePaths.manifests,
            fields: [
                Field(
                    "station",
                    Words("站点", "Station"),
                    .select(choices),
                    value: request.query.text("station") ?? "",
                    isRequired: true
                ),
                Field(
                    "sheet",
                    Words("表格", "Sheet"),
                    .file(accept: ".csv,.txt,.json"),
                    hint: Words(
                        "在 Excel 或 WPS 中另存为 CSV；单号列须为文本格式",
                        "Keep it in the office program as CSV; the column of waybills has to be text"
                    ),
                    isRequired: true
                ),
                Field(skip.name, skip.words, .checkbox),
            ],
            submit: Words("导入", "Load it"),
            note: Words(
                "不勾选时，有一行不对则全部不导入，每行先列出第一处错误。",
                "Unless that is ticked, nothing is loaded if any row is wrong, and the first fault of each row is "
                    + "listed."
            )
        )
        var parts = [columns]
        if stations.isEmpty {
            let none = Words(
                "还没有站点：请先制作入网单。",
                "There is no station yet: make an enrolment sheet first."
            )
            parts.insert(.notice(none, .warn), at: 0)
        }
        var page = Page(View(Words("导入预报单", "Load a manifest"), parts), forms: [form])
        page.links = [templateLink]
        if stations.isEmpty, request.may(.readEnrolments) { page.links.append(EnrolmentPages.link) }
        return page
    }

    static func load(_ desk: CountyDesk, _ request: PageRequest, _ form: SentForm) throws -> PageAnswer {
        let visible = try VisibleRegisters(desk, request)
        let stations = try SiteStations(desk, visible, today: PageTime.day(of: request.now)).all
        guard let station = stations.first(where: { $0.id == form.text("station") && $0.isKnown }) else {
            throw FormFault("station", Words("请选择站点。", "Choose a station."))
        }
        guard let file = form.file("sheet") else {
            throw FormFault("sheet", Words("请选择文件。", "Choose a file."))
        }
        let loaded: LoadedSheet
        do {
            loaded = try desk.manifests.load(
                sheet: file.bytes,
                station: station.id,
                skippingBadRows: form.has(skip.name),
                stamp: request.stamp
            )
        } catch let fault as CountyFault {
            throw FormFault(lines(fault))
        }
        return .shownOnce(result(loaded, station))
    }

    // MARK: Parts

    /// For the inspector: what a manifest says, and the way to the log of those that were loaded. No parcel of them
    /// stands here, and no phone.
    private static func reading(_ request: PageRequest) -> Page {
        var page = Page(View(Words("预报单", "Manifests"), [columns]), links: [templateLink])
        if request.may(.readAuditLog) {
            let path = "\(PagePaths.audit)?action=\(AuditAction.manifestImported.rawValue)"
            page.links.append(PageLink(Words("已导入的预报单", "Manifests that were loaded"), path))
        }
        return page
    }

    private static var columns: View.Part {
        let list = ManifestColumn.list
        return .text(Words("栏目：\(list)", "Columns: \(list)"))
    }

    private static let templateLink = PageLink(Words("下载模板", "A sheet to fill in"), template)

    private static let skip = (name: "skip", words: Words("跳过有误的行，导入其余的行", "Leave out wrong rows, load the others"))

    /// The words of a command, in those of the page.
    private static func lines(_ fault: CountyFault) -> [Words] {
        let lines = fault.description.split(separator: "\n").map { line -> Words in
            guard line.contains("--skip-bad") else { return Words(both: String(line)) }
            return Words(
                "请更正后重新导入，或勾选“\(skip.words.chinese)”（仅用于表格）。",
                "Correct them and load it again, or tick “\(skip.words.english)” (for sheets alone)."
            )
        }
        let isRefusal = lines.count > 1
        return isRefusal ? [joined(lines.dropLast()), lines[lines.count - 1]] : lines
    }

    private static func joined(_ lines: some Sequence<Words>) -> Words {
        Words(lines.map(\.chinese).joined(separator: "\n"), lines.map(\.english).joined(separator: "\n"))
    }

    private static func result(_ loaded: LoadedSheet, _ station: SiteStations.Station) -> Page {
        let name = station.site?.name ?? station.id
        var parts: [View.Part] = [
            .notice(Words("已导入 \(loaded.count) 件。", "\(loaded.count) parcels were loaded."), .ok),
            .facts([
                View.Fact(Words("网点", "Site"), .text(name)), View.Fact(Words("站点", "Station"), .text(station.id)),
                View.Fact(Words("预报单号", "Manifest"), .text(loaded.id)),
                View.Fact(Words("件数", "Parcels"), .number(loaded.count)),
            ]),
        ]
        if !loaded.notes.isEmpty {
            parts.append(.heading(Words("请核对", "Look at these")))
            parts += loaded.notes.map { .notice(Words(both: $0), .warn) }
        }
        let again = PageLink(
            Words("再导入一份", "Load another one"),
            "\(PagePaths.manifests)?station=\(LocalPath.encoded(station.id))"
        )
        return Page(View(Words("预报单已导入", "The manifest was loaded"), parts), trail: [link], links: [again])
    }

    /// A sheet to fill in: the header alone, since a row left in it would be a parcel.
    static var templateFile: PageFile {
        let columns = ManifestColumn.allCases.enumerated().map { index, column in
            let marks = [ManifestColumn.needed.contains(column) ? "必填" : nil, hints[column]].compactMap { $0 }
            let name = column.chinese + (marks.isEmpty ? "" : "（\(marks.joined(separator: "，"))）")
            return Table.Column("c\(index)", name, name, .code)
        }
        let table = Table(Words("预报单", "Manifest"), columns: columns)
        return PageFile(name: "预报单模板.csv", contentType: PageFile.csv, bytes: table.csv())
    }
}
