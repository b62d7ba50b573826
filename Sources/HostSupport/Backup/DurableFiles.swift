import Crypto
import FoundationEssentials
import Glibc
import LockerDomain

/// Files and folders that are on the medium when a call returns.
enum DurableFiles {
    /// Writes beside the file, syncs, and renames. What the medium then gives back must be the same.
    static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o600) throws {
        let fresh = path + ".part"
        unlink(fresh)
        let descriptor = open(fresh, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw fault(fresh) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                defer { close(descriptor) }
                throw fault(fresh)
            }
            rest = rest.dropFirst(count)
        }
        let synced = fsync(descriptor)
        if synced == 0 { posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED) }
        guard close(descriptor) == 0, synced == 0, Glibc.rename(fresh, path) == 0 else { throw fault(path) }
        try sync(folder: parent(path))
        guard try read(path) == bytes else { throw BackupFault(.broken, path, "it does not read as it was written") }
    }

    static func read(_ path: String) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw fault(path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var page = [UInt8](repeating: 0, count: 64 * 1_024)
        while true {
            let count = Glibc.read(descriptor, &page, page.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw fault(path) }
            if count == 0 { return bytes }
            bytes += page[..<count]
            guard bytes.count <= Limits.backupFileBytesMax else {
                throw BackupFault(.broken, path, "it has more than \(Limits.backupFileBytesMax) bytes")
            }
        }
    }

    /// Makes a folder with those above it.
    static func makeFolder(_ path: String) throws {
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += made.isEmpty || made == "/" ? part : "/\(part)"
            if access(made, F_OK) == 0 { continue }
            guard mkdir(made, 0o700) == 0 || errno == EEXIST else { throw fault(made) }
            try sync(folder: parent(made))
        }
    }

    static func rename(_ path: String, to other: String) throws {
        guard Glibc.rename(path, other) == 0 else { throw fault(path) }
        try sync(folder: parent(other))
    }

    static func remove(_ path: String) throws {
        guard access(path, F_OK) == 0 else { return }
        do { try FileManager.default.removeItem(atPath: path) } catch { throw BackupFault(.readOnly, path, "\(error)") }
    }

    static func sync(folder: String) throws {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw fault(folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw fault(folder) }
    }

    static func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    static func parent(_ path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    static func digest(_ bytes: [UInt8]) -> String { Hex.encode(Array(SHA256.hash(data: bytes))) }

    /// What the last call said.
    static func fault(_ path: String) -> BackupFault {
        let number = errno
        let words = String(cString: strerror(number))
        return switch number {
        case ENOSPC, EDQUOT: BackupFault(.full, path, words)
        case EROFS, EACCES, EPERM: BackupFault(.readOnly, path, words)
        case ENOENT, ENOTDIR: BackupFault(.missing, path, words)
        default: BackupFault(.broken, path, words)
        }
    }
}
