import FoundationEssentials
import GRDB
import LockerDomain

/// Phone numbers of recipients as stations sealed them: the books alone show none (DESIGN rule 10).
enum ContactBook {
    /// A sealed number.
    struct Entry: Sendable {
        var sealed: [UInt8]
        /// Milliseconds since 1970.
        var received: Int64
        /// The county's own keyed hash of it; `nil` when it does not open.
        var recipientKey: String?
    }

    /// Keeps a number in place of an older one of the parcel, with the county's own key of its recipient: in these books
    /// alone the two keys of one person meet (DESIGN 4.4). `false` when the station has too many.
    static func keep(
        _ db: Database,
        station: String,
        waybill: Waybill,
        sealed: [UInt8],
        recipientKey: String?,
        at time: Int64
    ) throws -> Bool {
        let others = try Int.fetchOne(
            db,
            sql: "SELECT count(*) FROM contact WHERE station = ? AND waybill <> ?",
            arguments: [station, waybill.rawValue]
        )
        guard others ?? 0 < CountyLimits.contactsMax else { return false }
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO contact (station, waybill, sealed, received, recipientKey) VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [station, waybill.rawValue, Data(sealed), time, recipientKey]
        )
        return true
    }

    static func find(_ db: Database, station: String, waybill: Waybill) throws -> Entry? {
        let row = try Row.fetchOne(
            db,
            sql: "SELECT sealed, received, recipientKey FROM contact WHERE station = ? AND waybill = ?",
            arguments: [station, waybill.rawValue]
        )
        return row.map { row in
            let sealed: Data = row[0]
            return Entry(sealed: Array(sealed), received: row[1], recipientKey: row[2])
        }
    }

    /// Erases what is over for `CountyLimits.contactDays`, and what is so old that its end was never reported. Returns
    /// how many went.
    static func erase(_ db: Database, at time: Int64) throws -> Int {
        try db.execute(
            sql: """
                DELETE FROM contact WHERE received <= ? OR EXISTS (
                    SELECT 1 FROM parcel p LEFT JOIN formerNumber f ON f.station = p.station AND f.waybill = p.waybill
                    WHERE p.station = contact.station AND contact.waybill IN (p.waybill, f.number)
                        AND p.state = 'closed' AND p.changed <= ?)
                """,
            arguments: [
                time - CountyLimits.contactDaysMax * 86_400_000, time - CountyLimits.contactDays * 86_400_000,
            ]
        )
        return db.changesCount
    }
}
