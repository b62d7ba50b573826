import FoundationEssentials
import GRDB
import SyncWire

/// Sequences of a chain whose lines the station could not read any more. The chain goes on behind them.
struct LostRange: Sendable {
    var sequences: ClosedRange<Int>
    /// Hash behind the last of them.
    var hash: [UInt8]

    /// Those of an incarnation, in order.
    static func all(_ db: Database, _ chain: IncarnationRecord) throws -> [LostRange] {
        let rows = try Row.fetchAll(
            db.cachedStatement(sql: "\(columns) WHERE incarnation = ? ORDER BY last"),
            arguments: [chain.number]
        )
        return rows.map(decoded)
    }

    /// Those of every incarnation, by its number, in order.
    static func all(_ db: Database) throws -> [Int64: [LostRange]] {
        var ranges: [Int64: [LostRange]] = [:]
        for row in try SQLRequest<Row>(sql: "\(columns) ORDER BY incarnation, last", cached: true).fetchAll(db) {
            ranges[row[3] as Int64, default: []].append(decoded(row))
        }
        return ranges
    }

    private static let columns = "SELECT first, last, hash, incarnation FROM lostRange"

    private static func decoded(_ row: Row) -> LostRange {
        let (first, last): (Int, Int) = (row[0], row[1])
        return LostRange(sequences: first...max(first, last), hash: Array(row[2] as Data))
    }

    static func note(
        _ db: Database,
        _ chain: IncarnationRecord,
        _ sequences: ClosedRange<Int>,
        hash: [UInt8],
        time: Int64
    ) throws {
        try db.cachedStatement(
            sql: "INSERT INTO lostRange (incarnation, first, last, hash, noted) VALUES (?, ?, ?, ?, ?)"
        ).execute(arguments: [chain.number, sequences.lowerBound, sequences.upperBound, Data(hash), time])
    }

    /// The lines up to the end of a range were found: what is left of it ends at `last`, behind which the hash is known.
    static func shrink(
        _ db: Database,
        _ chain: IncarnationRecord,
        endingAt end: Int,
        to last: Int,
        hash: [UInt8]
    ) throws {
        try db.cachedStatement(sql: "DELETE FROM lostRange WHERE incarnation = ? AND last = ? AND first > ?").execute(
            arguments: [chain.number, end, last])
        try db.cachedStatement(sql: "UPDATE lostRange SET last = ?, hash = ? WHERE incarnation = ? AND last = ?")
            .execute(arguments: [last, Data(hash), chain.number, end])
    }
}
