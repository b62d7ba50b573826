public import LockerDomain
public import StationPorts
import Synchronization

/// Doors in memory: a pulse opens, a person shuts. Driven by the station's clock, so that it runs at any speed.
/// Their pulses take turns in the same `PulseQueue` as those of the real ones.
public final class SimulatedDoors: DoorPort {
    /// What a door of the simulation does to a pulse.
    public enum FaultMode: Sendable, Hashable {
        /// Opens; a person shuts it after the usual time.
        case good
        /// Stays shut, whatever comes.
        case stuck
        /// Opens and stays open.
        case leftOpen
    }

    private struct State {
        var levels: [DoorName: DoorLevel]
        var modes: [DoorName: FaultMode] = [:]
        var queue = PulseQueue()
        var energised: DoorName?
        /// The earliest call that was ordered for a pulse that has to wait.
        var wakeAt: Int64?
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
        let taken = state.withLock { !$0.stopped && $0.queue.add(order) }
        if taken { next() }
        return taken
    }

    public func stop() {
        state.withLock { state in
            state.stopped = true
            state.queue.removeAll()
            state.energised = nil
        }
    }

    /// Every pulse so far, in order.
    public var pulses: [PulseOrder] { state.withLock { $0.pulses } }

    /// Whether no coil is energised.
    public var isQuiet: Bool { state.withLock { $0.energised == nil } }

    /// Changes how a door behaves from now on.
    public func set(_ mode: FaultMode, of door: DoorName) { state.withLock { $0.modes[door] = mode } }

    /// Somebody moves a door by hand.
    public func move(_ door: DoorName, to level: DoorLevel) {
        let report = state.withLock { state -> (@Sendable (DoorReport) -> Void)? in
            guard !state.stopped, state.levels[door] != level else { return nil }
            state.levels[door] = level
            return state.report
        }
        report?(.level(door, level))
    }

    /// Begins the pulse whose turn it is, or orders a call for when it will be somebody's.
    private func next() {
        let wait = state.withLock { state -> Int64? in
            guard !state.stopped else { return nil }
            let now = clock.now().uptime
            if let order = state.queue.begin(now: now) {
                state.energised = order.door
                state.pulses.append(order)
                drive(order, from: now)
                return nil
            }
            // A call that was ordered for later must not hold up an order that came since and may go first.
            guard let start = state.queue.nextStart(now: now), start < state.wakeAt ?? .max else { return nil }
            state.wakeAt = start
            return start
        }
        if let wait { clock.wake(atUptime: wait) { [weak self] in self?.woken(at: wait) } }
    }

    private func woken(at time: Int64) {
        state.withLock { if $0.wakeAt == time { $0.wakeAt = nil } }
        next()
    }

    private func drive(_ order: PulseOrder, from now: Int64) {
        let length = PulseGovernor.capped(order.milliseconds)
        clock.wake(atUptime: now + min(Self.openMilliseconds, length)) { [weak self] in self?.opened(order) }
        clock.wake(atUptime: now + length) { [weak self] in self?.ended(order) }
    }

    private func opened(_ order: PulseOrder) {
        let mode = state.withLock { $0.modes[order.door] ?? .good }
        guard mode != .stuck else { return }
        move(order.door, to: .open)
        guard mode == .good else { return }
        clock.wake(atUptime: clock.now().uptime + shutMilliseconds) { [weak self] in
            self?.move(order.door, to: .closed)
        }
    }

    private func ended(_ order: PulseOrder) {
        let report = state.withLock { state -> (@Sendable (DoorReport) -> Void)? in
            guard !state.stopped else { return nil }
            state.energised = nil
            // The call may come late: the rest counts from here.
            state.queue.ended(now: clock.now().uptime)
            return state.report
        }
        report?(.pulseEnded(order.door, cycle: order.cycle, fault: nil))
        next()
    }
}
