/// Where an event stands: which journal of the station, which number. Written `GENERATION.SEQUENCE`.
public struct EventPosition: Sendable, Hashable, Comparable, Codable, LosslessStringConvertible {
    /// Rising number of the incarnation within the station, from 1.
    public var generation: Int
    /// From 1 in each incarnation; 0 stands before the first event.
    public var sequence: Int

    /// A position from its numbers.
    public init(generation: Int, sequence: Int) {
        self.generation = generation
        self.sequence = sequence
    }

    /// Reads `1.57`.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let generation = Int(parts[0]), let sequence = Int(parts[1]), (1..<1 << 22).contains(generation),
            sequence < 1 << 40
        else { return nil }
        self.init(generation: generation, sequence: sequence)
    }

    /// The text that `init(_:)` reads.
    public var description: String { "\(generation).\(sequence)" }

    /// By generation, then by number.
    public static func < (left: EventPosition, right: EventPosition) -> Bool {
        (left.generation, left.sequence) < (right.generation, right.sequence)
    }
}

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
        public var position: EventPosition
        /// The journalled bytes as text: UTF-8 verbatim, so that the chain can be checked.
        public var line: String
        /// Chain hash up to this event, 64 hex digits.
        public var hash: String

        /// An event with its place in the chain.
        public init(position: EventPosition, line: String, hash: String) {
            self.position = position
            self.line = line
            self.hash = hash
        }
    }

    /// A page of events.
    public init(events: [EventEntry], incarnation: String, lastSequence: Int) {
        self.events = events
        self.incarnation = incarnation
        self.lastSequence = lastSequence
    }
}
