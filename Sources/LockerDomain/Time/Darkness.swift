/// A time in which a station was dark. It does not count against anybody.
public struct Darkness: Sendable, Hashable {
    public var milliseconds: Int64
    /// Confirmed wall time at which the station came back.
    public var until: Int64

    package init(milliseconds: Int64, until: Int64) {
        self.milliseconds = milliseconds
        self.until = until
    }

    /// Whether it is so long that recipients may have come in vain.
    public var isLong: Bool { milliseconds > Limits.longDarknessMilliseconds }
}

/// Where a station was when it last gave a sign of life.
public struct SignOfLife: Sendable, Hashable {
    /// Milliseconds since 1970.
    public var wall: Int64
    /// How `wall` was known.
    public var clock: ClockTrust

    public init(wall: Int64, clock: ClockTrust) {
        self.wall = wall
        self.clock = clock
    }
}
