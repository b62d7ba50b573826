public import LockerDomain

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
    public var acknowledged: JournalPosition
    /// Last signed answer; absent before the first in this run.
    public var lastAnswer: TimeStamp?
    /// What fails, since when and how often; absent after a success.
    public var trouble: Trouble?
    /// What else fails, the most important first; absent when nothing does.
    public var further: [Trouble]?
    /// Two boards have this station's identity; absent when nothing says so.
    public var identity: IdentityFault?
    /// Time until the next try; absent when none is planned.
    public var retryInMilliseconds: Int64?
    /// Beginning of the last answer that was not the county's: a portal, a proxy. Never believed, only shown.
    public var notTheCounty: String?
    /// Commands of the county that could not be done for more than an hour; absent when there are none.
    public var putOff: [PutOffEntry]?
    /// Bare connects to the county's address while calls fail; absent before the first.
    public var reach: ReachEntry?

    /// What bare connects found.
    public struct ReachEntry: Sendable, Hashable, Codable {
        /// Whether the address takes connections.
        public var isAccepting: Bool
        /// Connects tried since the daemon started.
        public var tries: Int
        /// The last one.
        public var lastTry: TimeStamp
        /// Bytes counted against the month's budget, as estimated.
        public var spentBytes: Int
        /// That budget.
        public var budgetBytes: Int

        init(_ reach: ReachStatus) {
            isAccepting = reach.isAccepting
            tries = reach.tries
            lastTry = TimeStamp(reach.lastTry)
            spentBytes = reach.spentBytes
            budgetBytes = Limits.reachMonthBytesMax
        }
    }

    /// A command that cannot be done now and is tried again.
    public struct PutOffEntry: Sendable, Hashable, Codable {
        public var number: Int
        /// Type of the command: `manifest`.
        public var type: String
        /// Why, for people.
        public var reason: String
        /// The first try.
        public var since: TimeStamp

        init(_ entry: UplinkStatus.PutOff) {
            (number, type, reason) = (entry.command.number, entry.command.type, entry.command.reason)
            since = TimeStamp(entry.since)
        }
    }

    /// Two boards with one identity.
    public struct IdentityFault: Sendable, Hashable, Codable {
        /// `twoBoards`; the words for people follow.
        public var code: String
        public var chinese: String
        public var english: String

        init() {
            code = LinkFault.twoBoards.code
            (chinese, english) = LinkFault.twoBoards.words
        }
    }

    /// What fails on the link.
    public struct Trouble: Sendable, Hashable, Codable {
        /// What is sent or asked for: `events`, `commands`, `manifests`, `contacts`, `status`, `recovery`.
        public var call: String
        /// A word for programs, `nameNotFound`; the words for people follow.
        public var code: String
        public var chinese: String
        public var english: String
        /// The first failure in a row.
        public var since: TimeStamp
        /// Failures in a row.
        public var tries: Int

        init(_ trouble: LinkTrouble, since wall: Int64) {
            call = trouble.call.rawValue
            code = trouble.fault.code
            (chinese, english) = trouble.fault.words
            since = TimeStamp(wall)
            tries = trouble.tries
        }
    }

    /// A reading of the link.
    public init(_ status: UplinkStatus) {
        phase = status.phase.rawValue
        county = status.county
        eventsWaiting = status.eventsWaiting
        oldestUnsentSeconds = status.oldestUnsentSeconds
        acknowledged = status.acknowledged
        lastAnswer = status.lastAnswer.map { TimeStamp($0) }
        if let fault = status.trouble, let since = status.troubleSince { trouble = Trouble(fault, since: since) }
        if !status.further.isEmpty { further = status.further.map { Trouble($0.trouble, since: $0.since) } }
        if status.sharesIdentity { identity = IdentityFault() }
        retryInMilliseconds = status.retryInMilliseconds
        notTheCounty = status.notTheCounty
        putOff = status.putOff.isEmpty ? nil : status.putOff.map { PutOffEntry($0) }
        reach = status.reach.map { ReachEntry($0) }
    }
}
