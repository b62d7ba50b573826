import FoundationEssentials
package import GRDB
public import LockerDomain
public import StationPorts
import Synchronization

/// The journal in one SQLite file (WAL, `synchronous=FULL`).
///
/// - Rowid of an event: generation · 2⁴⁰ + sequence, so that one b-tree, only ever appended to, holds all incarnations
///   in the order in which they are sent. Events are deleted by `prune` alone, from the front, and changed by `putBack`
///   alone.
/// - Fault model: the process or the power may go at any moment; a commit that returned stays. A file that cannot be
///   read is moved aside whole and kept (`open`), because two half-trusted files would be two chances to disagree.
/// - The writer belongs to the engine's thread; `SQLiteOutbox` reads through a second connection.
public final class SQLiteJournal: JournalPort {
    let queue: DatabaseQueue
    let path: String
    private let reserve: Reserve
    private let room: WALRoom
    /// Events committed since the last checkpoint; what a run before this one left in the log is due at once.
    private let fresh = Mutex(Limits.checkpointEvents)
    let mark: CommitMark
    /// Called between the steps of what takes its time.
    private let progressed: @Sendable () -> Void
    /// The end of the backup that was put in the place of this journal.
    private let restoredMark: CommitMark

    /// Why a journal could not be used.
    public struct Damage: Error, Sendable, CustomStringConvertible {
        public var description: String

        public init(_ description: String) { self.description = description }
    }

    /// Opens or makes the journal.
    /// - Parameter progressed: called between the steps of what takes its time: a replay, a rest. Must be quick.
    /// - Throws: `Damage` when the file is no intact database of ours; `Newer` when a newer version wrote it; `JournalError` when the disk does not answer.
    public init(
        path: String,
        reserveBytes: Int = Limits.reserveBytes,
        progressed: @escaping @Sendable () -> Void = {}
    ) throws {
        self.path = path
        self.progressed = progressed
        reserve = Reserve(path: path + ".reserve", bytes: reserveBytes)
        room = WALRoom(path: path + "-wal", bytes: Limits.walRoomBytes)
        mark = CommitMark(path: path + ".mark")
        restoredMark = CommitMark(path: path + Self.restoredSuffix)
        try Self.refuseLoss(path)
        do {
            queue = try Self.opened(path)
        } catch let error as DatabaseError where !Self.isDamage(error) {
            // SQLite needs some room even to open; a station must start on a full disk, pickups go on (DESIGN rule 6).
            guard reserve.release(), let queue = try? Self.opened(path) else {
                throw JournalError(
                    .broken,
                    "\(path): the disk takes nothing (\(error.message ?? "SQLite code \(error.resultCode)")): make room"
                )
            }
            self.queue = queue
        }
        progressed()
        if reserve.fill() { room.make(queue) }
    }

