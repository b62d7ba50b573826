import CountyBooks
import CountySQLite
import GRDB
import LockerDomain
import StationBooks
import SyncWire

extension County {
    /// What the county tells a recipient (取件通知).
    public struct PickupNotice: Sendable, Hashable, Codable {
        /// Where the parcel lies, or will.
        public var station: String
        /// Normalised, as the station knows it.
        public var waybill: String
        /// Eight digits (取件码).
        public var code: String
        /// Counter under which the code is made.
        public var n: UInt32
        /// The code that was told or announced before, when the station has another since that nobody made anew: it opens
        /// the parcel no longer, and the recipient is to be told again.
        public var formerCode: String?
        /// Parts of it (子件) whose codes are others by now; each has a notice of its own.
        public var partsChanged: [String] = []
        /// `announced`, `stored`, `missing` (somebody looked and did not find it), `closed`; `nil` when the county knows nothing of the waybill.
        public var state: String?
        /// When the station was last heard, milliseconds since 1970: the state is as old; `nil` for never.
        public var heard: Int64?
        /// Digits for a QR code (取件二维码); `nil` when none was asked for.
        public var token: String?
        /// Last moment the token works, as people in China read it.
        public var tokenExpires: String?

        /// The state as clerks read it.
        public var stateWords: String {
            switch state {
            case "announced": "announced 已预报"
            case "stored": "stored 在站"
            case "missing": "missing: not found there when somebody looked; the code opens nothing 未找到，取件码暂不可用"
            case "closed": "closed 已离站"
            case let other?: other
            case nil: "unknown here: neither announced nor seen 未预报"
            }
        }
    }

    /// The code of a waybill, from the station's key K and the `n` last heard of: reported by the station, else given
    /// in a manifest, else 0.
    ///
    /// - Parameters:
    ///   - written: the waybill as it is printed.
    ///   - tokenDays: days that a token for scanning shall live; `nil` for no token.
    /// - Throws: `CountyFault` for a station that is not known or a text that is no waybill.
    public func pickupNotice(_ written: String, station id: String, tokenDays: Int64? = nil) throws -> PickupNotice {
        let waybill = try Waybill(written: written)
        let (station, parcel, parts, heard) = try store.pool.read { db in
            let heard = try StationRecord.lastContact(db, id)
            let parcel = try ParcelBook.meant(db, station: id, by: waybill)
            let parts = try parcel.map { try ParcelBook.parts(db, station: id, of: $0.waybill) } ?? []
            return (try StationRecord.need(db, id), parcel, parts, heard)
        }
        let key = try codeKey(of: station)
        let (name, n) = (parcel?.codeName ?? waybill, parcel?.n ?? 0)
        var notice = PickupNotice(
            station: id,
            waybill: waybill.rawValue,
            code: PickupCode(name, n: n, key: key).description,
            n: n,
            formerCode: parcel?.told.map { PickupCode($0.of, n: $0.n, key: key).description },
            partsChanged: parts.filter { $0.told != nil }.map(\.waybill.rawValue),
            state: parcel?.state.rawValue,
            heard: heard
        )
        if let tokenDays {
            guard (1...CountyLimits.tokenDaysMax).contains(tokenDays) else {
                throw CountyFault("--expires-days \(tokenDays)", "a token lives 1 to \(CountyLimits.tokenDaysMax) days")
            }
            let expires = now() + tokenDays * 86_400_000
            let token = Token(
                kind: .pickup,
                keyID: key.tokenKeyID,
                id: randomBytes(8),
                expiry: UInt32(clamping: expires / 1_000),
                subject: Token.subject(of: name, n: n),
                grants: 0
            )
            notice.token = token.authenticated(with: key)
            notice.tokenExpires = WireTime.local(expires)
        }
        return notice
    }
}

extension Waybill {
    /// The number as it is printed on a label, normalised as stations do it.
    init(written: String) throws(CountyFault) {
        guard let reading = try? WaybillReading(written), reading.isWaybill else {
            throw CountyFault(
                "waybill \"\(written.prefix(40))\"",
                "is not a waybill number 不是运单号",
                mend: "read the label again 请重新核对面单"
            )
        }
        self.init(rawValue: reading.normalized)
    }
}
