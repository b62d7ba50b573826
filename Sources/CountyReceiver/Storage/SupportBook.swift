import GRDB
import LockerDomain

/// Which support codes were given to whom, and which one a station expects next.
enum SupportBook {
    /// Takes the first counter of the station's window that nobody was given; when all were, the one given longest ago:
    /// its code for another door or person is another one.
    static func issue(_ db: Database, station: String, door: String, person: String, at time: Int64) throws -> UInt32 {
        let expected = try SQLRequest<UInt32>(
            sql: "SELECT supportNext FROM station WHERE id = ?",
            arguments: [station],
            cached: true
        ).fetchOne(db)
        let window = (0..<Limits.supportCodesAheadMax).map { (expected ?? 0) &+ UInt32($0) }
        let rows = try SQLRequest<Row>(
            sql: "SELECT counter, max(issued) FROM supportCode WHERE station = ? GROUP BY counter",
            arguments: [station],
            cached: true
        ).fetchAll(db)
        let given = Dictionary(rows.map { (UInt32($0[0] as Int64), $0[1] as Int64) }) { max($0, $1) }
        // The first of equals: numbers begin again at 0 behind the highest.
        let counter = window.min { given[$0] ?? 0 < given[$1] ?? 0 } ?? 0
        try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO supportCode (station, counter, door, person, issued) VALUES (?, ?, ?, ?, ?)"
        ).execute(arguments: [station, counter, door, person, time])
        return counter
    }

    /// The station used one: it takes those behind it from now on.
    static func used(_ db: Database, station: String, counter: UInt32) throws {
        // As at the station: 0 follows the highest.
        try expect(db, station: station, counter &+ 1)
    }

    /// A station whose journal was replaced counts from another counter, on which no used code lies.
    static func restarted(_ db: Database, station: String, at counter: UInt32) throws {
        try expect(db, station: station, counter)
    }

    private static func expect(_ db: Database, station: String, _ counter: UInt32) throws {
        try db.cachedStatement(sql: "UPDATE station SET supportNext = ? WHERE id = ?").execute(arguments: [
            counter, station,
        ])
    }
}
