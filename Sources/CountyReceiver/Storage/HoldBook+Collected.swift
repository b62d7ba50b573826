import GRDB
import LockerDomain
import SyncWire

extension HoldBook {
    /// Whether the station passes over a line, because its parcel was collected there and the line is for nobody else: a sheet
    /// that is loaded again. Known as long as the station knows it.
    static func isCollected(_ db: Database, station: String, _ line: ManifestEntry, now: Int64) throws -> Bool {
        guard line.station == nil || line.station == station else { return false }
        let name = try ParcelBook.name(db, station: station, of: line.waybill)
        // What was announced anew since is another parcel.
        guard let known = try ParcelBook.find(db, station: station, waybill: name), known.state == .closed,
            let own = try kept(db, station: station, waybill: name, now: now)
        else { return false }
        if own.status != .collected {
            // Announced as one: all its parts have left.
            let parts = try ParcelBook.parts(db, station: station, of: name)
            let isCollected = try parts.contains {
                try kept(db, station: station, waybill: $0.waybill, now: now)?.status == .collected
            }
            guard own.status == .expected, isCollected else { return false }
        }
        return !line.isForAnother(than: known.recipientKey, lastFour: own.lastFour)
    }

    /// What the station still has in its books; rows that are over go with its next event.
    private static func kept(_ db: Database, station: String, waybill: Waybill, now: Int64) throws -> Entry? {
        let isKept = try Bool.fetchOne(
            db,
            sql: "SELECT until IS NULL OR until > ? FROM hold WHERE station = ? AND waybill = ?",
            arguments: [now, station, waybill.rawValue]
        )
        guard isKept == true else { return nil }
        return try find(db, station: station, waybill: waybill)
    }
}
