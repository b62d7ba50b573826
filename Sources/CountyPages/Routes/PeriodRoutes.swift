public import CountyBooks

/// What people did, fees, what villagers said and troubles, in a day, a reporting month or a year (人员、保管费、群众评价、设备故障).
extension PageRoutes {
    static let periods: [PageRoute] = [
        .view(PagePaths.people, .readRuns, page: asking(PagePaths.people)) { try $0.views.people($0, $1) },
        .view(PagePaths.fees, .readReport, page: asking(PagePaths.fees)) { try $0.views.fees($0, $1) },
        .view(PagePaths.voices, .readStation, page: asking(PagePaths.voices)) { try $0.views.voices($0, $1) },
        .view(PagePaths.troubles, .readStation, page: asking(PagePaths.troubles)) { try $0.views.troubles($0, $1) },
    ]

    static let periodMenu = [
        PageLink(Words("人员作业", "People"), PagePaths.people), PageLink(Words("保管费", "Fees"), PagePaths.fees),
        PageLink(Words("群众评价", "Villagers"), PagePaths.voices),
        PageLink(Words("设备故障", "Troubles"), PagePaths.troubles),
    ]

    /// The view with the question for another period; what was typed and is none is said.
    private static func asking(_ path: String) -> @Sendable (View, ViewRequest) -> Page {
        { view, request in
            let field = Field(
                ViewRequest.periodName,
                Words("日、月或年", "Day, month or year"),
                value: request.query.text(ViewRequest.periodName) ?? "",
                hint: Words("例如 2026-11-21、2026-11、2026；留空为本月", "As 2026-11-21, 2026-11, 2026; nothing for this month")
            )
            let form = Form(asking: path, fields: [field], submit: Words("查看", "Show"))
            let page = Page(view, questions: [form])
            guard let typed = request.query.text(ViewRequest.periodName), ReportCalendar().period(written: typed) == nil
            else { return page }
            return page.adding(
                notice: Words(
                    "“\(typed)”不是日、月或年，请写作 2026-11-21、2026-11 或 2026。以下为本月。",
                    "“\(typed)” is no period: write 2026-11-21, 2026-11 or 2026. This month is shown."
                ),
                .bad
            )
        }
    }
}

extension ViewRequest {
    /// The item behind `?` that names a period.
    static let periodName = "period"

    /// The day, reporting month or year that is asked for; the month that holds today where none is.
    public func period(_ calendar: ReportCalendar) -> CountyPeriod {
        query.text(Self.periodName).flatMap(calendar.period(written:)) ?? calendar.month(holding: today)
    }
}
