public import CountyBooks
import FoundationEssentials
import GRDB
import LockerDomain
import SyncWire

/// Copies the county's books while they are served, and puts a copy in their place.
public enum CountyBackup {
    /// What a copy holds.
    public struct Checked: Sendable, Hashable {
        public var incarnations: Int
        public var events: Int
        /// What does not fit its hash: the first line of a chain, manifests, closed periods. A copy is made page by page, so that
        /// the county's own file has the same, unless the disk of the copy changed it.
        public var faults: [CountyFault]

        package init(incarnations: Int, events: Int, faults: [CountyFault] = []) {
            (self.incarnations, self.events, self.faults) = (incarnations, events, faults)
        }
    }

    /// Copies by SQLite's backup interface into a new file, and computes every chain of the copy again. A copy with something
    /// in it that does not fit stays: one damaged row must not be the end of all backups.
    ///
    /// - Throws: `CountyFault` when the file is there already, the disk does not take it, or SQLite finds the copy damaged; then
    ///   nothing is left of it.
    public static func make(of path: String, at copy: String) throws -> Checked {
        guard !DiskFiles.exists(copy) else {
            throw CountyFault(copy, "is there already 文件已存在", mend: "give the backup another name 请换名")
        }
        // Nobody finds half a backup under its name.
        let part = copy + ".part"
        try DiskFiles.remove(part)
        do {
            try DiskFiles.make(part)
            try duplicate(path, at: part)
            let checked = try open(part) { try $0.read(check) }
            try DiskFiles.sync(part)
            try DiskFiles.move(part, to: copy)
            try DiskFiles.sync(DiskFiles.folder(of: copy))
            return checked
        } catch {
            try? DiskFiles.remove(part)
            throw error is CountyFault ? error : CountyFault(copy, "\(error)", mend: "check the disk 请检查磁盘")
        }
    }

    /// Copies what a database holds into an empty file, without a WAL.
    static func duplicate(_ path: String, at part: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(CountySQLiteLimits.busySeconds)
        let source = try DatabaseQueue(path: path, configuration: configuration)
        try open(part) { target in
            try source.backup(to: target)
            try target.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
        }
        try source.close()
    }

    static func open<Value>(_ path: String, _ body: (DatabaseQueue) throws -> Value) throws -> Value {
        let queue = try DatabaseQueue(path: path)
        let value = try body(queue)
        try queue.close()
        return value
    }

    /// What helps where a row does not fit.
    static let older = "keep older backups: one may have it whole 请保留更早的备份，其中可能有完整数据"

    /// Computes every chain and every kept hash from its bytes, and asks SQLite whether the file is whole.
    static func check(_ db: Database) throws -> Checked {
        guard try String.fetchOne(db, sql: "PRAGMA quick_check(1)") == "ok" else {
            throw CountyFault("backup", "is damaged 已损坏", mend: "make another one 请重做")
        }
        var checked = Checked(incarnations: 0, events: 0)
        for chain in try Row.fetchAll(db, sql: "SELECT number, station, id FROM incarnation ORDER BY number") {
            checked.incarnations += 1
            let number: Int64 = chain[0]
            let lost = try Row.fetchAll(
                db,
                sql: "SELECT last, hash FROM lostRange WHERE incarnation = ?",
                arguments: [number]
            )
            let behindLost = Dictionary(uniqueKeysWithValues: lost.map { (($0[0] as Int) + 1, Array($0[1] as Data)) })
            var (before, isWhole) = (Chain.start, true)
            let rows = try Row.fetchCursor(
                db,
                sql: "SELECT sequence, bytes, hash FROM event WHERE incarnation = ? ORDER BY sequence",
                arguments: [number]
            )
            while let row = try rows.next() {
                let (sequence, bytes, hash): (Int, Data, Data) = (row[0], row[1], row[2])
                if let behind = behindLost[sequence] { before = behind }
                before = Chain.next(after: before, bytes: Array(bytes))
                checked.events += 1
                guard isWhole, before != Array(hash) else { continue }
                isWhole = false
                let (station, id): (String, String) = (chain[1], chain[2])
                let fault = "does not fit at \(sequence) 校验不符"
                checked.faults.append(CountyFault("chain \(id) of \(station)", fault, mend: older))
            }
        }
        checked.faults += try hashFaults(db)
        return checked
    }
}
