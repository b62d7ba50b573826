import FoundationEssentials
import GRDB
public import LockerDomain
public import StationPorts

/// Copies a journal that is in use: a third connection with short reads, so that the WAL can be reset between them.
///
/// A copy holds the incarnations, the lines, the newest snapshots, the cursor and what the county gave back. It holds no
/// phone numbers: they must be erased when a parcel is over, and nobody can erase a stick in a drawer (DESIGN rule 10).
public struct JournalBackup: JournalCopyPort {
    /// SHA-256 of bytes.
    public typealias Hash = @Sendable ([UInt8]) -> [UInt8]

    let path: String
    let sha256: Hash

    /// `path` is that of the journal.
    public init(path: String, sha256: @escaping Hash) { (self.path, self.sha256) = (path, sha256) }

    // MARK: The plan

    public func plan(for copy: String?, checksAll: Bool) throws -> (plan: BackupPlan, bytes: Int) {
        let journal = try source()
        guard let copy else {
            return try reading {
                try journal.read { (BackupPlan(try .init(end: nil, of: $0)), try Self.bytes($0)) }
            }
        }
        let file = try writing(copy) {
            let file = try BackupFile(path: copy, sha256: sha256)
            if checksAll {
                BackupFile.forget(copy)
                try file.checkAll()
            }
            return file
        }
        let ends = try writing(copy) { try CopyEnds(file) }
        return try reading {
            try journal.read { database in
                let plan = BackupPlan(try ends.facts(database))
                let bytes = plan == .append ? try ends.bytesBehind(database) : try Self.bytes(database)
                return (plan, bytes)
            }
        }
    }

    public func reading(of copy: String) throws -> BackedUpJournal {
        try writing(copy) {
            let file = try BackupFile(path: copy, sha256: sha256)
            return try result(file, added: 0)
        }
    }

    // MARK: The copy

    public func copy(to copy: String, pause: () throws -> Void) throws -> BackedUpJournal {
        let journal = try source()
        do {
            let names = try reading { try journal.read { try SQLiteJournal.migrator.appliedIdentifiers($0) } }
            let file = try writing(copy) { try BackupFile(making: copy, like: Array(names), sha256: sha256) }
            var walk = ChainWalk(pruned: try reading { try journal.read(ChainWalk.pruned) }, sha256)
            var page: JournalPage
            repeat {
                let after = walk.last?.position.rowid ?? 0
                page = try reading { try journal.read { try JournalPage($0, after: after) } }
                for line in page.lines { walk.take(line) }
                try writing(copy) {
                    try file.queue.inTransaction(.immediate) { database in
                        try page.insert(database, sha256)
                        if let tables = page.tables {
                            try tables.write(database)
                            try self.seal(database, after: walk)
                        }
                        return .commit
                    }
                }
                try pause()
            } while page.tables == nil
        }
        // Another connection, and the medium, say what was written.
        return try writing(copy) {
            BackupFile.forget(copy)
            let file = try BackupFile(path: copy, sha256: sha256)
            try file.checkAll()
            return try result(file, added: nil)
        }
    }

    /// Seals a full copy. The front may have been removed meanwhile, so its first lines are read again.
    private func seal(_ database: Database, after walk: ChainWalk) throws {
        guard let last = walk.last else { throw BackupFault(.journal, path, "it has no line") }
        var breaks = walk.breaks
        let removed = try CopyFront.remove(database, breaks: &breaks, sha256)
        guard breaks.count <= Limits.backupBreaksMax else { throw tooManyBreaks }
        let seal = BackupSeal(
            end: last.position,
            hash: last.hash,
            events: walk.events - removed,
            breaks: breaks,
            digest: try BackupSeal.digest(database, sha256)
        )
        try seal.write(database)
    }

    // MARK: What is new

