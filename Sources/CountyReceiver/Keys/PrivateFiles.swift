import CountyBooks
import Glibc

/// Files and directories that only their owner reads.
enum PrivateFiles {
    /// Makes a directory that only its owner enters, and those above it; an existing one is left as it is.
    static func makeDirectory(_ path: String) throws {
        var made = path.hasPrefix("/") ? "" : "."
        let parts = path.split(separator: "/")
        for (index, part) in parts.enumerated() {
            made += "/\(part)"
            let mode: mode_t = index == parts.count - 1 ? 0o700 : 0o755
            if mkdir(made, mode) == 0 {
                // The process's mask is for files; the directories above belong to all.
                guard chmod(made, mode) == 0 else { throw fault(made, "cannot be made") }
            } else if errno != EEXIST {
                throw fault(made, "cannot be made")
            }
        }
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// The bytes of a file of `count` bytes; a missing one is made with `fresh` when it may be, durable before this returns.
    static func read(_ path: String, count: Int, _ mayMake: Bool, fresh: () -> [UInt8]) throws -> [UInt8] {
        let handle = open(path, O_RDONLY | O_CLOEXEC)
        if handle < 0 {
            guard errno == ENOENT else { throw fault(path, "cannot be read") }
            guard mayMake else {
                throw CountyFault(
                    path,
                    "is missing, and the books need it 密钥缺失",
                    mend: "restore keys/ and county.sqlite from the same backup 请从同一备份恢复"
                )
            }
            let bytes = fresh()
            try write(bytes, to: path)
            return bytes
        }
        defer { close(handle) }
        var bytes = [UInt8](repeating: 0, count: count + 1)
        let length = Glibc.read(handle, &bytes, bytes.count)
        guard length == count else {
            throw CountyFault(path, "holds \(max(0, length)) bytes, not \(count)", mend: "restore it from a backup")
        }
        return Array(bytes.prefix(count))
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        let draft = path + ".new"
        let handle = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard handle >= 0 else { throw fault(draft, "cannot be written") }
        let written = Glibc.write(handle, bytes, bytes.count) == bytes.count && fsync(handle) == 0
        guard close(handle) == 0, written, rename(draft, path) == 0 else { throw fault(path, "cannot be written") }
        // A new name is durable only with its directory.
        let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let directory = open(parent, O_RDONLY | O_CLOEXEC)
        guard directory >= 0 else { throw fault(parent, "cannot be read") }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw fault(parent, "cannot be written") }
    }

    private static func fault(_ path: String, _ what: String) -> CountyFault {
        let reason = errno
        if reason == EROFS {
            return CountyFault(
                path,
                "\(what): its disk is read-only 磁盘只读",
                mend: "mount it for writing, or copy the folder to another disk and give that as --root: "
                    + "the books are not read without files beside them 请以可写方式挂载，或复制到其他磁盘后用 --root 指定"
            )
        }
        let isForbidden = reason == EACCES || reason == EPERM
        return CountyFault(
            path,
            "\(what): \(String(cString: strerror(reason)))\(isForbidden ? " 没有权限" : "")",
            mend: isForbidden
                ? "type the command behind sudo -u county-server, or check the owner 请在命令前加 sudo -u county-server，或检查属主"
                : "check the owner and the disk 请检查属主和磁盘"
        )
    }

    /// Holds other processes off while keys and tables are made.
    struct Lock {
        private let handle: Int32

        init(_ path: String) throws {
            handle = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            guard handle >= 0 else { throw fault(path, "cannot be opened") }
            guard flock(handle, LOCK_EX) == 0 else { throw fault(path, "cannot be locked") }
        }

        func release() { close(handle) }
    }
}
