/// A command of the county that cannot be done now, and is tried again and again.
public struct PutOffCommand: Sendable, Hashable {
    public var id: String
    public var number: Int
    public var type: String
    /// Why, in Chinese and English.
    public var reason: String
    /// Uptime at which it was tried first, in milliseconds.
    public var since: Int64

    public init(id: String, number: Int, type: String, reason: String, since: Int64) {
        (self.id, self.number, self.type, self.reason, self.since) = (id, number, type, reason, since)
    }
}
