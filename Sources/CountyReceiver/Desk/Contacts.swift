import GRDB
import LockerDomain
import SyncWire

extension County {
    /// A recipient's phone number, opened for a clerk.
    public struct Contact: Sendable, Hashable, Codable {
        public var station: String
        /// Normalised, as the station knows it.
        public var waybill: String
        public var phone: String
        /// When it came, milliseconds since 1970.
        public var received: Int64
    }

    /// Opens the phone number that was typed for a parcel.
    ///
    /// - Throws: `CountyFault` when there is none (any more), or when it was sealed for another county's key.
    public func contact(_ written: String, station: String) throws -> Contact {
        let waybill = try Waybill(written: written)
        let entry = try store.pool.read { db in
            _ = try StationRecord.need(db, station)
            return try ContactBook.find(db, station: station, waybill: waybill)
        }
        guard let entry else {
            throw CountyFault(
                "phone for \(waybill)",
                "none was typed at \(station), or it is erased \(CountyLimits.contactDays) days after the parcel's end"
            )
        }
        guard let phone = try? ContactSeal.open(entry.sealed, of: waybill, at: station, with: keys.exchange) else {
            throw CountyFault(
                "phone for \(waybill)",
                "does not open with keys/exchange",
                mend: "restore keys/ and county.sqlite from the same backup"
            )
        }
        return Contact(station: station, waybill: waybill.rawValue, phone: phone, received: entry.received)
    }

    /// Erases phone numbers 30 days after their parcels' end (DESIGN rule 10). Returns how many went.
    @discardableResult
    public func eraseContacts() throws -> Int {
        let time = now()
        return try store.pool.write { try ContactBook.erase($0, at: time) }
    }
}
