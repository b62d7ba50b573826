import FoundationEssentials
import GRDB
import LockerDomain
import StationBooks
import SyncWire

/// One journal of a station: its chain as far as the county has it.
struct IncarnationRecord: Sendable {
    var number: Int64
    var id: String
    /// Highest contiguous sequence stored.
    var acknowledged: Int
    /// Hash behind it.
    var hash: [UInt8]

    private init(_ row: Row) {
        let hash: Data = row[3]
        self.init(number: row[0], id: row[1], acknowledged: row[2], hash: Array(hash))
    }

    private init(number: Int64, id: String, acknowledged: Int, hash: [UInt8]) {
        self.number = number
        self.id = id
        self.acknowledged = acknowledged
        self.hash = hash
    }

    private static let columns = "SELECT number, id, acknowledged, hash, station FROM incarnation"

    static func find(_ db: Database, station: String, id: String) throws -> IncarnationRecord? {
        let statement = try db.cachedStatement(sql: "\(columns) WHERE station = ? AND id = ?")
        return try Row.fetchOne(statement, arguments: [station, id]).map(IncarnationRecord.init)
    }

    /// All of a station, the oldest first.
    static func all(_ db: Database, station: String) throws -> [IncarnationRecord] {
        try SQLRequest<Row>(sql: "\(columns) WHERE station = ? ORDER BY number", arguments: [station], cached: true)
            .fetchAll(db)
            .map(IncarnationRecord.init)
    }

    /// All of every station, by the station's id, the oldest first.
    static func all(_ db: Database) throws -> [String: [IncarnationRecord]] {
        var records: [String: [IncarnationRecord]] = [:]
        for row in try SQLRequest<Row>(sql: "\(columns) ORDER BY number", cached: true).fetchAll(db) {
            records[row[4] as String, default: []].append(IncarnationRecord(row))
        }
        return records
    }

    static func newest(_ db: Database, station: String) throws -> IncarnationRecord? {
        let statement = try db.cachedStatement(sql: "\(columns) WHERE station = ? ORDER BY number DESC LIMIT 1")
        return try Row.fetchOne(statement, arguments: [station]).map(IncarnationRecord.init)
    }

    /// When the station last began a journal because the one before was damaged, milliseconds since 1970: it forgot its
    /// parcels with it. `nil` when it never did. An incarnation says so in its first line.
    static func journalLost(_ db: Database, station: String) throws -> Int64? {
        let rows = try SQLRequest<Row>(
            sql: """
                SELECT e.bytes, e.received FROM incarnation i JOIN event e ON e.incarnation = i.number AND e.sequence = 1
                WHERE i.station = ? AND e.type = ? ORDER BY i.number DESC
                """,
            arguments: [station, EventType.stationJournalReplaced.rawValue],
            cached: true
        ).fetchAll(db)
        for row in rows {
            let (bytes, received): (Data, Int64) = (row[0], row[1])
            guard let line = try? EventLine(decoding: Array(bytes)), line.station == station,
                case .stationJournalReplaced(let fact) = line.event, fact.reason == .damaged, fact.stateKept != true
            else { continue }
            return line.time.clock.isDated ? min(line.time.wall, received) : received
        }
        return nil
    }

    static func begin(_ db: Database, station: String, id: String, time: Int64) throws -> IncarnationRecord {
        try db.cachedStatement(sql: "INSERT INTO incarnation (station, id, created, hash) VALUES (?, ?, ?, ?)").execute(
            arguments: [station, id, time, Data(Chain.start)])
        return IncarnationRecord(number: db.lastInsertedRowID, id: id, acknowledged: 0, hash: Chain.start)
    }

    func save(_ db: Database) throws {
        try db.cachedStatement(sql: "UPDATE incarnation SET acknowledged = ?, hash = ? WHERE number = ?")
            .execute(arguments: [acknowledged, Data(hash), number])
    }

    /// The first event that came at a time or later; `nil` when none did.
    func first(_ db: Database, receivedSince time: Int64) throws -> Int? {
        try SQLRequest<Int>(
            sql: "SELECT sequence FROM event WHERE incarnation = ? AND received >= ? ORDER BY sequence LIMIT 1",
            arguments: [number, time],
            cached: true
        ).fetchOne(db)
    }

    /// Hash behind a stored sequence; that of sequence 0 is known to all.
    func hash(_ db: Database, at sequence: Int) throws -> [UInt8]? {
        if sequence == 0 { return Chain.start }
        return try marks(db, sequence...sequence).first?.hash
    }

    /// Hashes behind stored lines and lost ranges, by their sequence.
    private func hashes(_ db: Database, from first: Int, through last: Int, of table: String) throws -> [Int: [UInt8]] {
        let statement = try db.cachedStatement(sql: table)
        let rows = try Row.fetchAll(statement, arguments: [number, first, last])
        return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], Array($0[1] as Data)) })
    }

    /// What is known of each sequence, in order.
    func marks(_ db: Database, _ sequences: ClosedRange<Int>) throws -> [ChainMark] {
        let (first, last) = (sequences.lowerBound, sequences.upperBound)
        let stored = try hashes(db, from: first, through: last, of: Self.storedHashes)
        if stored.count == sequences.count { return sequences.map { ChainMark(hash: stored[$0]) } }
        let lost = try hashes(db, from: first, through: last, of: Self.lostHashes)
        return sequences.map { ChainMark(hash: stored[$0] ?? lost[$0], isStored: stored[$0] != nil) }
    }

    private static let storedHashes =
        "SELECT sequence, hash FROM event WHERE incarnation = ? AND sequence BETWEEN ? AND ?"
    private static let lostHashes = "SELECT last, hash FROM lostRange WHERE incarnation = ? AND last BETWEEN ? AND ?"
}

/// Lines that stand beside a chain: kept and shown, never believed.
enum Branches {
    /// Whether a line stands in a branch of the incarnation.
    ///
    /// - Parameter hash: behind it; `nil` for any.
    static func holds(
        _ db: Database,
        station: String,
        incarnation: String,
        sequence: Int,
        hash: [UInt8]?
    ) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: """
                SELECT EXISTS (
                    SELECT 1 FROM branch
                    WHERE station = ?1 AND incarnation = ?2 AND sequence = ?3 AND (?4 IS NULL OR hash = ?4))
                """
        )
        let data = hash.map { Data($0) }
        return try Bool.fetchOne(statement, arguments: [station, incarnation, sequence, data]) ?? false
    }

    static func keep(
        _ db: Database,
        _ lines: ArraySlice<ChainLine>,
        station: String,
        incarnation: String,
        time: Int64
    ) throws {
        let kept = try count(db, station: station)
        let insert = try db.cachedStatement(sql: "INSERT OR IGNORE INTO branch VALUES (?, ?, ?, ?, ?, ?)")
        for line in lines.prefix(max(0, CountyLimits.branchLinesMax - kept)) {
            try insert.execute(arguments: [
                station, incarnation, line.sequence, Data(line.hash), Data(line.bytes), time,
            ])
        }
    }

    static func count(_ db: Database, station: String) throws -> Int {
        try SQLRequest<Int>(sql: "SELECT count(*) FROM branch WHERE station = ?", arguments: [station], cached: true)
            .fetchOne(db) ?? 0
    }

    /// Of every station that has any.
    static func counts(_ db: Database) throws -> [String: Int] {
        let rows = try SQLRequest<Row>(sql: "SELECT station, count(*) FROM branch GROUP BY station", cached: true)
            .fetchAll(db)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0[0] as String, $0[1] as Int) })
    }
}
