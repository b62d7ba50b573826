import CountyBooks
import FoundationEssentials
import GRDB
import LockerDomain
import StationBooks
import SyncWire

/// The stored lines of `county.sqlite`, as the books read them.
package struct EventSource: Sendable {
    let pool: DatabasePool
    /// What this process has stored just now.
    let fresh: FreshLines

    /// One stored line before it is read.
    struct Stored: Sendable {
        /// Place in the order of arrival; negative for a line of a branch.
        var number: Int64
        var station: String
        /// Number of its incarnation in the store.
        var incarnation: Int64
        var sequence: Int
        var received: Int64
        var bytes: Data
        /// 32 hex digits that name its incarnation.
        var incarnationID: String

        /// What it says; `nil` for a line that this version cannot interpret.
        var line: EventLine? { LineReading.own.line(of: self) }
    }

    /// What tells a stored event from another one under the same number.
    struct Mark: Equatable {
        /// Hash of the chain behind it.
        var hash: Data
        var received: Int64

        /// Of books that hold no event.
        static let none = Mark(hash: Data(), received: 0)
    }

    /// Number of the newest line that is stored; 0 when there is none.
    func newest() throws -> Int64 {
        try pool.read { try Int64.fetchOne($0, sql: "SELECT max(number) FROM event") ?? 0 }
    }

    /// Of the event of a number; `nil` when there is none.
    func mark(_ number: Int64) throws -> Mark? {
        guard number > 0 else { return Mark.none }
        return try pool.read { db in
            try Row.fetchOne(db, sql: "SELECT hash, received FROM event WHERE number = ?", arguments: [number])
                .map { Mark(hash: $0[0], received: $0[1]) }
        }
    }

    /// What a `Stored` is read from, of an event `e` and its incarnation `i`.
    static let columns = "e.number, i.station, e.incarnation, e.sequence, e.received, e.bytes, i.id"

    private static let events =
        "SELECT \(columns) FROM event e JOIN incarnation i ON i.number = e.incarnation"

    /// The next lines in the order of arrival.
    func page(behind number: Int64, limit: Int) throws -> [Stored] {
        try pool.read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: "\(Self.events) WHERE e.number > ? ORDER BY e.number LIMIT ?",
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
            bytes: row[5],
            incarnationID: row[6]
        )
    }

    /// A line by its number.
    func line(_ number: Int64) throws -> Stored? { try pool.read { try Self.line($0, number) } }

    static func line(_ db: Database, _ number: Int64) throws -> Stored? {
        if number < 0 { return try branchLine(db, -number) }
        let statement = try db.cachedStatement(sql: "\(events) WHERE e.number = ?")
        return try Row.fetchOne(statement, arguments: [number]).map(read)
    }

    /// A line of a branch by its row id.
    static func branchLine(_ db: Database, _ rowid: Int64) throws -> Stored? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT -b.rowid, b.station, i.number, b.sequence, b.received, b.bytes, b.incarnation
                FROM branch b JOIN incarnation i ON i.station = b.station AND i.id = b.incarnation WHERE b.rowid = ?
                """
        )
        return try Row.fetchOne(statement, arguments: [rowid]).map(read)
    }

    /// Row id of the newest line of each station's branches, for those that have some behind a row id.
    func newestBranchLines(behind rowid: Int64) throws -> [String: Int64] {
        try pool.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: "SELECT station, max(rowid) FROM branch WHERE rowid > ? GROUP BY station",
                arguments: [rowid]
            )
            return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
        }
    }

    /// Row id of the newest line of any branch; 0 when there is none.
    func newestBranchLine() throws -> Int64 {
        try pool.read { try Int64.fetchOne($0, sql: "SELECT max(rowid) FROM branch") ?? 0 }
    }

    // MARK: Quarantine

    /// Takes the mark off every line that nobody could read when it came and that can be read now.
    func release(_ reading: LineReading) throws {
        var last: Int64 = 0
        while true {
            let page = try pool.read { db in
                try Row.fetchAll(
                    db,
                    sql: "\(Self.events) WHERE e.quarantined = 1 AND e.number > ? ORDER BY e.number LIMIT ?",
                    arguments: [last, CountySQLiteLimits.reviewedEvents]
                ).map(Self.read)
            }
            guard let end = page.last else { return }
            last = end.number
            let read = page.compactMap { stored in reading.line(of: stored).map { (stored.number, $0.event.type) } }
            guard !read.isEmpty else { continue }
            try pool.write { db in
                for (number, type) in read {
                    try db.execute(
                        sql: "UPDATE event SET quarantined = 0, reason = NULL, type = ? WHERE number = ?",
                        arguments: [type.rawValue, number]
                    )
                }
            }
        }
    }
}