    public func append(to copy: String, pause: () throws -> Void) throws -> BackedUpJournal {
        let journal = try source()
        let (before, added) = try writing(copy) {
            let file = try BackupFile(path: copy, sha256: sha256)
            let before = try file.seal()
            var added = 0
            try file.queue.inTransaction(.immediate) { database in
                added = try self.append(database, behind: before, from: journal, pause: pause)
                return .commit
            }
            return (before, added)
        }
        return try writing(copy) {
            BackupFile.forget(copy)
            let file = try BackupFile(path: copy, sha256: sha256)
            let seal = try file.seal()
            let walk = try file.queue.read { try ChainWalk.walk($0, from: before.end.rowid + 1, sha256) }
            guard walk.events == added, walk.breaks == seal.breaks.filter({ $0 > before.end }) else {
                throw SQLiteJournal.Damage("what was added is not what was written")
            }
            return try result(file, added: added)
        }
    }

    private func append(
        _ database: Database,
        behind before: BackupSeal,
        from journal: DatabaseQueue,
        pause: () throws -> Void
    ) throws -> Int {
        var breaks = before.breaks
        let mended = try CopyMending.run(database, breaks: &breaks, sha256) { range in
            try reading { try journal.read { try JournalPage.lines($0, in: range) } }
        }
        let pruned = try reading { try journal.read(ChainWalk.pruned) }
        let last = try Row.fetchOne(
            database,
            sql: "SELECT position, before, bytes, hash FROM event ORDER BY position DESC LIMIT 1"
        )
        var walk = ChainWalk(after: last.map(JournalLine.init(row:)), pruned: pruned, sha256)
        var page: JournalPage
        repeat {
            let after = walk.last?.position.rowid ?? 0
            page = try reading { try journal.read { try JournalPage($0, after: after) } }
            for line in page.lines { walk.take(line) }
            try page.insert(database, sha256)
            try page.tables?.write(database)
            try pause()
        } while page.tables == nil
        guard let end = walk.last else { throw SQLiteJournal.Damage("it has no line") }
        breaks += walk.breaks
        let removed = try CopyFront.remove(database, breaks: &breaks, sha256)
        guard breaks.count <= Limits.backupBreaksMax else { throw tooManyBreaks }
        let seal = BackupSeal(
            end: end.position,
            hash: end.hash,
            events: before.events + mended + walk.events - removed,
            breaks: breaks,
            digest: try BackupSeal.digest(database, sha256)
        )
        try seal.write(database)
        return walk.events
    }

    // MARK: Words

    private func result(_ file: BackupFile, added: Int?) throws -> BackedUpJournal {
        let seal = try file.seal()
        let name = try file.queue.read { try Incarnation.newest($0)?.id }
        return BackedUpJournal(
            incarnation: name ?? "",
            last: seal.end,
            hash: seal.hash,
            events: seal.events,
            bytes: file.bytes,
            breaks: seal.breaks.count,
            added: added ?? seal.events
        )
    }

    private var tooManyBreaks: BackupFault {
        BackupFault(
            .journal,
            path,
            "more than \(Limits.backupBreaksMax) events do not follow from those in front of them"
        )
    }

    private func source() throws -> DatabaseQueue {
        try reading { try DatabaseQueue(path: path, configuration: SQLiteJournal.configuration(readonly: true)) }
    }

    /// What goes wrong here is the journal's.
    private func reading<Value>(_ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let error as DatabaseError {
            throw BackupFault(.journal, path, error.message ?? "SQLite code \(error.resultCode)")
        }
    }

    /// What goes wrong here is the medium's.
    private func writing<Value>(_ copy: String, _ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let error as DatabaseError { throw BackupFault(error, copy) } catch let error
            as SQLiteJournal.Damage
        {
            throw BackupFault(.damaged, copy, error.description)
        }
    }

    private static func bytes(_ database: Database) throws -> Int {
        let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
        let free = try Int.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
        return (pages - free) * (try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0)
    }
}

extension BackupFault {
    /// What SQLite says of a file on the medium.
    init(_ error: DatabaseError, _ path: String) {
        let words = error.message ?? "SQLite code \(error.resultCode)"
        switch error.resultCode {
        case .SQLITE_FULL: self.init(.full, path, words)
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: self.init(.readOnly, path, words)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT, .SQLITE_ERROR, .SQLITE_SCHEMA, .SQLITE_CONSTRAINT,
            .SQLITE_MISMATCH:
            self.init(.damaged, path, words)
        default: self.init(.broken, path, words)
        }
    }
}
