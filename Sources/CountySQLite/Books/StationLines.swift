import FoundationEssentials
import GRDB
import LockerDomain
import StationBooks
import SyncWire

/// All lines of one station in the order in which they happened, whatever the order in which they came: incarnation behind
/// incarnation, and a branch that `station.journalReplaced` names behind the whole of what it branched from (DESIGN 4.3).
struct StationLines {
    private let db: Database
    /// Number of the newest line that is read.
    private let through: Int64
    let segments: [Segment]

    /// Lines that follow on each other.
    enum Segment: Equatable {
        /// All lines of an incarnation, by its number.
        case chain(Int64)
        /// Row ids of the lines of a branch, the first of them first.
        case branch([Int64])

        /// What tells it from others of its station. The lines of a branch follow from its last one, as far back as they came.
        var key: String {
            switch self {
            case .chain(let number): "\(number)"
            case .branch(let rowids): "b\(rowids.first ?? 0)-\(rowids.last ?? 0)-\(rowids.count)"
            }
        }
    }

    init(_ db: Database, station: String, through: Int64) throws {
        (self.db, self.through) = (db, through)
        segments = try Self.segments(db, station: station, through: through)
    }

    /// Hands over each line.
    func forEach(_ body: (EventSource.Stored) throws -> Void) throws {
        for segment in segments {
            switch segment {
            case .chain(let incarnation):
                let rows = try Row.fetchCursor(
                    db,
                    sql: """
                        SELECT \(EventSource.columns) FROM event e JOIN incarnation i ON i.number = e.incarnation
                        WHERE e.incarnation = ? AND e.number <= ? ORDER BY e.sequence
                        """,
                    arguments: [incarnation, through]
                )
                while let row = try rows.next() { try body(EventSource.read(row)) }
            case .branch(let rowids):
                for rowid in rowids {
                    if let line = try EventSource.branchLine(db, rowid) { try body(line) }
                }
            }
        }
    }

    // MARK: Order

    private struct Incarnation {
        var number: Int64
        var id: String
        /// What its first line says of the one before.
        var replaced: JournalReplaced?
    }

    private static func segments(_ db: Database, station: String, through: Int64) throws -> [Segment] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT i.number, i.id, e.bytes FROM incarnation i
                LEFT JOIN event e ON e.incarnation = i.number AND e.sequence = 1 AND e.number <= ?2
                WHERE i.station = ?1 ORDER BY i.number
                """,
            arguments: [station, through]
        )
        let all = rows.map { row in
            let bytes: Data? = row[2]
            var incarnation = Incarnation(number: row[0], id: row[1])
            if let bytes, let line = try? EventLine(decoding: Array(bytes)),
                case .stationJournalReplaced(let fact) = line.event
            {
                incarnation.replaced = fact
            }
            return incarnation
        }
        var segments: [Segment] = []
        for incarnation in ordered(all) {
            if let named = incarnation.replaced, let branch = try branch(db, station: station, named) {
                segments.append(.branch(branch))
            }
            segments.append(.chain(incarnation.number))
        }
        return segments
    }

    /// Each behind the one that it names as its previous, else in the order in which they came.
    private static func ordered(_ all: [Incarnation]) -> [Incarnation] {
        let known = Set(all.map(\.id))
        var ordered: [Incarnation] = []
        var done: Set<String> = []
        var waiting = all
        while !waiting.isEmpty {
            let next = waiting.firstIndex { incarnation in
                guard let previous = incarnation.replaced?.previous, known.contains(previous) else { return true }
                return done.contains(previous)
            }
            // Incarnations that name each other in a ring are no order: then that of their arrival counts.
            let incarnation = waiting.remove(at: next ?? waiting.startIndex)
            done.insert(incarnation.id)
            ordered.append(incarnation)
        }
        return ordered
    }

    /// The branch that ends with the hash that a new journal names, back to where it leaves the chain; `nil` when there is none.
    private static func branch(_ db: Database, station: String, _ named: JournalReplaced) throws -> [Int64]? {
        guard let previous = named.previous, let text = named.lastSequence, var sequence = Int(text),
            let last = named.lastHash, var hash = Hex.decode(last)
        else { return nil }
        var rowids: [Int64] = []
        while rowids.count < CountySQLiteLimits.branchLinesMax {
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT rowid, bytes FROM branch
                    WHERE station = ? AND incarnation = ? AND sequence = ? AND hash = ?
                    """,
                arguments: [station, previous, sequence, Data(hash)]
            )
            guard let row else { break }
            let bytes: Data = row[1]
            guard let before = try hashBefore(db, station, previous, sequence, bytes: Array(bytes), hash) else {
                return nil
            }
            rowids.append(row[0])
            (sequence, hash) = (sequence - 1, before)
        }
        return rowids.isEmpty ? nil : rowids.reversed()
    }

    /// The hash in front of a line of a branch: that of another line of a branch, or of the chain.
    private static func hashBefore(
        _ db: Database,
        _ station: String,
        _ incarnation: String,
        _ sequence: Int,
        bytes: [UInt8],
        _ hash: [UInt8]
    ) throws -> [UInt8]? {
        if sequence == 1 { return Chain.next(after: Chain.start, bytes: bytes) == hash ? Chain.start : nil }
        let candidates = try Data.fetchAll(
            db,
            sql: """
                SELECT hash FROM branch WHERE station = ?1 AND incarnation = ?2 AND sequence = ?3
                UNION SELECT e.hash FROM event e JOIN incarnation i ON i.number = e.incarnation
                WHERE i.station = ?1 AND i.id = ?2 AND e.sequence = ?3
                """,
            arguments: [station, incarnation, sequence - 1]
        )
        return candidates.map { Array($0) }.first { Chain.next(after: $0, bytes: bytes) == hash }
    }
}
