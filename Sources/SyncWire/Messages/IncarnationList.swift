/// Answer to `GET …/incarnations`: the journals of a station as far as the county has them, the oldest first.
public struct IncarnationList: Sendable, Hashable, Codable {
    public var incarnations: [Item]
    /// The county's time, RFC 3339; absent while its clock is in doubt.
    public var time: String?

    public init(incarnations: [Item], time: String?) {
        self.incarnations = incarnations
        self.time = time
    }

    /// One journal.
    public struct Item: Sendable, Hashable, Codable {
        public var incarnation: String
        /// The first event that came within `Limits.recoveryDays`; one above `acknowledged` when none did.
        public var first: Int
        /// Highest contiguous sequence stored.
        public var acknowledged: Int
        /// Hex of the chain's hash behind it.
        public var hash: String

        public init(incarnation: String, first: Int, acknowledged: Int, hash: String) {
            (self.incarnation, self.first) = (incarnation, first)
            (self.acknowledged, self.hash) = (acknowledged, hash)
        }
    }
}

/// The name of one event: `<incarnation>/<sequence>`, as in its envelope.
public struct EventID: Sendable, Hashable, LosslessStringConvertible {
    public var incarnation: String
    public var sequence: Int

    public init(incarnation: String, sequence: Int) {
        self.incarnation = incarnation
        self.sequence = sequence
    }

    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let sequence = Int(parts[1]), sequence >= 0 else { return nil }
        self.init(incarnation: String(parts[0]), sequence: sequence)
    }

    public var description: String { "\(incarnation)/\(EventLine.text(ofSequence: sequence))" }
}
