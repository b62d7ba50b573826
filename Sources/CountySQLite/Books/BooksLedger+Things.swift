import CountyBooks
import GRDB
import LockerDomain

extension BooksLedger {
    func openVisit(of run: String) throws -> RunVisit? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT \(VisitRow.columns) FROM visit WHERE station = ? AND run = ? AND departedAt IS NULL
                ORDER BY number DESC LIMIT 1
                """
        )
        return try Row.fetchOne(statement, arguments: [station, run]).map(VisitRow.read)
    }

    func visit(of run: String, endedBy number: Int64) throws -> RunVisit? {
        let statement = try db.cachedStatement(
            sql: "SELECT \(VisitRow.columns) FROM visit WHERE station = ? AND run = ? AND endedBy = ?"
        )
        return try Row.fetchOne(statement, arguments: [station, run, number]).map(VisitRow.read)
    }

    func visit(_ number: Int64) throws -> RunVisit? {
        let statement = try db.cachedStatement(sql: "SELECT \(VisitRow.columns) FROM visit WHERE number = ?")
        return try Row.fetchOne(statement, arguments: [number]).map(VisitRow.read)
    }

    func keep(_ visit: RunVisit) throws {
        try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO visit (station, \(VisitRow.columns))
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            station, visit.number, visit.run, visit.route, visit.vehicle, visit.person, visit.day, visit.arrivedAt,
            visit.departedAt, visit.parcelsIn, visit.shipmentsOut, visit.parcelsBack, VisitRow.join(visit.bags),
            VisitRow.join(visit.seals), visit.endedBy,
        ])
    }

    func door(_ name: DoorName) throws -> DoorStanding? {
        let statement = try db.cachedStatement(
            sql: "SELECT \(DoorRow.columns) FROM door WHERE station = ? AND door = ?"
        )
        return try Row.fetchOne(statement, arguments: [station, name.rawValue]).map(DoorRow.read)
    }

    func keep(_ door: DoorStanding) throws {
        try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO door (station, \(DoorRow.columns)) VALUES (?, ?, ?, ?, ?)"
        ).execute(arguments: [station, door.door.rawValue, door.outOfService, door.unknownContents, door.since])
    }

    func openTrouble(_ kind: Trouble.Kind, of thing: String) throws -> Trouble? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT \(TroubleRow.columns) FROM trouble WHERE station = ? AND kind = ? AND thing = ? AND until IS NULL
                """
        )
        return try Row.fetchOne(statement, arguments: [station, kind.rawValue, thing]).flatMap(TroubleRow.read)
    }

    func keep(_ trouble: Trouble) throws {
        try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO trouble (station, \(TroubleRow.columns)) VALUES (?, ?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
            station, trouble.number, trouble.kind.rawValue, trouble.thing, trouble.reason, trouble.from, trouble.until,
        ])
    }

    func keep(_ voice: Voice) throws {
        try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO voice (station, \(VoiceRow.columns)) VALUES (?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
            station, voice.number, voice.at, voice.waybill?.rawValue, voice.category, VoiceRow.join(voice.scores),
        ])
    }
}

/// Columns of a run and how they are read.
enum VisitRow {
    static let columns = """
        number, run, route, vehicle, person, day, arrivedAt, departedAt, parcelsIn, shipmentsOut, parcelsBack, bags, seals,
        endedBy
        """
    static let count = 14

    static func columns(of table: String) -> String { table.qualified(columns) }

    /// What stands between two numbers of bags: no text of an event holds it.
    private static let separator: Character = "\n"

    static func read(_ row: Row) -> RunVisit {
        var visit = RunVisit(number: row[0], run: row[1], person: row[4], arrivedAt: row[6])
        (visit.route, visit.vehicle, visit.day, visit.departedAt) = (row[2], row[3], row[5], row[7])
        (visit.parcelsIn, visit.shipmentsOut, visit.parcelsBack) = (row[8], row[9], row[10])
        (visit.bags, visit.seals, visit.endedBy) = (split(row[11]), split(row[12]), row[13])
        return visit
    }

    static func join(_ texts: [String]) -> String { texts.joined(separator: String(separator)) }
    private static func split(_ text: String) -> [String] { text.split(separator: separator).map(String.init) }
}

/// Columns of a door and how they are read.
enum DoorRow {
    static let columns = "door, outOfService, unknownContents, since"

    static func read(_ row: Row) -> DoorStanding {
        var door = DoorStanding(door: DoorName(rawValue: row[0]))
        (door.outOfService, door.unknownContents, door.since) = (row[1], row[2], row[3])
        return door
    }
}

/// Columns of a trouble and how they are read.
enum TroubleRow {
    static let columns = "number, kind, thing, reason, begin, until"
    static let count = 6

    static func columns(of table: String) -> String { table.qualified(columns) }

    static func read(_ row: Row) -> Trouble? {
        guard let kind = Trouble.Kind(rawValue: row[1]) else { return nil }
        var trouble = Trouble(number: row[0], kind: kind, thing: row[2], reason: row[3], from: row[4])
        trouble.until = row[5]
        return trouble
    }
}

/// Columns of a complaint or survey and how they are read.
enum VoiceRow {
    static let columns = "number, at, waybill, category, scores"
    static let count = 5

    static func columns(of table: String) -> String { table.qualified(columns) }

    static func read(_ row: Row) -> Voice {
        let (waybill, scores): (String?, String) = (row[2], row[4])
        return Voice(
            number: row[0],
            at: row[1],
            waybill: waybill.map(Waybill.init(rawValue:)),
            category: row[3],
            scores: scores.split(separator: " ").compactMap { Int($0) }
        )
    }

    static func join(_ scores: [Int]) -> String { scores.map(String.init).joined(separator: " ") }
}
