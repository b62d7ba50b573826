import CountySQLite
import FoundationEssentials
import GRDB
import SyncWire

/// One stored event as the county shows it.
public struct StoredEvent: Sendable, Hashable {
    /// Place in the order of arrival.
    public var number: Int64
    /// 32 hex digits.
    public var incarnation: String
    /// From 1 in each incarnation.
    public var sequence: Int
    /// The very bytes that came.
    public var bytes: [UInt8]
    /// Short name of its type; `nil` when it names none.
    public var type: String?
    /// Milliseconds since 1970.
    public var received: Int64
    /// Why nobody can interpret it; `nil` when all is well.
    public var fault: String?
}

extension County {
    /// Events of a station in the order of arrival, at most `limit` of them.
    ///
    /// - Parameters:
    ///   - number: only events that arrived behind this one; 0 for all.
    ///   - sequence: only events with a higher sequence in their incarnation.
    /// - Throws: `CountyFault` for a station that is not known.
    public func events(
        of station: String,
        behind number: Int64 = 0,
        aboveSequence sequence: Int = 0,
        incarnation: String? = nil,
        limit: Int = 500
    ) throws -> [StoredEvent] {
        try store.pool.read { db in
            _ = try StationRecord.need(db, station)
            let statement = try db.cachedStatement(
                sql: """
                    SELECT e.number, i.id, e.sequence, e.bytes, e.type, e.received, e.reason
                    FROM event e JOIN incarnation i ON i.number = e.incarnation
                    WHERE i.station = ?1 AND e.number > ?2 AND e.sequence > ?3 AND (?4 IS NULL OR i.id = ?4)
                    ORDER BY e.number LIMIT ?5
                    """
            )
            let rows = try Row.fetchCursor(statement, arguments: [station, number, sequence, incarnation, limit])
            var events: [StoredEvent] = []
            while let row = try rows.next() {
                let bytes: Data = row[3]
                events.append(
                    StoredEvent(
                        number: row[0],
                        incarnation: row[1],
                        sequence: row[2],
                        bytes: Array(bytes),
                        type: row[4],
                        received: row[5],
                        fault: row[6]
                    )
                )
            }
            return events
        }
    }

    /// Lines that stand beside the chains of a station: other bytes came under a sequence that is stored already, or
    /// behind such bytes. Kept as evidence, never believed. Throws `CountyFault` for a station that is not known.
    public func branches(of station: String) throws -> [StoredEvent] {
        try store.pool.read { db in
            _ = try StationRecord.need(db, station)
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT rowid, incarnation, sequence, bytes, received FROM branch WHERE station = ? ORDER BY rowid
                    """,
                arguments: [station]
            )
            return rows.map { row in
                let bytes: Data = row[3]
                return StoredEvent(
                    number: row[0],
                    incarnation: row[1],
                    sequence: row[2],
                    bytes: Array(bytes),
                    type: nil,
                    received: row[4],
                    fault: "beside the chain 分叉"
                )
            }
        }
    }

    /// What a chain says when it is computed again from the stored bytes.
    public struct ChainCheck: Sendable, Hashable, Codable {
        /// 32 hex digits.
        public var incarnation: String
        /// Events that fit.
        public var events: Int
        /// Sequences that the station could not read any more, as `19-22`; the chain was checked on both sides of them.
        public var lost: [String] = []
        /// First sequence that does not fit, or is missing; `nil` when the chain is whole.
        public var broken: Int?
        /// How it does not fit.
        public var fault: String?
    }

    /// Computes every chain of a station again. Throws `CountyFault` for a station that is not known.
    public func verify(_ station: String) throws -> [ChainCheck] {
        try store.pool.read { db in
            _ = try StationRecord.need(db, station)
            return try IncarnationRecord.all(db, station: station).map { try Self.verify(db, $0) }
        }
    }

    private static func verify(_ db: Database, _ chain: IncarnationRecord) throws -> ChainCheck {
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT sequence, bytes, hash FROM event WHERE incarnation = ? ORDER BY sequence",
            arguments: [chain.number]
        )
        var check = ChainCheck(incarnation: chain.id, events: 0)
        var (hash, end) = (Chain.start, 0)
        var lost = try LostRange.all(db, chain)[...]
        while let row = try rows.next() {
            let (sequence, bytes, stored): (Int, Data, Data) = (row[0], row[1], row[2])
            if let range = lost.first, range.sequences == end + 1...max(end + 1, sequence - 1) {
                (hash, end) = (range.hash, range.sequences.upperBound)
                check.lost.append(ChainHeader.text(of: range.sequences))
                lost.removeFirst()
            }
            hash = Chain.next(after: hash, bytes: Array(bytes))
            guard sequence == end + 1 else {
                check.broken = end + 1
                check.fault = "missing"
                return check
            }
            guard hash == Array(stored) else {
                check.broken = sequence
                check.fault = "the bytes do not give the stored hash"
                return check
            }
            check.events += 1
            end = sequence
        }
        if end != chain.acknowledged || hash != chain.hash || !lost.isEmpty {
            check.broken = end + 1
            check.fault = "the station was told \(chain.acknowledged) events are stored"
        }
        return check
    }
}
