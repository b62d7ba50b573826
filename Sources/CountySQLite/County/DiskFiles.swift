import CountyBooks
import Glibc

/// What SQLite leaves to others of its files: whether they survive a power cut, and who puts one in the place of another.
package enum DiskFiles {
    /// What SQLite keeps beside a database.
    static let endings = ["-wal", "-shm", "-journal"]
    /// Bits of a file's mode that say who may use it.
    private static let permissionBits: mode_t = 0o777

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }

    /// Tells a file from another one that was put in its place; `nil` when there is none.
    package static func inode(_ path: String) -> UInt64? {
        var info = stat()
        return stat(path, &info) == 0 ? UInt64(info.st_ino) : nil
    }

    /// Makes an empty file that nobody else reads.
    ///
    /// - Parameter model: a file whose owner and mode it gets, or a folder whose owner it gets; `nil` for this user's own.
    static func make(_ path: String, like model: String? = nil) throws {
        var info = stat()
        if let model {
            guard stat(model, &info) == 0 else { throw fault(model, "cannot be read 无法读取") }
        }
        let handle = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard handle >= 0 else { throw fault(path, "cannot be made 无法建立") }
        defer { close(handle) }
        guard model != nil else { return }
        var made = stat()
        guard fstat(handle, &made) == 0 else { throw fault(path, "cannot be read 无法读取") }
        if (made.st_uid, made.st_gid) != (info.st_uid, info.st_gid) {
            guard fchown(handle, info.st_uid, info.st_gid) == 0 else {
                throw fault(path, "cannot be given to its owner 无法设置属主")
            }
        }
        guard info.st_mode & S_IFMT == S_IFREG else { return }
        guard fchmod(handle, info.st_mode & permissionBits) == 0 else {
            throw fault(path, "cannot be given its mode 无法设置权限")
        }
    }

    /// Returns when the file, or the folder with its names, is on the disk.
    static func sync(_ path: String) throws {
        let handle = open(path, O_RDONLY | O_CLOEXEC)
        guard handle >= 0 else { throw fault(path, "cannot be read 无法读取") }
        defer { close(handle) }
        guard fsync(handle) == 0 else { throw fault(path, "cannot be written 无法写入") }
    }

    static func move(_ path: String, to other: String) throws {
        guard rename(path, other) == 0 else { throw fault(path, "cannot be renamed to \(other) 无法改名") }
    }

    /// Removes a database with what SQLite keeps beside it; what is not there is no fault.
    static func remove(_ path: String) throws {
        try unlink([path])
        try remove(endingsOf: path)
    }

    /// Removes what SQLite keeps beside a database.
    static func remove(endingsOf path: String) throws { try unlink(endings.map { path + $0 }) }

    private static func unlink(_ names: [String]) throws {
        for name in names {
            guard Glibc.unlink(name) == 0 || errno == ENOENT else { throw fault(name, "cannot be removed 无法删除") }
        }
    }

    /// Whether a process holds a lock of SQLite on a file, which need be no intact database. Must not be asked by a process
    /// that has it open itself.
    static func isLocked(_ path: String) -> Bool {
        let handle = open(path, O_RDWR | O_CLOEXEC)
        guard handle >= 0 else { return false }
        defer { close(handle) }
        // SQLite locks bytes at 1 GiB, in the file or behind its end: one pending, one reserved, 510 shared.
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        (lock.l_start, lock.l_len) = (1 << 30, 512)
        return fcntl(handle, F_GETLK, &lock) == 0 && lock.l_type != Int16(F_UNLCK)
    }

    /// The fault of the last call, by its reason.
    static func fault(_ path: String, _ what: String) -> CountyFault {
        let reason = errno
        let mend =
            switch reason {
            case EACCES, EPERM:
                "type the command behind sudo -u county-server, or check the owner 请在命令前加 sudo -u county-server，或检查属主"
            case ENOSPC, EDQUOT: "make room on the disk 请清理磁盘"
            default: "check the disk and the owner 请检查磁盘和属主"
            }
        return CountyFault(path, "\(what): \(String(cString: strerror(reason)))", mend: mend)
    }
}

/// Holds other processes off while files change places, until it is released or the process ends.
package struct FileLock {
    private let handle: Int32

    /// Waits until nobody else holds it.
    init(_ path: String) throws {
        try self.init(opening: path)
        guard flock(handle, LOCK_EX) == 0 else { throw DiskFiles.fault(path, "cannot be locked 无法加锁") }
    }

    /// `nil` while somebody else holds it.
    package init?(atOnce path: String) throws {
        try self.init(opening: path)
        guard flock(handle, LOCK_EX | LOCK_NB) != 0 else { return }
        let isHeld = errno == EWOULDBLOCK
        let fault = DiskFiles.fault(path, "cannot be locked 无法加锁")
        close(handle)
        guard isHeld else { throw fault }
        return nil
    }

    private init(opening path: String) throws {
        handle = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard handle >= 0 else { throw DiskFiles.fault(path, "cannot be opened 无法打开") }
        // What root makes here must not keep the server out.
        var info = stat()
        if geteuid() == 0, stat(DiskFiles.folder(of: path), &info) == 0 { _ = fchown(handle, info.st_uid, info.st_gid) }
    }

    /// The lock under which the county's files in a folder are opened and put in their places.
    static func ofFolder(holding path: String) throws -> FileLock {
        try FileLock(DiskFiles.folder(of: path) + "/lock")
    }

    package func release() { close(handle) }
}
