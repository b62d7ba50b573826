import LockerDomain

/// Of which lines of a report everything is known: every station that may add to them has sent all of the period.
struct HeardVillages {
    /// Stations that served a village on any day of the period, by its 区划代码.
    private var stations: [String: Set<String>] = [:]
    private let silent: Set<String>
    /// Villages with a station, all of which were heard, and those with one that was not.
    private var heard: Set<String> = []
    private var unheard: Set<String> = []

    init(_ period: CountyPeriod, _ registers: Registers, silent: Set<String>) {
        self.silent = silent
        for day in period.days {
            for site in registers.sites(on: day) where site.status != .closed {
                for village in site.villagesServed { stations[village.village, default: []].formUnion(site.stations) }
            }
        }
        for (village, stations) in stations where !stations.isEmpty {
            if stations.isDisjoint(with: silent) { heard.insert(village) } else { unheard.insert(village) }
        }
    }

    /// Whether 0 in the line means that there was none. A village without a station proves nothing.
    func isWhole(_ line: ReportLine) -> Bool {
        switch line.level {
        case .county: silent.isEmpty && !heard.isEmpty
        case .township: heard.contains { $0.hasPrefix(line.code) } && !unheard.contains { $0.hasPrefix(line.code) }
        case .village: line.code.isEmpty ? silent.isEmpty : heard.contains(line.code)
        }
    }
}
