public import LockerDomain
public import StationBooks

/// Reply to `GET /v1/screen`: what the person in front of the station sees (DESIGN 4.6).
public struct ScreenReply: Sendable, Hashable, Codable {
    /// The last answer; absent once it is old.
    public var answer: Answer?
    /// What is being asked now: the question, of whom, which answers it takes, for how long; what a scan answers first
    /// stands first. Empty while nothing is asked.
    public var asked: [Asked]
    /// Free doors by size, smallest first; every size of the cabinet is named. Chilled doors are not among them.
    public var free: [FreeDoors]
    /// Free chilled doors by size; empty without any chilled door.
    public var freeChilled: [FreeDoors]
    /// Shelf places without a parcel.
    public var freeShelfPlaces: Int
    /// Parcels at their places.
    public var parcelsWaiting: Int
    /// Doors that stand open.
    public var doorsOpen: [String]
    /// What the journal can take.
    public var storage: Storage
    /// What is wrong with the clock; absent while all is well.
    public var clock: ClockNote?
    /// What is broken and tried again, for staff; absent while all is well.
    public var fault: String?
    /// Hotline for complaints.
    public var hotline: String
    /// What the station promises in public.
    public var promise: PromiseReply?

    /// How many doors of one size are free.
    public struct FreeDoors: Sendable, Hashable, Codable {
        /// Size of the doors.
        public var size: Size
        /// How many.
        public var doors: Int
    }

    /// A reading of the screen.
    public init(_ view: ScreenView) {
        answer = view.answer
        asked = view.asked
        free = Self.bySize(view.free)
        freeChilled = Self.bySize(view.freeChilled)
        freeShelfPlaces = view.freeShelfPlaces
        parcelsWaiting = view.parcelsWaiting
        doorsOpen = view.doorsOpen.map(\.rawValue)
        storage = view.storage
        clock = view.clockTrouble.map { ClockNote($0) }
        fault = view.fault
        hotline = view.hotline
        promise = PromiseReply(view.promise, view.policy)
    }

    private static func bySize(_ doors: [Size: Int]) -> [FreeDoors] {
        doors.sorted { $0.key < $1.key }.map { FreeDoors(size: $0.key, doors: $0.value) }
    }
}
