import FoundationEssentials
import Glibc
public import LockerDomain

/// Names in the folder of a backup, and how what lies there is read and checked.
public enum BackupLayout {
    /// The copy of the journal.
    public static let journal = "journal.sqlite"
    static let manifest = "manifest.json"
    static let filesPrefix = "files-"

    /// The manifest of a backup.
    /// - Throws: `BackupFault`.
    public static func manifest(in folder: String) throws -> BackupManifest {
        let path = "\(folder)/\(manifest)"
        // SQLite follows a link to wherever it leads, and waits at a pipe for ever.
        for name in [manifest, journal, journal + "-journal"] {
            let file = "\(folder)/\(name)"
            guard !MediumFiles.exists(file) || MediumFiles.isPlain(file) else {
                throw BackupFault(.damaged, file, "it is no plain file")
            }
        }
        let bytes = try MediumFiles.read(path)
        // Read and written again it must be the same: then no bit of it has flipped.
        guard let read = try? JSONDecoder().decode(BackupManifest.self, from: Data(bytes)) else {
            throw BackupFault(.damaged, path, "it cannot be read")
        }
        guard read.format == BackupManifest.format else {
            throw BackupFault(.refused, path, "it is of another version of lockerd")
        }
        guard try encode(read) == bytes, !read.folder.contains("/"), read.folder.hasPrefix(filesPrefix) else {
            throw BackupFault(.damaged, path, "its check does not fit")
        }
        try check(count: read.files.count, at: path)
        return read
    }

    /// - Throws: `BackupFault` for more files beside the journal than a backup takes.
    static func check(count: Int, at path: String) throws {
        guard count <= Limits.backupFilesMax else {
            throw BackupFault(.tooManyFiles, path, "\(count) files, \(Limits.backupFilesMax) at most")
        }
    }

    /// The bytes of a manifest, with its check.
    static func encode(_ manifest: BackupManifest) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var manifest = manifest
        manifest.check = ""
        manifest.check = MediumFiles.digest(Array(try encoder.encode(manifest)))
        encoder.outputFormatting.insert(.prettyPrinted)
        return Array(try encoder.encode(manifest)) + [0x0A]
    }

    /// The files beside the journal, as the manifest has them.
    /// - Throws: `BackupFault` when one is missing, or another than was copied.
    public static func files(
        of manifest: BackupManifest,
        in folder: String
    ) throws -> [(name: String, bytes: [UInt8])] {
        try manifest.files.map { file in
            let path = "\(folder)/\(manifest.folder)/\(file.name)"
            guard isKnown(file.name) else { throw BackupFault(.refused, path, "no backup of ours holds such a file") }
            guard MediumFiles.isPlain(path) else { throw BackupFault(.damaged, path, "it is no plain file") }
            let bytes = try MediumFiles.read(path)
            guard MediumFiles.digest(bytes) == file.digest else {
                throw BackupFault(.damaged, path, "it is not what was copied")
            }
            return (file.name, bytes)
        }
    }

    /// The key of the journal, by its name in a backup.
    public static let journalKey = "var/lib/lockerd/keys/journal"
    /// What the county configured.
    public static let county = "var/lib/lockerd/county.toml"
    /// What the technician configured.
    public static let configuration = "etc/lockerd/"

    /// Whether a backup of ours may hold a file of that name; another one would be written to wherever it says.
    static func isKnown(_ name: String) -> Bool {
        if name == journalKey || name == county { return true }
        guard name.hasPrefix(configuration) else { return false }
        let parts = name.dropFirst(configuration.count).split(separator: "/", omittingEmptySubsequences: false)
        let isFlat = parts.count == 1 || parts.count == 2 && parts[0] == "station.d"
        return isFlat && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    }
}
