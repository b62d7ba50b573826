/// A session as a store keeps it. Nobody can log in by it: the token is not in it.
public struct KeptSession: Sendable, Hashable {
    /// SHA-256 of its token, 64 hex digits.
    public let key: String
    public let session: AccountSession

    public init(key: String, session: AccountSession) { (self.key, self.session) = (key, session) }
}

/// What a store has to do so that it has the sessions of the server.
public struct SessionChange: Sendable, Hashable {
    public var kept: [KeptSession]
    /// Keys of those that ended.
    public var ended: [String]

    public init(kept: [KeptSession] = [], ended: [String] = []) { (self.kept, self.ended) = (kept, ended) }

    public var isEmpty: Bool { kept.isEmpty && ended.isEmpty }
}

/// Which sessions differ from what their store has, by their keys.
struct SessionMarks: Sendable {
    /// To be written.
    private(set) var changed: Set<String> = []
    /// To be forgotten.
    private(set) var ended: Set<String> = []
    /// Last use of each as the store has it.
    private var uses: [String: Int64] = [:]

    var isEmpty: Bool { changed.isEmpty && ended.isEmpty }

    mutating func change(_ key: String) { changed.insert(key) }

    /// A use is written when the one that the store has is a minute old.
    mutating func use(_ key: String, at time: Int64) {
        guard let written = uses[key] else { return change(key) }
        if time - written >= CountyBooksLimits.sessionWriteMilliseconds { change(key) }
    }

    mutating func end(_ key: String) {
        changed.remove(key)
        if uses.removeValue(forKey: key) != nil { ended.insert(key) }
    }

    /// - Parameter isWhole: whether the store has all that is to be kept of it.
    mutating func written(_ kept: KeptSession, isWhole: Bool) {
        uses[kept.key] = kept.session.lastUsed
        if isWhole { changed.remove(kept.key) }
    }

    /// The store has one that ended.
    mutating func left(_ key: String) { ended.insert(key) }

    mutating func forgotten(_ keys: [String]) { ended.subtract(keys) }
}
