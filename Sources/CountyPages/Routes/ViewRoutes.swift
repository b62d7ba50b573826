public import CountyBooks

extension PageRoute {
    /// A view of the books at a path. Its tables are sorted, filtered, paged and given as files by what stands behind `?`.
    ///
    /// - Parameters:
    ///   - page: what stands around the view: links, questions, the way to it.
    ///   - view: the view; `nil`: there is none, or its reader may not see it.
    public static func view(
        _ path: String,
        _ permission: Permission,
        page: @escaping @Sendable (View, ViewRequest) -> Page = { view, _ in Page(view) },
        view: @escaping PageViews.Make
    ) -> PageRoute {
        .page(path, .permission(permission)) { desk, request in
            let asked = try ViewRequest(request, registers: try desk.registers())
            guard let view = try view(desk, asked) else { return nil }
            return page(view, asked).noting(try desk.booksTrouble(for: asked.account))
        }
    }
}

/// The views of the books, as the composition root brings them: each is pure but for what it reads through the desk's ports.
public struct PageViews: Sendable {
    /// `nil`: there is none, or its reader may not see it.
    public typealias Make = @Sendable (CountyDesk, ViewRequest) throws -> View?

    /// Townships and villages of today (今日).
    public var today: Make
    /// One station, by its id in the parameter `station` (站点).
    public var station: Make
    /// One village, by its 区划代码 in the parameter `village` (行政村).
    public var village: Make
    /// Parcels that match the item `waybill` behind `?`, which may be the last digits of one (运单查询).
    public var parcels: Make
    /// One parcel, by the parameter `waybill` (交接记录).
    public var parcel: Make
    /// Runs between the days `from` and `to` behind `?`, of one `route` or all (班次).
    public var runs: Make
    /// Who handled what in the `period` behind `?` (人员作业量).
    public var people: Make
    /// Fees that recipients paid in the `period` behind `?` (保管费).
    public var fees: Make
    /// Complaints and surveys in the `period` behind `?` (群众评价).
    public var voices: Make
    /// Troubles of doors, cameras and scanners in the `period` behind `?` (设备故障).
    public var troubles: Make
    /// Lines that were stored and not understood (待识别事件).
    public var quarantine: Make

    public init(
        today: @escaping Make,
        station: @escaping Make,
        village: @escaping Make,
        parcels: @escaping Make,
        parcel: @escaping Make,
        runs: @escaping Make,
        people: @escaping Make,
        fees: @escaping Make,
        voices: @escaping Make,
        troubles: @escaping Make,
        quarantine: @escaping Make
    ) {
        (self.today, self.station, self.village, self.parcels) = (today, station, village, parcels)
        (self.parcel, self.runs, self.quarantine) = (parcel, runs, quarantine)
        (self.people, self.fees, self.voices, self.troubles) = (people, fees, voices, troubles)
    }
}

extension PageRoutes {
    static let views: [PageRoute] = [
        .read("/", .account) { desk, request in .done(at: try desk.firstPage(of: try request.account())) },
        .view(PagePaths.today, .readToday) { try $0.views.today($0, $1) },
        .view("\(PagePaths.stations)/:station", .readStation, page: stationPage) { try $0.views.station($0, $1) },
        .view("\(PagePaths.villages)/:village", .readVillage, page: belowToday) { try $0.views.village($0, $1) },
        .view(PagePaths.parcels, .readParcel, page: parcelSearch) { try $0.views.parcels($0, $1) },
        .view("\(PagePaths.parcels)/:waybill", .readParcel, page: parcelPage) { try $0.views.parcel($0, $1) },
        .view(PagePaths.runs, .readRuns, page: runSearch) { try $0.views.runs($0, $1) },
        .view(PagePaths.quarantine, .readQuarantined) { try $0.views.quarantine($0, $1) },
    ]

    private static let parcelsLink = PageLink(Words("运单查询", "Parcels"), PagePaths.parcels)

    @Sendable private static func belowToday(_ view: View, _ request: ViewRequest) -> Page {
        Page(view, trail: [PageLink(Words("今日", "Today"), PagePaths.today)])
    }

    /// With the name of the station's site in front of its id, which alone nobody knows.
    @Sendable private static func stationPage(_ view: View, _ request: ViewRequest) -> Page {
        var page = belowToday(view, request)
        let station = request.parameter("station")
        if let site = request.registers.site(ofStation: station, on: request.today) {
            page.view.title = Words("\(site.name)（站点 \(station)）", "\(site.name) (station \(station))")
        }
        if request.account.may(.lookAtPhone) {
            let path = "\(PagePaths.phone)?station=\(LocalPath.encoded(station))"
            page.links = [PageLink(Words("查看收件人电话", "Look at a recipient's number"), path)]
        }
        return page
    }

    @Sendable private static func parcelSearch(_ view: View, _ request: ViewRequest) -> Page {
        let waybill = Field(
            "waybill",
            Words("运单号", "Waybill"),
            value: request.query.text("waybill") ?? "",
            hint: Words("完整单号或末几位", "The whole number or its last digits")
        )
        let form = Form(asking: PagePaths.parcels, fields: [waybill], submit: Words("查询", "Search"))
        return Page(view, questions: [form])
    }

    @Sendable private static func parcelPage(_ view: View, _ request: ViewRequest) -> Page {
        var page = Page(view, trail: [parcelsLink])
        if request.account.may(.lookAtPhone) {
            let path = "\(PagePaths.phone)?waybill=\(LocalPath.encoded(request.parameter("waybill")))"
            page.links = [PageLink(Words("查看收件人电话", "Look at the recipient's number"), path)]
        }
        return page
    }

    @Sendable private static func runSearch(_ view: View, _ request: ViewRequest) -> Page {
        let fields = [
            Field("from", Words("从", "From"), .date, value: request.query.text("from") ?? ""),
            Field("to", Words("到", "To"), .date, value: request.query.text("to") ?? ""),
            Field("route", Words("线路", "Route"), value: request.query.text("route") ?? ""),
        ]
        return Page(view, questions: [Form(asking: PagePaths.runs, fields: fields, submit: Words("查看", "Show"))])
    }
}
