import Crypto
import FoundationEssentials
import Glibc
import LockerDomain

/// Files and folders of a backup: on the medium when a call returns, and read back from it.
enum MediumFiles {
    /// Writes beside the file, syncs, and renames. What the medium then gives back must be the same.
    static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o600, group: gid_t? = nil) throws {
        let fresh = path + ".part"
        let cause = DurableFile.make(fresh, bytes, mode: mode, group: group, needsMode: false)
        guard cause == 0 else { throw fault(fresh, cause) }
        try rename(fresh, to: path)
        forget(path)
        guard try read(path) == bytes else { throw BackupFault(.broken, path, "it does not read as it was written") }
    }

    /// Makes the next read come from the medium, as far as the kernel lets it.
    private static func forget(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
        close(descriptor)
    }

    static func read(_ path: String) throws -> [UInt8] {
        let descriptor = try openPlain(path)
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

    /// Opens a file that is one: a pipe would wait for ever, a device may have no end.
    static func openPlain(_ path: String, _ flags: Int32 = 0) throws -> Int32 {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | flags)
        guard descriptor >= 0 else {
            throw errno == ELOOP ? BackupFault(.damaged, path, "it is a link") : fault(path)
        }
        var info = stat()
        guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw BackupFault(.damaged, path, "it is no plain file")
        }
        return descriptor
    }

    /// Whether anything has this name, a link that leads nowhere included.
    static func exists(_ path: String) -> Bool {
        var info = stat()
        return lstat(path, &info) == 0
    }

    /// Whether this is a file, and no link to one.
    static func isPlain(_ path: String) -> Bool {
        var info = stat()
        return lstat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFREG
    }

    /// Makes a folder with those above it.
    static func makeFolder(_ path: String, mode: mode_t = 0o700) throws {
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += made.isEmpty || made == "/" ? part : "/\(part)"
            if access(made, F_OK) == 0 { continue }
            guard mkdir(made, mode) == 0 || errno == EEXIST else { throw fault(made) }
            chmod(made, mode)
            try sync(folder: parent(made))
        }
    }

    /// On the medium with its new name when it returns. FAT gives a renamed file or folder an entry without a first cluster until
    /// it is written itself (Linux: `vfat_rename`): a stick that is pulled before has lost it.
    static func rename(_ path: String, to other: String) throws {
        guard Glibc.rename(path, other) == 0 else { throw fault(path) }
        var info = stat()
        // A link or a pipe in its place has no data of its own.
        if lstat(other, &info) == 0, [S_IFREG, S_IFDIR].contains(info.st_mode & S_IFMT) { try sync(other, O_NOFOLLOW) }
        try sync(folder: parent(other))
    }

    static func remove(_ path: String) throws {
        guard exists(path) else { return }
        do { try FileManager.default.removeItem(atPath: path) } catch { throw BackupFault(.readOnly, path, "\(error)") }
    }

    static func sync(folder: String) throws { try sync(folder, O_DIRECTORY) }

    private static func sync(_ path: String, _ flags: Int32) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | flags)
        guard descriptor >= 0 else { throw fault(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw fault(path) }
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
    static func fault(_ path: String, _ number: Int32 = errno) -> BackupFault {
        let words = String(cString: strerror(number))
        return switch number {
        case ENOSPC, EDQUOT: BackupFault(.full, path, words)
        case EROFS, EACCES, EPERM: BackupFault(.readOnly, path, words)
        case ENOENT, ENOTDIR: BackupFault(.missing, path, words)
        default: BackupFault(.broken, path, words)
        }
    }
}
