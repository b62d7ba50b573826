import CountyBooks
import FoundationEssentials
import GRDB
import LockerDomain
import SyncWire
import Synchronization

/// Keeps the books up with the stored events: reads what came, folds it, and keeps both in one transaction with the number
/// up to which it read. Several processes may do so; each page is folded by one of them. Calls block; safe from any task.
public final class BooksKeeper: Sendable {
    let source: EventSource
    let file: BooksFile
    let county: String
    private let mayReplace: Bool
    private let branchesSeen = Mutex<Int64>(-1)

    /// - Parameters:
    ///   - store: of the stored events.
    ///   - county: key of the county.
    ///   - path: of the books.
    ///   - mayReplace: whether books of another version are made anew.
    package init(_ store: CountyStore, county: String, path: String, mayReplace: Bool) {
        source = EventSource(pool: store.pool)
        (self.county, self.mayReplace) = (county, mayReplace)
        file = BooksFile(path: path)
    }

    /// A keeper over other books of the same events.
    init(source: EventSource, county: String, path: String) {
        (self.source, self.county, mayReplace) = (source, county, true)
        file = BooksFile(path: path)
    }

    var pool: DatabasePool {
        get throws { try file.pool(county: county, mayReplace: mayReplace) }
    }

    /// Folds all that is stored now. Throws what either store throws; what was kept before stays.
    public func catchUp() throws {
        while try foldPage() {}
    }

    /// Folds one page; `false` when nothing waits any more.
    @discardableResult
    public func foldPage() throws -> Bool {
        let pool = try pool
        try refoldBranches(pool)
        let through = try pool.read { try Self.through($0) }
        let page = try source.page(behind: through, limit: CountySQLiteLimits.foldEvents)
        guard let last = page.last else { return false }
        let read = page.map { (stored: $0, line: $0.line) }
        try pool.write { db in
            // Another process has folded it meanwhile.
            guard try Self.through(db) == through else { return }
            let byStation = Dictionary(grouping: read) { $0.stored.station }
            for (station, lines) in byStation.sorted(by: { $0.key < $1.key }) {
                try fold(db, station: station, lines, through: last.number)
            }
            try db.execute(sql: "UPDATE progress SET through = ?", arguments: [last.number])
        }
        return true
    }

