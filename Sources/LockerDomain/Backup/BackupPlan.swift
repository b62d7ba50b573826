/// How the backup of a journal is brought up to date (DESIGN 4.9). Pure: it is decided by what the journal says of the
/// two ends of the backup.
public enum BackupPlan: Sendable, Hashable {
    /// The backup holds all of the journal.
    case none
    /// The lines behind the end of the backup are added in place.
    case append
    /// All of the journal is copied beside the backup, then put in its place.
    case full(Cause)

    /// Why adding is not possible.
    public enum Cause: String, Sendable, Codable, CaseIterable {
        case noBackup, outrun, otherFront, otherVersion, ahead, otherJournal, forked, damaged

        /// Whether the old backup may hold what the journal does not: then it stays beside the new one.
        public var keepsOld: Bool {
            switch self {
            case .noBackup, .outrun, .otherFront, .otherVersion: false
            case .ahead, .otherJournal, .forked, .damaged: true
            }
        }
    }

    /// What the journal says of a backup.
    public struct Facts: Sendable, Hashable {
        /// The last line of the backup; `nil` when there is none.
        public var backupEnd: JournalPosition?
        /// The last line of the journal; `nil` in front of the first.
        public var journalEnd: JournalPosition?
        /// Whether the incarnations of the backup have the same names in the journal.
        public var isSameJournal: Bool
        /// Whether the journal has the line at the end of the backup, with the same hash.
        public var holdsEnd: Bool
        /// Up to where the incarnation of that line was removed from the front of the journal.
        public var prunedThrough: Int
        /// Whether the backup has the first line of the journal, with the same hash.
        public var holdsFront: Bool
        /// Whether the tables of both are of one version.
        public var isSameVersion: Bool
        /// Whether something beside the lines changed: the front, the snapshots, a line that was put back.
        public var hasChanged: Bool

        /// A journal, and a backup that is up to date.
        public init(end: JournalPosition?) {
            (backupEnd, journalEnd) = (end, end)
            (isSameJournal, holdsEnd, holdsFront, isSameVersion, hasChanged) = (true, true, true, true, false)
            prunedThrough = 0
        }
    }

    /// The plan for a backup.
    public init(_ facts: Facts) {
        guard let journalEnd = facts.journalEnd else {
            self = .none
            return
        }
        guard let backupEnd = facts.backupEnd else {
            self = .full(.noBackup)
            return
        }
        if !facts.isSameJournal {
            self = .full(.otherJournal)
        } else if journalEnd < backupEnd {
            self = .full(.ahead)
        } else if !facts.holdsEnd {
            self = .full(backupEnd.sequence <= facts.prunedThrough ? .outrun : .forked)
        } else if !facts.holdsFront {
            self = .full(.otherFront)
        } else if !facts.isSameVersion {
            self = .full(.otherVersion)
        } else {
            self = journalEnd > backupEnd || facts.hasChanged ? .append : .none
        }
    }
}
