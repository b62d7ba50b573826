public import LockerDomain

/// Body of `POST /v1/actions/backup`; it says nothing.
public struct BackupRequest: Sendable, Hashable, Codable {
    /// A request to make one now.
    public init() {}
}

/// Reply to `GET /v1/backup` and `POST /v1/actions/backup`: how the backups stand.
public struct BackupReply: Sendable, Hashable, Codable {
    /// Folder below which they are made; absent when they are switched off.
    public var path: String?
    /// From one to the next.
    public var minutes: Int
    /// For how long one has been under way; absent when none is.
    public var runningMilliseconds: Int64?
    /// The last one that was made since the daemon started; absent before the first.
    public var last: Last?
    /// Time since then.
    public var agoMilliseconds: Int64?
    /// Time until the next.
    public var nextMilliseconds: Int64?
    /// Why the last try failed; absent when it did not.
    public var fault: String?

    /// One backup, verified.
    public struct Last: Sendable, Hashable, Codable {
        /// `none` (nothing was new), `append` or `full`.
        public var done: String
        /// Why all was copied; absent when it was not.
        public var cause: String?
        /// The folder of the backup, which `lockerctl restore` takes.
        public var folder: String
        /// Name of the newest incarnation in it.
        public var incarnation: String
        /// Its last event: `GENERATION.SEQUENCE`.
        public var position: String
        /// Its events.
        public var events: Int
        /// Those that this backup added.
        public var added: Int
        /// Bytes of its journal.
        public var bytes: Int
        /// Events in it that do not follow from those in front of them, as in the journal itself.
        public var breaks: Int
        /// How long it took.
        public var milliseconds: Int64
        /// Whether it lies on the disk of the journal itself.
        public var isOnSameDisk: Bool
        /// Where an older backup was kept that may hold what the journal does not.
        public var keptAt: String?
    }

    /// A reply for a status.
    public init(_ status: BackupStatus) {
        (path, minutes, fault) = (status.path, status.minutes, status.fault)
        (runningMilliseconds, agoMilliseconds) = (status.runningMilliseconds, status.lastAgoMilliseconds)
        nextMilliseconds = status.nextMilliseconds
        last = status.last.map(Last.init)
    }
}

extension BackupReply.Last {
    init(_ outcome: BackupOutcome) {
        switch outcome.plan {
        case .none: (done, cause) = ("none", nil)
        case .append: (done, cause) = ("append", nil)
        case .full(let why): (done, cause) = ("full", why.rawValue)
        }
        let journal = outcome.journal
        (folder, incarnation, position) = (outcome.folder, journal.incarnation, journal.last.description)
        (events, added, bytes, breaks) = (journal.events, journal.added, journal.bytes, journal.breaks)
        (milliseconds, isOnSameDisk, keptAt) = (outcome.milliseconds, outcome.isOnSameDisk, outcome.keptAt)
    }
}
