import GRDB
import LockerDomain
import StationBooks

/// Codes that changed under their recipients. A station whose journal was damaged has forgotten joins and codes made anew, so
/// it makes a code of what it sees. The books follow: that code opens the door. But the recipient was told another, and only
/// the desk can say so.
extension ParcelBook {
    /// The recipient was told the code that counts now: of a part, that of what was announced as one with it.
    static func told(_ db: Database, station: String, waybill told: Waybill) throws {
        let waybill = try name(db, station: station, of: told)
        try tell(db, station: station, waybill, instead: nil)
        guard let whole = try parent(db, station: station, of: waybill), whole.told != nil,
            try find(db, station: station, waybill: waybill)?.code == whole.code
        else { return }
        try tell(db, station: station, whole.waybill, instead: nil)
    }

    /// Notes which code was told in place of the one that counts; `nil` for none.
    static func tell(_ db: Database, station: String, _ waybill: Waybill, instead code: Code?) throws {
        try db.cachedStatement(sql: "UPDATE parcel SET toldOf = ?, toldN = ? WHERE station = ? AND waybill = ?")
            .execute(arguments: [code?.of.rawValue, code?.n, station, waybill.rawValue])
    }

    /// Parcels whose recipients are to be told anew: of each station that has any, by waybill.
    static func toTellAnew(_ db: Database) throws -> [String: [String]] {
        var waybills: [String: [String]] = [:]
        let sql = "SELECT station, waybill FROM parcel WHERE toldOf IS NOT NULL ORDER BY station, waybill"
        for row in try Row.fetchAll(db, sql: sql) { waybills[row[0] as String, default: []].append(row[1] as String) }
        return waybills
    }
}
