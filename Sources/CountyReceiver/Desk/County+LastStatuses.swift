public import CountyBooks
import CountySQLite
import FoundationEssentials
import GRDB
import LockerDomain
import SyncWire

extension County: LastStatuses {
    /// Reads no more of a status than it needs: every page of the county asks, and a status has all doors of a station.
    public func lastStatuses() throws -> [LastStatus] {
        let now = now()
        return try store.pool.read { db in
            let shared = try StationCounter.shared(db, now: now)
            return try Row.fetchAll(db, sql: Self.lastStatusRows).compactMap { row in
                guard var status = LastStatus(row) else { return nil }
                // Of two boards with one identity, one may have events of which the other's journal knows nothing.
                if shared.contains(status.station) { status.end = nil }
                return status
            }
        }
    }

    // A status is what a station wrote, of whatever version: it may be no JSON that SQLite reads.
    private static let lastStatusRows = """
        WITH said AS MATERIALIZED (
            SELECT station, received, CASE WHEN json_valid(text) THEN text END AS text
            FROM (SELECT station, received, CAST(report AS TEXT) AS text FROM status)
        ), journal AS MATERIALIZED (
            SELECT station, received, json_extract(text, '$.time') AS time, json_extract(text, '$.clock') AS clock,
                json_extract(text, '$.eventsWaiting') AS waiting, json_extract(text, '$.journal.incarnation') AS id,
                json_extract(text, '$.journal.last') AS last, json_extract(text, '$.journal.hash') AS hash
            FROM said
        )
        SELECT j.station, j.received, j.time, j.clock, j.waiting, e.number, e.bytes
        FROM journal j
        LEFT JOIN incarnation i ON i.station = j.station AND i.id = j.id AND i.acknowledged = j.last
            AND lower(hex(i.hash)) = j.hash
            AND i.number = (SELECT max(n.number) FROM incarnation n WHERE n.station = j.station)
        LEFT JOIN event e ON e.incarnation = i.number AND e.sequence = i.acknowledged
        """
}

extension LastStatus {
    /// `nil` when this version cannot read it.
    fileprivate init?(_ row: Row) {
        let (time, clock, waiting): (DatabaseValue, DatabaseValue, DatabaseValue) = (row[2], row[3], row[4])
        guard let made = String.fromDatabaseValue(time).flatMap(WireTime.milliseconds),
            let trust = String.fromDatabaseValue(clock).flatMap(ClockTrust.init(rawValue:)),
            let eventsWaiting = Int.fromDatabaseValue(waiting)
        else { return nil }
        let (station, number, bytes): (String, Int64?, Data?) = (row[0], row[5], row[6])
        var end: ChainEnd?
        if let number, let bytes, let line = try? EventLine(decoding: Array(bytes)), line.station == station,
            line.time.clock.isDated
        {
            end = ChainEnd(number: number, made: line.time.wall)
        }
        self.init(
            station: station,
            received: row[1],
            made: made,
            clock: trust,
            eventsWaiting: eventsWaiting,
            end: end
        )
    }
}
