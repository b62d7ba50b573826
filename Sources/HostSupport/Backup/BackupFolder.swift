import FoundationEssentials
import Glibc
public import LockerDomain
public import StationPorts

/// A file of the station that its backup takes.
public struct BackupSource: Sendable, Hashable {
    /// Its path on a station, without the slash in front.
    public var name: String
    /// Where it lies.
    public var path: String

    public init(name: String, path: String) { (self.name, self.path) = (name, path) }
}

/// `PATH/STATION`: the copy of the journal, a folder with the small files, and a manifest that names it. What replaces
/// something is made beside it, synced and renamed: a power cut leaves the old one or the new one.
public struct BackupFolder: BackupFolderPort {
    private let path: String
    private let station: String
    private let version: String
    /// Path of the journal itself.
    private let journal: String
    private let medium: Medium
    private let sources: @Sendable () -> [BackupSource]

    /// - Parameters:
    ///   - path: folder of all backups.
    ///   - journal: path of the journal of the station.
    ///   - table: text of fstab(5), for tests.
    ///   - sources: the files that are there now.
    public init(
        path: String,
        station: String,
        version: String,
        journal: String,
        table: String? = nil,
        sources: @escaping @Sendable () -> [BackupSource]
    ) {
        (self.path, self.station, self.version, self.journal) = (path, station, version, journal)
        (medium, self.sources) = (Medium(table: table), sources)
    }

    public var current: String { "\(path)/\(station)" }
    public var coming: String { "\(path)/\(station).new" }
    private var leaving: String { "\(path)/\(station).old" }
    public func journal(in folder: String) -> String { "\(folder)/\(BackupLayout.journal)" }
    public var isThere: Bool { MediumFiles.exists(current) }

    // MARK: The medium

    public func open() throws -> BackupMedium {
        try medium.check(path)
        if access(path, F_OK) != 0 {
            do { try MediumFiles.makeFolder(path) } catch let fault as BackupFault {
                throw BackupFault(.missing, path, fault.cause)
            }
        }
        guard access(path, W_OK) == 0 else { throw MediumFiles.fault(path) }
        _ = try counted()
        try putRight()
        let isOnSameFiles = Medium.device(path) == Medium.device(Medium.existing(journal))
        return BackupMedium(
            isOnSameDisk: Medium.areOnOneDisk(path, journal),
            freeBytes: Medium.freeBytes(path) - (isOnSameFiles ? Limits.backupFreeBytesMin : 0)
        )
    }

    /// What a power cut has left: between two renames the newest backup is the one that was just made.
    private func putRight() throws {
        if !isThere {
            if (try? BackupLayout.manifest(in: coming)) != nil {
                try MediumFiles.rename(coming, to: current)
            } else if access(leaving, F_OK) == 0 {
                try MediumFiles.rename(leaving, to: current)
            }
        }
        for stray in [coming, leaving] { try MediumFiles.remove(stray) }
    }

    public func begin() throws {
        try MediumFiles.remove(coming)
        try MediumFiles.makeFolder(coming)
    }

    public func exchange(_ cause: BackupPlan.Cause) throws -> String? {
        var kept: String?
        if isThere {
            if cause.keepsOld {
                kept = try keepOld(isDamaged: cause == .damaged)
            } else {
                try MediumFiles.rename(current, to: leaving)
            }
        }
        try MediumFiles.rename(coming, to: current)
        try MediumFiles.remove(leaving)
        return kept
    }

    private func keepOld(isDamaged: Bool) throws -> String {
        let prefix = "\(station).\(isDamaged ? "damaged" : "before")-"
        let old = MediumFiles.names(in: path).filter { $0.hasPrefix(prefix) }
        // Of damaged ones nobody needs two; what another journal held may be all that is left of it.
        if isDamaged { for name in old { try MediumFiles.remove("\(path)/\(name)") } }
        guard isDamaged || old.count < Limits.backupsKeptMax else {
            throw BackupFault(.full, path, "\(old.count) backups of other journals are kept there")
        }
        let numbers = old.compactMap { Int($0.dropFirst(prefix.count)) }
        let kept = "\(path)/\(prefix)\((numbers.max() ?? 0) + 1)"
        try MediumFiles.rename(current, to: kept)
        return kept
    }

    // MARK: The files

    public func manifest() throws -> BackupManifest? { try? BackupLayout.manifest(in: current) }

    public func holdsFiles(_ manifest: BackupManifest) throws -> Bool {
        let files = try read().map(\.file)
        return files == manifest.files && (try? BackupLayout.files(of: manifest, in: current)) != nil
    }

    /// The files that are there now: all of them, or the backup is none.
    private func counted() throws -> [BackupSource] {
        let sources = sources()
        try BackupLayout.check(count: sources.count, at: MediumFiles.parent(sources.first?.path ?? path))
        return sources
    }

    private func read() throws -> [(file: BackupManifest.File, bytes: [UInt8])] {
        try counted().sorted { $0.name < $1.name }.map { source in
            let bytes = try MediumFiles.read(source.path)
            return (BackupManifest.File(name: source.name, digest: MediumFiles.digest(bytes)), bytes)
        }
    }

    public func finish(_ folder: String, _ journal: BackedUpJournal, madeAt: Moment) throws {
        let files = try read()
        let names = files.map { "\($0.file.name) \($0.file.digest)\n" }.joined()
        let name = BackupLayout.filesPrefix + MediumFiles.digest(Array(names.utf8)).prefix(16)
        let manifest = BackupManifest(
            station: station,
            version: version,
            journal: journal,
            madeAt: madeAt,
            folder: name,
            files: files.map(\.file)
        )
        if (try? BackupLayout.files(of: manifest, in: folder)) == nil {
            try MediumFiles.remove("\(folder)/\(name)")
            for (file, bytes) in files {
                let path = "\(folder)/\(name)/\(file.name)"
                try MediumFiles.makeFolder(MediumFiles.parent(path))
                try MediumFiles.write(bytes, to: path)
            }
        }
        try MediumFiles.write(BackupLayout.encode(manifest), to: "\(folder)/\(BackupLayout.manifest)")
        for old in MediumFiles.names(in: folder) where old.hasPrefix(BackupLayout.filesPrefix) && old != name {
            try MediumFiles.remove("\(folder)/\(old)")
        }
    }
}
