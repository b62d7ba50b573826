public import Glibc

/// Replaces small files so that a power cut leaves the old one or the new one, whole.
public enum DurableFile {
    /// What the disk said.
    public struct Fault: Error, CustomStringConvertible {
        public var description: String
    }

    /// Writes beside the file, syncs, renames, and syncs the folder.
    ///
    /// - Parameter mode: permissions of the new file.
    /// - Throws: `Fault`, which names the path.
    public static func write(_ data: [UInt8], to path: String, mode: mode_t) throws(Fault) {
        let (folder, fresh) = (path.drop(behindLast: "/"), path + ".new")
        // What a crash left there may have another mode.
        unlink(fresh)
        let descriptor = open(fresh, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw failure(fresh) }
        let written = data.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        // The process may run under a narrower umask than the file's readers need.
        let synced = written == data.count && fchmod(descriptor, mode) == 0 && fsync(descriptor) == 0
        let cause = errno
        close(descriptor)
        guard synced else {
            errno = cause
            throw failure(path)
        }
        guard rename(fresh, path) == 0 else { throw failure(path) }
        try sync(folder: folder)
    }

    /// Makes the names in a folder durable.
    public static func sync(folder: String) throws(Fault) {
        let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw failure(folder) }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw failure(folder) }
    }

    private static func failure(_ path: String) -> Fault {
        Fault(description: "\(path): \(String(cString: strerror(errno))): make room and make it writable")
    }
}

extension String {
    fileprivate func drop(behindLast separator: Character) -> String {
        lastIndex(of: separator).map { String(self[..<$0]) } ?? "."
    }
}
