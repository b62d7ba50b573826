import LockerDomain

/// Until when each station must be heard of, so that a period is known: to the end of the last day of it on which an open
/// site has it, while the period runs to the end of yesterday. One whose first event lies behind that day tells nothing
/// of the period.
struct StationTerms {
    /// Days that are past, of the period.
    private let days: ClosedRange<Int64>
    /// The last day on which an open site has a station.
    private var last: [String: Int64] = [:]
    /// Stations of closed sites (撤销).
    private var ofClosed: Set<String> = []
    private let today: Int64
    private let registers: Registers

    /// - Parameters:
    ///   - days: of the period, counted from 1970-01-01.
    ///   - today: counted likewise.
    init(_ days: ClosedRange<Int64>, _ registers: Registers, today: Int64) {
        let past = min(days.lowerBound, today)...min(days.upperBound, today)
        self.init(past: past, of: registers.sites(in: past), registers, today: today)
    }

    /// Terms of one of several periods, for all of which the sites were read once.
    ///
    /// - Parameters:
    ///   - days: of the period, none of them behind today.
    ///   - sites: of a range of days that holds these.
    init(
        past days: ClosedRange<Int64>,
        of sites: [(site: Site, days: ClosedRange<Int64>)],
        _ registers: Registers,
        today: Int64
    ) {
        (self.days, self.today, self.registers) = (days, today, registers)
        for (site, held) in sites where held.overlaps(days) {
            for station in site.stations {
                if site.status == .closed {
                    ofClosed.insert(station)
                } else {
                    last[station] = max(last[station] ?? .min, min(held.upperBound, days.upperBound))
                }
            }
        }
    }

    /// Stations that an open site has on any of the days.
    var stations: Set<String> { Set(last.keys) }

    /// Wall time up to which a station must be heard of; `nil` for one that nobody waits for: no open site has it, and its
    /// chain ended before the period, or its site is closed.
    ///
    /// - Parameter reaches: wall time up to which its chain is here; `nil` when nothing of it is dated.
    func end(of station: String, reaches: Int64?) -> Int64? {
        if let last = last[station] { return ReportPeriod.wall(ofDay: min(last + 1, today)) }
        guard !ofClosed.contains(station) else { return nil }
        if let reaches, reaches < ReportPeriod.wall(ofDay: days.lowerBound) { return nil }
        return ReportPeriod.wall(ofDay: min(days.upperBound + 1, today))
    }

    /// Stations of which the period is not known, by id. Stations of a site that never sent anything are among them,
    /// and those that wait to be folded anew.
    func silent(_ standings: [StationStanding]) -> [SilentStation] {
        behind(standings).map { standing in
            let site = site(of: standing.station)
            return SilentStation(
                station: standing.station,
                site: site?.name,
                phone: site?.phone,
                reaches: standing.reaches,
                isWaiting: standing.isWaiting,
                began: !standing.isWaiting && beganLater(standing) ? standing.began : nil
            )
        }.sorted { $0.station < $1.station }
    }

    /// Whether the first dated event of a station was made behind the last day on which an open site has it: a chain
    /// that reaches past days on which it had not begun proves nothing of them.
    private func beganLater(_ standing: StationStanding) -> Bool {
        guard let last = last[standing.station], let began = standing.began else { return false }
        return began >= ReportPeriod.wall(ofDay: last + 1)
    }

    /// Those that do not reach their terms or began later, in any order. What is not counted of a station that waits to
    /// be folded anew may be of any day: only of a closed site nobody asks for it.
    private func behind(_ standings: [StationStanding]) -> [StationStanding] {
        let heard = Set(standings.map(\.station))
        let never = last.keys.filter { !heard.contains($0) }
            .map { StationStanding(station: $0, reaches: nil, began: nil) }
        return (standings + never).filter { standing in
            if standing.isWaiting { return end(of: standing.station, reaches: nil) != nil }
            if beganLater(standing) { return true }
            guard let end = end(of: standing.station, reaches: standing.reaches) else { return false }
            return (standing.reaches ?? .min) < end
        }
    }

    /// Ids of the stations of which not all of the period is known: the silent ones, and those that lost events of it.
    ///
    /// - Parameter lossy: days on which stations lost events, those of other periods too.
    func unheard(_ standings: [StationStanding], lossy: [(station: String, day: Int64)]) -> Set<String> {
        let lost = lossy.filter { days.contains($0.day) }
        return Set(behind(standings).map(\.station)).union(lost.map(\.station))
    }

    /// Stations that lost events of the period, by id: what came on these days may be more than is counted.
    func lossy(_ days: [String: [StationDay]]) -> [LossyStation] {
        days.compactMap { station, kept in
            let lost = kept.filter { $0.isLossy && self.days.contains($0.day) }.map(\.day).sorted()
            guard !lost.isEmpty else { return nil }
            let site = site(of: station)
            return LossyStation(station: station, site: site?.name, phone: site?.phone, days: lost)
        }.sorted { $0.station < $1.station }
    }

    /// The site that has a station, or had it last.
    private func site(of station: String) -> Site? {
        registers.site(ofStation: station, on: last[station] ?? days.upperBound)
    }
}
