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
    public var cooperationMode: String
    /// Size taken for a parcel that no manifest announced.
    public var defaultSize: Size
    /// Hold period (保管期) in hours.
    public var holdHours: Int
    /// Hotline for complaints.
    public var hotline: String

    public init(
        id: String,
        doors: [DoorSettings],
        shelfPlaces: [ShelfPlace] = [],
        cameras: [CameraName] = [],
        operatorName: String = "unknown",
        agent: String = "unknown",
        cooperationMode: String = "direct",
        defaultSize: Size = .medium,
        holdHours: Int = 72,
        hotline: String = "12305"
    ) {
        self.id = id
        self.doors = doors
        self.shelfPlaces = shelfPlaces
        self.cameras = cameras
        self.operatorName = operatorName
        self.agent = agent
        self.cooperationMode = cooperationMode
        self.defaultSize = defaultSize
        self.holdHours = holdHours
        self.hotline = hotline
    }
}
