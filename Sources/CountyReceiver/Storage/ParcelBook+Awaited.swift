import GRDB
import LockerDomain
import StationBooks

/// What a manifest says of two numbers until the station has decided: it may refuse, so their rows stay apart. A clerk who
/// asks meanwhile finds one parcel by either number, under the code that was told.
extension ParcelBook {
    /// The number under which the books have what a line names as its former one, when its manifest is to be waited for;
    /// `nil` when they are one already, and where the station alone can say which code counts: both were known.
    static func former(_ db: Database, station: String, of line: ManifestEntry) throws -> Waybill? {
        guard let formerly = line.formerly, line.station == nil else { return nil }
        let (number, waybill) = try (
            name(db, station: station, of: formerly), name(db, station: station, of: line.waybill)
        )
        guard number != waybill else { return nil }
        let (old, new) = try (find(db, station: station, waybill: number), find(db, station: station, waybill: waybill))
        guard let old else { return number }
        guard old.state != .closed else { return nil }
        return try new == nil || awaited(db, station, of: waybill).contains(number) ? number : nil
    }

    /// Waits for the station's word, which comes with this command at the latest.
    static func wait(
        _ db: Database,
        station: String,
        for number: Waybill,
        as waybill: Waybill,
        command: Int
    ) throws {
        // The later line says which of them is on the label.
        try db.cachedStatement(sql: "DELETE FROM awaitedNumber WHERE station = ? AND number = ? AND waybill = ?")
            .execute(arguments: [station, waybill.rawValue, number.rawValue])
        try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO awaitedNumber (station, number, waybill, command) VALUES (?, ?, ?, ?)"
        ).execute(arguments: [station, number.rawValue, waybill.rawValue, command])
    }

    /// The station has done a command, or refused it: what it made one parcel it has said before. What hangs on a command
    /// that was replaced or has expired will never come.
    static func settled(_ db: Database, station: String, command: Int, at time: Int64) throws {
        try db.cachedStatement(
            sql: """
                DELETE FROM awaitedNumber WHERE station = ?1 AND (command = ?2 OR command NOT IN (
                    SELECT number FROM command WHERE station = ?1 AND state = 'pending' AND expires > ?3))
                """
        ).execute(arguments: [station, command, time])
    }

    /// A command was ordered anew under another number: what is awaited of it comes with that.
    static func renumbered(_ db: Database, station: String, command: Int, to number: Int) throws {
        try db.cachedStatement(sql: "UPDATE awaitedNumber SET command = ? WHERE station = ? AND command = ?").execute(
            arguments: [number, station, command])
    }

    /// The station has made two numbers one: what is awaited of either is about that parcel.
    static func rename(_ db: Database, station: String, _ number: Waybill, to waybill: Waybill) throws {
        let arguments: StatementArguments = [station, number.rawValue, waybill.rawValue]
        for sql in [
            "DELETE FROM awaitedNumber WHERE station = ?1 AND number IN (?2, ?3) AND waybill IN (?2, ?3)",
            "UPDATE OR REPLACE awaitedNumber SET number = ?3 WHERE station = ?1 AND number = ?2",
            "UPDATE awaitedNumber SET waybill = ?3 WHERE station = ?1 AND waybill = ?2",
        ] {
            try db.cachedStatement(sql: sql).execute(arguments: arguments)
        }
    }

    /// The parcel of a number as the books will have it when the station has heard all; `nil` for one that they do not know.
    static func outlook(_ db: Database, station: String, of number: Waybill) throws -> Entry? {
        var waybill = try name(db, station: station, of: number)
        for _ in 0..<Limits.formerNumbersMax {
            guard let next = try successor(db, station, of: waybill) else { break }
            waybill = next
        }
        return try outlook(db, station, waybill, depth: Limits.formerNumbersMax)
    }

    private static func outlook(_ db: Database, _ station: String, _ waybill: Waybill, depth: Int) throws -> Entry? {
        guard var entry = try find(db, station: station, waybill: waybill), depth > 0 else { return nil }
        let numbers = try awaited(db, station, of: waybill).filter { try mayBeOne(db, station, $0, waybill) }
        for number in numbers {
            guard let old = try outlook(db, station, number, depth: depth - 1) else { continue }
            // Told is told; what came since the line was loaded does not change it.
            entry.n = old.n
            entry.codeOf = old.codeName == waybill ? nil : old.codeName
            entry.told = old.told
            if old.state == .stored || old.state == .missing && entry.state == .announced { entry.state = old.state }
            entry.recipientKey = entry.recipientKey ?? old.recipientKey
        }
        return entry
    }

    /// All numbers of one parcel: those that it had before, and those that a manifest gives it.
    static func numbers(_ db: Database, station: String, of number: Waybill) throws -> [Waybill] {
        var all = [number]
        var index = 0
        while index < all.count {
            let one = all[index]
            let before = try awaited(db, station, of: one).filter { try mayBeOne(db, station, $0, one) }
            let next = try successor(db, station, of: one).map { [$0] } ?? []
            for other in try formers(db, station: station, of: one) + before + next where !all.contains(other) {
                all.append(other)
            }
            index += 1
        }
        return all
    }

    /// Former numbers of a parcel by the manifests that are on their way.
    private static func awaited(_ db: Database, _ station: String, of waybill: Waybill) throws -> [Waybill] {
        try SQLRequest<String>(
            sql: "SELECT number FROM awaitedNumber WHERE station = ? AND waybill = ? ORDER BY command, number",
            arguments: [station, waybill.rawValue],
            cached: true
        ).fetchAll(db).map(Waybill.init(rawValue:))
    }

    /// The number that a manifest on its way gives to a parcel.
    private static func successor(_ db: Database, _ station: String, of number: Waybill) throws -> Waybill? {
        let text = try SQLRequest<String>(
            sql: "SELECT waybill FROM awaitedNumber WHERE station = ? AND number = ?",
            arguments: [station, number.rawValue],
            cached: true
        ).fetchOne(db)
        guard let waybill = text.map(Waybill.init(rawValue:)), try mayBeOne(db, station, number, waybill) else {
            return nil
        }
        return waybill
    }

    /// Whether the station can still make them one: neither has left, and not both lie there.
    private static func mayBeOne(
        _ db: Database,
        _ station: String,
        _ number: Waybill,
        _ waybill: Waybill
    ) throws -> Bool {
        let old = try find(db, station: station, waybill: number)
        guard let new = try find(db, station: station, waybill: waybill) else { return false }
        return old?.state != .closed && new.state != .closed && (old?.state != .stored || new.state != .stored)
    }
}
