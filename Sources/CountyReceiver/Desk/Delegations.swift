import CountyBooks
import CountySQLite
import GRDB
import LockerDomain
import StationBooks
import SyncWire

extension County {
    /// A token by which somebody takes a recipient's parcels (代取码).
    public struct Delegation: Sendable, Hashable, Codable {
        public var station: String
        /// Digits for a QR code.
        public var barcode: String
        /// Last moment it works, as people in China read it.
        public var expires: String
        /// Parcels at the station, or announced there, that it opens. What comes for the same key later is opened too.
        public var covers: [String]
        /// Other parcels of the same phone, which it does not open: the station knows them by another key.
        public var others: [String]
        /// By these parcels further tokens are made that open the others.
        public var further: [String]
    }

    /// Makes the token that opens all parcels that a station knows by one key of a recipient, for whoever shows it. A phone
    /// that was typed there has another key than the same one in a manifest.
    ///
    /// - Parameters:
    ///   - written: a waybill of the recipient, as it is printed.
    ///   - until: last moment it works, milliseconds since 1970.
    /// - Throws: `CountyFault` when nobody knows who the parcel is for, or the time is out of bounds.
    public func delegation(recipientOf written: String, station id: String, until: Int64) throws -> Delegation {
        let waybill = try Waybill(written: written)
        let time = now()
        guard until > time, until <= time + Limits.delegationDays * 86_400_000 else {
            throw CountyFault("--until", "is not within the next \(Limits.delegationDays) days")
        }
        let (station, recipient, reach) = try store.pool.read { db in
            let station = try StationRecord.need(db, id)
            let recipient = try ParcelBook.recipientKey(db, station: id, waybill: waybill)
            let reach = try recipient.map { try ParcelBook.reach(db, station: id, ofRecipient: $0) }
            return (station, recipient, reach ?? ParcelBook.Reach())
        }
        guard let recipient else {
            throw CountyFault(
                "waybill \(waybill)",
                "has no phone in a manifest for \(id), and none was typed there: nobody knows whose it is",
                mend: "load a manifest with the whole phone number, or let the keeper type it there"
            )
        }
        let key = try codeKey(of: station)
        let token = Token(
            kind: .delegation,
            keyID: key.tokenKeyID,
            id: Token.id(issued: UInt32(clamping: time / 1_000), random: randomBytes(4)),
            expiry: UInt32(clamping: until / 1_000),
            subject: Token.subject(ofRecipient: recipient),
            grants: Token.dated
        )
        return Delegation(
            station: id,
            barcode: token.authenticated(with: key),
            expires: WireTime.local(until),
            covers: reach.covered,
            others: reach.others,
            further: reach.further
        )
    }
}

/// A day as clerks type it (DESIGN rule 13: days are Asia/Shanghai days).
public enum ShanghaiDay {
    /// The last second of `2026-12-31`, milliseconds since 1970; `nil` for anything but such a day.
    public static func end(of text: String) -> Int64? {
        WireTime.milliseconds("\(text)T00:00:00.000Z").map { $0 - 8 * 3_600_000 + 86_400_000 - 1_000 }
    }
}
