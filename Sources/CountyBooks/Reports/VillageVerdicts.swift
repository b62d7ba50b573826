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
    ///   - now: the county's clock, milliseconds since 1970.
    public init(on day: Int64, _ extract: BooksExtract, _ registers: Registers, now: Int64) {
        let reaches = Dictionary(extract.stations.map { ($0.station, $0.reaches) }) { first, _ in first }
        for site in registers.sites(on: day) where site.status != .closed {
            let ofSite = site.stations.map { station in
                let kept = extract.days[station]?.first { $0.day == day }
                return DayVerdict.of(day, kept, reaches: reaches[station] ?? nil, now: now)
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
