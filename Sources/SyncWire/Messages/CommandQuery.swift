import LockerDomain

/// What a station says of itself when it asks for commands (DESIGN 4.3), the query of `GET …/commands`.
///
/// `wait=55&after=11&highest=13&end=0f3a….57`
public struct CommandQuery: Sendable, Hashable {
    /// Where the station's journal ends.
    public struct End: Sendable, Hashable {
        /// 32 hex digits.
        public var incarnation: String
        public var last: Int

        public init(incarnation: String, last: Int) { (self.incarnation, self.last) = (incarnation, last) }
    }

    /// Seconds for which the county may hold the question.
    public var wait: Int64
    /// Every command up to here is settled at the station.
    public var after: Int
    /// The highest number that the station has seen.
    public var highest: Int
    /// Absent when the station says nothing of its journal: then nothing is numbered anew.
    public var end: End?

    public init(wait: Int64, after: Int, highest: Int, end: End?) {
        (self.wait, self.after, self.highest, self.end) = (wait, after, highest, end)
    }

    /// As it is sent and signed.
    public var text: String {
        "wait=\(wait)&after=\(after)&highest=\(highest)" + (end.map { "&end=\($0.incarnation).\($0.last)" } ?? "")
    }
}

extension CommandQuery.End {
    /// Reads `<incarnation>.<last>`; `nil` for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 32, Hex.decode(String(parts[0])) != nil,
            let last = Int(parts[1]), last >= 0, parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        self.init(incarnation: String(parts[0]), last: last)
    }
}
