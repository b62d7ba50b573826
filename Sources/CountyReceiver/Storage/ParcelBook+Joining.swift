import GRDB
import LockerDomain

/// Two numbers that are one parcel (转单号): the books have it under the one on its label.
extension ParcelBook {
    /// The station has made two numbers one parcel.
    static func join(_ db: Database, station: String, _ joined: Entry, formerly: Waybill, at time: Int64) throws {
        let known = try [joined.waybill, formerly].compactMap { try find(db, station: station, waybill: $0) }
        let states = known.map(\.state)
        var entry = joined
        entry.state = states.contains(.stored) ? .stored : .announced
        entry.recipientKey = known.compactMap(\.recipientKey).first
        try db.execute(
            sql: "DELETE FROM parcel WHERE station = ? AND waybill = ?",
            arguments: [station, formerly.rawValue]
        )
        try db.execute(
            sql: "DELETE FROM formerNumber WHERE station = ? AND number = ?",
            arguments: [station, joined.waybill.rawValue]
        )
        try db.execute(
            sql: "UPDATE formerNumber SET waybill = ?1 WHERE station = ?2 AND waybill = ?3",
            arguments: [joined.waybill.rawValue, station, formerly.rawValue]
        )
        try note(db, station: station, formerly, of: joined.waybill)
        try set(db, station: station, entry, at: time)
    }

    /// A manifest says so. What the station alone can decide waits for its word: which code was told when both numbers are
    /// known.
    static func announce(
        _ db: Database,
        station: String,
        _ waybill: Waybill,
        formerly: Waybill,
        recipientKey: String?,
        at time: Int64
    ) throws {
        let name = try name(db, station: station, of: formerly)
        guard name != waybill else { return }
        let (old, new) = try (find(db, station: station, waybill: name), find(db, station: station, waybill: waybill))
        guard old?.state != .stored || new?.state != .stored else {
            throw CountyFault(
                "waybill \(waybill)",
                "lies at \(station), and so does \(formerly): they are two parcels",
                mend: "take the other number out of the line"
            )
        }
        let keys = [old, new].compactMap { $0 }.filter { $0.state != .closed }.map(\.recipientKey) + [recipientKey]
        guard Set(keys.compactMap { $0 }).count < 2 else {
            throw CountyFault(
                "waybill \(waybill)",
                "is for somebody else than \(formerly): they are two parcels",
                mend: "correct the phone, or take the other number out of the line"
            )
        }
        if var entry = old, entry.state != .closed, new == nil {
            entry.codeOf = entry.codeName
            entry.waybill = waybill
            try join(db, station: station, entry, formerly: name, at: time)
        } else if old == nil {
            try note(db, station: station, formerly, of: waybill)
        }
    }

    private static func note(_ db: Database, station: String, _ number: Waybill, of waybill: Waybill) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO formerNumber (station, number, waybill) VALUES (?, ?, ?)",
            arguments: [station, number.rawValue, waybill.rawValue]
        )
    }
}
