import CountyBooks
import GRDB
import LockerDomain
import StationBooks

/// Two numbers that are one parcel (转单号): the books have it under the one on its label.
extension ParcelBook {
    /// The station has made two numbers one parcel.
    static func join(_ db: Database, station: String, _ joined: Entry, formerly: Waybill, at time: Int64) throws {
        let known = try [joined.waybill, formerly].compactMap { try find(db, station: station, waybill: $0) }
        let open = known.filter { $0.state != .closed }
        var entry = joined
        entry.state = open.contains { $0.state == .stored } ? .stored : open.first?.state ?? .announced
        entry.recipientKey = open.compactMap(\.recipientKey).first
        let typed = try open.compactMap { try typedKey(db, station: station, waybill: $0.waybill) }.first
        try db.cachedStatement(sql: "DELETE FROM parcel WHERE station = ? AND waybill = ?").execute(arguments: [
            station, formerly.rawValue,
        ])
        try db.cachedStatement(sql: "DELETE FROM formerNumber WHERE station = ? AND number = ?").execute(arguments: [
            station, joined.waybill.rawValue,
        ])
        try db.cachedStatement(sql: "UPDATE formerNumber SET waybill = ?1 WHERE station = ?2 AND waybill = ?3").execute(
            arguments: [joined.waybill.rawValue, station, formerly.rawValue])
        try note(db, station: station, formerly, of: joined.waybill)
        try rename(db, station: station, formerly, to: joined.waybill)
        try set(db, station: station, entry, at: time)
        // The station chose the code of one of them: that is the one that was told.
        let told = open.map { $0.told ?? $0.code }
        try tell(db, station: station, joined.waybill, instead: told.contains(entry.code) ? nil : told.first)
        // The county's key takes its place, at the station too.
        if entry.recipientKey == nil { try self.typed(db, station: station, waybill: joined.waybill, key: typed) }
    }

    private static func typedKey(_ db: Database, station: String, waybill: Waybill) throws -> String? {
        try SQLRequest<String>(
            sql: "SELECT typedKey FROM parcel WHERE station = ? AND waybill = ?",
            arguments: [station, waybill.rawValue],
            cached: true
        ).fetchOne(db)
    }

    /// Why the numbers of a line are no one parcel.
    struct Objection: Sendable {
        var waybill: Waybill
        var cause: String
        var mend: String

        var fault: CountyFault { CountyFault("waybill \(waybill)", cause, mend: mend) }
    }

    /// Why the numbers of a line are no one parcel, as far as the books know; `nil` when they may be one. The station alone
    /// decides: `former(_:station:of:)`.
    static func objection(_ db: Database, station: String, to line: ManifestEntry) throws -> Objection? {
        guard let formerly = line.formerly, line.station == nil else { return nil }
        let numbers = try [formerly, line.waybill].map { try name(db, station: station, of: $0) }
        guard numbers[0] != numbers[1] else { return nil }
        let known = try numbers.compactMap { try find(db, station: station, waybill: $0) }
        guard known.count(where: { $0.state == .stored }) < 2 else {
            return Objection(
                waybill: line.waybill,
                cause: "lies at \(station), and so does \(formerly), they are two parcels 与 \(formerly) 都在站点，是两件",
                mend: "take the other number out of the line 请从该行删去另一单号"
            )
        }
        // Of the line's own number the county knows better than who typed a phone for it.
        let keys =
            try known.filter { $0.state != .closed }.map { entry in
                entry.waybill == numbers[1] ? entry.recipientKey : try countysKey(db, station: station, of: entry)
            } + [line.recipientKey]
        guard Set(keys.compactMap { $0 }).count < 2 else {
            return Objection(
                waybill: line.waybill,
                cause: "is for somebody else than \(formerly), they are two parcels 与 \(formerly) 的收件人不同，是两件",
                mend: "correct the phone, or take the other number out of the line 请更正电话，或从该行删去另一单号"
            )
        }
        return nil
    }

    /// The county's key of the recipient: as a manifest told it, else of the phone that was typed at the station.
    private static func countysKey(_ db: Database, station: String, of entry: Entry) throws -> String? {
        if let key = entry.recipientKey { return key }
        for number in try [entry.waybill] + formers(db, station: station, of: entry.waybill) {
            let contact = try ContactBook.find(db, station: station, waybill: number)
            if let key = contact?.recipientKey { return key }
        }
        return nil
    }

    private static func note(_ db: Database, station: String, _ number: Waybill, of waybill: Waybill) throws {
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO formerNumber (station, number, waybill) VALUES (?, ?, ?)")
            .execute(arguments: [station, number.rawValue, waybill.rawValue])
    }
}
