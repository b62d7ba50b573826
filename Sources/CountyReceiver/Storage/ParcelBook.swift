import GRDB
import LockerDomain
import StationBooks

/// What the county knows of the parcels at its stations: enough for codes and for choosing `n` (DESIGN 4.4).
enum ParcelBook {
    /// Where a parcel stands.
    enum State: String {
        case announced, stored, closed
        /// Somebody looked at its place and did not find it (未找到).
        case missing
    }

    /// One parcel.
    struct Entry: Sendable {
        var waybill: Waybill
        var n: UInt32
        var state: State
        /// The number that its code is made of, when that is another than its own.
        var codeOf: Waybill?
        /// The county's keyed hash of the recipient's phone, when it was told now.
        var recipientKey: String?

        /// The code that was told or announced, when the station has another since and made none anew; the recipient is to
        /// be told.
        var told: Code?

        /// The number that its code is made of.
        var codeName: Waybill { codeOf ?? waybill }
        /// What its code is made of.
        var code: Code { Code(of: codeName, n: n) }
    }

    /// What a code is made of beside the station's key.
    struct Code: Sendable, Hashable {
        var of: Waybill
        var n: UInt32
    }

    /// What `entry(_:)` reads.
    static let columns = "waybill, n, state, codeOf, recipientKey, toldOf, toldN"

    /// The parcel of exactly this number.
    static func find(_ db: Database, station: String, waybill: Waybill) throws -> Entry? {
        let statement = try db.cachedStatement(sql: "SELECT \(columns) FROM parcel WHERE station = ? AND waybill = ?")
        return try Row.fetchOne(statement, arguments: [station, waybill.rawValue]).flatMap(entry)
    }

    static func entry(_ row: Row) -> Entry? {
        guard let state = State(rawValue: row[2]) else { return nil }
        let (codeOf, toldOf, toldN): (String?, String?, UInt32?) = (row[3], row[5], row[6])
        var told: Code?
        if let toldOf, let toldN { told = Code(of: Waybill(rawValue: toldOf), n: toldN) }
        return Entry(
            waybill: Waybill(rawValue: row[0]),
            n: row[1],
            state: state,
            codeOf: codeOf.map(Waybill.init(rawValue:)),
            recipientKey: row[4],
            told: told
        )
    }

    /// All parcels of a station whose code is announced and works, or will.
    static func open(_ db: Database, station: String) throws -> [Entry] {
        try SQLRequest<Row>(
            sql: "SELECT \(columns) FROM parcel WHERE station = ? AND state <> 'closed'",
            arguments: [station],
            cached: true
        ).fetchAll(db).compactMap(entry)
    }

    /// Whether a parcel that the books have goes on under the code that was told, `n` ?3 of number ?7 or its own. A station
    /// that lost its journal, and forgot a join or a code with it, makes another: the old one is kept until somebody is told.
    private static let isTold = """
        state = 'closed' OR coalesce(toldOf, codeOf, waybill) = coalesce(?7, ?2) AND coalesce(toldN, n) = ?3
        """

    static func set(_ db: Database, station: String, _ told: Entry, at time: Int64) throws {
        var entry = told
        entry.waybill = try name(db, station: station, of: told.waybill)
        // The station has not heard yet that it has another number.
        if entry.waybill != told.waybill { entry.codeOf = told.codeName }
        if entry.codeOf == entry.waybill { entry.codeOf = nil }
        try db.cachedStatement(
            sql: """
                INSERT INTO parcel (station, waybill, n, state, changed, recipientKey, codeOf, came)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?4 IN ('stored', 'missing'))
                ON CONFLICT DO UPDATE SET n = ?3, state = ?4, changed = ?5, recipientKey = coalesce(?6, recipientKey),
                    codeOf = ?7, came = ?4 IN ('stored', 'missing'),
                    typedKey = iif(?6 IS NULL, typedKey, NULL),
                    toldOf = iif(\(isTold), NULL, coalesce(toldOf, codeOf, waybill)),
                    toldN = iif(\(isTold), NULL, coalesce(toldN, n))
                """
        ).execute(arguments: [
            station, entry.waybill.rawValue, entry.n, entry.state.rawValue, time, entry.recipientKey,
            entry.codeOf?.rawValue,
        ])
        try fulfil(db, station: station, part: entry.waybill, at: time)
    }

    /// Whether the books have had a parcel since before a moment: it lay there, or was announced, when its station forgot it.
    static func isKnown(_ db: Database, station: String, _ entry: Entry, before time: Int64) throws -> Bool {
        // What lies there by what the station said since has a hold period.
        if entry.state == .stored { return true }
        let changed = try SQLRequest<Int64>(
            sql: "SELECT changed FROM parcel WHERE station = ? AND waybill = ?",
            arguments: [station, entry.waybill.rawValue],
            cached: true
        ).fetchOne(db)
        return changed.map { $0 <= time } ?? false
    }

