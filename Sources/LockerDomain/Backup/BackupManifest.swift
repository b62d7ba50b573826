/// What a backup says of itself, as JSON beside the copy of the journal.
public struct BackupManifest: Sendable, Hashable, Codable {
    /// The layout of the folder.
    public var format: Int
    /// Id of the station.
    public var station: String
    /// Version of the daemon that made it.
    public var version: String
    /// Name of the newest incarnation.
    public var incarnation: String
    /// Where the journal of the backup ends: `GENERATION.SEQUENCE`.
    public var last: String
    /// Hash of the chain behind that line, hex.
    public var hash: String
    /// Lines of the journal.
    public var events: Int
    /// Bytes of the copy of the journal.
    public var bytes: Int
    /// When the backup was last written, milliseconds since 1970, as good as `clock` says.
    public var madeAt: Int64
    /// How `madeAt` is known.
    public var clock: ClockTrust
    /// Folder of `files`, below that of the backup.
    public var folder: String
    /// What it holds beside the journal.
    public var files: [File]
    /// SHA-256 of this manifest with an empty `check`, hex.
    public var check: String

    /// A copy of a file.
    public struct File: Sendable, Hashable, Codable {
        /// Its path on the station, without the slash in front.
        public var name: String
        /// SHA-256, hex.
        public var digest: String

        /// A file with the digest of its bytes.
        public init(name: String, digest: String) { (self.name, self.digest) = (name, digest) }
    }

    /// The layout that this version writes.
    public static let format = 1

    /// A manifest without its check.
    public init(
        station: String,
        version: String,
        journal: BackedUpJournal,
        madeAt: Moment,
        folder: String,
        files: [File]
    ) {
        format = Self.format
        (self.station, self.version) = (station, version)
        (incarnation, last, hash) = (journal.incarnation, journal.last.description, Hex.encode(journal.hash))
        (events, bytes) = (journal.events, journal.bytes)
        (self.madeAt, clock) = (madeAt.wall, madeAt.clock)
        (self.folder, self.files) = (folder, files)
        check = ""
    }
}

/// The copy of the journal in a backup, after it was verified.
public struct BackedUpJournal: Sendable, Hashable {
    /// Name of the newest incarnation.
    public var incarnation: String
    /// Its last line.
    public var last: JournalPosition
    /// Hash of the chain behind that.
    public var hash: [UInt8]
    /// Lines.
    public var events: Int
    /// Bytes of the file.
    public var bytes: Int
    /// Lines that do not follow from those in front of them: so they stand in the journal of the station.
    public var breaks: Int
    /// Lines that this run added.
    public var added: Int

    /// What a check of the copy has found.
    public init(
        incarnation: String,
        last: JournalPosition,
        hash: [UInt8],
        events: Int,
        bytes: Int,
        breaks: Int,
        added: Int = 0
    ) {
        (self.incarnation, self.last, self.hash) = (incarnation, last, hash)
        (self.events, self.bytes, self.breaks, self.added) = (events, bytes, breaks, added)
    }
}
