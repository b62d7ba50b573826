import Glibc
import LockerDomain

/// Puts files of a backup in the place of those that are there; what was there stays beside them.
public enum RestoredFiles {
    /// Writes a file, with the folder above it; one that is the same already stays. Returns where another one was kept.
    /// `group` is that of the file when root writes it.
    public static func put(
        _ bytes: [UInt8],
        at path: String,
        mode: UInt32,
        group: UInt32? = nil
    ) throws -> String? {
        if access(path, F_OK) == 0, (try? MediumFiles.read(path)) == bytes { return nil }
        // What others may read lies in a folder that they may enter.
        try MediumFiles.makeFolder(MediumFiles.parent(path), mode: mode & 0o044 == 0 ? 0o700 : 0o755)
        let kept = try keep(path)
        try MediumFiles.write(bytes, to: path, mode: mode, group: group)
        return kept
    }

    /// A second name for what is there: a power cut at no moment leaves the first one without a file.
    private static func keep(_ path: String) throws -> String? {
        guard access(path, F_OK) == 0 else { return nil }
        let kept = freeName(path)
        guard link(path, kept) == 0 else { return try setAside(path) }
        return kept
    }

    private static func freeName(_ path: String) -> String {
        keptName(path, (numbers(path).last ?? 0) + 1)
    }

    private static func keptName(_ path: String, _ number: Int) -> String { "\(path).before-restore-\(number)" }

    private static func numbers(_ path: String) -> [Int] {
        let prefix = keptName(path, 0).dropLast()
        let folder = MediumFiles.parent(path)
        return MediumFiles.names(in: folder).compactMap { name in
            let whole = "\(folder)/\(name)"
            return whole.hasPrefix(prefix) ? Int(whole.dropFirst(prefix.count)) : nil
        }.sorted()
    }

    /// Removes older ones that restores kept of a file: the first and the newest stay.
    /// - Returns: the paths of those that went.
    public static func prune(_ path: String) -> [String] {
        numbers(path).dropFirst().dropLast(Limits.keptAsideNewestMax).map { keptName(path, $0) }
            .filter { unlink($0) == 0 }
    }

    /// Moves a file to `….before-restore-N`; `nil` when there is none.
    public static func setAside(_ path: String) throws -> String? {
        guard access(path, F_OK) == 0 else { return nil }
        let kept = freeName(path)
        try MediumFiles.rename(path, to: kept)
        return kept
    }

    /// A folder of its own for what is being put back, empty.
    public static func makeStaging(_ path: String) throws {
        try MediumFiles.remove(path)
        try MediumFiles.makeFolder(path)
    }

    /// Takes such a folder away.
    public static func removeStaging(_ path: String) throws { try MediumFiles.remove(path) }

    /// Opens a file of a backup, and no link or pipe in its place.
    /// - Returns: `nil` when there is none.
    public static func open(_ path: String) throws -> Int32? {
        MediumFiles.exists(path) ? try MediumFiles.openPlain(path, O_NOFOLLOW) : nil
    }

    /// The bytes of a small file; `nil` when there is none.
    public static func read(_ path: String) throws -> [UInt8]? {
        MediumFiles.exists(path) ? try MediumFiles.read(path) : nil
    }

    /// Copies an open file to a path, and syncs it.
    public static func copy(_ descriptor: Int32, to path: String) throws {
        let target = Glibc.open(path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0o600)
        guard target >= 0 else { throw MediumFiles.fault(path) }
        defer { close(target) }
        var page = [UInt8](repeating: 0, count: Limits.backupPageBytes)
        while true {
            let count = Glibc.read(descriptor, &page, page.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw MediumFiles.fault("the journal of the backup") }
            if count == 0 { break }
            let cause = DurableFile.fill(target, page[..<count])
            guard cause == 0 else { throw MediumFiles.fault(path, cause) }
        }
        guard fsync(target) == 0 else { throw MediumFiles.fault(path) }
    }
}
