import CountyBooks
import LockerDomain

/// The stations of the county: those that it knows, and those that a site names and that have no enrolment sheet yet.
struct SiteStations {
    /// One station.
    struct Station: Sendable, Hashable {
        let id: String
        /// The site at which it stands today, or will stand; `nil` where none has it.
        let site: Site?
        /// Whether the county knows it: a sheet was made for it once.
        let isKnown: Bool
        let isEnrolled: Bool
        /// Whether it has a sheet that nobody has used yet.
        let isOpen: Bool

        /// As clerks know it: by its site.
        var title: String { site.map { "\($0.name)（\(id)）" } ?? id }

        /// 区划代码 of its township.
        var township: String? { site.map { String($0.village.prefix(RegisterCodes.townshipDigits)) } }
    }

    /// Those that the reader may see, by the name of their site, then by id.
    let all: [Station]

    init(_ desk: CountyDesk, _ visible: VisibleRegisters, today: Int64, open: Set<String> = []) throws {
        let sights = try desk.stations.sights()
        let registers = visible.registers
        var sites: [String: Site] = [:]
        for site in registers.sites {
            for station in site.stations where sites[station] == nil { sites[station] = site }
        }
        let enrolled = Set(sights.filter(\.isEnrolled).map(\.station))
        let known = Set(sights.map(\.station))
        let stations = known.union(sites.keys).map { id in
            Station(
                id: id,
                site: registers.site(ofStation: id, on: today) ?? sites[id],
                isKnown: known.contains(id),
                isEnrolled: enrolled.contains(id),
                isOpen: open.contains(id)
            )
        }
        all = stations.filter { visible.allows(stationOf: $0.site) }
            .sorted { ($0.site?.name ?? "", $0.id) < ($1.site?.name ?? "", $1.id) }
    }
}
