import Glibc
import LockerDomain

/// Puts files of a backup in the place of those that are there; what was there stays beside them.
public enum RestoredFiles {
    /// Writes a file, with the folder above it; one that is the same already stays. Returns where another one was kept.
    public static func put(_ bytes: [UInt8], at path: String, mode: UInt32) throws -> String? {
        if access(path, F_OK) == 0, (try? DurableFiles.read(path)) == bytes { return nil }
        try DurableFiles.makeFolder(DurableFiles.parent(path))
        let kept = try setAside(path)
        try DurableFiles.write(bytes, to: path, mode: mode)
        return kept
    }

    /// Moves a file to `….before-restore-N`; `nil` when there is none.
    public static func setAside(_ path: String) throws -> String? {
        guard access(path, F_OK) == 0 else { return nil }
        var number = 1
        while access("\(path).before-restore-\(number)", F_OK) == 0 { number += 1 }
        let kept = "\(path).before-restore-\(number)"
        try DurableFiles.rename(path, to: kept)
        return kept
    }

    /// A folder of its own for what is being put back, empty.
    public static func makeStaging(_ path: String) throws {
        try DurableFiles.remove(path)
        try DurableFiles.makeFolder(path)
    }

    /// Takes such a folder away.
    public static func removeStaging(_ path: String) throws { try DurableFiles.remove(path) }

    /// Copies an open file to a path, and syncs it.
    public static func copy(_ descriptor: Int32, to path: String) throws {
        let target = open(path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0o600)
        guard target >= 0 else { throw DurableFiles.fault(path) }
        defer { close(target) }
        var page = [UInt8](repeating: 0, count: Limits.backupPageBytes)
        while true {
            let count = read(descriptor, &page, page.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw DurableFiles.fault("the journal of the backup") }
            if count == 0 { break }
            var rest = page[..<count]
            while !rest.isEmpty {
                let written = rest.withUnsafeBytes { write(target, $0.baseAddress, $0.count) }
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { throw DurableFiles.fault(path) }
                rest = rest.dropFirst(written)
            }
        }
        guard fsync(target) == 0 else { throw DurableFiles.fault(path) }
    }
}
