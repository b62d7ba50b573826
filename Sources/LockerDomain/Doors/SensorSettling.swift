/// When a sensor's level counts: after it was read the same, without an edge in between, for
/// `Limits.sensorSettleMilliseconds`. Pure; times are milliseconds of one monotonic clock. Whoever reads the line calls
/// `edge` when one wakes it and `read` when `nextReadAt` has come.
public struct SensorSettling: Sendable {
    /// A contact that never comes to rest has no level.
    public static let restlessMilliseconds: Int64 = 2_000
    /// Edges can be lost: the level is read again this often.
    public static let checkMilliseconds: Int64 = 500
    /// The same for a chip without edge events.
    public static let pollMilliseconds: Int64 = 50

    /// The level that counts.
    public private(set) var level: DoorLevel
    /// When the line is to be read next.
    public private(set) var nextReadAt: Int64
    private let interval: Int64
    private var candidate: (level: DoorLevel, since: Int64)?
    private var restlessSince: Int64?

    /// `level`: what was read at the start and counts. `hasEdges`: whether the line wakes its reader when it moves.
    public init(level: DoorLevel, hasEdges: Bool, at now: Int64) {
        self.level = level
        interval = hasEdges ? Self.checkMilliseconds : Self.pollMilliseconds
        nextReadAt = now + interval
    }

    /// Whether a level is being watched: edges need not wake anybody then, the next reading is due anyway.
    public var isSettling: Bool { candidate != nil }

    /// An edge came: the line is read at once.
    public mutating func edge(at now: Int64) {
        nextReadAt = min(nextReadAt, now)
    }

    /// Takes a reading; `edges` says whether any came since the reading before. Returns a level that newly counts.
    public mutating func read(_ reading: DoorLevel, edges: Bool, at now: Int64) -> DoorLevel? {
        if candidate == nil, reading == level, !edges {
            nextReadAt = now + interval
            return nil
        }
        guard let (watched, since) = candidate, watched == reading, !edges else {
            let restless = restlessSince ?? now
            restlessSince = restless
            candidate = (reading, now)
            nextReadAt = now + Limits.sensorSettleMilliseconds
            guard now - restless >= Self.restlessMilliseconds, level != .unknown else { return nil }
            level = .unknown
            return .unknown
        }
        guard now - since >= Limits.sensorSettleMilliseconds else {
            nextReadAt = since + Limits.sensorSettleMilliseconds
            return nil
        }
        candidate = nil
        restlessSince = nil
        nextReadAt = now + interval
        guard reading != level else { return nil }
        level = reading
        return reading
    }
}
