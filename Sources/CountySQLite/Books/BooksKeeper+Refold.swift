import CountyBooks
import GRDB
import LockerDomain
import Synchronization

/// Stations whose lines do not come in the order in which they happened are folded anew as a whole. One that does so for ever,
/// as two cabinets with one identity do, must not hold up the others: it waits until they are folded, and for a while.
extension BooksKeeper {
    /// Folds a station from its first line.
    func refold(_ db: Database, station: String, through: Int64) throws {
        var row = try BooksStation.begin(db, station)
        // Reads of one pool do not nest: lines that waited are read by the same one.
        let ledger = try source.pool.read { county in
            let ledger = BooksLedger(db, station: row.number) { [reading] number in
                try EventSource.line(county, number).flatMap(reading.line)
            }
            var count = 0
            let lines = try StationLines(county, station: station, through: through)
            try lines.forEach { stored in
                if stored.number > 0 { (row.incarnation, row.sequence) = (stored.incarnation, stored.sequence) }
                guard let line = reading.line(of: stored) else {
                    return row.fold.skip(stored.incarnationID, stored.sequence)
                }
                try row.fold.take(
                    FoldedLine(number: stored.number, received: stored.received, line: line),
                    into: ledger
                )
                count += 1
                if count.isMultiple(of: CountySQLiteLimits.foldEvents) { try ledger.flush() }
            }
            row.lines = lines.segments.map(\.key)
            row.branches =
                try Int64.fetchOne(county, sql: "SELECT max(rowid) FROM branch WHERE station = ?", arguments: [station])
                ?? 0
            return ledger
        }
        try ledger.flush()
        try row.save(db)
    }

    /// Folds that station anew which has waited longest, unless all were folded anew not long ago.
    func refoldNext(_ pool: DatabasePool) throws -> Bool {
        let waiting = try pool.read { try BooksStation.waiting($0) }
        guard !waiting.isEmpty else { return false }
        let (now, refolded) = (uptime(), seen.withLock { $0.refolded })
        let next = waiting.filter { station in
            refolded[station].map { now - $0 >= CountySQLiteLimits.refoldPauseMilliseconds } ?? true
        }.min { (refolded[$0] ?? .min, $0) < (refolded[$1] ?? .min, $1) }
        guard let next else { return false }
        try refold(pool, next)
        return true
    }

    /// Folds all stations anew that wait for it now, each once, however short ago it was folded anew.
    func refoldWaiting() throws {
        let pool = try pool
        for station in try pool.read({ try BooksStation.waiting($0) }) { try refold(pool, station) }
    }

    private func refold(_ pool: DatabasePool, _ station: String) throws {
        // One that cannot be folded must not keep the others waiting.
        defer { seen.withLock { $0.refolded[station] = uptime() } }
        do {
            try pool.write { db in
                // Another process has folded it meanwhile.
                guard try BooksStation.find(db, station)?.waits == true else { return }
                try refold(db, station: station, through: Self.through(db))
            }
            seen.withLock { $0.unfolded[station] = nil }
        } catch {
            seen.withLock { $0.unfolded[station] = fault(error) }
            throw error
        }
    }

    /// Lines of a branch come without a number of their own: a station in whose order they stand is folded anew.
    func lookAtBranches(_ pool: DatabasePool) throws {
        let newest = try source.newestBranchLine()
        let before = seen.withLock { $0.branches }
        guard newest != before else { return }
        for (station, rowid) in try source.newestBranchLines(behind: before).sorted(by: { $0.key < $1.key }) {
            try pool.write { db in
                guard var row = try BooksStation.find(db, station), !row.waits, row.branches < rowid else { return }
                let through = try Self.through(db)
                let segments = try source.pool.read {
                    try StationLines($0, station: station, through: through).segments
                }
                row.waits = !row.isSame(segments)
                row.branches = rowid
                try row.save(db)
                // No new event tells a reader who keeps what was made of these rows that the station waits.
                if row.waits { try BooksLedger.changeAll(db, of: row.number) }
            }
        }
        seen.withLock { $0.branches = newest }
    }

    /// Takes the mark off lines that an earlier program could not read, once after books were made.
    func review(_ pool: DatabasePool) throws {
        guard try pool.read({ try Bool.fetchOne($0, sql: "SELECT reviewed FROM progress") }) == false else { return }
        try source.release(reading)
        try pool.write { try $0.execute(sql: "UPDATE progress SET reviewed = 1") }
    }
}
