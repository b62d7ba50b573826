public import CountyBooks
import GRDB
import Glibc
import SQLiteCopy

extension CountyBackup {
    /// What a restore did.
    public struct Restored: Sendable, Hashable {
        /// What is in the books now.
        public var checked: Checked
        /// Where the books are now that were there; `nil` when there were none.
        public var kept: String?
        /// How those were damaged, as SQLite says it; `nil` when they were whole.
        public var damage: String?
    }

    /// Puts a copy in the place of the books, which are kept under another name with what SQLite keeps beside them. The
    /// derived books are removed: they would count events that are lost. Nothing that is there is touched before the copy
    /// stands on the disk, whole, with an entry in its audit log; a power cut then leaves either of the two, or none and a
    /// server that refuses to start.
    ///
    /// - Parameters:
    ///   - isDamageTaken: whether rows that do not fit their hashes are taken as they are; SQLite must find the file whole.
    ///   - stamp: who does it.
    /// - Throws: `CountyFault` for a file that is no whole backup, while another process has the books open, and when the
    ///   disk does not take it.
    public static func restore(
        _ copy: String,
        to path: String,
        isDamageTaken: Bool = false,
        by stamp: AuditStamp
    ) throws -> Restored {
        guard access(copy, R_OK) == 0 else {
            throw CountyFault(copy, "cannot be read 无法读取", mend: "check its name and owner 请检查文件名和属主")
        }
        // Gigabytes are not copied for nothing.
        _ = try requireUnused(path)
        let part = path + ".part"
        try DiskFiles.remove(part)
        let checked: Checked
        do {
            checked = try prepare(copy, at: part, like: path, isDamageTaken: isDamageTaken, stamp)
        } catch {
            try? DiskFiles.remove(part)
            throw error
        }
        // A server that starts now waits, and then finds what is restored.
        let lock = try FileLock.ofFolder(holding: path)
        defer { lock.release() }
        let damage = try requireUnused(path)
        let kept = try setAside(path)
        do {
            try DiskFiles.remove(DiskFiles.folder(of: path) + "/books.sqlite")
            try DiskFiles.move(part, to: path)
        } catch {
            if let kept, !DiskFiles.exists(path) { try? moveAll(kept, to: path) }
            throw error
        }
        try DiskFiles.sync(DiskFiles.folder(of: path))
        return Restored(checked: checked, kept: kept, damage: damage)
    }

    /// Copies, brings the copy to this version, checks it, ends the sessions that it holds and appends to its audit log.
    private static func prepare(
        _ copy: String,
        at part: String,
        like path: String,
        isDamageTaken: Bool,
        _ stamp: AuditStamp
    ) throws -> Checked {
        let stranger = CountyFault(
            copy,
            "is no backup of a county's books 不是备份文件",
            mend: "take a file that backup made 请选择备份文件"
        )
        do {
            try DiskFiles.make(part, like: DiskFiles.exists(path) ? path : DiskFiles.folder(of: path))
            try duplicate(copy, at: part)
            guard try open(part, { try $0.read { try $0.tableExists("incarnation") && $0.tableExists("event") } })
            else {
                throw stranger
            }
            let store = try CountyStore(path: part)
            let checked = try store.pool.read(check)
            guard checked.faults.isEmpty || isDamageTaken else {
                throw CountyFault(
                    copy,
                    "\(checked.faults.count) of what it holds do not fit 有数据校验不符\n"
                        + checked.faults.map { "  \($0)" }.joined(separator: "\n"),
                    mend: "\n  choose another backup, or add --damaged when no whole one is left "
                        + "请换用其他备份；没有完整备份时可加 --damaged"
                )
            }
            // Who was logged in then may have logged out since, or have lost the account.
            try store.pool.write { try $0.execute(sql: "DELETE FROM session") }
            try AccountTable(store).append(
                AuditEntry(
                    stamp,
                    .backupRestored,
                    object: copy,
                    detail: "\(checked.incarnations) chains, \(checked.events) events"
                        + (checked.faults.isEmpty ? "" : ", \(checked.faults.count) do not fit")
                )
            )
            try store.pool.close()
            // What its WAL holds must be in the file before it is moved.
            try open(part) { try $0.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") } }
            try DiskFiles.sync(part)
            return checked
        } catch let error as DatabaseError {
            guard !SQLiteCopy.isDamage(error) else { throw stranger }
            throw CountyFault(
                part,
                "cannot be made 无法建立: \(error.message ?? "\(error.resultCode)")",
                mend: "check the disk: it needs room for another copy 请检查磁盘空间"
            )
        }
    }

    // MARK: What was there

    /// Renames the books with what SQLite keeps beside them. The file itself goes first: while one without the other is
    /// under the old name, no server opens it.
    private static func setAside(_ path: String) throws -> String? {
        let isThere = DiskFiles.exists(path)
        guard isThere || DiskFiles.endings.contains(where: { DiskFiles.exists(path + $0) }) else { return nil }
        // A restore that was cut off between the two left the rest: it belongs to what was kept then.
        let name = isThere ? try free(path) : try lastKept(path) ?? free(path)
        try moveAll(path, to: name)
        return name
    }

    private static func moveAll(_ path: String, to other: String) throws {
        for ending in [""] + DiskFiles.endings where DiskFiles.exists(path + ending) {
            try DiskFiles.move(path + ending, to: other + ending)
        }
    }

    private static func names(_ path: String) -> [String] {
        (1...CountySQLiteLimits.restoresMax).map { "\(path).before-restore-\($0)" }
    }

    private static func lastKept(_ path: String) -> String? {
        names(path).last { DiskFiles.exists($0) && !DiskFiles.exists($0 + "-wal") }
    }

    private static func free(_ path: String) throws -> String {
        let free = names(path).first { name in
            !([""] + DiskFiles.endings).contains { DiskFiles.exists(name + $0) }
        }
        guard let free else {
            throw CountyFault(path, "was restored too often 备份过多", mend: "remove files named before-restore 请清理")
        }
        return free
    }

    /// A server or command that has the books open holds a lock on them, which SQLite shows by a busy exclusive one.
    ///
    /// - Returns: how the books are damaged; `nil` when SQLite takes them, or there are none.
    private static func requireUnused(_ path: String) throws -> String? {
        guard DiskFiles.exists(path) else { return nil }
        let used = CountyFault(path, "is in use 正在使用", mend: "stop the server: systemctl stop county-server 请先停服务")
        do {
            try open(path) { queue in
                try queue.inDatabase { db in
                    try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
                    try db.execute(sql: "BEGIN EXCLUSIVE; COMMIT")
                }
            }
            return nil
        } catch let error as DatabaseError {
            let text = error.message ?? "\(error.resultCode)"
            if [.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode) { throw used }
            guard SQLiteCopy.isDamage(error) else {
                throw CountyFault(
                    path,
                    "cannot be opened 无法打开: \(text)",
                    mend: "check the owner and the room on the disk 请检查属主和磁盘空间"
                )
            }
            // Damaged books are what a restore is for.
            if DiskFiles.isLocked(path) { throw used }
            return text
        }
    }
}
