import CountyBooks
import CountySQLite
import GRDB
import LockerDomain
import OfficeSheets
import StationBooks
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
        /// Other parcels of the same person at the station, whether a manifest or somebody there told their phone.
        public var others: [String]
        /// Whether the recipient was told a code that opens the parcel no longer.
        public var codeChanged = false
    }

    /// The county's own key of a number that a station sealed; `nil` when it does not open.
    func recipientKey(ofSealed bytes: [UInt8], _ waybill: Waybill, station: String) -> String? {
        let phone = try? ContactSeal.open(bytes, of: waybill, at: station, with: keys.exchange)
        return phone.flatMap(SheetPhone.init)?.digits.map(keys.recipientKey)
    }

    /// Opens the phone number that was typed for a parcel.
    ///
    /// - Throws: `CountyFault` when there is none (any more), or when it was sealed for another county's key.
    public func contact(_ written: String, station: String) throws -> Contact {
        let waybill = try Waybill(written: written)
        let found: (number: Waybill, entry: ContactBook.Entry, same: [String], changed: Bool)? = try store.pool.read {
            db in
            _ = try StationRecord.need(db, station)
            for number in try ParcelBook.family(db, station: station, of: waybill) {
                guard let entry = try ContactBook.find(db, station: station, waybill: number) else { continue }
                let key = entry.recipientKey
                let same = try key.map { try ParcelBook.waybills(db, station: station, ofRecipient: $0) } ?? []
                let name = try ParcelBook.name(db, station: station, of: waybill)
                let own = try ParcelBook.numbers(db, station: station, of: name).map(\.rawValue)
                let changed = try ParcelBook.meant(db, station: station, by: waybill)?.told != nil
                return (number, entry, same.filter { !own.contains($0) }, changed)
            }
            return nil
        }
        guard let (number, entry, same, changed) = found else {
            throw CountyFault(
                "phone for \(waybill)",
                "none was typed at \(station), or it is erased \(CountyLimits.contactDays) days after the parcel's end "
                    + "站点未录入，或已在完结 \(CountyLimits.contactDays) 天后删除"
            )
        }
        guard let phone = try? ContactSeal.open(entry.sealed, of: number, at: station, with: keys.exchange) else {
            throw CountyFault(
                "phone for \(waybill)",
                "does not open with keys/exchange 用 keys/exchange 打不开",
                mend: "restore keys/ and county.sqlite from the same backup 请从同一备份恢复 keys/ 和 county.sqlite"
            )
        }
        return Contact(
            station: station,
            waybill: waybill.rawValue,
            phone: phone,
            received: entry.received,
            others: same.filter { $0 != waybill.rawValue },
            codeChanged: changed
        )
    }

    /// Erases phone numbers 30 days after their parcels' end (DESIGN rule 10). Returns how many went. Only the server does,
    /// hour by hour.
    ///
    /// - Throws: `CountyFault` while nobody vouches for the clock: one that is ahead would erase what people still need.
    @discardableResult
    public func eraseContacts() throws -> Int {
        let check = try lookAtClock()
        guard check.mayErase else {
            let state = ClockState(check)
            throw CountyFault(
                "phone numbers",
                "none is erased, the clock shows \(WireTime.local(state.wall)) 暂不删除，本机时间为 \(WireTime.local(state.wall)): "
                    + (state.isInDoubt
                        ? state.reason : "neither NTP here nor that of a station vouches for it 本机和站点的网络时间都未确认"),
                mend: "let NTP set this machine's clock 请为本机启用网络校时"
            )
        }
        let time = check.reading.wall
        return try store.pool.write { try ContactBook.erase($0, at: time) }
    }
}
