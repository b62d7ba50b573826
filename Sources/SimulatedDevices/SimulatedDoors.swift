import DequeModule
public import LockerDomain
public import StationPorts
import Synchronization

/// Doors in memory: a pulse opens, a person shuts. Driven by the station's clock, so that it runs at any speed.
/// Keeps to the same `PulseGovernor` as the real ones.
public final class SimulatedDoors: DoorPort {
    /// What a door of the simulation does to a pulse.
    public enum Mood: Sendable, Hashable {
        /// Opens; a person shuts it after the usual time.
        case good
        /// Stays shut, whatever comes.
        case stuck
        /// Opens and stays open.
        case leftOpen
    }

    private struct State {
        var levels: [DoorName: DoorLevel]
        var moods: [DoorName: Mood] = [:]
        var governor = PulseGovernor()
        var orders: Deque<PulseOrder> = []
        var energised: DoorName?
        var pulses: [PulseOrder] = []
        var report: (@Sendable (DoorReport) -> Void)?
        var stopped = false
    }

    private let state: Mutex<State>
    private let clock: any ClockPort
    private let shutMilliseconds: Int64
    /// From the start of a pulse to the door seen open.
    private static let openMilliseconds: Int64 = 120

    /// `shutMilliseconds`: how long a person takes at an open door.
    public init(doors: [DoorName], clock: any ClockPort, shutMilliseconds: Int64) {
        state = Mutex(State(levels: Dictionary(doors.map { ($0, .closed) }) { $1 }))
        self.clock = clock
        self.shutMilliseconds = shutMilliseconds
    }

    public func start(report: @escaping @Sendable (DoorReport) -> Void) throws -> [DoorName: DoorLevel] {
        state.withLock { state in
            state.report = report
            return state.levels
        }
    }

    public func pulse(_ order: PulseOrder) -> Bool {
        let taken = state.withLock { state in
            guard !state.stopped, state.orders.count < Limits.pulseOrdersMax else { return false }
            state.orders.append(order)
            return true
        }
        if taken { next() }
        return taken
    }

    public func stop() {
        state.withLock { state in
            state.stopped = true
            state.orders = []
            state.energised = nil
        }
    }

    /// Every pulse so far, in order.
    public var pulses: [PulseOrder] { state.withLock { $0.pulses } }

    /// Whether no coil is energised.
    public var isQuiet: Bool { state.withLock { $0.energised == nil } }

    /// Changes how a door behaves from now on.
    public func set(_ mood: Mood, of door: DoorName) { state.withLock { $0.moods[door] = mood } }

    /// Somebody moves a door by hand.
    public func move(_ door: DoorName, to level: DoorLevel) {
        let report = state.withLock { state -> (@Sendable (DoorReport) -> Void)? in
            guard !state.stopped, state.levels[door] != level else { return nil }
            state.levels[door] = level
            return state.report
        }
        report?(.level(door, level))
    }

    private func next() {
        let now = clock.now().uptime
        let wait = state.withLock { state -> Int64? in
            guard state.energised == nil, let order = state.orders.first else { return nil }
            let start = state.governor.earliestStart(of: order.door, length: order.milliseconds, now: now)
            guard start <= now else { return start }
            state.orders.removeFirst()
            state.governor.started(order.door, length: order.milliseconds, now: now)
            state.energised = order.door
            state.pulses.append(order)
            begin(order, at: now)
            return nil
        }
        if let wait { clock.wake(atUptime: wait) { [weak self] in self?.next() } }
    }

    private func begin(_ order: PulseOrder, at now: Int64) {
        let length = PulseGovernor.capped(order.milliseconds)
        clock.wake(atUptime: now + min(Self.openMilliseconds, length)) { [weak self] in self?.opened(order) }
        clock.wake(atUptime: now + length) { [weak self] in self?.ended(order) }
    }

    private func opened(_ order: PulseOrder) {
        let mood = state.withLock { $0.moods[order.door] ?? .good }
        guard mood != .stuck else { return }
        move(order.door, to: .open)
        guard mood == .good else { return }
        clock.wake(atUptime: clock.now().uptime + shutMilliseconds) { [weak self] in
            self?.move(order.door, to: .closed)
        }
    }

    private func ended(_ order: PulseOrder) {
        let report = state.withLock { state -> (@Sendable (DoorReport) -> Void)? in
            guard !state.stopped else { return nil }
            state.energised = nil
            return state.report
        }
        report?(.pulseEnded(order.door, cycle: order.cycle, fault: nil))
        next()
    }
}
