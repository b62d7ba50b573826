import LockerDomain

/// Of which lines of a report everything is known: every village of them has a station on some day of the period, and every
/// station that may add to them has sent all of it and lost nothing. Only there 0 means that there was none: a village
/// without a station proves nothing, nor does a township with one.
struct HeardVillages {
    /// Stations that served a village on any day of the period, by its 区划代码; empty for a site without one.
    let stations: [String: Set<String>]
    /// Stations of which not all is known.
    private let unheard: Set<String>
    /// Villages of the register, or that a site serves, but those all of whose stations were heard.
    private let unknown: Set<String>
    /// Villages all of whose stations were heard.
    private let heard: Set<String>
    /// Townships of the former, and of the latter.
    private let unknownTownships: Set<String>
    private let heardTownships: Set<String>

    /// - Parameter unheard: stations of which not all of the period is known.
    init(_ period: CountyPeriod, _ registers: Registers, unheard: Set<String>) {
        var stations: [String: Set<String>] = [:]
        for (site, _) in registers.sites(in: period.days) where site.status != .closed {
            for village in site.villagesServed { stations[village.village, default: []].formUnion(site.stations) }
        }
        self.unheard = unheard
        heard = Set(stations.filter { !$0.value.isEmpty && $0.value.isDisjoint(with: unheard) }.keys)
        let registered = registers.villages(on: period.days.upperBound).map(\.code)
        unknown = Set(registered).union(stations.keys).subtracting(heard)
        self.stations = stations
        unknownTownships = Set(unknown.map(ViewContext.township))
        heardTownships = Set(heard.map(ViewContext.township))
    }

    /// Whether 0 in the line means that there was none.
    func isWhole(_ line: ReportLine) -> Bool {
        switch line.level {
        case .county: unheard.isEmpty && !heard.isEmpty && unknown.isEmpty
        case .township: heardTownships.contains(line.code) && !unknownTownships.contains(line.code)
        case .village: line.code.isEmpty ? unheard.isEmpty : heard.contains(line.code)
        }
    }
}
