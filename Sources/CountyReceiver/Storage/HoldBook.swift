import FoundationEssentials
import GRDB
import LockerDomain
import StationBooks
import SyncWire

/// The hold periods of a station's parcels, folded from its events by the code that the station runs (`Hold`,
/// `DarkReckoning`): both come to the same end.
enum HoldBook {
    /// What the end of a hold period follows from.
    struct Entry: Sendable, Hashable, Codable {
        var status: Parcel.Status
        var announced = false
        var chilled = false
        /// Declared fresh at the station.
        var isKeptCold: Bool?
        var hold = Hold()
        /// Last four digits of the recipient's phone, as the station knows it.
        var lastFour: String?

        var isCold: Bool { chilled || isKeptCold == true }
        /// Whether it waits for its recipient: a darkness of the station does not count against it.
        var isWaiting: Bool { status == .stored || status == .received }

        /// Until when the station has it in its books, so that what comes again goes on alike at both; `nil` while it is there.
        ///
        /// - Parameter time: of the last event, milliseconds since 1970.
        func until(_ time: Int64) -> Int64? {
            let day: Int64 = 86_400_000
            switch status {
            case .collected: return time + Limits.collectedParcelDays * day
            case .expected, .lost, .missing: return time + Limits.expectedParcelDays * day
            // What left with a run goes with the next day in China.
            case .returned: return time + day - (time + 8 * 3_600_000) % day
            case .inParts, .received, .stored, .withAgent, .refused, .retrieved: return nil
            }
        }
    }

    /// What the station has in its books now: not what a lost journal took from it, until that is back.
    static func find(_ db: Database, station: String, waybill: Waybill) throws -> Entry? {
        let statement = try db.cachedStatement(
            sql: "SELECT entry FROM hold WHERE station = ? AND waybill = ? AND NOT lost"
        )
        let text = try String.fetchOne(statement, arguments: [station, waybill.rawValue])
        return try text.map { try CanonicalJSON.decode(Entry.self, from: Array($0.utf8)) }
    }

    /// Of the parcel that a clerk means: of what comes in parts the first part that waits. A number that the station has not
    /// heard of yet is one of the family, whose entry counts whatever its status.
    static func meant(_ db: Database, station: String, by number: Waybill) throws -> Entry? {
        let own = try find(db, station: station, waybill: ParcelBook.name(db, station: station, of: number))
        guard own == nil || own?.status == .expected else { return own }
        let family = try ParcelBook.family(db, station: station, of: number)
        let entries = try family.compactMap { try find(db, station: station, waybill: $0) }
        return entries.first(where: \.isWaiting) ?? own ?? entries.first
    }
}
