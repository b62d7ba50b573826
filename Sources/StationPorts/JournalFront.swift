public import LockerDomain

/// The oldest part of a journal and what is known of the whole: what pruning is decided by.
public struct JournalFront: Sendable {
    /// The oldest lines, in order. The last line of each incarnation is not among them: it is kept.
    public var lines: [JournalLine]
    /// Bytes that the journal uses on the disk, without free pages.
    public var bytes: Int
    /// The cursor of the uplink.
    public var acknowledged: JournalPosition
    /// Snapshots that are kept, the newest first.
    public var snapshots: [Snapshot]

    public init(lines: [JournalLine], bytes: Int, acknowledged: JournalPosition, snapshots: [Snapshot]) {
        (self.lines, self.bytes, self.acknowledged, self.snapshots) = (lines, bytes, acknowledged, snapshots)
    }
}
