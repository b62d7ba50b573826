public import LockerDomain

/// Copies the journal while the station writes it. Every method blocks, and is called by one thread at a time.
public protocol JournalCopyPort: Sendable {
    /// How a copy is brought up to date, and how many bytes that needs about. `path`: the copy, `nil` when there is none.
    /// - Parameter checksAll: reads all of the copy, not only its ends.
    /// - Throws: `BackupFault`, with `damaged` when the copy is no intact one.
    func plan(for path: String?, checksAll: Bool) throws -> (plan: BackupPlan, bytes: Int)
    /// Adds to a copy what the journal has behind its end, in one commit, and verifies it.
    /// - Parameter pause: called between two pages; throws to end it.
    func append(to path: String, pause: () throws -> Void) throws -> BackedUpJournal
    /// Makes a copy of the whole journal where there is none, and verifies it.
    func copy(to path: String, pause: () throws -> Void) throws -> BackedUpJournal
    /// What a copy says of itself.
    func reading(of path: String) throws -> BackedUpJournal
}

/// The folder on the medium that holds the backup of one station. Every method blocks, and is called by one thread at a time.
public protocol BackupFolderPort: Sendable {
    /// The folder of the newest backup.
    var current: String { get }
    /// The folder of one that is begun.
    var coming: String { get }
    /// Whether there is a newest one, in whatever state.
    var isThere: Bool { get }
    /// Path of the copy of the journal in one of these folders.
    func journal(in folder: String) -> String
    /// Looks at the medium, makes the folder when it may, and puts right what a power cut left.
    /// - Throws: `BackupFault`.
    func open() throws -> BackupMedium
    /// The manifest of the newest backup; `nil` when there is none, or no intact one.
    func manifest() throws -> BackupManifest?
    /// Makes the folder of a backup that is begun.
    func begin() throws
    /// Keeps the files of the station in a folder and writes its manifest.
    func finish(_ folder: String, _ journal: BackedUpJournal, madeAt: Moment) throws
    /// Whether the files of the station are those of the newest backup.
    func holdsFiles(_ manifest: BackupManifest) throws -> Bool
    /// Puts the backup that was begun in the place of the newest one. Returns where that was kept, when `cause` asks for it.
    func exchange(_ cause: BackupPlan.Cause) throws -> String?
}

/// The medium of a backup.
public struct BackupMedium: Sendable, Hashable {
    /// Whether it is the disk of the journal itself: then a backup saves from a damaged file, not from a dead card.
    public var isOnSameDisk: Bool
    /// Bytes that a backup may still take.
    public var freeBytes: Int

    public init(isOnSameDisk: Bool, freeBytes: Int) {
        (self.isOnSameDisk, self.freeBytes) = (isOnSameDisk, freeBytes)
    }
}

/// What the control socket asks of the backups. Safe from any thread.
public protocol BackupControlPort: Sendable {
    /// How they stand.
    func backups() async -> BackupStatus
    /// Makes one now, and returns when it is made, or when it takes long.
    func backUp() async throws(ControlFault) -> BackupStatus
}
