/// How far one end has a journal: which one, up to where, and the hash of the chain there (DESIGN 4.3 `books`).
public struct ChainPosition: Sendable, Hashable, Codable {
    /// 32 hex digits.
    public var incarnation: String
    /// Highest contiguous sequence stored; 0 before the first.
    public var acknowledged: Int
    /// Hex of the chain's hash behind it.
    public var hash: String

    public init(incarnation: String, acknowledged: Int, hash: String) {
        self.incarnation = incarnation
        self.acknowledged = acknowledged
        self.hash = hash
    }
}

/// Where a station's present journal ends and what of it the station counts as sent: `journal` of its status report.
public struct JournalReport: Sendable, Hashable, Codable {
    /// 32 hex digits.
    public var incarnation: String
    /// Sequence of its last event; 0 before the first.
    public var last: Int
    /// Hex of the chain's hash behind that event.
    public var hash: String
    /// Highest sequence of it that the county has acknowledged, as the station knows it.
    public var acknowledged: Int

    public init(incarnation: String, last: Int, hash: String, acknowledged: Int) {
        self.incarnation = incarnation
        self.last = last
        self.hash = hash
        self.acknowledged = acknowledged
    }
}
