import Dispatch
public import LockerDomain
public import StationPorts
import Synchronization

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

/// Stands still until it is told to move: no test sleeps.
public final class VirtualClock: ClockPort {
    private struct State {
        var moment: Moment
        var calls: [(uptime: Int64, order: Int, call: @Sendable () -> Void)] = []
        var orders = 0
    }

    public let bootID: String
    private let state: Mutex<State>

    public init(wall: Int64 = 1_778_544_000_000, clock: ClockTrust = .ntp, bootID: String = "virtual") {
        self.bootID = bootID
        state = Mutex(State(moment: Moment(wall: wall, uptime: 0, clock: clock)))
    }

    public func now() -> Moment { state.withLock { $0.moment } }

    public func wake(atUptime milliseconds: Int64, _ call: @escaping @Sendable () -> Void) {
        state.withLock { state in
            state.orders += 1
            state.calls.append((milliseconds, state.orders, call))
        }
    }

    /// Moves both clocks on and calls what is due, in order.
    public func advance(by milliseconds: Int64) {
        let due = state.withLock { state in
            state.moment.uptime += milliseconds
            state.moment.wall += milliseconds
            let now = state.moment.uptime
            let due = state.calls.filter { $0.uptime <= now }.sorted { ($0.uptime, $0.order) < ($1.uptime, $1.order) }
            state.calls.removeAll { $0.uptime <= now }
            return due
        }
        for item in due { item.call() }
    }

    /// Sets the wall clock only.
    public func set(wall: Int64, clock: ClockTrust) {
        state.withLock { state in
            state.moment.wall = wall
            state.moment.clock = clock
        }
    }

    /// Uptime of the next call, if any waits.
    public var nextCall: Int64? { state.withLock { $0.calls.map(\.uptime).min() } }
}

/// Repeatable randomness (SplitMix64).
public final class SeededEntropy: EntropyPort {
    private let state: Mutex<UInt64>

    public init(seed: UInt64) { state = Mutex(seed) }

    public func bytes(_ count: Int) -> [UInt8] {
        state.withLock { state in
            (0..<count).map { _ in
                state &+= 0x9E37_79B9_7F4A_7C15
                var word = state
                word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
                word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
                return UInt8(truncatingIfNeeded: word ^ word >> 31)
            }
        }
    }
}
