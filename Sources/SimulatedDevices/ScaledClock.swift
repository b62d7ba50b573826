import Dispatch
public import LockerDomain
public import StationPorts

/// Runs `speed` times as fast as the machine's clock, from a chosen wall time. For `make run` and demonstrations.
public struct ScaledClock: ClockPort {
    public let bootID: String
    private let start: Int64
    private let speed: Int64
    private let trust: ClockTrust
    private let origin: ContinuousClock.Instant
    private let queue = DispatchQueue(label: "scaled clock")

    /// `start`: wall time in milliseconds since 1970. `speed`: simulated seconds a second, at least 1. `clock`: what the
    /// machine says of the time; by default somebody set it.
    public init(start: Int64, speed: Int, clock: ClockTrust = .manual, bootID: String) {
        self.start = start
        self.speed = Int64(max(1, speed))
        trust = clock
        self.bootID = bootID
        origin = .now
    }

    public func now() -> Moment {
        let elapsed = origin.duration(to: .now)
        let nanoseconds = elapsed.components.seconds * 1_000_000_000 + elapsed.components.attoseconds / 1_000_000_000
        let uptime = nanoseconds * speed / 1_000_000
        return Moment(wall: start + uptime, uptime: uptime, clock: trust)
    }

    public func wake(atUptime milliseconds: Int64, _ call: @escaping @Sendable () -> Void) {
        // Rounded up, so that the uptime has been reached when it calls.
        let micros = max(0, (milliseconds - now().uptime) * 1_000 / speed + 1)
        queue.asyncAfter(deadline: .now() + .microseconds(Int(micros)), execute: call)
    }
}
