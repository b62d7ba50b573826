/// Whether each village was visited on each day of a range. All days are judged at once: a month of a county asks for them,
/// and the sites, their stations and the villages that they serve rarely change within it.
public struct VillageVerdicts: Sendable {
    /// Counted from 1970-01-01.
    public let days: ClosedRange<Int64>
    /// How each village is served on any of the days: at a site of its own, or from another village's.
    public private(set) var modes: [String: ServiceMode] = [:]
    /// One for each of the days, by 区划代码; `nil` where no station serves the village. A village that none ever serves has
    /// no row.
    private var verdicts: [String: [DayVerdict?]] = [:]

    /// Judges all villages.
    ///
    /// - Parameters:
    ///   - days: counted from 1970-01-01.
    ///   - extract: how they went at each station.
    ///   - now: the county's clock, milliseconds since 1970.
    package init(_ days: ClosedRange<Int64>, _ extract: BooksExtract, _ registers: Registers, now: Int64) {
        self.days = days
        let kept = DaysOfStations(extract)
        for (site, held) in registers.sites(in: days) where site.status != .closed {
            let ofSite = Self.verdicts(of: site.stations, held, kept, now: now)
            for served in site.villagesServed {
                if modes[served.village] != .site { modes[served.village] = served.mode }
                guard !site.stations.isEmpty else { continue }
                let begin = registers.begin(ofVillage: served.village) ?? .min
                add(ofSite, from: held.lowerBound, to: served.village, since: begin)
            }
        }
    }

    /// What the stations of a site say together of each of some days.
    private static func verdicts(
        of stations: [String],
        _ days: ClosedRange<Int64>,
        _ kept: DaysOfStations,
        now: Int64
    ) -> [DayVerdict?] {
        var joined = [DayVerdict?](repeating: nil, count: days.count)
        for station in stations {
            let (rows, reaches) = (kept.rows(of: station, in: days), kept.spans.reaches(station))
            let began = kept.spans.began(station)
            for place in rows.indices {
                let day = days.lowerBound + Int64(place)
                let verdict = DayVerdict.of(day, rows[place], reaches: reaches, began: began, now: now)
                joined[place] = DayVerdict.joined(joined[place], verdict)
            }
        }
        return joined
    }

    /// - Parameter since: the first day of the village in the register. Nobody owes it a run before, and one that came
    ///   all the same is told.
    private mutating func add(_ ofSite: [DayVerdict?], from first: Int64, to village: String, since: Int64) {
        let begin = Int(first - days.lowerBound)
        var all = verdicts[village] ?? [DayVerdict?](repeating: nil, count: days.count)
        for place in ofSite.indices where first + Int64(place) >= since || ofSite[place] == .visited {
            all[begin + place] = DayVerdict.joined(all[begin + place], ofSite[place])
        }
        verdicts[village] = all
    }

    /// The verdict of a village, by its 区划代码, on a day; `nil` where no station serves it.
    package subscript(village: String, day: Int64) -> DayVerdict? {
        guard days.contains(day), let all = verdicts[village] else { return nil }
        return all[Int(day - days.lowerBound)]
    }

    /// Verdicts of a day by 区划代码; a village that no station serves has none.
    package func on(_ day: Int64) -> [String: DayVerdict] {
        guard days.contains(day) else { return [:] }
        let place = Int(day - days.lowerBound)
        return verdicts.compactMapValues { all in all[place] }
    }

    /// How many of the days went how, by 区划代码; a village that no station serves has none.
    package var counts: [String: DayCounts] {
        verdicts.mapValues { all in
            var counts = DayCounts()
            for case .some(let verdict) in all { counts.add(verdict) }
            return counts
        }
    }
}

/// Days of an extract by station.
struct DaysOfStations {
    private let days: [String: [StationDay]]
    let spans: StationSpans

    init(_ extract: BooksExtract) { (days, spans) = (extract.days, StationSpans(extract.stations)) }

    /// One for each day of a range; `nil` where the books have none.
    func rows(of station: String, in range: ClosedRange<Int64>) -> [StationDay?] {
        var rows = [StationDay?](repeating: nil, count: range.count)
        for kept in days[station] ?? [] where range.contains(kept.day) {
            let place = Int(kept.day - range.lowerBound)
            if rows[place] == nil { rows[place] = kept }
        }
        return rows
    }

    func day(_ day: Int64, of station: String) -> StationDay? { days[station]?.first { $0.day == day } }
}
