public import LockerDomain

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

    /// Whether a journal is open; without one nothing is known of parcels, doors and people.
    public var hasBooks: Bool { !incarnation.isEmpty }

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
    /// What is being asked now, in the order in which a scan is taken as the answer.
    public var asked: [Asked]
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
    /// What is broken and tried again, one line in English for staff; `nil` while all is well.
    public var fault: String?

    public init(
        answer: Answer?,
        asked: [Asked] = [],
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
        self.asked = asked
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
