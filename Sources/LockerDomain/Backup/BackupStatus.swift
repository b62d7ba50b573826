/// How the backups of a station stand.
public struct BackupStatus: Sendable, Hashable {
    /// Where they go; `nil` when the configuration switches them off.
    public var path: String?
    /// From one to the next.
    public var minutes: Int
    /// For how long one has been under way; `nil` when none is.
    public var runningMilliseconds: Int64?
    /// The last one that was made in this run of the daemon.
    public var last: BackupOutcome?
    /// Time since it ended.
    public var lastAgoMilliseconds: Int64?
    /// Time until the next; `nil` while none is to come.
    public var nextMilliseconds: Int64?
    /// Why the last try failed; `nil` when it did not.
    public var fault: String?

    /// Nothing was done so far.
    public init(path: String?, minutes: Int) { (self.path, self.minutes) = (path, minutes) }
}

/// One backup that was made and verified.
public struct BackupOutcome: Sendable, Hashable {
    /// What was done.
    public var plan: BackupPlan
    /// The folder of the backup.
    public var folder: String
    /// Its journal.
    public var journal: BackedUpJournal
    /// Whether it lies on the disk of the journal itself.
    public var isOnSameDisk: Bool
    /// Where an older backup was kept that may hold what the journal does not.
    public var keptAt: String?
    /// How long it took.
    public var milliseconds: Int64

    public init(
        plan: BackupPlan,
        folder: String,
        journal: BackedUpJournal,
        isOnSameDisk: Bool,
        keptAt: String? = nil,
        milliseconds: Int64
    ) {
        (self.plan, self.folder, self.journal) = (plan, folder, journal)
        (self.isOnSameDisk, self.keptAt, self.milliseconds) = (isOnSameDisk, keptAt, milliseconds)
    }
}

/// Where and how often a station backs itself up.
public struct BackupSettings: Sendable, Hashable {
    /// The folder below which it is made; `nil` for none.
    public var path: String?
    /// From one to the next.
    public var minutes: Int

    public init(path: String? = "/var/backups/lockerd", minutes: Int = Limits.backupMinutes) {
        (self.path, self.minutes) = (path, minutes)
    }
}
