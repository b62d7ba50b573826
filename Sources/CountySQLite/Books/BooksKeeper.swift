public import CountyBooks
package import GRDB
import Glibc
import LockerDomain
import SyncWire
package import Synchronization

/// Keeps the books up with the stored events: reads what came, folds it, and keeps both in one transaction with the number
/// up to which it read. Several processes may do so; each page is folded by one of them. Calls block; safe from any task.
public final class BooksKeeper: Sendable {
    package let source: EventSource
    package let file: BooksFile
    package let county: String
    package let reading: LineReading
    private let ahead: ReadAhead
    /// Milliseconds of a clock that nobody sets.
    let uptime: @Sendable () -> Int64
    private let mayReplace: Bool
    package let seen = Mutex(Seen())

    /// What is known since the start of the process.
    package struct Seen {
        /// Row id of the newest line of a branch that was looked at.
        package var branches: Int64 = -1
        /// When stations were folded anew, by `uptime`.
        package var refolded: [String: Int64] = [:]
        package var trouble: CountyFault?
        /// Why stations could not be folded anew when they were to be last.
        package var unfolded: [String: CountyFault] = [:]
    }

    /// - Parameters:
    ///   - store: of the stored events.
    ///   - county: key of the county.
    ///   - path: of the books.
    ///   - mayReplace: whether books of another version, or of events that are lost, are made anew.
    ///   - reading: what this program understands of lines.
    ///   - uptime: milliseconds of a clock that nobody sets.
    package convenience init(
        _ store: CountyStore,
        county: String,
        path: String,
        mayReplace: Bool,
        reading: LineReading = .own,
        uptime: @escaping @Sendable () -> Int64 = BooksKeeper.bootTime
    ) {
        self.init(
            source: EventSource(pool: store.pool, fresh: store.fresh),
            county: county,
            path: path,
            mayReplace: mayReplace,
            reading: reading,
            uptime: uptime
        )
    }

    /// A keeper over other books of the same events.
    init(
        source: EventSource,
        county: String,
        path: String,
        mayReplace: Bool,
        reading: LineReading,
        uptime: @escaping @Sendable () -> Int64
    ) {
        (self.source, self.county, self.mayReplace) = (source, county, mayReplace)
        (self.reading, self.uptime) = (reading, uptime)
        ahead = ReadAhead(source, reading)
        file = BooksFile(
            path: path,
            source: source,
            county: county,
            reads: reading.fingerprint,
            mayReplace: mayReplace
        )
    }

    package static let bootTime: @Sendable () -> Int64 = {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }

    package var pool: DatabasePool { get throws { try file.pool } }

    /// Why the last look for new events failed, or a station could not be folded anew; `nil` while the books are kept.
    public var trouble: CountyFault? {
        seen.withLock { $0.trouble ?? $0.unfolded.min { $0.key < $1.key }?.value }
    }

    /// What a reader is told of an error.
    func fault(_ error: any Error) -> CountyFault {
        let fault = error as? CountyFault
        return fault ?? CountyFault(file.path, "is not kept 账簿未更新: \(error)", mend: "check the disk 请检查磁盘")
    }

    /// Folds all that is stored now, but for stations that were folded anew not long ago and are to be again. Throws what
    /// either store throws; what was kept before stays.
    public func catchUp() throws {
        while try foldPage() != .nothing {}
    }

    /// What was found to be folded.
    public enum Page: Sendable {
        /// More waits.
        case full
        /// The rest: what comes from now on is best folded together, since each page reads and writes its stations.
        case rest
        /// Nothing that may be folded now.
        case nothing
    }

    /// Folds one page.
    @discardableResult
    public func foldPage() throws -> Page {
        do {
            let page = try foldNext()
            seen.withLock { $0.trouble = nil }
            return page
        } catch {
            seen.withLock { $0.trouble = fault(error) }
            throw error
        }
    }

    private func foldNext() throws -> Page {
        let pool = try pool
        let count = try foldPage(pool)
        guard count < CountySQLiteLimits.foldEvents else { return .full }
        try lookAtBranches(pool)
        if try refoldNext(pool) { return .full }
        try review(pool)
        return count > 0 ? .rest : .nothing
    }

    /// Folds the next lines in the order of arrival, and says how many there were.
    private func foldPage(_ pool: DatabasePool) throws -> Int {
        let through = try pool.read { try Self.through($0) }
        let page = try ahead.page(behind: through)
        guard let last = page.last?.stored, let mark = try source.mark(last.number) else { return 0 }
        try pool.write { db in
            // Another process has folded it meanwhile.
            guard try Self.through(db) == through else { return }
            let byStation = Dictionary(grouping: page) { $0.stored.station }
            for (station, lines) in byStation.sorted(by: { $0.key < $1.key }) {
                try fold(db, station: station, lines, through: last.number)
            }
            try db.execute(
                sql: "UPDATE progress SET through = ?, hash = ?, received = ?",
                arguments: [last.number, mark.hash, mark.received]
            )
        }
        source.fresh.forget(through: last.number)
        return page.count
    }

    static func through(_ db: Database) throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT through FROM progress") ?? 0
    }

    /// Whether the books do not hold yet all that was stored when they were made.
    package static func isBeingMade(_ db: Database) throws -> Bool {
        try Bool.fetchOne(db, sql: "SELECT through < target FROM progress") ?? false
    }

    // MARK: One station

    private func fold(
        _ db: Database,
        station: String,
        _ lines: [ReadAhead.Line],
        through: Int64
    ) throws {
        guard var row = try BooksStation.find(db, station) else {
            return try refold(db, station: station, through: through)
        }
        guard !row.waits else { return }
        guard let order = try follow(lines.map(\.stored), on: row, through: through) else {
            row.waits = true
            return try row.save(db)
        }
        row.lines = order
        let ledger = BooksLedger(db, station: row.number) { [source, reading] number in
            if let near = lines.line(number) { return near.line }
            return try source.line(number).flatMap(reading.line)
        }
        for one in lines {
            let stored = one.stored
            (row.incarnation, row.sequence) = (stored.incarnation, stored.sequence)
            guard let line = one.line else {
                row.fold.skip(stored.incarnationID, stored.sequence)
                continue
            }
            try row.fold.take(FoldedLine(number: stored.number, received: stored.received, line: line), into: ledger)
        }
        try ledger.flush()
        try row.save(db)
    }

    /// The order of a station's lines when these come behind all that was folded of it; else `nil`. Lines of a lost range
    /// that turn up, the tail of an older journal, or a journal that names a branch do not.
    private func follow(_ lines: [EventSource.Stored], on row: BooksStation, through: Int64) throws -> [String]? {
        var (incarnation, sequence) = (row.incarnation, row.sequence)
        var new: [Int64] = []
        for line in lines {
            guard line.incarnation > incarnation || line.incarnation == incarnation && line.sequence > sequence else {
                return nil
            }
            if line.incarnation > incarnation { new.append(line.incarnation) }
            (incarnation, sequence) = (line.incarnation, line.sequence)
        }
        guard !new.isEmpty else { return row.lines }
        let segments = try source.pool.read { try StationLines($0, station: row.station, through: through).segments }
        guard let added = row.added(in: segments), new.allSatisfy(added.contains) else { return nil }
        return segments.map(\.key)
    }
}
