import GRDB
import LockerDomain
import StationBooks

/// One person under several keys: the station knows a phone that was typed there by a random key, and one of a manifest by
/// the county's. A token names one key, so it opens the parcels of that key alone.
extension ParcelBook {
    /// What a token for one recipient opens at a station.
    struct Reach: Sendable {
        /// Parcels that the station knows by its key.
        var covered: [String] = []
        /// Other parcels of the same phone.
        var others: [String] = []
        /// One of these for each other key of that phone: a parcel by which its token is made.
        var further: [String] = []
    }

    /// What a token with this key of a station opens, and what else waits for the same phone, as far as the books know.
    static func reach(_ db: Database, station: String, ofRecipient key: String) throws -> Reach {
        // A typed phone counts before that of a manifest, which may be another's: the key of the sealed number tells whose.
        let rows = try SQLRequest<Row>(
            sql: """
                SELECT p.waybill, p.state IN ('closed', 'missing'), coalesce(p.typedKey, p.recipientKey),
                    iif(p.typedKey IS NULL AND p.recipientKey IS NOT NULL, p.recipientKey, (
                        SELECT c.recipientKey FROM contact c
                        WHERE c.station = p.station AND (c.waybill = p.waybill OR c.waybill IN (
                            SELECT f.number FROM formerNumber f
                            WHERE f.station = p.station AND f.waybill = p.waybill))
                        ORDER BY c.received DESC LIMIT 1))
                FROM parcel p WHERE p.station = ? ORDER BY p.waybill
                """,
            arguments: [station],
            cached: true
        ).fetchAll(db)
        let parcels = rows.map { row in
            let (waybill, isGone, own, phone): (String, Bool, String?, String?) = (row[0], row[1], row[2], row[3])
            return (waybill: waybill, isGone: isGone, key: own, phone: phone)
        }
        let phones = Set(parcels.filter { $0.key == key }.compactMap(\.phone))
        var reach = Reach()
        var keys: Set<String> = []
        for parcel in parcels where !parcel.isGone {
            if parcel.key == key {
                reach.covered.append(parcel.waybill)
            } else if let phone = parcel.phone, phones.contains(phone) {
                reach.others.append(parcel.waybill)
                if let other = parcel.key, keys.insert(other).inserted { reach.further.append(parcel.waybill) }
            }
        }
        return reach
    }
}
