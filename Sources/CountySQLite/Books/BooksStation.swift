import CountyBooks
import FoundationEssentials
package import GRDB
import SyncWire

/// A station in the books.
package struct BooksStation {
    /// Its number in all tables of the books.
    var number: Int64
    var station: String
    /// The last line that was folded.
    var incarnation: Int64 = 0
    var sequence = 0
    /// Row id of the newest line of its branches that was looked at.
    var branches: Int64 = 0
    /// The order in which its lines were folded, by the keys of their segments.
    var lines: [String] = []
    /// Whether lines came that did not follow: it is to be folded anew, and its lines are left until then.
    var waits = false
    var fold = StationFold()

    static func find(_ db: Database, _ station: String) throws -> BooksStation? {
        let statement = try db.cachedStatement(
            sql: "SELECT number, incarnation, sequence, branches, lines, waits, fold FROM station WHERE id = ?"
        )
        guard let row = try Row.fetchOne(statement, arguments: [station]) else { return nil }
        let (lines, fold): (String, Data) = (row[4], row[6])
        return BooksStation(
            number: row[0],
            station: station,
            incarnation: row[1],
            sequence: row[2],
            branches: row[3],
            lines: lines.split(separator: " ").map(String.init),
            waits: row[5],
            fold: try CanonicalJSON.decode(StationFold.self, from: Array(fold))
        )
    }

    /// A station without any rows; those that it had are gone.
    static func begin(_ db: Database, _ station: String) throws -> BooksStation {
        if let known = try Int64.fetchOne(db, sql: "SELECT number FROM station WHERE id = ?", arguments: [station]) {
            try BooksLedger.changeAll(db, of: known)
            for table in BooksSchema.ofStation {
                try db.execute(sql: "DELETE FROM \(table) WHERE station = ?", arguments: [known])
            }
            return BooksStation(number: known, station: station)
        }
        try db.execute(
            sql: """
                INSERT INTO station (id, incarnation, sequence, branches, lines, waits, fold)
                VALUES (?, 0, 0, 0, '', 0, x'')
                """,
            arguments: [station]
        )
        return BooksStation(number: db.lastInsertedRowID, station: station)
    }

    func save(_ db: Database) throws {
        try db.cachedStatement(
            sql: """
                UPDATE station SET incarnation = ?, sequence = ?, branches = ?, lines = ?, waits = ?, reaches = ?,
                    began = ?, fold = ?
                WHERE number = ?
                """
        ).execute(arguments: [
            incarnation, sequence, branches, lines.joined(separator: " "), waits, fold.latest, fold.began,
            Data(try CanonicalJSON.encode(fold)), number,
        ])
    }

    /// Stations whose lines are left until they are folded anew.
    package static func waiting(_ db: Database) throws -> [String] {
        try String.fetchAll(db, sql: "SELECT id FROM station WHERE waits = 1 ORDER BY id")
    }

    /// Whether all lines up to the last one that was folded are in the same order as then, and only whole incarnations come
    /// behind it; those, by their numbers.
    func added(in segments: [StationLines.Segment]) -> [Int64]? {
        guard isSame(segments), let at = segments.firstIndex(of: .chain(incarnation)) else { return nil }
        var numbers: [Int64] = []
        for segment in segments[(at + 1)...] {
            guard case .chain(let number) = segment, number > numbers.last ?? incarnation else { return nil }
            numbers.append(number)
        }
        return numbers
    }

    /// Whether all lines up to the last one that was folded are in the same order as then.
    func isSame(_ segments: [StationLines.Segment]) -> Bool {
        guard let at = segments.firstIndex(of: .chain(incarnation)), at < lines.count else { return false }
        return segments[...at].map(\.key) == Array(lines[...at])
    }
}
