/// How the link to the county stands.
public struct UplinkStatus: Sendable {
    /// What the uplink does now.
    public enum Phase: String, Sendable, Codable {
        case notEnrolled, idle, sending, waitingToRetry
    }

    public var phase: Phase
    public var county: String
    /// Events the county has not acknowledged.
    public var eventsWaiting: Int
    /// Seconds since the oldest of them was made; `nil` when none waits.
    public var oldestUnsentSeconds: Int?
    public var acknowledged: JournalPosition
    /// Wall time of the last signed answer; `nil` before the first in this run.
    public var lastAnswer: Int64?
    /// Why calls fail; `nil` after a success.
    public var trouble: LinkTrouble?
    /// Wall time of the first of the failures in a row.
    public var troubleSince: Int64?
    /// What else fails, less important than `trouble`.
    public var further: [DatedTrouble] = []
    /// Whether two boards have this station's identity (the third healing of the counter within a day).
    public var sharesIdentity = false
    /// Milliseconds until the next try.
    public var retryInMilliseconds: Int64?
    /// Beginning of the last answer that was not the county's: a portal, a proxy.
    public var notTheCounty: String?
    /// Commands that could not be done for more than an hour, by number: a fault.
    public var putOff: [PutOff] = []
    /// Bare connects to the county's address; `nil` before the first.
    public var reach: ReachStatus?

    /// A command that waits, and since when by the wall clock.
    public struct PutOff: Sendable, Hashable {
        public var command: PutOffCommand
        /// Wall time of the first try.
        public var since: Int64

        public init(_ command: PutOffCommand, since: Int64) { (self.command, self.since) = (command, since) }
    }

    public init(phase: Phase, county: String) {
        self.phase = phase
        self.county = county
        eventsWaiting = 0
        acknowledged = JournalPosition(generation: 1, sequence: 0)
    }
}

/// What bare connects to the county's address found.
public struct ReachStatus: Sendable, Hashable {
    /// Whether the address takes connections.
    public var isAccepting: Bool
    /// Connects tried since the start.
    public var tries: Int
    /// Wall time of the last one.
    public var lastTry: Int64
    /// Bytes counted against the month's budget.
    public var spentBytes: Int

    public init(isAccepting: Bool, tries: Int, lastTry: Int64, spentBytes: Int) {
        self.isAccepting = isAccepting
        self.tries = tries
        self.lastTry = lastTry
        self.spentBytes = spentBytes
    }
}

/// What fails, and since when by the wall.
public struct DatedTrouble: Sendable, Hashable {
    public var trouble: LinkTrouble
    /// Wall time of the first of the failures in a row.
    public var since: Int64

    public init(_ trouble: LinkTrouble, since: Int64) { (self.trouble, self.since) = (trouble, since) }
}

/// One kind of call to the county that fails.
public struct LinkTrouble: Sendable, Hashable {
    /// What is sent or asked for, the most important first.
    public enum Call: String, Sendable, CaseIterable {
        case events, commands, manifests, contacts, status, recovery
    }

    public var call: Call
    /// Why the last try failed.
    public var fault: LinkFault
    /// Uptime of the first failure in a row, in milliseconds.
    public var since: Int64
    /// Failures in a row.
    public var tries: Int

    public init(call: Call, fault: LinkFault, since: Int64, tries: Int) {
        self.call = call
        self.fault = fault
        self.since = since
        self.tries = tries
    }
}
