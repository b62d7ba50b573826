import CountyBooks
import FoundationEssentials
import GRDB
import Glibc
import LockerDomain
import SyncWire

/// Copies the county's books while they are served, and puts a copy in their place.
public enum CountyBackup {
    /// What a copy holds.
    public struct Checked: Sendable, Hashable {
        public var incarnations: Int
        public var events: Int
    }

    /// Copies by SQLite's backup interface into a new file, and computes every chain of the copy again.
    ///
    /// - Throws: `CountyFault` when the file is there already, the disk does not take it, or a chain of the copy does not fit;
    ///   then nothing is left of it.
    public static func make(of path: String, at copy: String) throws -> Checked {
        guard access(copy, F_OK) != 0 else {
            throw CountyFault(copy, "is there already 文件已存在", mend: "give the backup another name 请换名")
        }
        // Nobody finds half a backup under its name.
        let part = copy + ".part"
        unlink(part)
        do {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(CountySQLiteLimits.busySeconds)
            let source = try DatabaseQueue(path: path, configuration: configuration)
            let target = try DatabaseQueue(path: part)
            try source.backup(to: target)
            try target.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            let checked = try target.read(check)
            try target.close()
            try sync(part)
            guard rename(part, copy) == 0 else {
                throw CountyFault(copy, "cannot be made 无法建立", mend: "check the folder 请检查目录")
            }
            return checked
        } catch {
            unlink(part)
            throw error is CountyFault ? error : CountyFault(copy, "\(error)", mend: "check the disk 请检查磁盘")
        }
    }

    /// Puts a copy in the place of the books. What was there is kept under another name.
    ///
    /// - Returns: where the books are now that were there; `nil` when there were none.
    /// - Throws: `CountyFault` for a file that is no whole backup, and while another process has the books open.
    public static func restore(_ copy: String, to path: String) throws -> String? {
        var configuration = Configuration()
        configuration.readonly = true
        guard access(copy, R_OK) == 0 else {
            throw CountyFault(copy, "cannot be read 无法读取", mend: "check its name 请检查文件名")
        }
        do {
            let source = try DatabaseQueue(path: copy, configuration: configuration)
            _ = try source.read(check)
            try source.close()
        } catch let fault as CountyFault { throw fault } catch {
            throw CountyFault(
                copy,
                "is no backup of a county's books 不是备份文件",
                mend: "take a file that backup made 请选择备份文件"
            )
        }
        try requireUnused(path)
        var kept: String?
        if access(path, F_OK) == 0 {
            let name = try free(path)
            guard rename(path, name) == 0 else {
                throw CountyFault(path, "cannot be moved aside 无法改名", mend: "check its owner 请检查权限")
            }
            kept = name
        }
        for ending in ["-wal", "-shm"] { unlink(path + ending) }
        let part = path + ".part"
        try? FileManager.default.removeItem(atPath: part)
        try FileManager.default.copyItem(atPath: copy, toPath: part)
        try sync(part)
        guard rename(part, path) == 0 else {
            throw CountyFault(path, "cannot be made 无法建立", mend: "check the disk 请检查磁盘")
        }
        return kept
    }

    /// Computes every chain from its bytes, and asks SQLite whether the file is whole.
    private static func check(_ db: Database) throws -> Checked {
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
            var before = Chain.start
            let rows = try Row.fetchCursor(
                db,
                sql: "SELECT sequence, bytes, hash FROM event WHERE incarnation = ? ORDER BY sequence",
                arguments: [number]
            )
            while let row = try rows.next() {
                let (sequence, bytes, hash): (Int, Data, Data) = (row[0], row[1], row[2])
                if let behind = behindLost[sequence] { before = behind }
                before = Chain.next(after: before, bytes: Array(bytes))
                guard before == Array(hash) else {
                    let (station, id): (String, String) = (chain[1], chain[2])
                    throw CountyFault(
                        "chain \(id) of \(station)",
                        "does not fit at \(sequence) 校验不符",
                        mend: "type: county-server verify 请核验"
                    )
                }
                checked.events += 1
            }
        }
        return checked
    }

    private static func free(_ path: String) throws -> String {
        for number in 1...999 where access("\(path).before-restore-\(number)", F_OK) != 0 {
            return "\(path).before-restore-\(number)"
        }
        throw CountyFault(path, "was restored 999 times 备份过多", mend: "remove files named before-restore 请清理")
    }

    /// A server or command that has the books open holds a lock on them, which SQLite shows by a busy exclusive one.
    private static func requireUnused(_ path: String) throws {
        guard access(path, F_OK) == 0 else { return }
        do {
            let queue = try DatabaseQueue(path: path)
            try queue.inDatabase { db in
                try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
                try db.execute(sql: "BEGIN EXCLUSIVE; COMMIT")
            }
            try queue.close()
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            throw CountyFault(path, "is in use 正在使用", mend: "stop the server: systemctl stop county-server 请先停服务")
        } catch {
            // Damaged books are what a restore is for.
        }
    }

    private static func sync(_ path: String) throws {
        let handle = open(path, O_RDONLY | O_CLOEXEC)
        guard handle >= 0 else { return }
        defer { close(handle) }
        guard fsync(handle) == 0 else {
            throw CountyFault(path, "cannot be written 无法写入", mend: "check the disk 请检查磁盘")
        }
    }
}