    private static func opened(_ path: String) throws -> DatabaseQueue {
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration(readonly: false))
            try refuseNewer(queue, path)
            try settle(queue)
            try migrator.migrate(queue)
            return queue
        } catch let error as DatabaseError where isDamage(error) {
            throw Damage("\(path) is not an intact journal: \(error.message ?? "SQLite code \(error.resultCode)")")
        }
    }

    /// SQLite would take an emptied file, or a WAL without its file, for a new database, drop the WAL, and every door
    /// would count as empty.
    /// A journal that has lost its file, all but its WAL. SQLite would take what is left away.
    /// - Throws: `Damage`.
    public static func refuseLoss(_ path: String) throws {
        func size(_ path: String) -> Int? {
            (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? nil
        }
        if size(path) == 0 { throw Damage("\(path) is empty: a journal never is") }
        if size(path) == nil, size(path + "-wal") ?? 0 > 0 { throw Damage("\(path) is gone, its WAL is still there") }
    }

    static func isDamage(_ error: DatabaseError) -> Bool {
        switch error.resultCode {
        case .SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_FORMAT, .SQLITE_ERROR, .SQLITE_SCHEMA: true
        default: false
        }
    }

    static func configuration(readonly: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = readonly
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA cache_size = -1024") }
        return configuration
    }

    /// GRDB sets `synchronous` back to NORMAL while opening a WAL database (DESIGN 5): set it afterwards, read it back.
    ///
    /// Not `Damage`: the file is good, and must not be moved aside because the disk or the build is not.
    static func settle(_ queue: DatabaseQueue) throws {
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = FULL")
            // Checkpoints run when the station is idle, not inside a commit.
            try database.execute(sql: "PRAGMA wal_autocheckpoint = 0")
            guard try Durability(database).isFull else {
                throw JournalError(
                    .broken,
                    "the journal does not stay at WAL and synchronous=FULL: refuse to run without durability"
                )
            }
        }
    }

    /// How durable the commits of a connection are, read back from SQLite.
    public struct Durability: Sendable, Hashable {
        public var journalMode: String
        /// 2 is FULL.
        public var synchronous: Int

        /// Whether a commit survives a power cut.
        public var isFull: Bool { journalMode == "wal" && synchronous == 2 }

        init(_ database: Database) throws {
            journalMode = try String.fetchOne(database, sql: "PRAGMA journal_mode") ?? ""
            synchronous = try Int.fetchOne(database, sql: "PRAGMA synchronous") ?? -1
        }
    }

    /// What the writer's connection does now; for tests and the doctor.
    public func durability() throws -> Durability { try queue.read { try Durability($0) } }

    /// Append-only: a released migration is never edited.
    package static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("2026-11 journal") { database in
            try database.execute(
                sql: """
                    CREATE TABLE incarnation (generation INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
                    CREATE TABLE event (
                        position INTEGER PRIMARY KEY, before BLOB NOT NULL, bytes BLOB NOT NULL, hash BLOB NOT NULL);
                    CREATE TABLE snapshot (
                        position INTEGER PRIMARY KEY, format INTEGER NOT NULL, bytes BLOB NOT NULL);
                    CREATE TABLE cursor (
                        id INTEGER PRIMARY KEY CHECK (id = 1), acknowledged INTEGER NOT NULL,
                        again INTEGER NOT NULL);
                    CREATE TABLE pruned (generation INTEGER PRIMARY KEY, through INTEGER NOT NULL);
                    """
            )
        }
        migrator.registerMigration("2026-11 contacts") { database in
            try database.execute(
                sql: """
                    CREATE TABLE contact (
                        waybill TEXT PRIMARY KEY, sealed BLOB NOT NULL, isSent INTEGER NOT NULL DEFAULT 0,
                        overSince INTEGER);
                    """
            )
        }
        migrator.registerMigration("2026-11 recipients of contacts") { database in
            try database.execute(
                sql: """
                    ALTER TABLE contact ADD COLUMN recipientKey TEXT;
                    ALTER TABLE contact ADD COLUMN mark BLOB;
                    CREATE INDEX contactMark ON contact (mark) WHERE mark IS NOT NULL;
                    """
            )
        }
        migrator.registerMigration("2026-11 recovered lines") { database in
            try database.execute(
                sql: """
                    CREATE TABLE recovered (
                        position INTEGER NOT NULL, number INTEGER NOT NULL, bytes BLOB NOT NULL,
                        PRIMARY KEY (position, number)) WITHOUT ROWID;
                    """
            )
        }
        return migrator
    }

    // MARK: JournalPort

    public func head() throws -> (incarnation: Incarnation, last: JournalLine?) {
        do { return try readHead() } catch let error as DatabaseError where Self.isDamage(error) {
            throw Damage("\(path) cannot be read at its end: \(error.message ?? "SQLite code \(error.resultCode)")")
        }
    }

    private func readHead() throws -> (incarnation: Incarnation, last: JournalLine?) {
        try queue.read { database in
            guard let incarnation = try Incarnation.newest(database) else {
                return (Incarnation(generation: 0, id: ""), nil)
            }
            let last = try Row.fetchOne(
                database,
                sql:
                    "SELECT position, before, bytes, hash FROM event WHERE position > ? ORDER BY position DESC LIMIT 1",
                arguments: [JournalPosition(generation: incarnation.generation, sequence: 0).rowid]
            )
            return (incarnation, last.map(JournalLine.init(row:)))
        }
    }

    public func append(_ lines: [JournalLine]) throws(JournalError) {
        do {
            try queue.inTransaction(.immediate) { database in
                try Self.insert(lines, database)
                return .commit
            }
        } catch {
            throw journalError(error)
        }
        committed(lines)
    }

    /// What follows once lines are durable.
    func committed(_ lines: [JournalLine]) {
        guard let last = lines.last else { return }
        mark.keep(last.position)
        fresh.withLock { $0 += lines.count }
    }

    public func putBack(_ lines: [JournalLine]) throws(JournalError) {
        do {
            try queue.inTransaction(.immediate) { database in
                try Self.insert(lines, database, orReplace: true)
                return .commit
            }
        } catch {
            throw journalError(error)
        }
    }

    static func insert(_ lines: [JournalLine], _ database: Database, orReplace: Bool = false) throws {
        let insert = try database.cachedStatement(
            sql: """
                INSERT \(orReplace ? "OR REPLACE " : "")INTO event (position, before, bytes, hash) VALUES (?, ?, ?, ?)
                """
        )
        for line in lines {
            try insert.execute(
                arguments: [line.position.rowid, Data(line.before), Data(line.bytes), Data(line.hash)]
            )
        }
    }

    func journalError(_ error: any Error) -> JournalError {
        guard let error = error as? DatabaseError else { return JournalError(.broken, "journal \(path): \(error)") }
        let full = error.resultCode == .SQLITE_FULL || error.extendedResultCode == .SQLITE_IOERR_WRITE
        return JournalError(full ? .full : .broken, "journal \(path): \(error.message ?? "\(error.resultCode)")")
    }

    public func beginIncarnation(id: String, lines: (Incarnation) throws -> [JournalLine]) throws -> Incarnation {
        do {
            let (next, first) = try queue.write { database in
                let next = Incarnation(generation: (try Incarnation.newest(database)?.generation ?? 0) + 1, id: id)
                try database.execute(
                    sql: "INSERT INTO incarnation (generation, id) VALUES (?, ?)",
                    arguments: [next.generation, id]
                )
                let first = try lines(next)
                try Self.insert(first, database)
                return (next, first)
            }
            committed(first)
            // It says why it began: what the backup lacked is known to be missing.
            restoredMark.remove()
            return next
        } catch let error as DatabaseError {
            throw journalError(error)
        }
    }

    public func replay(format: Int, snapshot: (Snapshot) throws -> Bool, line: (JournalLine) throws -> Void) throws {
        do {
            try queue.read { database in
                var start: Int64 = 0
                let snapshots = try Row.fetchCursor(
                    database,
                    sql: "SELECT position, bytes FROM snapshot WHERE format = ? ORDER BY position DESC",
                    arguments: [format]
                )
                while let row = try snapshots.next() {
                    let kept = Snapshot(
                        position: JournalPosition(rowid: row[0]),
                        format: format,
                        bytes: row.bytes(at: 1)
                    )
                    guard try snapshot(kept) else { continue }
                    start = kept.position.rowid
                    break
                }
                let rows = try Row.fetchCursor(
                    database,
                    sql: "SELECT position, before, bytes, hash FROM event WHERE position > ? ORDER BY position",
                    arguments: [start]
                )
                while let row = try rows.next() {
                    progressed()
                    try line(JournalLine(row: row))
                }
            }
        } catch let error as DatabaseError where Self.isDamage(error) {
            throw Damage("\(path) cannot be read to its end: \(error.message ?? "SQLite code \(error.resultCode)")")
        }
    }

    public func maintain(keeping snapshot: () -> Snapshot?) -> Storage {
        do {
            let snapshot = snapshot()
            if let snapshot { try queue.write { try Self.keep(snapshot, $0) } }
            progressed()
            let isWhole = reserve.fill()
            // On a full disk each makes the log's space free for the next pickups.
            if snapshot != nil || !isWhole || fresh.withLock({ $0 }) >= Limits.checkpointEvents { checkpoint() }
            if isWhole { room.make(queue) }
            return isWhole ? .ok : .reserve
        } catch {
            checkpoint()
            return .failed
        }
    }

    /// Each costs the card several syncs, so it is made for many events at once: they are durable in the log already. The last snapshot
    /// of a run leaves the file whole.
    private func checkpoint() {
        fresh.withLock { $0 = 0 }
        mark.sync()
        progressed()
        // PASSIVE never waits for the uplink's reader.
        _ = try? queue.writeWithoutTransaction { try $0.checkpoint(.passive) }
        progressed()
    }

    public func releaseReserve() -> Bool { reserve.release() }

    public func restored() -> JournalPosition? { restoredMark.position() }

    static let restoredSuffix = ".restored"
}

extension Incarnation {
    static func newest(_ database: Database) throws -> Incarnation? {
        let row = try Row.fetchOne(
            database,
            sql: "SELECT generation, id FROM incarnation ORDER BY generation DESC LIMIT 1"
        )
        return row.map { Incarnation(generation: $0[0], id: $0[1]) }
    }
}

extension JournalPosition {
    var rowid: Int64 { Int64(generation) << 40 | Int64(sequence) }

    init(rowid: Int64) { self.init(generation: Int(rowid >> 40), sequence: Int(rowid & Self.sequenceMask)) }

    /// The bits of a rowid that hold the sequence.
    static let sequenceMask: Int64 = 1 << 40 - 1
}

extension JournalLine {
    init(row: Row) {
        self.init(
            position: JournalPosition(rowid: row[0]),
            before: row.bytes(at: 1),
            bytes: row.bytes(at: 2),
            hash: row.bytes(at: 3)
        )
    }
}

extension Row {
    /// A blob column.
    func bytes(at index: Int) -> [UInt8] {
        let data: Data = self[index]
        return Array(data)
    }
}
