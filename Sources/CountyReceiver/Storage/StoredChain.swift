import CountySQLite
import FoundationEssentials
import GRDB
import LockerDomain
import SyncWire

/// What the tables have of one incarnation, within one write transaction.
struct StoredChain: ChainStore {
    typealias Fault = any Error

    private let db: Database
    private let station: String
    private let incarnation: String
    /// When the batch came, milliseconds since 1970.
    private let time: Int64
    /// `nil` as long as nothing of it is stored.
    private var record: IncarnationRecord?
    /// What came into the chain at its end.
    private(set) var appended: FreshLines.Batch?

    init(_ db: Database, station: String, incarnation: String, time: Int64) throws {
        self.db = db
        self.station = station
        self.incarnation = incarnation
        self.time = time
        record = try IncarnationRecord.find(db, station: station, id: incarnation)
    }

    var acknowledged: Int { record?.acknowledged ?? 0 }
    var end: [UInt8] { record?.hash ?? Chain.start }

    func hashes(_ sequences: ClosedRange<Int>) throws -> [ChainMark] { try record?.marks(db, sequences) ?? [] }

    func holdsBeside(_ hash: [UInt8]?, at sequence: Int) throws -> Bool {
        try Branches.holds(db, station: station, incarnation: incarnation, sequence: sequence, hash: hash)
    }

    mutating func append(_ lines: ArraySlice<ChainLine>) throws {
        guard let last = lines.last else { return }
        var chain = try begun()
        try insert(lines, into: chain)
        appended = FreshLines.Batch(endingAt: db.lastInsertedRowID, lines)
        chain.acknowledged = last.sequence
        chain.hash = last.hash
        try chain.save(db)
        record = chain
    }

    mutating func lose(through sequence: Int, hash: [UInt8]) throws {
        var chain = try begun()
        try LostRange.note(db, chain, chain.acknowledged + 1...sequence, hash: hash, time: time)
        chain.acknowledged = sequence
        chain.hash = hash
        try chain.save(db)
        record = chain
    }

    func fill(_ lines: ArraySlice<ChainLine>) throws {
        guard let record, let first = lines.first, let last = lines.last else { return }
        try insert(lines, into: record)
        try LostRange.shrink(db, record, endingAt: last.sequence, to: first.sequence - 1, hash: first.before)
    }

    private func begun() throws -> IncarnationRecord {
        try record ?? IncarnationRecord.begin(db, station: station, id: incarnation, time: time)
    }

    private static let events = RowInsert(
        "INSERT INTO event (incarnation, sequence, bytes, hash, type, received, quarantined, reason)",
        columns: 8
    )

    private func insert(_ lines: ArraySlice<ChainLine>, into chain: IncarnationRecord) throws {
        try Self.events.write(db, lines) { line in
            [
                chain.number, line.sequence, Data(line.bytes), Data(line.hash), line.type, time, line.fault != nil,
                line.fault,
            ]
        }
    }

    func keepBeside(_ lines: ArraySlice<ChainLine>) throws {
        try Branches.keep(db, lines, station: station, incarnation: incarnation, time: time)
    }
}
