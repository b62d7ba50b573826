import GRDB
import LockerDomain
import SyncWire

/// `Locker-Counter` of one key, as the county keeps it (DESIGN 4.3).
///
/// A station that is told *replayed* raises its start number by one over the highest that the answer names, and calls again
/// at once. That is seen here as a healing. The third within a day says that two boards have one identity: they raise their
/// numbers over each other's. It is shown until a day has passed or the station enrols.
struct StationCounter: Sendable, Hashable {
    private(set) var window = CounterWindow()
    /// The highest start that the last answer `replayed` named, and when that was.
    private(set) var refused: Refusal?
    private(set) var healings = CounterHealings()

    struct Refusal: Sendable, Hashable {
        var start: Int
        var at: Int64
    }

    /// Takes the counter of a call. `nil` when it is new, else the highest.
    mutating func take(_ counter: LockerCounter, at now: Int64) -> LockerCounter? {
        switch window.take(counter) {
        case .new:
            guard let last = refused, counter.start > last.start else { return nil }
            if counter.start == last.start + 1, now - last.at < CountyLimits.healingSeconds * 1_000 {
                healings.record(at: now)
            }
            refused = nil
            return nil
        case .replayed(let highest): return highest
        }
    }

    /// The station is told that a counter is not new.
    mutating func refuse(highest: LockerCounter, at now: Int64) { refused = Refusal(start: highest.start, at: now) }

    /// Somebody enrolled the station: what was before proves nothing any more.
    mutating func enrolled(_ counter: LockerCounter?) {
        if let counter { _ = window.take(counter) }
        (refused, healings) = (nil, CounterHealings())
    }

    // MARK: Storage

    static func find(_ db: Database, station: String, keyID: String) throws -> StationCounter {
        let statement = try db.cachedStatement(
            sql: """
                SELECT counterStart, counterN, counterCame, refusedStart, refusedAt, healings FROM stationKey
                WHERE station = ? AND keyID = ?
                """
        )
        var counter = StationCounter()
        guard let row = try Row.fetchOne(statement, arguments: [station, keyID]) else { return counter }
        counter.window = CounterWindow(start: row[0], n: row[1], bits: row[2])
        if let start: Int = row[3], let at: Int64 = row[4] { counter.refused = Refusal(start: start, at: at) }
        counter.healings = CounterHealings(row[5]) ?? CounterHealings()
        return counter
    }

    func keep(_ db: Database, station: String, keyID: String) throws {
        try db.cachedStatement(
            sql: """
                UPDATE stationKey SET counterStart = ?, counterN = ?, counterCame = ?, refusedStart = ?, refusedAt = ?,
                    healings = ?
                WHERE station = ? AND keyID = ?
                """
        ).execute(arguments: [
            window.highest?.start ?? -1, window.highest?.n ?? -1, window.bits, refused?.start, refused?.at,
            healings.description, station, keyID,
        ])
    }

    /// Stations whose identity two boards have, by their present keys.
    static func shared(_ db: Database, now: Int64) throws -> Set<String> {
        let rows = try SQLRequest<Row>(
            sql: """
                SELECT s.id, k.healings FROM stationKey k JOIN station s ON s.id = k.station AND s.keyID = k.keyID
                """,
            cached: true
        ).fetchAll(db)
        var stations: Set<String> = []
        for row in rows {
            let (station, healings): (String, String) = (row[0], row[1])
            if CounterHealings(healings)?.isTooMany(at: now) == true { stations.insert(station) }
        }
        return stations
    }
}
