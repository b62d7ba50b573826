/// Reply to `GET /v1/uplink`: how the link to the county stands.
public struct LinkReply: Sendable, Hashable, Codable {
    /// `notEnrolled`, `idle`, `sending`, `waitingToRetry`.
    public var phase: String
    /// The county's URL.
    public var county: String
    /// Events the county has not acknowledged.
    public var eventsWaiting: Int
    /// Seconds since the oldest of them was made; absent when none waits.
    public var oldestUnsentSeconds: Int?
    /// Up to where the county has everything.
    public var acknowledged: EventPosition
    /// Last signed answer; absent before the first in this run.
    public var lastAnswer: TimeStamp?
    /// Why the last try failed; absent after a success.
    public var lastFault: String?
    /// Tries since the last success.
    public var failuresInARow: Int
    /// Time until the next try; absent when none is planned.
    public var retryInMilliseconds: Int64?
    /// Beginning of the last answer that was not the county's: a portal, a proxy. Never believed, only shown.
    public var notTheCounty: String?

    /// A link of which only the basics are known.
    public init(phase: String, county: String, eventsWaiting: Int, acknowledged: EventPosition, failuresInARow: Int) {
        self.phase = phase
        self.county = county
        self.eventsWaiting = eventsWaiting
        self.acknowledged = acknowledged
        self.failuresInARow = failuresInARow
    }
}
