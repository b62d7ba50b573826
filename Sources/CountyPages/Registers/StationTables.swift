import CountyBooks
import LockerDomain

/// Stations and villages of sites, for the registers' pages.
struct StationTables {
    let visible: VisibleRegisters
    let sights: [StationSight]
    let language: Language
    /// Today's number, counted from 1970-01-01.
    let today: Int64
    /// Whether the reader may open the pages of stations and villages.
    let (readsStations, readsVillages): (Bool, Bool)

    init(_ desk: CountyDesk, _ request: PageRequest, _ visible: VisibleRegisters) throws {
        self.visible = visible
        sights = try desk.stations.sights()
        (language, today) = (request.language, PageTime.day(of: request.now))
        (readsStations, readsVillages) = (request.may(.readStation), request.may(.readVillage))
    }

    /// Stations that stand at no site today, so that nobody knows of which village they are.
    var siteless: Table {
        let rows = sights.filter { site(of: $0.station) == nil && visible.allows(stationOf: nil) }.map(row)
        return Table(
            Words("没有网点的站点", "Stations without a site"),
            columns: Self.columns,
            rows: rows,
            notes: [
                Words(
                    "其数据不计入任何村，请在网点的“站点”栏补填。",
                    "What they count belongs to no village: write their ids in the row of their site."
                )
            ]
        )
    }

    /// Stations of the sites that have no enrolment sheet yet, so that the county does not know them.
    var planned: [String] {
        let known = Set(sights.map(\.station))
        let sites = visible.registers.sites.filter { visible.allows(.site($0)) }
        return Set(sites.flatMap(\.stations)).subtracting(known).sorted()
    }

    /// The stations of one site.
    func stations(of site: Site) -> Table {
        let byID = Dictionary(sights.map { ($0.station, $0) }) { first, _ in first }
        return Table(
            Words("站点", "Stations"),
            columns: Self.columns,
            rows: site.stations.map { id in
                byID[id].map(row) ?? [.text(id), .state(Words("未制作入网单", "no enrolment sheet")[language], .warn), .none]
            }
        )
    }

    /// The villages that one site serves, its own first.
    func villages(of site: Site) -> Table {
        Table(
            Words("服务的行政村", "Villages served"),
            columns: [
                Table.Column("village", "服务的村", "Village served", .code), Table.Column("name", "村名", "Name"),
                Table.Column("mode", "服务方式", "How"), Table.Column("township", "所属", "Township"),
            ],
            rows: site.villagesServed.map { served in
                let village = visible.registers.village(served.village)
                let township = visible.registers.township(String(served.village.prefix(RegisterCodes.townshipDigits)))
                let mode = Words(served.mode.chinese, served.mode == .site ? "has the site" : "is reached")
                return [
                    readsVillages
                        ? .link(served.village, path: PagePath.village(served.village)) : .text(served.village),
                    village.map { .text($0.name) } ?? .unknown, .text(mode[language]), .optional(township?.name),
                ]
            }
        )
    }

    private static let columns = [
        Table.Column("station", "站点", "Station", .code), Table.Column("enrolled", "入网", "Enrolled", .state),
        Table.Column("contact", "最近联系", "Last contact", .time),
    ]

    private func row(_ sight: StationSight) -> [Table.Cell] {
        [
            readsStations ? .link(sight.station, path: PagePath.station(sight.station)) : .text(sight.station),
            sight.isEnrolled
                ? .state(Words("已入网", "enrolled")[language], .ok) : .state(Words("未入网", "not yet")[language], .warn),
            sight.lastContact.map { .text(PageTime.text($0)) } ?? .none,
        ]
    }

    private func site(of station: String) -> Site? { visible.registers.site(ofStation: station, on: today) }
}
