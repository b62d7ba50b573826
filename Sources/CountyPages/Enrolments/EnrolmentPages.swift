import CountyBooks
import LockerDomain

/// The page of enrolment sheets (入网单): those that may still be used, and the form for new ones. No token stands on it.
enum EnrolmentPages {
    static let link = PageLink(Words("入网单", "Enrolment sheets"), PagePaths.enrolments)
    static let revoke = "\(PagePaths.enrolments)/revoke"
    /// All open sheets that the reader sees, in the form that revokes.
    private static let every = "*"

    private static let noAddress = Words(
        "未设置县中心的网址，入网单上不会印网址。请先在 county.toml 中填写 public_url 并重启 county-server。",
        "The county's address is not set, and sheets will not name it: set public_url in county.toml first, and "
            + "restart county-server."
    )

    static func list(_ desk: CountyDesk, _ request: PageRequest) throws -> Page {
        let choice = try EnrolmentChoice(desk, request)
        let sites = Dictionary(choice.stations.map { ($0.id, $0.site) }) { first, _ in first }
        let table = Table(
            Words("未使用的入网单", "Sheets that nobody has used"),
            columns: [
                Table.Column("station", "站点", "Station", .code), Table.Column("site", "网点", "Site"),
                Table.Column("made", "制作时间", "Made", .time), Table.Column("expires", "有效期至", "Valid until", .time),
            ],
            rows: choice.open.map { token in
                let id = token.station
                return [
                    request.may(.readStation) ? .link(id, path: PagePath.station(id)) : .text(id),
                    .optional(sites[id]??.name), .text(PageTime.text(token.made)), .text(PageTime.text(token.expires)),
                ]
            }
        )
        var page = Page(View(Words("入网单", "Enrolment sheets"), [.table(table, scope: "")]))
        guard request.may(.makeEnrolments) else { return page }
        page.forms = [makeForm(choice)]
        if !choice.open.isEmpty { page.forms.append(revokeForm(choice)) }
        return desk.settings.stationAddress == nil ? page.adding(notice: noAddress, .warn) : page
    }

    /// Makes the sheets of a station worthless.
    static func revoke(_ desk: CountyDesk, _ request: PageRequest, _ form: SentForm) throws -> PageAnswer {
        let open = Set(try EnrolmentChoice(desk, request).open.map(\.station))
        let station = form.text("station")
        guard station == every || open.contains(station) else {
            throw FormFault(
                "station",
                Words("此站点没有未使用的入网单，可能刚被使用或撤销。", "It has no unused sheet; it may have been used or revoked just now.")
            )
        }
        for station in station == every ? open.sorted() : [station] {
            try desk.enrolments.revokeTokens(station: station, stamp: request.stamp)
        }
        return .done(at: PagePaths.enrolments)
    }

    // MARK: Forms

    private static func makeForm(_ choice: EnrolmentChoice) -> Form {
        let (most, usual) = (CountyPagesLimits.enrolmentDaysMax, CountyPagesLimits.enrolmentDays)
        return Form(
            PagePaths.enrolments,
            title: Words("制作入网单", "Make sheets"),
            fields: [
                Field(
                    "which",
                    Words("站点", "Stations"),
                    .select(choice.ways.map { Field.Choice($0.value, $0.name) }),
                    isRequired: true
                ),
                Field(
                    "list",
                    Words("站点清单", "List of stations"),
                    .textArea(rows: 3, charactersMax: CountyPagesLimits.stationsTypedCharactersMax),
                    hint: Words(
                        "仅在选择“下面列出的站点”时填写，每行一个站点编号；可以是新站点",
                        "For the stations listed here alone: one id a line; it may be that of a new one"
                    )
                ),
                Field("days", Words("有效天数", "Days"), .number(1...most), value: String(usual), isRequired: true),
                Field(
                    "again",
                    Words("包括已入网或已有入网单的站点", "Also stations that are enrolled or have a sheet"),
                    .checkbox,
                    hint: Words(
                        "更换主板或入网单遗失时勾选；原来的入网单作废",
                        "For a new board or a lost sheet; the old sheet becomes worthless"
                    )
                ),
            ],
            submit: Words("制作并显示", "Make and show them"),
            note: Words(
                "每个站点一页，只显示一次，请准备好打印机。一次最多 \(CountyPagesLimits.sheetsAtOnceMax) 页。",
                "One page a station, shown once: have the printer ready. "
                    + "At most \(CountyPagesLimits.sheetsAtOnceMax) pages at once."
            )
        )
    }

    private static func revokeForm(_ choice: EnrolmentChoice) -> Form {
        let stations = Set(choice.open.map(\.station)).sorted()
        let all = Field.Choice(every, Words("全部 \(stations.count) 个站点", "All \(stations.count) stations"))
        let none = Field.Choice("", Words("请选择", "Choose"))
        return Form(
            revoke,
            title: Words("撤销入网单", "Revoke sheets"),
            fields: [
                Field(
                    "station",
                    Words("站点", "Station"),
                    .select([none] + stations.map { Field.Choice($0, $0) } + [all]),
                    isRequired: true
                )
            ],
            submit: Words("撤销", "Revoke"),
            note: Words("撤销后这些入网单不能再用。", "These sheets can no longer be used then."),
            isDangerous: true
        )
    }
}
