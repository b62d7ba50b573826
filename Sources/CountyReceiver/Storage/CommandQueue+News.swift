import GRDB

/// What was written since somebody looked, whichever process wrote it.
extension CommandQueue {
    struct News: Sendable, Hashable {
        /// Row of the newest command.
        var newest: Int64
        /// The highest new number of each station that has one; `nil` when nobody can say.
        var numbers: [String: Int]?
    }

    /// Costs two steps in the table while nothing is new. Rows are added at its end and never removed, so their order is
    /// that of the commits.
    ///
    /// - Parameter row: the newest at the last look; `nil` at the first.
    static func news(_ db: Database, after row: Int64?) throws -> News {
        let newest = try Int64.fetchOne(try db.cachedStatement(sql: "SELECT max(rowid) FROM command")) ?? 0
        guard let row, newest >= row else { return News(newest: newest) }
        guard newest > row else { return News(newest: newest, numbers: [:]) }
        // By its rows: another index would be read as a whole.
        let statement = try db.cachedStatement(sql: "SELECT station, number FROM command NOT INDEXED WHERE rowid > ?")
        var numbers: [String: Int] = [:]
        let rows = try Row.fetchCursor(statement, arguments: [row])
        while let row = try rows.next() { numbers[row[0], default: 0] = max(numbers[row[0]] ?? 0, row[1]) }
        return News(newest: newest, numbers: numbers)
    }
}
