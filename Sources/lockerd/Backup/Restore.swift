import Glibc
import HostSupport
import LockerDomain
import SQLiteJournal
import StationBooks
import StationConfiguration
import StationPorts
import SyncWire

/// `lockerd --restore FOLDER`: puts a backup in the place of a stopped station (DESIGN 4.9). Everything is read and checked
/// before anything changes; what was there stays beside it under another name.
struct Restore {
    let folder: String
    let withConfiguration: Bool
    let places: ConfigurationLoader.Places

    private var staging: String { Self.staging(places) }

    private static func staging(_ places: ConfigurationLoader.Places) -> String { "\(places.data)/restore.new" }
    /// Its presence says that everything was checked and the configuration is in place.
    private static func mark(_ places: ConfigurationLoader.Places) -> String { "\(staging(places))/checked" }
    private static func key(_ places: ConfigurationLoader.Places) -> String { "\(staging(places))/key" }

    /// Ends what a power cut interrupted: once all was checked, the backup's journal and its key come into their places. What
    /// was interrupted before is forgotten. The folder must be locked.
    /// - Returns: what was done, for the log.
    static func finish(_ places: ConfigurationLoader.Places) throws -> String? {
        let copy = "\(staging(places))/\(BackupLayout.journal)"
        guard access(mark(places), F_OK) == 0, access(copy, F_OK) == 0 else {
            try? RestoredFiles.removeStaging(staging(places))
            return nil
        }
        if let key = try RestoredFiles.read(key(places)) {
            _ = try RestoredFiles.put(key, at: "\(places.keys)/journal", mode: 0o600)
        }
        let kept = try RestoredJournal.place(copy, at: places.journal)
        try RestoredFiles.removeStaging(staging(places))
        let removed = removedOld(RestoredJournal.prune(path: places.journal)).map { "; \($0)" }.joined()
        return "a restore that was interrupted is finished (恢复已完成)"
            + (kept.map { "; the journal that was here is kept as \($0)" } ?? "") + removed
    }

    private static func removedOld(_ paths: [String]) -> [String] {
        paths.map { "removed, the first one and the newest stay (已删除较旧的副本): \($0)" }
    }

    /// What was done and what is to be done next, one line each.
    /// - Throws: `BackupFault`, or another error with words.
    func run() throws -> [String] {
        let manifest = try BackupLayout.manifest(in: folder)
        let files = try BackupLayout.files(of: manifest, in: folder)
        if !withConfiguration { try checkStation(manifest) }
        let parts = try JournalParts(folder: folder)
        try Folders.make(places.data)
        let owner = FolderOwner(of: places.data, service: "lockerd")
        return try owner.run {
            let lock = try InstanceLock(folder: places.data)
            defer { withExtendedLifetime(lock) {} }
            try RestoredFiles.makeStaging(staging)
            // From the mark on the next start ends what this does not.
            defer { if access(Self.mark(places), F_OK) != 0 { try? RestoredFiles.removeStaging(staging) } }
            if withConfiguration { try checkConfiguration(manifest, files) }
            let copy = "\(staging)/\(BackupLayout.journal)"
            try parts.copy(to: copy)
            let journal = try RestoredJournal.check(copy) { Digest.sha256Bytes($0) }
            try check(journal, against: manifest)
            var lines = ["backup of \(manifest.station), \(journal.events) events up to \(journal.last): whole (备份完好)"]
            if withConfiguration { lines += try putConfiguration(files, owner) }
            if let key = files.first(where: { $0.name == BackupLayout.journalKey }) {
                _ = try RestoredFiles.put(key.bytes, at: Self.key(places), mode: 0o600)
            }
            _ = try RestoredFiles.put(Array("\(journal.last)\n".utf8), at: Self.mark(places), mode: 0o600)
            lines += try putKey(files)
            if let kept = try RestoredJournal.place(copy, at: places.journal) {
                lines.append("the journal that was here is kept as \(kept) (原日志保留)")
            }
            try RestoredFiles.removeStaging(staging)
            lines += Self.removedOld(RestoredJournal.prune(path: places.journal))
            return lines + next
        }
    }

    // MARK: Checks

    private func checkStation(_ manifest: BackupManifest) throws {
        let configured: String
        do { configured = try ConfigurationLoader.load(places).settings.id } catch {
            throw BackupFault(
                .refused,
                folder,
                "this station has no configuration that can be used (\(error)); add --with-configuration to take the backup's (本站配置不可用)"
            )
        }
        guard configured == manifest.station else {
            throw BackupFault(
                .refused,
                folder,
                "it is of station \(manifest.station), this one is \(configured); name another folder, "
                    + "or add --with-configuration to make this board that station (备份属于另一个站点)"
            )
        }
    }

