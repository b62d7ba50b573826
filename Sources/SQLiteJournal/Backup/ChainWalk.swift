import GRDB
import LockerDomain
import StationPorts

/// Reads the lines of a copy in their order and notes where one does not follow from the one in front of it.
struct ChainWalk {
    private(set) var events = 0
    private(set) var last: JournalLine?
    private(set) var breaks: [JournalPosition] = []

    private let sha256: JournalBackup.Hash
    /// Up to where each incarnation was removed from the front.
    private let pruned: [Int: Int]

    /// A walk that begins behind a line, or in front of the first one.
    init(after line: JournalLine? = nil, pruned: [Int: Int], _ sha256: @escaping JournalBackup.Hash) {
        (last, self.pruned, self.sha256) = (line, pruned, sha256)
    }

    mutating func take(_ line: JournalLine) {
        if !follows(line) { breaks.append(line.position) }
        (events, last) = (events + 1, line)
    }

    private func follows(_ line: JournalLine) -> Bool {
        guard sha256(line.before + line.bytes) == line.hash else { return false }
        guard let last, last.position.generation == line.position.generation else {
            let isFirst = line.position.sequence == (pruned[line.position.generation] ?? 0) + 1
            return isFirst && (line.position.sequence > 1 || line.before.allSatisfy { $0 == 0 })
        }
        return line.position.sequence == last.position.sequence + 1 && line.before == last.hash
    }

    /// Up to where each incarnation of a file was removed.
    static func pruned(_ database: Database) throws -> [Int: Int] {
        let rows = try Row.fetchAll(database, sql: "SELECT generation, through FROM pruned")
        return Dictionary(rows.map { ($0[0], $0[1]) }, uniquingKeysWith: max)
    }

    /// Reads the lines from one position to another, both included.
    static func walk(
        _ database: Database,
        from first: Int64 = 0,
        through last: Int64 = .max,
        _ sha256: @escaping JournalBackup.Hash
    ) throws -> ChainWalk {
        let before = try Row.fetchOne(
            database,
            sql: "SELECT position, before, bytes, hash FROM event WHERE position < ? ORDER BY position DESC LIMIT 1",
            arguments: [first]
        )
        var walk = ChainWalk(after: before.map(JournalLine.init(row:)), pruned: try pruned(database), sha256)
        let rows = try Row.fetchCursor(
            database,
            sql: "SELECT position, before, bytes, hash FROM event WHERE position BETWEEN ? AND ? ORDER BY position",
            arguments: [first, last]
        )
        while let row = try rows.next() { walk.take(JournalLine(row: row)) }
        return walk
    }
}
