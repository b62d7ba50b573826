import GRDB

/// The last reading of the clock that nothing spoke against. A clock in doubt never moves it, so that every process, and
/// the next start, still sees the leap.
struct ClockMark: Sendable, Hashable {
    var wall: Int64
    var uptime: Int64
    var bootID: String
    /// Number of the newest event by then: only later ones are looked at again.
    var event: Int64
    /// Newest arrival up to that event, as far as it counts; milliseconds since 1970.
    var received: Int64?
    /// Whether a clerk confirmed the clock against what stations report.
    var isConfirmed = false

    static func find(_ db: Database) throws -> ClockMark? {
        let row = try Row.fetchOne(
            db,
            sql: "SELECT wall, uptime, bootID, event, received, confirmed FROM clockMark WHERE row = 1"
        )
        return row.map {
            ClockMark(wall: $0[0], uptime: $0[1], bootID: $0[2], event: $0[3], received: $0[4], isConfirmed: $0[5])
        }
    }

    func keep(_ db: Database) throws {
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO clockMark (row, wall, uptime, bootID, event, received, confirmed)
                VALUES (1, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [wall, uptime, bootID, event, received, isConfirmed]
        )
    }
}