    /// The configuration of the backup, read as `lockerd` will read it.
    private func checkConfiguration(_ manifest: BackupManifest, _ files: [(name: String, bytes: [UInt8])]) throws {
        let trial = ConfigurationLoader.Places(root: "\(staging)/root")
        for file in files where file.name != BackupLayout.journalKey {
            _ = try RestoredFiles.put(file.bytes, at: "\(trial.root)/\(file.name)", mode: 0o600)
        }
        let id: String
        do { id = try ConfigurationLoader.load(trial).settings.id } catch {
            throw BackupFault(.refused, folder, "its configuration cannot be used here (备份的配置不可用): \(error)")
        }
        guard id == manifest.station else {
            throw BackupFault(
                .refused,
                folder,
                "its configuration is of station \(id), its journal of \(manifest.station) (配置与日志属于不同站点)"
            )
        }
    }

    /// The journal may go on behind its manifest, when the power went between the two; never the other way round.
    private func check(_ journal: BackedUpJournal, against manifest: BackupManifest) throws {
        guard let last = JournalPosition(manifest.last), journal.last >= last,
            journal.last > last || Hex.encode(journal.hash) == manifest.hash
        else {
            throw BackupFault(
                .damaged,
                folder,
                "its journal ends at \(journal.last), its manifest says \(manifest.last)"
            )
        }
    }

    // MARK: Placing

    private func putKey(_ files: [(name: String, bytes: [UInt8])]) throws -> [String] {
        guard let key = files.first(where: { $0.name == BackupLayout.journalKey }) else {
            return ["the backup holds no key of its journal: its snapshots are not used (备份没有日志密钥)"]
        }
        let kept = try RestoredFiles.put(key.bytes, at: "\(places.keys)/journal", mode: 0o600)
        return kept.map { ["the key of the journal that was here is kept as \($0) (原密钥保留)"] } ?? []
    }

    private func putConfiguration(
        _ files: [(name: String, bytes: [UInt8])],
        _ owner: FolderOwner
    ) throws -> [String] {
        var kept: [String?] = []
        var paths: [String] = []
        let names = Set(files.map(\.name))
        // Later files win: one that the backup does not know would change what it says.
        for name in ConfigurationLoader.overlays(places)
        where !names.contains("\(BackupLayout.configuration)station.d/\(name)") {
            let path = "\(places.overlays)/\(name)"
            paths.append(path)
            kept.append(try owner.leave { try RestoredFiles.setAside(path) })
        }
        for file in files where file.name != BackupLayout.journalKey {
            let path = "\(places.root)/\(file.name)"
            paths.append(path)
            if file.name == BackupLayout.county {
                kept.append(try RestoredFiles.put(file.bytes, at: path, mode: 0o600))
            } else {
                // It may hold passwords of cameras.
                kept.append(
                    try owner.leave {
                        try RestoredFiles.put(file.bytes, at: path, mode: 0o640, group: owner.group)
                    }
                )
                if file.name.contains("station.d/") { owner.own(path) }
            }
        }
        let removed = try paths.flatMap { path in try owner.leave { RestoredFiles.prune(path) } }
        return ["configuration of the backup is in place (配置已恢复)"]
            + kept.compactMap { $0.map { "kept (原文件保留): \($0)" } } + Self.removedOld(removed)
    }

    private var next: [String] {
        let isEnrolled = (try? FileKeys(existing: places.keys).keyring())?.county != nil
        let enrol =
            isEnrolled
            ? "this board has its own keys: no new enrolment is needed (无需重新登记)"
            : "this board has no keys: start it, then lockerctl enrol TOKEN with a new token of the county (请用新令牌登记)"
        return [
            enrol,
            "what happened after the backup is asked of the county; until a keeper's audit all doors are contents unknown; "
                + "without a link make the audit now (备份之后的记录向县里取回；所有格口须清点)",
        ]
    }
}

/// The open files of the journal in a backup: read with the rights of the caller, copied with those of the station.
private struct JournalParts {
    private let parts: [(descriptor: Int32, suffix: String)]
    private let bytes: Int

    init(folder: String) throws {
        var parts: [(Int32, String)] = []
        var bytes = 0
        for suffix in ["", "-journal"] {
            let path = "\(folder)/\(BackupLayout.journal)\(suffix)"
            guard let descriptor = try RestoredFiles.open(path) else {
                // A rollback journal is there only when the power went during a backup.
                if !suffix.isEmpty { continue }
                throw BackupFault(.damaged, path, String(cString: strerror(ENOENT)))
            }
            var info = stat()
            fstat(descriptor, &info)
            bytes += Int(info.st_size)
            parts.append((descriptor, suffix))
        }
        (self.parts, self.bytes) = (parts, bytes)
    }

    func copy(to path: String) throws {
        var space = statvfs()
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        guard statvfs(folder, &space) == 0, Int(space.f_bavail) * Int(space.f_frsize) > bytes + Limits.reserveBytes
        else {
            throw BackupFault(.full, folder, "the journal of the backup needs \(bytes >> 20) MiB (空间不足)")
        }
        for part in parts {
            try RestoredFiles.copy(part.descriptor, to: path + part.suffix)
            close(part.descriptor)
        }
    }
}
