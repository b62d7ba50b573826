import GRDB
import LockerDomain
import SyncWire

extension County {
    /// A token by which somebody takes a recipient's parcels (代取码).
    public struct Delegation: Sendable, Hashable, Codable {
        public var station: String
        /// Digits for a QR code.
        public var barcode: String
        /// Last moment it works, as people in China read it.
        public var expires: String
    }

    /// Makes the token that opens all parcels of one recipient at one station, for whoever shows it.
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
        let (station, recipient) = try store.pool.read { db in
            (
                try StationRecord.need(db, id),
                try ParcelBook.recipientKey(db, station: id, waybill: waybill)
            )
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
            expires: WireTime.local(until)
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
