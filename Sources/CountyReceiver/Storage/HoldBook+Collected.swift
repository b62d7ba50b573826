import GRDB
import LockerDomain
import StationBooks
import SyncWire

extension HoldBook {
    /// Whether the station passes over a line, because its parcel was collected there and the line is for nobody else: a sheet
    /// that is loaded again. Known until the station's own clock says that it has forgotten it: `HoldLedger.forget`. That clock may
    /// be months behind.
    static func isCollected(_ db: Database, station: String, _ line: ManifestEntry) throws -> Bool {
        guard line.station == nil || line.station == station else { return false }
        let name = try ParcelBook.name(db, station: station, of: line.waybill)
        // What was announced anew since is another parcel.
        guard let known = try ParcelBook.find(db, station: station, waybill: name), known.state == .closed,
            let own = try find(db, station: station, waybill: name)
        else { return false }
        if own.status != .collected {
            // Announced as one: all its parts have left.
            let parts = try ParcelBook.parts(db, station: station, of: name)
            let isCollected = try parts.contains {
                try find(db, station: station, waybill: $0.waybill)?.status == .collected
            }
            guard own.status == .expected, isCollected else { return false }
        }
        return !line.isForAnother(than: known.recipientKey, lastFour: own.lastFour)
    }
}
