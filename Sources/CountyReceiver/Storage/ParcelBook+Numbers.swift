import CountyBooks
import GRDB
import LockerDomain
import StationBooks

/// One way for every look-up of a number: that of a parent stands for its parts, that of a part for its parent as long as
/// nobody has seen the part (子母件), and one that a parcel had before for the parcel (转单号, DESIGN 4.4).
extension ParcelBook {
    /// The number under which the books have a parcel.
    static func name(_ db: Database, station: String, of number: Waybill) throws -> Waybill {
        // A parcel of that number itself goes first.
        let statement = try db.cachedStatement(
            sql: """
                SELECT waybill FROM formerNumber WHERE station = ?1 AND number = ?2
                    AND NOT EXISTS (SELECT 1 FROM parcel WHERE station = ?1 AND waybill = ?2)
                """
        )
        let name = try String.fetchOne(statement, arguments: [station, number.rawValue])
        return name.map(Waybill.init(rawValue:)) ?? number
    }

    /// Numbers that a parcel had before.
    static func formers(_ db: Database, station: String, of waybill: Waybill) throws -> [Waybill] {
        try SQLRequest<String>(
            sql: "SELECT number FROM formerNumber WHERE station = ? AND waybill = ? ORDER BY number",
            arguments: [station, waybill.rawValue],
            cached: true
        ).fetchAll(db).map(Waybill.init(rawValue:))
    }

    /// The parcel that a clerk means.
    static func meant(_ db: Database, station: String, by number: Waybill) throws -> Entry? {
        if let entry = try outlook(db, station: station, of: number) { return entry }
        return try ChildParcel(number).flatMap { try outlook(db, station: station, of: $0.stem) }
    }

    /// Whether what a number means lies at its station by the last news: of what comes in parts, any of them.
    static func isThere(_ db: Database, station: String, _ number: Waybill) throws -> Bool {
        guard let entry = try outlook(db, station: station, of: number) else { return false }
        let all = try [entry] + parts(db, station: station, of: entry.waybill)
        return all.contains { $0.state == .stored }
    }

    /// What was announced as one with a part; `nil` for all other numbers.
    static func parent(_ db: Database, station: String, of part: Waybill) throws -> Entry? {
        guard let stem = ChildParcel(part)?.stem else { return nil }
        return try find(db, station: station, waybill: name(db, station: station, of: stem))
    }

    /// Parcels that call themselves parts of a number, by waybill.
    static func parts(_ db: Database, station: String, of parent: Waybill) throws -> [Entry] {
        try ([parent] + formers(db, station: station, of: parent)).flatMap { try parts(db, station, of: $0) }
    }

    private static func parts(_ db: Database, _ station: String, of parent: Waybill) throws -> [Entry] {
        // In ASCII the full stop follows the hyphen.
        try SQLRequest<Row>(
            sql: """
                SELECT \(columns) FROM parcel
                WHERE station = ?1 AND waybill > ?2 || '-' AND waybill < ?2 || '.' ORDER BY waybill
                """,
            arguments: [station, parent.rawValue],
            cached: true
        ).fetchAll(db).compactMap(entry).filter { ChildParcel($0.waybill)?.stem == parent }
    }

    /// All numbers of a parcel and of what was announced as one with it.
    static func family(_ db: Database, station: String, of number: Waybill) throws -> [Waybill] {
        let name = try name(db, station: station, of: number)
        let parent = try ChildParcel(name).flatMap { try outlook(db, station: station, of: $0.stem)?.waybill }
        let own = try [name, parent].compactMap { $0 }.map { try numbers(db, station: station, of: $0) }
        let children = try (own.last ?? []).flatMap { try parts(db, station, of: $0) }
        return [number] + (own.flatMap(\.self) + children.map(\.waybill)).filter { $0 != number }
    }

    /// By what the station knows who the parcel is for: the random key of a phone that was typed there, else the county's
    /// keyed hash; `nil` when neither a manifest nor anybody there told a phone.
    static func recipientKey(_ db: Database, station: String, waybill: Waybill) throws -> String? {
        for number in try family(db, station: station, of: waybill) {
            let key = try SQLRequest<String>(
                sql: "SELECT coalesce(typedKey, recipientKey) FROM parcel WHERE station = ? AND waybill = ?",
                arguments: [station, number.rawValue],
                cached: true
            ).fetchOne(db)
            if let key { return key }
        }
        return nil
    }

    /// The parcel while its code works, or will; else a fault that says so: it has left, or was not found.
    static func needOpen(_ db: Database, station: String, waybill: Waybill) throws -> Entry {
        guard let entry = try meant(db, station: station, by: waybill) else {
            throw CountyFault(
                "waybill \(waybill)",
                "is neither announced nor seen at \(station)",
                mend: "check the number and the station"
            )
        }
        guard entry.state != .closed else {
            throw CountyFault(
                "waybill \(waybill)",
                "has left \(station)",
                mend: "see county-server events --station \(station)"
            )
        }
        // The station does none of it either: nobody knows where it is.
        guard entry.state != .missing else {
            throw CountyFault(
                "waybill \(waybill)",
                "was not found at \(station) when somebody looked 未找到",
                mend: "let the keeper look for it and scan it where it lies, or report it lost 请站点查找后扫入，或报失"
            )
        }
        return entry
    }

    /// What was announced as one waits no longer once its last part has come, and is closed with the last of them.
    static func fulfil(_ db: Database, station: String, part: Waybill, at time: Int64) throws {
        guard let whole = try parent(db, station: station, of: part) else { return }
        guard try whole.state == .announced || came(db, station: station, whole.waybill) == 2 else { return }
        let all = try parts(db, station: station, of: whole.waybill).filter { isPart($0, of: whole) }
        // What left before the announcement came with another.
        let ofIt = all.filter { $0.state != .closed || $0.codeName == whole.codeName && $0.n == whole.n }
        let seen = try ofIt.filter { try came(db, station: station, $0.waybill) > 0 }
        guard !seen.isEmpty, seen.count >= ChildParcel.needed(by: seen.map(\.waybill)) else { return }
        let open = all.filter { $0.state != .closed }
        let found: State = open.allSatisfy { $0.state == .missing } ? .missing : .stored
        let state: State = open.isEmpty ? .closed : found
        try db.cachedStatement(
            sql: """
                UPDATE parcel SET state = ?1, changed = ?2, came = 2, toldOf = iif(?1 = 'closed', NULL, toldOf),
                    toldN = iif(?1 = 'closed', NULL, toldN)
                WHERE station = ?3 AND waybill = ?4
                """
        ).execute(arguments: [state.rawValue, time, station, whole.waybill.rawValue])
    }

    /// What a line of its own announced for somebody else is no part.
    private static func isPart(_ part: Entry, of parent: Entry) -> Bool {
        guard part.codeOf != parent.codeName, let theirs = part.recipientKey, let ours = parent.recipientKey else {
            return true
        }
        return theirs == ours
    }

    private static func came(_ db: Database, station: String, _ waybill: Waybill) throws -> Int {
        try SQLRequest<Int>(
            sql: "SELECT came FROM parcel WHERE station = ? AND waybill = ?",
            arguments: [station, waybill.rawValue],
            cached: true
        ).fetchOne(db) ?? 0
    }
}
