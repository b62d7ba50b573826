import CountyBooks
import CountySQLite
import GRDB
import LockerDomain
import StationBooks
import SyncWire

/// What the county's clerks tell a station of parcels: each is a signed command that waits until the station says that
/// it is done.
extension County {
    /// A command that was queued.
    public struct Order: Sendable, Hashable, Codable {
        public var station: String
        /// Type of the command.
        public var type: String
        /// Its number; the station names it when it is done.
        public var command: Int
        /// Parcels it is about, normalised.
        public var waybills: [String]
        /// What the clerk is to know of it: which parcels the station will refuse unless they have come in by then.
        public var notes: [String] = []
    }

    /// A new code for a parcel.
    public struct Reissue: Sendable, Hashable, Codable {
        public var order: Order
        public var n: UInt32
        /// Eight digits; works from when the station has done the command.
        public var code: String
    }

    /// Recipients were told, or could not be told: the hold period begins, or the keeper tells them in person.
    ///
    /// - Parameter failure: why they could not be told; `nil` when they were.
    /// - Throws: `CountyFault` for parcels that are not at the station, none or too many of them.
    public func notice(_ written: [String], station: String, failure: String? = nil) throws -> Order {
        let bytesMax = 4 * Limits.noteCharactersMax
        let characters = 1...Limits.noteCharactersMax
        if let failure,
            !failure.isOneLine || !characters.contains(failure.count) || failure.utf8.count > bytesMax
        {
            throw CountyFault("--failed", "is not one line of 1 to \(Limits.noteCharactersMax) characters")
        }
        return try order("notices", written, station: station) { waybills in
            CommandMessage.NoticeList(notices: waybills.map { Notice(waybill: $0, failure: failure) })
        }
    }

    /// A parcel may wait longer.
    public func extendHold(_ written: String, hours: Int, station: String) throws -> Order {
        guard (1...Limits.extensionHoursMax).contains(hours) else {
            throw CountyFault("--hours \(hours)", "1 to \(Limits.extensionHoursMax) can be added")
        }
        return try order("extendHold", [written], station: station, isOfInside: true) { waybills in
            CommandMessage.HoldExtension(waybill: waybills[0], hours: hours)
        }
    }

    /// The county wants parcels back: the next courier takes them.
    public func recall(_ written: [String], station: String) throws -> Order {
        try order("recall", written, station: station, isOfInside: true) { CommandMessage.Recall(waybills: $0) }
    }

    /// Makes a parcel's code anew, above the `n` last heard of and unlike every other code of the station.
    ///
    /// - Throws: `CountyFault` while a manifest that gives the parcel another number is on its way: the command tells `n`
    ///   alone, and the station makes the code of the number that it has by then.
    public func reissue(_ written: String, station: String) throws -> Reissue {
        let waybill = try Waybill(written: written)
        let time = now()
        return try store.pool.write { db in
            let record = try StationRecord.need(db, station)
            let entry = try ParcelBook.needOpen(db, station: station, waybill: waybill)
            if let command = try ManifestsUnderway.joining(db, station: station, waybill, now: time) {
                throw CountyFault(
                    "waybill \(waybill)",
                    "gets another number by the manifest of command \(command), which is on its way 转单预报尚未送达",
                    mend: "wait until the station has taken the manifest, then try again 待站点收到后再试"
                )
            }
            var notes = try Self.absent(db, [waybill], station: station)
            if !notes.isEmpty { notes.append("the new code counts only if it has come in by then 届时已入站，新取件码才有效") }
            let key = try codeKey(of: record)
            let n = try CodeChoice(db, station: record, key: key).above(entry.n, entry.codeName)
            let command = try CommandQueue.add(
                db,
                station: station,
                type: "reissue",
                data: CommandMessage.Reissue(waybill: waybill, n: n),
                now: time,
                key: keys.signing
            )
            return Reissue(
                order: Order(
                    station: station,
                    type: command.type,
                    command: command.number,
                    waybills: [waybill.rawValue],
                    notes: notes
                ),
                n: n,
                code: PickupCode(entry.codeName, n: n, key: key).description
            )
        }
    }

    private func order<Content: Encodable>(
        _ type: String,
        _ written: [String],
        station: String,
        isOfInside: Bool = false,
        data: ([Waybill]) -> Content
    ) throws -> Order {
        guard (1...Limits.manifestEntriesMax).contains(written.count) else {
            throw CountyFault("\(written.count) waybills", "1 to \(Limits.manifestEntriesMax) fit one command")
        }
        var seen: Set<Waybill> = []
        let all = try written.map { try Waybill(written: $0) }.filter { seen.insert($0).inserted }
        let time = now()
        return try store.pool.write { db in
            _ = try StationRecord.need(db, station)
            for waybill in all { _ = try ParcelBook.needOpen(db, station: station, waybill: waybill) }
            let command = try CommandQueue.add(
                db,
                station: station,
                type: type,
                data: data(all),
                now: time,
                key: keys.signing
            )
            return try Order(
                station: station,
                type: type,
                command: command.number,
                waybills: all.map(\.rawValue),
                notes: isOfInside ? Self.absent(db, all, station: station) : []
            )
        }
    }

    /// Names the parcels that do not lie at the station by its last news: it refuses what is not inside, and nobody sees it.
    private static func absent(_ db: Database, _ waybills: [Waybill], station: String) throws -> [String] {
        let absent = try waybills.filter { try !ParcelBook.isThere(db, station: station, $0) }
        guard !absent.isEmpty else { return [] }
        return [
            "\(absent.map(\.rawValue).joined(separator: " ")): not at \(station) by its last news; the station refuses this "
                + "unless it has come in by then 站点最新消息未入站，届时仍未入站则站点不执行"
        ]
    }
}
