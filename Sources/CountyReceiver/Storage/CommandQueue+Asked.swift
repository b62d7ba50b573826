import GRDB
import LockerDomain
import StationBooks
import SyncWire

/// What a station teaches by its question for commands (DESIGN 4.3).
extension CommandQueue {
    /// Notes the question, learns the floor of numbers from it, and numbers anew what the station can no longer do, unless
    /// the county lacks events. Returns whether it lacks some while something waits to be numbered anew.
    static func asked(
        _ db: Database,
        station: String,
        _ query: CommandQuery,
        now: Int64,
        key: SigningKey
    ) throws -> Bool {
        try db.cachedStatement(
            sql: """
                UPDATE station SET commandsAsked = ?1, askedSince =
                    CASE WHEN commandsAsked BETWEEN ?1 - ?2 AND ?1 THEN coalesce(askedSince, ?1) ELSE ?1 END
                WHERE id = ?3
                """
        ).execute(arguments: [now, CountyLimits.askedGapMilliseconds, station])
        var numbers = try CommandNumbers(db, station: station)
        let before = numbers
        numbers.asked(highest: query.highest)
        if numbers != before { try numbers.save(db, station: station) }
        let passed = try db.cachedStatement(
            sql: "SELECT number FROM command WHERE station = ? AND state = 'pending' AND expires > ? AND number <= ?"
        )
        let waiting = try Int.fetchAll(passed, arguments: [station, now, query.after])
        guard !waiting.isEmpty, let end = query.end else { return false }
        let knowsEnd = try IncarnationRecord.has(db, station: station, end)
        for number in numbers.passed(waiting, through: query.after, knowsEnd: knowsEnd) {
            if try isUncertain(db, station: station, number: number) {
                try db.cachedStatement(
                    sql: "UPDATE command SET state = 'failed', reason = ?, settled = ? WHERE station = ? AND number = ?"
                ).execute(arguments: [CommandFailed.resultLost, now, station, number])
                continue
            }
            try renumber(db, station: station, number: number, key: key)
        }
        return !knowsEnd
    }

    /// Whether a command that would add something a second time may have been done by lines that the county does not have, or
    /// does not believe.
    private static func isUncertain(_ db: Database, station: String, number: Int) throws -> Bool {
        try SQLRequest<Bool>(
            sql: """
                SELECT EXISTS (SELECT 1 FROM command c
                    WHERE c.station = ?1 AND c.number = ?2 AND c.type = 'extendHold' AND (
                        EXISTS (SELECT 1 FROM lostRange l JOIN incarnation i ON i.number = l.incarnation
                            WHERE i.station = ?1 AND l.noted >= c.issued)
                        OR EXISTS (SELECT 1 FROM branch b WHERE b.station = ?1 AND b.received >= c.issued)))
                """,
            arguments: [station, number],
            cached: true
        ).fetchOne(db) ?? false
    }
}

extension CommandFailed {
    /// What the county notes itself for a command whose end nobody will ever read.
    fileprivate static let resultLost =
        "the station's line about it is lost: look whether it was done, then order it again 结果已丢失，请核对后再下达"
}

extension CommandNumbers {
    /// As the books have them.
    init(_ db: Database, station: String) throws {
        let statement = try db.cachedStatement(
            sql: """
                SELECT (SELECT max(number) FROM command WHERE station = ?1), commandFloor, commandStrange
                FROM station WHERE id = ?1
                """
        )
        let row = try Row.fetchOne(statement, arguments: [station])
        self.init(last: row?[0] ?? 0, floor: row?[1] ?? 0, strange: row?[2])
    }

    func save(_ db: Database, station: String) throws {
        try db.cachedStatement(sql: "UPDATE station SET commandFloor = ?, commandStrange = ? WHERE id = ?").execute(
            arguments: [floor, strange, station])
    }

    /// Learns from an event that the station has had a command of this number.
    static func heard(_ db: Database, station: String, number: Int) throws {
        var numbers = try CommandNumbers(db, station: station)
        let before = numbers
        numbers.heard(number)
        if numbers != before { try numbers.save(db, station: station) }
    }
}

extension IncarnationRecord {
    /// Whether the county has the events up to this end.
    static func has(_ db: Database, station: String, _ end: CommandQuery.End) throws -> Bool {
        guard end.last > 0 else { return true }
        return try find(db, station: station, id: end.incarnation).map { $0.acknowledged >= end.last } ?? false
    }

    /// The newest one of a station, for the answer to a question for commands.
    static func books(_ db: Database, station: String) throws -> ChainPosition? {
        guard let newest = try newest(db, station: station), newest.acknowledged > 0 else { return nil }
        return ChainPosition(
            incarnation: newest.id,
            acknowledged: newest.acknowledged,
            hash: Hex.encode(newest.hash)
        )
    }
}
