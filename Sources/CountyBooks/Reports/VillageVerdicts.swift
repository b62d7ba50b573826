/// Whether each village was visited on one day.
public struct VillageVerdicts: Sendable {
    /// By 区划代码; a village that no station serves has none.
    public private(set) var verdicts: [String: DayVerdict] = [:]
    /// How each is served: at a site of its own, or from another village's.
    public private(set) var modes: [String: ServiceMode] = [:]

    /// Judges all villages.
    ///
    /// - Parameters:
    ///   - day: counted from 1970-01-01.
    ///   - days: how they went at each station.
    ///   - now: the county's clock, milliseconds since 1970.
    init(on day: Int64, _ days: DaysOfStations, _ registers: Registers, now: Int64) {
        for site in registers.sites(on: day) where site.status != .closed {
            let ofSite = site.stations.map { station in
                DayVerdict.of(day, days.day(day, of: station), reaches: days.reaches(station), now: now)
            }
            for served in site.villagesServed {
                if modes[served.village] != .site { modes[served.village] = served.mode }
                guard let verdict = DayVerdict.joined(ofSite + [verdicts[served.village]].compactMap { $0 }) else {
                    continue
                }
                verdicts[served.village] = verdict
            }
        }
    }
}

/// Days of an extract by station and number: a year of a county is asked for each of them.
struct DaysOfStations {
    private let days: [String: [Int64: StationDay]]
    private let reaches: [String: Int64]

    init(_ extract: BooksExtract) {
        days = extract.days.mapValues { kept in
            Dictionary(kept.map { ($0.day, $0) }) { first, _ in first }
        }
        reaches = Dictionary(extract.stations.compactMap { station in station.reaches.map { (station.station, $0) } }) {
            first,
            _ in first
        }
    }

    func day(_ day: Int64, of station: String) -> StationDay? { days[station]?[day] }

    /// Wall time up to which the chain of a station is here; `nil` when nothing is.
    func reaches(_ station: String) -> Int64? { reaches[station] }
}
