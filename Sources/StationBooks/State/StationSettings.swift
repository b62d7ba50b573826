public import LockerDomain

/// What the configuration says of a station; fixed while the daemon runs.
public struct StationSettings: Sendable, Hashable {
    public var id: String
    public var doors: [DoorSettings]
    public var shelfPlaces: [ShelfPlace]
    public var cameras: [CameraName]
    /// Name of the firm that handles parcels when the manifest does not say (经营企业).
    public var operatorName: String
    /// Whose site it is (代办点).
    public var agent: String
    /// How the firms work together when the manifest does not say (合作模式).
    public var cooperationMode: CooperationMode
    /// Size taken for a parcel that no manifest announced.
    public var defaultSize: Size
    /// 区划代码 of the village.
    public var village: String
    /// What each camera covers; one that is missing here covers everything.
    public var coverage: [CameraName: Set<Coverage>]
    public var policy: Policy
    public var promise: PublicPromise
    /// How much of the journal is kept.
    public var bounds: JournalBounds

    /// What a camera sees (`covers`, DESIGN 4.1).
    public enum Coverage: String, Sendable, Codable, CaseIterable {
        case deposit, pickup, outbound
    }

    public init(
        id: String,
        doors: [DoorSettings],
        shelfPlaces: [ShelfPlace] = [],
        cameras: [CameraName] = [],
        operatorName: String = Parties.noOperator,
        agent: String = "unknown",
        cooperationMode: CooperationMode = .direct,
        defaultSize: Size = .medium,
        village: String = "",
        coverage: [CameraName: Set<Coverage>] = [:],
        policy: Policy = Policy(),
        promise: PublicPromise = PublicPromise(),
        bounds: JournalBounds = JournalBounds()
    ) {
        self.id = id
        self.doors = doors
        self.shelfPlaces = shelfPlaces
        self.cameras = cameras
        self.operatorName = operatorName
        self.agent = agent
        self.cooperationMode = cooperationMode
        self.defaultSize = defaultSize
        self.village = village
        self.coverage = coverage
        self.policy = policy
        self.promise = promise
        self.bounds = bounds
    }
}
