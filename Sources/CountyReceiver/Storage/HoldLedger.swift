import GRDB
import LockerDomain
import StationBooks
import SyncWire

/// The hold periods of one station within one transaction. What is read or changed stays in memory until `flush`, so that a
/// batch reads and writes each row once.
final class HoldLedger {
    typealias Entry = HoldBook.Entry

    private struct Kept {
        var entry: Entry
        /// Whether a lost journal took it from the station, and it is not back.
        var isLost = false
        /// Until when the station has it in its books, milliseconds since 1970.
        var until: Int64?
    }

    let db: Database
    let station: String
    /// What of the station's darkness is not reckoned yet.
    var reckoning: DarkReckoning
    private var written: DarkReckoning
    private var rows: [Waybill: Kept?] = [:]
    private var changed: Set<Waybill> = []
    /// What was over by then is forgotten.
    private var forgotten: Int64?
    /// Nothing in memory is over before.
    private var soonest = Int64.max

    init(_ db: Database, station: String) throws {
        (self.db, self.station) = (db, station)
        let statement = try db.cachedStatement(sql: "SELECT reckoning FROM darkness WHERE station = ?")
        let text = try String.fetchOne(statement, arguments: [station])
        written = try text.map { try CanonicalJSON.decode(DarkReckoning.self, from: Array($0.utf8)) } ?? DarkReckoning()
        reckoning = written
    }

    // MARK: One parcel

    /// What the station has in its books now.
    func find(_ waybill: Waybill) throws -> Entry? {
        guard let kept = try row(waybill), !kept.isLost else { return nil }
        return kept.entry
    }

    /// What the station is to get back of a parcel that it has not written about since; `nil` when nothing.
    ///
    /// - Parameter time: what it has forgotten by then does not come back.
    func lost(_ waybill: Waybill, on time: Int64) throws -> Entry? {
        guard let kept = try row(waybill), kept.isLost, kept.until.map({ $0 > time }) ?? true else { return nil }
        return kept.entry
    }

    /// The station has it in its books.
    func save(_ waybill: Waybill, _ entry: Entry, on time: Int64) {
        put(waybill, Kept(entry: entry, until: entry.until(time)))
        changed.insert(waybill)
    }

    private func put(_ waybill: Waybill, _ kept: Kept) {
        rows[waybill] = kept
        if let until = kept.until { soonest = min(soonest, until) }
    }

    /// Changes what is to come back.
    func change(lost waybill: Waybill, _ entry: Entry) throws {
        guard var kept = try row(waybill) else { return }
        kept.entry = entry
        rows[waybill] = kept
        changed.insert(waybill)
    }

    func remove(_ waybill: Waybill) {
        rows[waybill] = .some(nil)
        changed.insert(waybill)
    }

    /// The station has forgotten what was over by then.
    func forget(on time: Int64) {
        forgotten = max(forgotten ?? time, time)
        guard soonest <= time else { return }
        for (waybill, kept) in rows where kept?.until.map({ $0 <= time }) == true { remove(waybill) }
        soonest = rows.values.compactMap { $0?.until }.min() ?? .max
    }

    private func row(_ waybill: Waybill) throws -> Kept? {
        if let known = rows[waybill] { return known }
        let statement = try db.cachedStatement(
            sql: "SELECT entry, lost, until FROM hold WHERE station = ? AND waybill = ?"
        )
        let kept = try Row.fetchOne(statement, arguments: [station, waybill.rawValue]).map(Self.read)
        // Its row is there until `flush`.
        let isOver = kept?.until.map { until in forgotten.map { until <= $0 } ?? false } ?? false
        guard let kept, !isOver else {
            rows[waybill] = .some(nil)
            return nil
        }
        put(waybill, kept)
        return kept
    }

    private static func read(_ row: Row) throws -> Kept {
        let json: String = row[0]
        let entry = try CanonicalJSON.decode(Entry.self, from: Array(json.utf8))
        return Kept(entry: entry, isLost: row[1], until: row[2])
    }

    // MARK: All parcels of the station

    /// Parcels that wait for their recipients, and what is to come back.
    enum Which: String {
        case waiting = "waits AND NOT lost"
        case lost = "lost"
    }

    func all(_ which: Which) throws -> [(waybill: Waybill, entry: Entry)] {
        try flush()
        let statement = try db.cachedStatement(
            sql: "SELECT entry, lost, until, waybill FROM hold WHERE station = ? AND \(which.rawValue) ORDER BY waybill"
        )
        return try Row.fetchAll(statement, arguments: [station]).map {
            (Waybill(rawValue: $0[3]), try Self.read($0).entry)
        }
    }

    /// The station knows none of its parcels.
    ///
    /// - Parameter change: what the loss does to each.
    func loseAll(_ change: (inout Entry) -> Void) throws {
        try flush()
        let statement = try db.cachedStatement(sql: "SELECT entry, lost, until, waybill FROM hold WHERE station = ?")
        for row in try Row.fetchAll(statement, arguments: [station]) {
            var kept = try Self.read(row)
            kept.isLost = true
            change(&kept.entry)
            let waybill = Waybill(rawValue: row[3])
            put(waybill, kept)
            changed.insert(waybill)
        }
    }

    /// It has them back.
    func findAll() throws {
        try flush()
        try db.cachedStatement(sql: "UPDATE hold SET lost = 0 WHERE station = ? AND lost").execute(arguments: [station])
        rows = [:]
    }

    /// Writes what changed.
    func flush() throws {
        if let forgotten {
            try db.cachedStatement(sql: "DELETE FROM hold WHERE station = ? AND until <= ?")
                .execute(arguments: [station, forgotten])
        }
        forgotten = nil
        for waybill in changed {
            guard let kept = rows[waybill] ?? nil else {
                try db.cachedStatement(sql: "DELETE FROM hold WHERE station = ? AND waybill = ?")
                    .execute(arguments: [station, waybill.rawValue])
                continue
            }
            try write(waybill, kept)
        }
        changed = []
        guard reckoning != written else { return }
        try db.cachedStatement(
            sql: "INSERT INTO darkness (station, reckoning) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET reckoning = ?2"
        ).execute(arguments: [station, Self.text(reckoning)])
        written = reckoning
    }

    private func write(_ waybill: Waybill, _ kept: Kept) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO hold (station, waybill, waits, entry, until, lost) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                ON CONFLICT DO UPDATE SET waits = ?3, entry = ?4, until = ?5, lost = ?6
                """
        ).execute(arguments: [
            station, waybill.rawValue, kept.entry.isWaiting && kept.entry.hold.began != nil, Self.text(kept.entry),
            kept.until, kept.isLost,
        ])
    }

    private static func text(_ value: some Encodable) throws -> String {
        String(decoding: try CanonicalJSON.encode(value), as: UTF8.self)
    }
}
