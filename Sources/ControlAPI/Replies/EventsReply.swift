public import LockerDomain

/// Reply to `GET /v1/events`.
public struct EventsReply: Sendable, Hashable, Codable {
    /// Oldest first; empty when nothing lies behind the position.
    public var events: [EventEntry]
    /// The incarnation that is written now. When it changes, the next page begins without a position.
    public var incarnation: String
    /// Number of the last event of that incarnation.
    public var lastSequence: Int

    /// One event as it is kept.
    public struct EventEntry: Sendable, Hashable, Codable {
        /// Where it stands.
        public var position: JournalPosition
        /// The journalled bytes as text: UTF-8 verbatim, so that the chain can be checked.
        public var line: String
        /// Chain hash up to this event, 64 hex digits.
        public var hash: String

        /// An event as it is kept, with its place in the chain.
        public init(_ position: JournalPosition, bytes: [UInt8], hash: [UInt8]) {
            self.position = position
            line = String(decoding: bytes, as: UTF8.self)
            self.hash = Hex.encode(hash)
        }
    }

    /// A page of events.
    public init(events: [EventEntry], incarnation: String, lastSequence: Int) {
        self.events = events
        self.incarnation = incarnation
        self.lastSequence = lastSequence
    }
}
