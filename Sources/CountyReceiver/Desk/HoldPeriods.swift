import CountyBooks
import CountySQLite
import GRDB
public import LockerDomain
public import StationBooks
import SyncWire

/// How long a parcel is held, reckoned as its station does, but for the hours of its policy: no event or status tells those.
extension County {
    /// The hold period (保管期) of one parcel.
    public struct HoldPeriod: Sendable, Hashable, Codable {
        public var station: String
        /// Normalised.
        public var waybill: String
        /// What the station's events made of it.
        public var hold: Hold
        /// Whether somebody looked at its place and did not find it (未找到).
        public var missing: Bool
        /// Whether it is held as chilled goods.
        public var chilled: Bool
        /// Hours that `end` is reckoned with, by the policy that was given; those that were added come on top.
        public var hours: Int
        /// When it is over, milliseconds since 1970, if the station's policy has the same hours; absent before the recipient
        /// was told.
        public var end: Int64?
    }

    /// The hold period of a parcel that the station has.
    ///
    /// - Parameter policy: that of the station, which only its own settings hold.
    /// - Throws: `CountyFault` for a parcel that the county knows nothing of, or hours that no policy has.
    public func holdPeriod(_ written: String, station: String, policy: Policy = Policy()) throws -> HoldPeriod {
        let options = [("--hours", policy.holdHours), ("--chilled-hours", policy.chilledHoldHours)]
        for (option, hours) in options where !(1...CountyLimits.holdHoursMax).contains(hours) {
            throw CountyFault(
                "\(option) \(hours)",
                "a hold period has 1 to \(CountyLimits.holdHoursMax) hours 保管期为 1 至 \(CountyLimits.holdHoursMax) 小时"
            )
        }
        let waybill = try Waybill(written: written)
        return try store.pool.read { db in
            _ = try StationRecord.need(db, station)
            guard let entry = try HoldBook.meant(db, station: station, by: waybill) else {
                // Of what left long ago no hold period is kept.
                let parcel = try ParcelBook.needOpen(db, station: station, waybill: waybill)
                if let lost = try IncarnationRecord.journalLost(db, station: station),
                    try ParcelBook.isKnown(db, station: station, parcel, before: lost)
                {
                    throw CountyFault(
                        "waybill \(waybill)",
                        "\(station) lost its journal at \(WireTime.local(lost)) and has said nothing of its hold period "
                            + "since: it is unknown 站点日志丢失，保管期未知",
                        mend:
                            "wait until the station has its events back, or let the keeper audit the place where it lies, "
                            + "then notify the recipient again 请待站点取回记录，或由站点盘点后重新通知收件人"
                    )
                }
                throw CountyFault(
                    "waybill \(waybill)",
                    "was never seen at \(station)",
                    mend: "check the number and the station"
                )
            }
            return HoldPeriod(
                station: station,
                waybill: waybill.rawValue,
                hold: entry.hold,
                missing: entry.status == .missing,
                chilled: entry.isCold,
                hours: entry.isCold ? policy.chilledHoldHours : policy.holdHours,
                end: entry.hold.end(chilled: entry.isCold, policy)
            )
        }
    }
}
