import Simulator

/// What each station of a fleet does, drawn from a seed: two runs of one seed send the same events.
struct FleetPlan: Sendable {
    /// Stations at most, as many as a made-up county has.
    static let stationsMax = 4_000
    /// One of so many stations never sends its last days.
    private static let stationsPerSilent = 25
    /// One of so many sends its last days when all others are through.
    private static let stationsPerLate = 25
    /// One of so many has the parcels of another one, too: a waybill that comes to two villages.
    private static let stationsPerTwin = 30
    /// Days at the end that are late or missing.
    private static let tailDaysMax = 5
    /// For how long events of a station wait for a link, and then come in one batch.
    private static let holdHours: [Int64] = [1, 6, 24, 72]

    /// When the last days of a station come.
    enum Tail: Sendable {
        case inTime, late, never
    }

    struct Station: Sendable {
        var id: String
        var seed: UInt64
        var tail = Tail.inTime
        var holdMilliseconds: Int64
        /// What manifests name as the village of a parcel (`World.init(seed:station:villages:)`).
        var villages: [String] = []
    }

    let days: Int
    /// Number of the day that the last of them is moved to, counted from 1970-01-01; `nil`: they stay where worlds begin.
    var lastDay: Int64?
    private(set) var stations: [Station]

    /// - Parameter ids: of the stations.
    init(seed: UInt64, stations ids: [String], days: Int) {
        var chance = Chance(seed: seed)
        self.days = days
        stations = ids.map { id in
            Station(
                id: id,
                seed: chance.next(),
                holdMilliseconds: Self.holdHours[Int(chance.next() % UInt64(Self.holdHours.count))] * 3_600_000
            )
        }
        let count = ids.count
        var drawn = stations.indices.shuffled(using: &chance)
        func draw(_ stationsPer: Int) -> [Int] {
            let share = min(drawn.count, (count + stationsPer - 1) / stationsPer)
            defer { drawn.removeFirst(share) }
            return Array(drawn.prefix(share))
        }
        for index in draw(Self.stationsPerSilent) { stations[index].tail = .never }
        for index in draw(Self.stationsPerLate) { stations[index].tail = .late }
        for index in draw(Self.stationsPerTwin) where count > 1 {
            stations[index].seed = stations[index == 0 ? 1 : index - 1].seed
        }
    }

    /// Days at the end that some stations send late or never.
    var tailDays: Int { min(Self.tailDaysMax, days / 2) }

    /// Gives each station villages that its manifests name: none for most parcels, and for some the next village by its code
    /// or by its name, one that no register knows, and the station's own.
    ///
    /// - Parameter villages: of the register, by code.
    mutating func name(_ villages: [(code: String, name: String)], own: [String: String]) {
        for index in stations.indices {
            let code = own[stations[index].id] ?? ""
            guard let place = villages.firstIndex(where: { $0.code == code }) else { continue }
            let next = villages[(place + 1) % villages.count]
            stations[index].villages = ["", "", "", "", "", "", next.code, next.name, "无此村", code]
        }
    }
}
