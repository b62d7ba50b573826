public import LockerDomain

/// The clocks of the station.
public protocol ClockPort: Sendable {
    /// Both clocks, read together. Safe from any thread.
    func now() -> Moment
    /// When the machine's time service had its last answer in this boot, by the wall clock of then, in milliseconds since
    /// 1970; `nil` when nothing tells. What it is worth `ClockDiscipline` decides.
    var lastServiceAnswer: Int64? { get }
    /// Random name of this boot (`/proc/sys/kernel/random/boot_id`).
    var bootID: String { get }
    /// Calls back once when the uptime has been reached; never before. Safe from any thread.
    func wake(atUptime milliseconds: Int64, _ call: @escaping @Sendable () -> Void)
}

extension ClockPort {
    public var lastServiceAnswer: Int64? { nil }
}

/// Randomness for incarnations and jitter; seeded in simulation.
public protocol EntropyPort: Sendable {
    func bytes(_ count: Int) -> [UInt8]
}
