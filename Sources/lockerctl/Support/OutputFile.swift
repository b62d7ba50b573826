import Glibc

/// A file that a command writes for its user.
enum OutputFile {
    /// Writes beside the file and renames: a full disk leaves the old file as it was. After the rename only the medium can fail.
    static func write(_ bytes: [UInt8], to path: String) throws {
        let partial = path + ".partial"
        let file = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw failure(path, "is the folder there and yours?") }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                let failure = failure(path, "make room and try again")
                close(file)
                unlink(partial)
                throw failure
            }
        }
        // A stick is pulled out as soon as the prompt is back. FAT gives a renamed file an entry without a first cluster
        // until it is synced once more.
        guard isSynced(file), rename(partial, path) == 0, isSynced(file), isFolderSynced(path) else {
            let failure = failure(path, "is the disk full or pulled out?")
            close(file)
            unlink(partial)
            throw failure
        }
        close(file)
    }

    /// A pipe cannot be synced and need not, nor can what some network file systems have.
    private static func isSynced(_ file: Int32) -> Bool {
        fsync(file) == 0 || [EINVAL, ENOTSUP, ENOSYS].contains(errno)
    }

    private static func isFolderSynced(_ path: String) -> Bool {
        let folder = open(
            path.lastIndex(of: "/").map { String(path[...$0]) } ?? ".",
            O_RDONLY | O_DIRECTORY | O_CLOEXEC
        )
        // A folder that one may write in and not read.
        guard folder >= 0 else { return errno == EACCES }
        defer { close(folder) }
        return isSynced(folder)
    }

    // Safe: strerror of glibc returns a string that stays valid until the thread calls it again.
    private static func failure(_ path: String, _ mend: String) -> CommandFailure {
        .refused("\(path) cannot be written: \(String(cString: strerror(errno))); \(mend)")
    }
}