    /// It lies at another place of the station, under the same code.
    static func move(_ db: Database, station: String, waybill told: Waybill, at time: Int64) throws {
        let waybill = try name(db, station: station, of: told)
        try db.cachedStatement(
            sql: """
                UPDATE parcel SET state = 'stored', changed = ?, came = max(came, 1) WHERE station = ? AND waybill = ?
                """
        ).execute(arguments: [time, station, waybill.rawValue])
        try fulfil(db, station: station, part: waybill, at: time)
    }

    /// Its code was made anew; a parent's is that of its parts.
    static func reissue(_ db: Database, station: String, _ entry: Entry, at time: Int64) throws {
        guard try find(db, station: station, waybill: entry.waybill) != nil else {
            return try set(db, station: station, entry, at: time)
        }
        try db.cachedStatement(
            sql: """
                UPDATE parcel SET n = ?1, codeOf = ?2, toldOf = NULL, toldN = NULL WHERE station = ?3 AND waybill = ?4
                """
        ).execute(arguments: [entry.n, entry.codeOf?.rawValue, station, entry.waybill.rawValue])
        for part in try parts(db, station: station, of: entry.waybill) where part.codeOf == entry.codeName {
            try db.cachedStatement(
                sql: """
                    UPDATE parcel SET n = ?1, toldOf = NULL, toldN = NULL WHERE station = ?2 AND waybill = ?3
                    """
            ).execute(arguments: [entry.n, station, part.waybill.rawValue])
        }
        try fulfil(db, station: station, part: entry.waybill, at: time)
    }

    static func close(_ db: Database, station: String, waybill told: Waybill, at time: Int64) throws {
        let waybill = try name(db, station: station, of: told)
        try db.cachedStatement(
            sql: """
                UPDATE parcel SET state = 'closed', changed = ?, came = max(came, 1), toldOf = NULL, toldN = NULL
                WHERE station = ? AND waybill = ?
                """
        ).execute(arguments: [time, station, waybill.rawValue])
        try fulfil(db, station: station, part: waybill, at: time)
    }
}

extension ParcelBook {
    /// Somebody looked and it was not there. Who took it out may say so afterwards: then it had counted as gone. What left
    /// with a run, or was reported lost, is not looked for: a shipment may have its number.
    static func miss(_ db: Database, station: String, waybill told: Waybill, at time: Int64) throws {
        let waybill = try name(db, station: station, of: told)
        guard let known = try find(db, station: station, waybill: waybill) else { return }
        if known.state == .closed {
            let status = try HoldBook.find(db, station: station, waybill: told)?.status
            guard status == .collected || status == .retrieved else { return }
        }
        try db.cachedStatement(
            sql: """
                UPDATE parcel SET state = 'missing', changed = ?, came = max(came, 1) WHERE station = ? AND waybill = ?
                """
        ).execute(arguments: [time, station, waybill.rawValue])
        try fulfil(db, station: station, part: waybill, at: time)
    }

    /// A manifest never takes back what happened: a parcel that lies at the station stays stored, or was not found there,
    /// under the code that the station reports; whose it is may be new all the same.
    static func announce(_ db: Database, station: String, _ entry: ManifestEntry, at time: Int64) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO parcel (station, waybill, n, state, changed, recipientKey)
                VALUES (?1, ?2, ?3, 'announced', ?4, ?5)
                ON CONFLICT DO UPDATE SET n = iif(state IN ('stored', 'missing'), n, ?3),
                    changed = iif(state IN ('stored', 'missing'), changed, ?4), recipientKey = coalesce(?5, recipientKey),
                    codeOf = iif(state = 'closed', NULL, codeOf), came = iif(state = 'closed', 0, came),
                    state = iif(state IN ('stored', 'missing'), state, 'announced')
                """
        ).execute(arguments: [station, entry.waybill.rawValue, entry.n, time, entry.recipientKey])
    }

    /// By what the station knows the recipient now.
    static func typed(_ db: Database, station: String, waybill: Waybill, key: String?) throws {
        try db.cachedStatement(sql: "UPDATE parcel SET typedKey = ? WHERE station = ? AND waybill = ?")
            .execute(arguments: [key, station, waybill.rawValue])
    }

    /// Parcels at the station whose recipient has this key of the county, told by a manifest or typed there.
    static func waybills(_ db: Database, station: String, ofRecipient key: String) throws -> [String] {
        try SQLRequest<String>(
            sql: """
                SELECT waybill FROM parcel WHERE station = ?1 AND recipientKey = ?2 AND state <> 'closed' UNION
                SELECT waybill FROM contact WHERE station = ?1 AND recipientKey = ?2 ORDER BY waybill
                """,
            arguments: [station, key],
            cached: true
        ).fetchAll(db)
    }
}
