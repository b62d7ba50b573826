/// One pulse of one coil, already authorised by a durable event.
public struct PulseOrder: Sendable, Hashable {
    public var door: DoorName
    /// Number of the opening that it belongs to.
    public var cycle: Int
    /// Wanted length; the doors never drive longer than `Limits.pulseMillisecondsMax`.
    public var milliseconds: Int64

    public init(door: DoorName, cycle: Int, milliseconds: Int64) {
        self.door = door
        self.cycle = cycle
        self.milliseconds = milliseconds
    }
}
