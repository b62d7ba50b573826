public import LockerDomain
public import StationPorts
import Synchronization

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
