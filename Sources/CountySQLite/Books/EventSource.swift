import CountyBooks
import FoundationEssentials
import GRDB
import LockerDomain
import SyncWire

/// The stored lines of `county.sqlite`, as the books read them.
struct EventSource: Sendable {
    let pool: DatabasePool

    /// One stored line before it is read.
    struct Stored {
        /// Place in the order of arrival; negative for a line of a branch.
        var number: Int64
        var station: String
        /// Number of its incarnation in the store.
        var incarnation: Int64
        var sequence: Int
        var received: Int64
        var bytes: Data

        /// What it says; `nil` for a line that this version cannot interpret.
        var line: EventLine? {
            guard bytes.count <= Limits.eventBytesMax, let line = try? EventLine(decoding: Array(bytes)),
                line.station == station
            else { return nil }
            return line
        }
    }

    /// Number of the newest line that is stored; 0 when there is none.
    func newest() throws -> Int64 {
        try pool.read { try Int64.fetchOne($0, sql: "SELECT max(number) FROM event") ?? 0 }
    }

    /// The next lines in the order of arrival.
    func page(behind number: Int64, limit: Int) throws -> [Stored] {
        try pool.read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT e.number, i.station, e.incarnation, e.sequence, e.received, e.bytes
                    FROM event e JOIN incarnation i ON i.number = e.incarnation
                    WHERE e.number > ? ORDER BY e.number LIMIT ?
                    """,
                arguments: [number, limit]
            )
            var page: [Stored] = []
            page.reserveCapacity(limit)
            while let row = try rows.next() { page.append(Self.read(row)) }
            return page
        }
    }

    static func read(_ row: Row) -> Stored {
        Stored(
            number: row[0],
            station: row[1],
            incarnation: row[2],
            sequence: row[3],
            received: row[4],
            bytes: row[5]
        )
    }

    /// A line by its number.
    func line(_ number: Int64) throws -> Stored? { try pool.read { try Self.line($0, number) } }

    static func line(_ db: Database, _ number: Int64) throws -> Stored? {
        if number < 0 { return try branchLine(db, -number) }
        let statement = try db.cachedStatement(
            sql: """
                SELECT e.number, i.station, e.incarnation, e.sequence, e.received, e.bytes
                FROM event e JOIN incarnation i ON i.number = e.incarnation WHERE e.number = ?
                """
        )
        return try Row.fetchOne(statement, arguments: [number]).map(read)
    }

    private static func branchLine(_ db: Database, _ rowid: Int64) throws -> Stored? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT -b.rowid, b.station, i.number, b.sequence, b.received, b.bytes
                FROM branch b JOIN incarnation i ON i.station = b.station AND i.id = b.incarnation WHERE b.rowid = ?
                """
        )
        return try Row.fetchOne(statement, arguments: [rowid]).map(read)
    }

    /// Row id of the newest line of each station's branches, for those that have some.
    func newestBranchLines() throws -> [String: Int64] {
        try pool.read { db in
            let rows = try Row.fetchAll(db, sql: "SELECT station, max(rowid) FROM branch GROUP BY station")
            return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
        }
    }

    /// Row id of the newest line of any branch; 0 when there is none.
    func newestBranchLine() throws -> Int64 {
        try pool.read { try Int64.fetchOne($0, sql: "SELECT max(rowid) FROM branch") ?? 0 }
    }
}
