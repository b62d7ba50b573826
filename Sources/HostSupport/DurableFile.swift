public import Glibc

/// Replaces small files so that a power cut leaves the old one or the new one, whole.
public enum DurableFile {
    /// What the disk said.
    public struct Fault: Error, CustomStringConvertible {
        public var description: String
    }

    /// Writes beside the file, syncs, renames, and syncs the folder.
    ///
    /// - Parameters:
    ///   - mode: permissions of the new file.
    ///   - group: its group when root writes it; `nil` for that of the process.
    /// - Throws: `Fault`, which names the path.
    public static func write(
        _ data: [UInt8],
        to path: String,
        mode: mode_t,
        group: gid_t? = nil
    ) throws(Fault) {
        let fresh = path + ".new"
        let cause = make(fresh, data, mode: mode, group: group, needsMode: true)
        guard cause == 0, rename(fresh, path) == 0 else {
            let cause = cause == 0 ? errno : cause
            unlink(fresh)
            throw failure(path, cause)
        }
        try sync(folder: path.drop(behindLast: "/"))
    }

    /// Writes a new file and syncs it; returns 0 or the `errno`.
    ///
    /// - Parameter needsMode: `false` for a medium without modes (FAT).
    static func make(
        _ path: String,
        _ data: [UInt8],
        mode: mode_t,
        group: gid_t? = nil,
        needsMode: Bool
    ) -> Int32 {
        // What a crash left there may have another mode. What somebody puts there instead, a link to another file for one
        // who writes as root into the folder of lockerd, is not taken.
        unlink(path)
        let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, mode)
        guard descriptor >= 0 else { return errno }
        let written = fill(descriptor, data[...])
        // Before the file gets its name: nobody else of that group can use it later, either.
        if let group, geteuid() == 0, fchown(descriptor, .max, group) != 0 {
            let cause = errno
            close(descriptor)
            return cause
        }
        // The process may run under a narrower umask than the file's readers need.
        let isPermitted = fchmod(descriptor, mode) == 0 || !needsMode
        let permission = isPermitted ? 0 : errno
        let synced = fsync(descriptor) == 0 ? 0 : errno
        let closed = close(descriptor) == 0 ? 0 : errno
        return [written, permission, synced, closed].first { $0 != 0 } ?? 0
    }

    /// Writes all of the bytes; returns 0 or the `errno`.
    static func fill(_ descriptor: Int32, _ data: ArraySlice<UInt8>) -> Int32 {
        var rest = data
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return count < 0 ? errno : EIO }
            rest = rest.dropFirst(count)
        }
        return 0
    }

    /// Makes the names in a folder durable.
    public static func sync(folder: String) throws(Fault) {
        let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw failure(folder, errno) }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw failure(folder, errno) }
    }

    private static func failure(_ path: String, _ cause: Int32) -> Fault {
        Fault(
            description: "\(path): \(String(cString: strerror(cause))) (不能写入): make room and make it writable"
        )
    }
}

extension String {
    fileprivate func drop(behindLast separator: Character) -> String {
        lastIndex(of: separator).map { String(self[..<$0]) } ?? "."
    }
}
