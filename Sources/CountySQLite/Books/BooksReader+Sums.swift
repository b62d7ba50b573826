public import CountyBooks
import GRDB
import SyncWire

extension BooksReader {
    public func daySums(_ period: CountyPeriod, named names: [String], byBrand: Bool) throws -> [DaySum] {
        let list = String(decoding: try CanonicalJSON.encode(names), as: UTF8.self)
        // A count without a direction is of no brand, as in `figures`.
        let owner = byBrand ? "iif(f.direction = '', NULL, f.brand)" : "NULL"
        return try read { db in
            let drifts = try Self.drifts(db, period.days)
            let ofDays = try kept.sums.rows(db, "\(owner) \(list)", period.days) { day in
                try Row.fetchAll(
                    db.cachedStatement(
                        sql: """
                            SELECT f.figure, f.takesOff, \(owner), sum(f.count) FROM figure f
                            WHERE f.mark = ? AND f.figure IN (SELECT value FROM json_each(?))
                            GROUP BY 1, 2, 3 HAVING sum(f.count) <> 0
                            """
                    ),
                    arguments: [day, list]
                ).map { row in
                    DaySum(day: day, takesOff: DayMark(rawValue: row[1]), brand: row[2], figure: row[0], count: row[3])
                }
            }
            // What another period counted stays there.
            return ofDays.joined().filter { sum in sum.takesOff.map { period.holds($0, drifts) } ?? true }
        }
    }
}
