import FoundationEssentials
import GRDB
import LockerDomain
import SyncWire

/// Makes a county of many events out of one of few: other stations of its registers get the stored events of those that were
/// simulated, by SQL, since a simulation of ten million events takes hours.
///
/// A copied event names its new station, and the chain of the copy is computed anew; times, journals and waybills are those of
/// the original, so a waybill is at as many stations as there are copies. Events come in the order in which stations would
/// have sent them: each batch of an original is followed by the same of all its copies. The desk's own tables (parcels, hold
/// periods, commands, statuses, branches) are not copied: no page of the books reads them but for commands and statuses.
struct StationCopies {
    /// Path of `county.sqlite`; no program has it open.
    let path: String
    let originals: [String]
    /// Stations of the registers that are not enrolled, with ids as long as those of the originals.
    let free: [String]

    /// Stored events that one transaction copies.
    private static let pageEvents = 500
    private static let cacheKiB = 256 * 1_024

    /// Copies until there are so many events.
    ///
    /// - Returns: how many stations there are.
    func make(events target: Int) throws -> Int {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.writeWithoutTransaction { db in
            // Whoever pulls the plug now makes the county anew.
            try db.execute(sql: "PRAGMA synchronous = OFF")
            try db.execute(sql: "PRAGMA cache_size = -\(Self.cacheKiB)")
            let last = try Int64.fetchOne(db, sql: "SELECT max(number) FROM event") ?? 0
            let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM event") ?? 0
            let copies = count > 0 ? max(0, target - 1) / count : 0
            guard count > 0, copies * originals.count <= free.count else {
                throw BenchFault(
                    "\(count) events of \(originals.count) stations are too few for \(target): raise --stations or --days"
                )
            }
            var copier = try Copier(db, originals: originals, free: free, copies: copies)
            var through: Int64 = 0
            while through < last {
                try db.inTransaction {
                    through = try copier.copyPage(behind: through, upTo: last, limit: Self.pageEvents)
                    return .commit
                }
            }
            try copier.finish()
            try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            return originals.count * (copies + 1)
        }
    }
}

/// The copies of all incarnations on their way.
private struct Copier {
    private let db: Database
    /// The stations that get the events of each original.
    private let copies: [String: [String]]
    /// The copies of each incarnation, by its number.
    private var chains: [Int64: [Chained]] = [:]

    /// A copied incarnation.
    private struct Chained {
        var number: Int64
        var station: String
        var sequence = 0
        var hash = Chain.start
    }

    /// A stored event.
    private struct Line {
        var incarnation: Int64
        var sequence: Int
        var bytes: [UInt8]
        var hash: Data
        var type: String?
        var received: Int64
        var isQuarantined: Bool
        var reason: String?
        /// Where the id of its station stands.
        var source: Int?
    }

    init(_ db: Database, originals: [String], free: [String], copies: Int) throws {
        self.db = db
        var map: [String: [String]] = [:]
        for (index, station) in originals.enumerated() {
            map[station] = Array(free[(index * copies)..<((index + 1) * copies)])
        }
        self.copies = map
        try db.inTransaction {
            for (station, others) in map { for other in others { try Self.enrol(db, other, as: station) } }
            return .commit
        }
    }

    /// Its keys are those of the original: it never calls.
    private static func enrol(_ db: Database, _ station: String, as original: String) throws {
        try db.execute(
            sql: """
                INSERT INTO station (id, codeKeyID, codeKey, created, keyID, lastContact)
                SELECT ?, codeKeyID, codeKey, created, keyID, lastContact FROM station WHERE id = ?
                """,
            arguments: [station, original]
        )
        try db.execute(
            sql: """
                INSERT INTO stationKey (station, keyID, signingKey, exchangeKey, added)
                SELECT ?, keyID, signingKey, exchangeKey, added FROM stationKey WHERE station = ?
                """,
            arguments: [station, original]
        )
    }

    /// Copies the next events, and those behind them of the same batch.
    ///
    /// - Returns: number of the last of them.
    mutating func copyPage(behind number: Int64, upTo last: Int64, limit: Int) throws -> Int64 {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT e.number, i.station, e.incarnation, e.sequence, e.bytes, e.hash, e.type, e.received, e.quarantined,
                    e.reason
                FROM event e JOIN incarnation i ON i.number = e.incarnation
                WHERE e.number > ? AND e.number <= ? ORDER BY e.number LIMIT ?
                """,
            arguments: [number, last, limit]
        )
        var (batch, station) = ([Line](), "")
        for row in rows {
            let line = Self.line(row)
            if let before = batch.last, before.incarnation != line.incarnation || before.received != line.received {
                try copy(batch, of: station)
                batch = []
            }
            station = row[1]
            batch.append(line)
        }
        try copy(batch, of: station)
        return rows.last?[0] ?? last
    }

    private static func line(_ row: Row) -> Line {
        let (station, bytes): (String, Data) = (row[1], row[4])
        let source = Array("\"source\":\"/stations/".utf8)
        let found = Array(bytes).firstRange(of: source + Array("\(station)\"".utf8))
        return Line(
            incarnation: row[2],
            sequence: row[3],
            bytes: Array(bytes),
            hash: row[5],
            type: row[6],
            received: row[7],
            isQuarantined: row[8],
            reason: row[9],
            source: found.map { $0.lowerBound + source.count }
        )
    }

    private mutating func copy(_ batch: [Line], of station: String) throws {
        guard let incarnation = batch.first?.incarnation else { return }
        var copied = try chains[incarnation] ?? begin(incarnation, of: station)
        for index in copied.indices { try append(batch, to: &copied[index]) }
        chains[incarnation] = copied
    }

    private func begin(_ incarnation: Int64, of station: String) throws -> [Chained] {
        try (copies[station] ?? []).map { other in
            try db.execute(
                sql: """
                    INSERT INTO incarnation (station, id, created, hash)
                    SELECT ?, id, created, hash FROM incarnation WHERE number = ?
                    """,
                arguments: [other, incarnation]
            )
            let number = db.lastInsertedRowID
            try db.execute(
                sql: """
                    INSERT INTO lostRange (incarnation, first, last, hash, noted)
                    SELECT ?, first, last, hash, noted FROM lostRange WHERE incarnation = ?
                    """,
                arguments: [number, incarnation]
            )
            return Chained(number: number, station: other)
        }
    }

    private func append(_ batch: [Line], to chain: inout Chained) throws {
        let insert = try db.cachedStatement(
            sql: """
                INSERT INTO event (incarnation, sequence, bytes, hash, type, received, quarantined, reason)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """
        )
        let id = Array(chain.station.utf8)
        for var line in batch {
            if let source = line.source { line.bytes.replaceSubrange(source..<source + id.count, with: id) }
            if line.sequence == chain.sequence + 1 {
                chain.hash = Chain.next(after: chain.hash, bytes: line.bytes)
            } else {
                // Behind lines that were lost, or among them, the chain of the original goes on.
                chain.hash = Array(line.hash)
            }
            chain.sequence = max(chain.sequence, line.sequence)
            try insert.execute(arguments: [
                chain.number, line.sequence, Data(line.bytes), Data(chain.hash), line.type, line.received,
                line.isQuarantined, line.reason,
            ])
        }
    }

    /// Enters how far each copied chain goes.
    func finish() throws {
        try db.inTransaction {
            for chain in chains.values.joined() {
                try db.execute(
                    sql: "UPDATE incarnation SET acknowledged = ?, hash = ? WHERE number = ?",
                    arguments: [chain.sequence, Data(chain.hash), chain.number]
                )
            }
            return .commit
        }
    }
}
