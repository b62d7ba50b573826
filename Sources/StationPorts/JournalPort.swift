public import LockerDomain

/// One event as it is kept: the bytes that also go over the wire, and the chain up to it.
public struct JournalLine: Sendable, Hashable {
    public var position: JournalPosition
    /// Hash of the chain in front of the line, 32 bytes: with it a line is checked alone, and a missing one breaks nothing
    /// behind it.
    public var before: [UInt8]
    /// Canonical JSON without a newline.
    public var bytes: [UInt8]
    /// hash(n) = SHA-256(hash(n−1) ‖ bytes(n)), 32 bytes.
    public var hash: [UInt8]

    public init(position: JournalPosition, before: [UInt8], bytes: [UInt8], hash: [UInt8]) {
        self.position = position
        self.before = before
        self.bytes = bytes
        self.hash = hash
    }
}

/// One incarnation of the journal (DESIGN 4.2).
public struct Incarnation: Sendable, Hashable {
    public var generation: Int
    /// 32 lower-case hex digits, random.
    public var id: String

    public init(generation: Int, id: String) {
        self.generation = generation
        self.id = id
    }
}

/// A snapshot of the state behind an event; opaque bytes here.
public struct Snapshot: Sendable, Hashable {
    public var position: JournalPosition
    /// `StationState.format` of the bytes.
    public var format: Int
    public var bytes: [UInt8]

    public init(position: JournalPosition, format: Int, bytes: [UInt8]) {
        self.position = position
        self.format = format
        self.bytes = bytes
    }
}

/// The durable journal; used by the engine's thread only. Every method blocks until the disk has answered.
public protocol JournalPort: RecoveryJournalPort {
    /// The incarnation that is written now, and the last line of it (`nil` before the first).
    func head() throws -> (incarnation: Incarnation, last: JournalLine?)
    /// Makes lines durable in one commit: after it returned, a power cut does not lose them.
    func append(_ lines: [JournalLine]) throws(JournalError)
    /// Puts lines back in their places, in one commit: whatever stands there is replaced. Whoever calls it has checked
    /// them against the hashes around them.
    func putBack(_ lines: [JournalLine]) throws(JournalError)
    /// Closes the present incarnation and begins the next one with its first lines, in one commit: no incarnation is
    /// ever on disk without the event that tells why it began.
    func beginIncarnation(id: String, lines: (Incarnation) throws -> [JournalLine]) throws -> Incarnation
    /// Offers the snapshots of the format, the newest first, until `snapshot` takes one, then every line behind that (behind
    /// the start when it takes none), over all incarnations, oldest first. Memory stays flat.
    func replay(format: Int, snapshot: (Snapshot) throws -> Bool, line: (JournalLine) throws -> Void) throws
    /// Housekeeping while nothing is under way: keeps a snapshot (and the one before it), checkpoints, restores the
    /// reserve. Returns what the disk can take from now on. `snapshot` makes one, or `nil`; it is asked at most once, and a
    /// journal that takes nothing need not ask. It may look at the journal, so no lock of the journal is held meanwhile.
    func maintain(keeping snapshot: () -> Snapshot?) -> Storage
    /// The oldest lines, at most `limit` of them, and what pruning has to know beside them.
    func front(limit: Int) throws -> JournalFront
    /// Removes the lines up to a position, but the last of each incarnation.
    func prune(through position: JournalPosition) throws
    /// Frees the reserve after `append` failed with `.full`. `false` when there was none left.
    func releaseReserve() -> Bool
}

extension JournalPort {
    /// Housekeeping with a snapshot that is made already, or none.
    public func maintain(keeping snapshot: Snapshot?) -> Storage { maintain { snapshot } }

    /// Begins an incarnation that has no lines yet: the first one.
    public func beginIncarnation(id: String) throws -> Incarnation { try beginIncarnation(id: id) { _ in [] } }
}

/// The journal as the uplink and readers see it: a second connection, short transactions. Safe from any thread.
public protocol OutboxPort: Sendable {
    /// Lines behind a position within one incarnation, oldest first, at most `limit` and about `bytes` in all.
    func lines(after position: JournalPosition, limit: Int, bytes: Int) throws -> [JournalLine]
    /// The incarnation of a generation, and the number of its last event.
    func incarnation(_ generation: Int) throws -> (incarnation: Incarnation, last: Int)?
    /// What the county has acknowledged.
    func acknowledged() throws -> JournalPosition
    /// Keeps what the county has acknowledged; it may also go back (a county restored from backup asks again).
    /// An outbox may write it later: a lost end of it is sent again.
    func acknowledge(_ position: JournalPosition) throws
    /// Writes what `acknowledge` left for later.
    func keepCursor() throws
    /// Events not acknowledged yet, over all incarnations.
    func waiting() throws -> Int
    /// The last sequence of an incarnation that was removed from the front of the journal; 0 when none was.
    func prunedThrough(_ generation: Int) throws -> Int
    /// The line at a position, to check a hash against.
    func line(at position: JournalPosition) throws -> JournalLine?
}

/// Why the journal did not take lines.
public struct JournalError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong.
    public enum Code: Sendable, Hashable {
        /// No space left: the reserve can help once.
        case full
        /// The device does not answer, is read-only or lies.
        case broken
    }

    public var code: Code
    public var description: String

    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
