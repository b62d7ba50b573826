public import LockerDomain

/// What the control socket may ask of a running station. Safe from any thread.
public protocol ControlPort: ReportPort {
    /// The state as the last durable turn left it.
    func view() async -> StationView
    /// What the person in front of the station sees now.
    func screen() async -> ScreenView
    /// How the link to the county stands.
    func uplink() async -> UplinkStatus
    /// Lines behind a position of the present incarnation (`nil`: from its first), oldest first, at most `limit`.
    func lines(after position: JournalPosition?, limit: Int) async throws -> [JournalLine]
    /// A scan as if a device had read it; only on a simulated station.
    func scan(_ text: String, role: ScannerRole) async throws(ControlFault) -> [Answer]
    /// Enrols with a one-time token at the configured county. `by` is the local user's name.
    func enrol(token: String, by: String) async throws(ControlFault)
}

/// Why a request of the control socket was not done. `description` names the thing, the cause and the mend.
public struct ControlFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of refusal.
    public enum Code: String, Sendable {
        /// The request itself is wrong.
        case invalid
        /// Right, but not on this station or not now.
        case unavailable
        /// Somebody else (the county, the disk) failed.
        case failed
    }

    public var code: Code
    public var description: String

    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}

/// A reading of the whole station.
public struct StationView: Sendable {
    public var station: String
    public var version: String
    /// Whether it holds the county's keys, whatever its journal says.
    public var enrolled: Bool
    public var state: StationState
    public var settings: StationSettings
    public var storage: Storage
    public var now: Moment
    public var clockTrouble: ClockTrouble?
    public var incarnation: String
    public var lastSequence: Int
    /// Faults of the hardware found at start, one line each.
    public var faults: [String]
    public var simulated: Bool

    public init(
        station: String,
        version: String,
        enrolled: Bool,
        state: StationState,
        settings: StationSettings,
        storage: Storage,
        now: Moment,
        clockTrouble: ClockTrouble? = nil,
        incarnation: String,
        lastSequence: Int,
        faults: [String],
        simulated: Bool
    ) {
        self.station = station
        self.version = version
        self.enrolled = enrolled
        self.state = state
        self.settings = settings
        self.storage = storage
        self.now = now
        self.clockTrouble = clockTrouble
        self.incarnation = incarnation
        self.lastSequence = lastSequence
        self.faults = faults
        self.simulated = simulated
    }
}

/// What the person in front of the station sees.
public struct ScreenView: Sendable {
    /// The last answer and when it was given; `nil` once it is older than 10 s.
    public var answer: Answer?
    /// Free doors of each size that the cabinet has, chilled ones not counted: nothing but chilled goods goes there.
    public var free: [Size: Int]
    /// Free chilled doors of each size.
    public var freeChilled: [Size: Int]
    public var freeShelfPlaces: Int
    public var parcelsWaiting: Int
    public var doorsOpen: [DoorName]
    public var storage: Storage
    public var clockTrouble: ClockTrouble?
    public var hotline: String
    public var promise: PublicPromise
    public var policy: Policy

    public init(
        answer: Answer?,
        free: [Size: Int],
        freeChilled: [Size: Int] = [:],
        freeShelfPlaces: Int,
        parcelsWaiting: Int,
        doorsOpen: [DoorName],
        storage: Storage,
        clockTrouble: ClockTrouble? = nil,
        hotline: String,
        promise: PublicPromise = PublicPromise(),
        policy: Policy = Policy()
    ) {
        self.answer = answer
        self.free = free
        self.freeChilled = freeChilled
        self.freeShelfPlaces = freeShelfPlaces
        self.parcelsWaiting = parcelsWaiting
        self.doorsOpen = doorsOpen
        self.storage = storage
        self.clockTrouble = clockTrouble
        self.hotline = hotline
        self.promise = promise
        self.policy = policy
    }
}

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
    /// Milliseconds until the next try.
    public var retryInMilliseconds: Int64?
    /// Beginning of the last answer that was not the county's: a portal, a proxy.
    public var notTheCounty: String?
    /// Bare connects to the county's address; `nil` before the first.
    public var reach: ReachStatus?

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

/// One kind of call to the county that fails.
public struct LinkTrouble: Sendable, Hashable {
    /// What is sent or asked for, the most important first.
    public enum Call: String, Sendable, CaseIterable {
        case events, commands, contacts, status
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