    static func through(_ db: Database) throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT through FROM progress") ?? 0
    }

    // MARK: One station

    private func fold(
        _ db: Database,
        station: String,
        _ lines: [(stored: EventSource.Stored, line: EventLine?)],
        through: Int64
    ) throws {
        guard var row = try BooksStation.find(db, station), try follow(lines.map(\.stored), on: row, through: through)
        else {
            return try refold(db, station: station, through: through)
        }
        let ledger = ledger(db, row)
        for (stored, line) in lines {
            (row.incarnation, row.sequence) = (stored.incarnation, stored.sequence)
            guard let line else { continue }
            try row.fold.take(FoldedLine(number: stored.number, received: stored.received, line: line), into: ledger)
        }
        try ledger.flush()
        try row.save(db)
    }

    /// Whether lines come behind all that was folded of their station. Lines of a lost range that turn up, the tail of an
    /// older journal, or a journal that names a branch do not.
    private func follow(_ lines: [EventSource.Stored], on row: BooksStation, through: Int64) throws -> Bool {
        var (incarnation, sequence) = (row.incarnation, row.sequence)
        var isNew = false
        for line in lines {
            guard line.incarnation > incarnation || line.incarnation == incarnation && line.sequence > sequence else {
                return false
            }
            isNew = isNew || line.incarnation > incarnation
            (incarnation, sequence) = (line.incarnation, line.sequence)
        }
        guard isNew else { return true }
        let segments = try source.pool.read { try StationLines($0, station: row.station, through: through).segments }
        let order = segments.compactMap { segment in
            if case .chain(let number) = segment { number } else { Int64?.none }
        }
        return order == order.sorted() && order.count == segments.count
    }

    /// Folds a station from its first line.
    private func refold(_ db: Database, station: String, through: Int64) throws {
        var row = try BooksStation.begin(db, station)
        // Reads of one pool do not nest: lines that waited are read by the same one.
        let ledger = try source.pool.read { county in
            let ledger = BooksLedger(db, station: row.number) { try EventSource.line(county, $0)?.line }
            var count = 0
            try StationLines(county, station: station, through: through).forEach { stored in
                if stored.number > 0 { (row.incarnation, row.sequence) = (stored.incarnation, stored.sequence) }
                guard let line = stored.line else { return }
                try row.fold.take(
                    FoldedLine(number: stored.number, received: stored.received, line: line),
                    into: ledger
                )
                count += 1
                if count.isMultiple(of: CountySQLiteLimits.foldEvents) { try ledger.flush() }
            }
            row.branches =
                try Int64.fetchOne(county, sql: "SELECT max(rowid) FROM branch WHERE station = ?", arguments: [station])
                ?? 0
            return ledger
        }
        try ledger.flush()
        try row.save(db)
    }

    private func ledger(_ db: Database, _ row: BooksStation) -> BooksLedger {
        BooksLedger(db, station: row.number) { [source] number in try source.line(number)?.line }
    }

    /// Lines of a branch come without a number of their own: a station that has new ones is folded anew.
    private func refoldBranches(_ pool: DatabasePool) throws {
        let newest = try source.newestBranchLine()
        guard branchesSeen.withLock({ $0 != newest }) else { return }
        for (station, rowid) in try source.newestBranchLines() {
            try pool.write { db in
                guard let row = try BooksStation.find(db, station), row.branches < rowid else { return }
                try refold(db, station: station, through: Self.through(db))
            }
        }
        branchesSeen.withLock { $0 = newest }
    }
}

/// A station in the books.
struct BooksStation {
    /// Its number in all tables of the books.
    var number: Int64
    var station: String
    /// The last line that was folded.
    var incarnation: Int64 = 0
    var sequence = 0
    /// Row id of the newest line of its branches that was looked at.
    var branches: Int64 = 0
    var fold = StationFold()

    static func find(_ db: Database, _ station: String) throws -> BooksStation? {
        let statement = try db.cachedStatement(
            sql: "SELECT number, incarnation, sequence, branches, fold FROM station WHERE id = ?"
        )
        guard let row = try Row.fetchOne(statement, arguments: [station]) else { return nil }
        let fold: Data = row[4]
        return BooksStation(
            number: row[0],
            station: station,
            incarnation: row[1],
            sequence: row[2],
            branches: row[3],
            fold: try CanonicalJSON.decode(StationFold.self, from: Array(fold))
        )
    }

    /// A station without any rows; those that it had are gone.
    static func begin(_ db: Database, _ station: String) throws -> BooksStation {
        if let known = try Int64.fetchOne(db, sql: "SELECT number FROM station WHERE id = ?", arguments: [station]) {
            for table in BooksSchema.ofStation {
                try db.execute(sql: "DELETE FROM \(table) WHERE station = ?", arguments: [known])
            }
            return BooksStation(number: known, station: station)
        }
        try db.execute(
            sql: "INSERT INTO station (id, incarnation, sequence, branches, fold) VALUES (?, 0, 0, 0, x'')",
            arguments: [station]
        )
        return BooksStation(number: db.lastInsertedRowID, station: station)
    }

    func save(_ db: Database) throws {
        try db.cachedStatement(
            sql: """
                UPDATE station SET incarnation = ?, sequence = ?, branches = ?, reaches = ?, began = ?, fold = ?
                WHERE number = ?
                """
        ).execute(arguments: [
            incarnation, sequence, branches, fold.latest, fold.began, Data(try CanonicalJSON.encode(fold)), number,
        ])
    }
}
