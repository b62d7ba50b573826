import GRDB
import LockerDomain

/// What the county knows of the parcels at its stations: enough for codes and for choosing `n` (DESIGN 4.4).
enum ParcelBook {
    /// Where a parcel stands.
    enum State: String {
        case announced, stored, closed
    }

    /// One parcel.
    struct Entry: Sendable {
        var waybill: Waybill
        var n: UInt32
        var state: State
        /// The county's keyed hash of the recipient's phone, when it was told now.
        var recipientKey: String?
    }

    static func find(_ db: Database, station: String, waybill: Waybill) throws -> Entry? {
        let row = try Row.fetchOne(
            db,
            sql: "SELECT n, state FROM parcel WHERE station = ? AND waybill = ?",
            arguments: [station, waybill.rawValue]
        )
        return row.flatMap { row in
            State(rawValue: row[1]).map { Entry(waybill: waybill, n: row[0], state: $0) }
        }
    }

    /// All parcels of a station whose code is announced and works, or will.
    static func open(_ db: Database, station: String) throws -> [Entry] {
        try Row.fetchAll(
            db,
            sql: "SELECT waybill, n, state FROM parcel WHERE station = ? AND state <> 'closed'",
            arguments: [station]
        ).compactMap { row in
            State(rawValue: row[2]).map { Entry(waybill: Waybill(rawValue: row[0]), n: row[1], state: $0) }
        }
    }

    static func set(_ db: Database, station: String, _ entry: Entry, at time: Int64) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO parcel (station, waybill, n, state, changed, recipientKey) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                ON CONFLICT DO UPDATE SET n = ?3, state = ?4, changed = ?5, recipientKey = coalesce(?6, recipientKey),
                    typedKey = iif(?6 IS NULL, typedKey, NULL)
                """
        ).execute(arguments: [
            station, entry.waybill.rawValue, entry.n, entry.state.rawValue, time, entry.recipientKey,
        ])
    }

    /// It lies at another place of the station, under the same code.
    static func move(_ db: Database, station: String, waybill: Waybill, at time: Int64) throws {
        try db.cachedStatement(
            sql: "UPDATE parcel SET state = 'stored', changed = ? WHERE station = ? AND waybill = ?"
        ).execute(arguments: [time, station, waybill.rawValue])
    }

    static func close(_ db: Database, station: String, waybill: Waybill, at time: Int64) throws {
        try db.cachedStatement(
            sql: "UPDATE parcel SET state = 'closed', changed = ? WHERE station = ? AND waybill = ?"
        ).execute(arguments: [time, station, waybill.rawValue])
    }
}

extension ParcelBook {
    /// A manifest never takes back what happened: a parcel that lies at the station stays stored, under the code that the
    /// station reports; whose it is may be new all the same.
    static func announce(_ db: Database, station: String, _ entry: ManifestEntry, at time: Int64) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO parcel (station, waybill, n, state, changed, recipientKey)
                VALUES (?1, ?2, ?3, 'announced', ?4, ?5)
                ON CONFLICT DO UPDATE SET n = iif(state = 'stored', n, ?3),
                    changed = iif(state = 'stored', changed, ?4), recipientKey = coalesce(?5, recipientKey),
                    state = iif(state = 'stored', state, 'announced')
                """
        ).execute(arguments: [station, entry.waybill.rawValue, entry.n, time, entry.recipientKey])
    }

    /// By what the station knows the recipient now.
    static func typed(_ db: Database, station: String, waybill: Waybill, key: String?) throws {
        try db.cachedStatement(sql: "UPDATE parcel SET typedKey = ? WHERE station = ? AND waybill = ?")
            .execute(arguments: [key, station, waybill.rawValue])
    }

    /// By what the station knows who the parcel is for: the random key of a phone that was typed there, else the county's
    /// keyed hash; `nil` when neither a manifest nor anybody there told a phone.
    static func recipientKey(_ db: Database, station: String, waybill: Waybill) throws -> String? {
        try String.fetchOne(
            db,
            sql: "SELECT coalesce(typedKey, recipientKey) FROM parcel WHERE station = ? AND waybill = ?",
            arguments: [station, waybill.rawValue]
        )
    }

    /// Parcels at the station whose recipient has this key of the county, told by a manifest or typed there.
    static func waybills(_ db: Database, station: String, ofRecipient key: String) throws -> [String] {
        try String.fetchAll(
            db,
            sql: """
                SELECT waybill FROM parcel WHERE station = ?1 AND recipientKey = ?2 AND state <> 'closed' UNION
                SELECT waybill FROM contact WHERE station = ?1 AND recipientKey = ?2 ORDER BY waybill
                """,
            arguments: [station, key]
        )
    }

    /// The parcel while its code works, or will; else a fault that says so.
    static func needOpen(_ db: Database, station: String, waybill: Waybill) throws -> Entry {
        guard let entry = try find(db, station: station, waybill: waybill) else {
            throw CountyFault(
                "waybill \(waybill)",
                "is neither announced nor seen at \(station)",
                mend: "check the number and the station"
            )
        }
        guard entry.state != .closed else {
            throw CountyFault(
                "waybill \(waybill)",
                "has left \(station)",
                mend: "see county-server events --station \(station)"
            )
        }
        return entry
    }
}
