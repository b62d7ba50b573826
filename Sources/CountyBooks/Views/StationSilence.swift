import LockerDomain
import SyncWire

/// Why a station counts as silent (失联): nobody knows what goes on there.
struct StationSilence {
    /// At least one.
    let reasons: [Words]

    /// `nil` for a station that was heard of within a day and whose chain reaches the end of yesterday.
    ///
    /// - Parameter reaches: wall time up to which its chain is here; `nil` when nothing is.
    init?(_ sight: StationSight?, reaches: Int64?, now: Int64) {
        var reasons: [Words] = []
        if let contact = sight?.lastContact {
            let age = ViewAge.words(now - contact)
            if now - contact > ViewLimits.silentMilliseconds {
                reasons.append(Words("\(age.chinese)未联系", "no contact for \(age.english)"))
            }
        } else {
            let isEnrolled = sight?.isEnrolled == true
            reasons.append(isEnrolled ? Words("从未联系", "never heard of") : Words("未入网", "not enrolled"))
        }
        if let reaches {
            if reaches < ReportPeriod.wall(ofDay: ReportPeriod.day(ofWall: now)) {
                let until = WireTime.local(reaches).prefix(16)
                reasons.append(Words("记录只到 \(until)", "events up to \(until) only"))
            }
        } else {
            reasons.append(Words("没有可定日期的记录", "no event that can be dated"))
        }
        guard !reasons.isEmpty else { return nil }
        self.reasons = reasons
    }

    /// All reasons as one text.
    var words: Words { .list(reasons) }

    /// The same in one cell.
    var cell: Table.Cell { .state(words, .bad) }
}

/// What is known of each station now, by its id.
struct StationIndex {
    /// Stations that the reader may see, by id: of a site that is not closed, or of none but those that a site had before and
    /// that sent nothing of today.
    let stations: [String]
    let sights: [String: StationSight]
    let holdings: [String: StationHoldings]
    /// Of all stations, for figures to which they would add.
    let silent: [String: StationSilence]
    /// Stations that wait to be folded anew: what they sent last is not counted.
    let waiting: Set<String>
    /// Stations that lost events of today: what they count may be less than what came.
    private let lossy: Set<String>
    private let reaches: [String: Int64]

    init(_ extract: BooksExtract, _ sights: [StationSight], _ holdings: [StationHoldings], _ context: ViewContext) {
        self.sights = Dictionary(sights.map { ($0.station, $0) }) { first, _ in first }
        self.holdings = Dictionary(holdings.map { ($0.station, $0) }) { first, _ in first }
        reaches = Dictionary(extract.stations.compactMap { station in station.reaches.map { (station.station, $0) } }) {
            first,
            _ in first
        }
        let sites = context.registers.sites(on: context.today)
        let open = Set(sites.filter { $0.status != .closed }.flatMap(\.stations))
        let (reaches, begins) = (reaches, ReportPeriod.wall(ofDay: context.today))
        let closed = Set(sites.filter { $0.status == .closed }.flatMap(\.stations))
        let all = open.union(sights.map(\.station)).union(extract.stations.map(\.station)).filter { station in
            guard !open.contains(station), context.registers.knows(station: station) else { return true }
            // Nobody waits for a station that was taken away.
            return !closed.contains(station) && (reaches[station] ?? .min) >= begins
        }
        waiting = Set(extract.stations.filter(\.isWaiting).map(\.station))
        lossy = Set(extract.days.filter { $0.value.contains { $0.day == context.today && $0.isLossy } }.keys)
        stations = all.filter { context.allows(station: $0) }.sorted()
        var silent: [String: StationSilence] = [:]
        for station in all {
            silent[station] = StationSilence(self.sights[station], reaches: reaches[station], now: context.now)
        }
        self.silent = silent
    }

    /// Wall time up to which the chain of a station is here.
    func reaches(_ station: String) -> Int64? { reaches[station] }

    /// Whether all that some stations did by now is here and counted, but for what is on its way.
    func areHeard(_ stations: some Sequence<String>) -> Bool {
        stations.allSatisfy { silent[$0] == nil && !lossy.contains($0) && !waiting.contains($0) }
    }
}
