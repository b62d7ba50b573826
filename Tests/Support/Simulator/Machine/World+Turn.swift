import LockerDomain
import StationBooks
import StationCore
import StationPorts
import StationRules
import SyncWire

/// Inputs, timers and rest on their way to the core that ships.
extension World {
    /// Hands in an input; it is decided within some milliseconds, together with whatever else comes until then.
    func post(_ post: Post) {
        guard machine.isRunning, machine.queue.put(post) == .queuedWake else { return }
        after(chance.within(0...Self.turnMillisecondsMax), run: machine.run) { $0.drain() }
    }

    private static var turnMillisecondsMax: Int64 { 25 }

    func drain() {
        guard machine.isRunning, failure == nil else { return }
        machine.core?.drain(taking: { machine.queue.take() }, now: { moment })
        afterTurn()
    }

    func turn(_ posts: [Post]) {
        guard machine.isRunning, let core = machine.core else { return }
        core.turn(posts, at: moment)
        afterTurn()
    }

    /// What the engine does behind each turn: it arms the earliest timer.
    func afterTurn() {
        guard machine.isRunning, let core = machine.core, !crashes(at: .afterTurn) else { return }
        scheduleMaintenance()
        wantBooks()
        guard let deadline = core.timers.deadlineToArm() else { return }
        after(max(0, deadline - clock.moment.uptime), run: machine.run) { world in
            world.machine.core?.timers.fired(deadline)
            world.drain()
        }
    }

    /// Each durable event is read back from its bytes and judged against the state before it.
    func prove(_ causes: [Post]) {
        let wasDoubtful = proven.isDoubtful
        for (line, cause) in zip(disk.lines.suffix(causes.count), causes) {
            guard let read = line.read else {
                return fail("a line of the journal can be read again", String(decoding: line.bytes, as: UTF8.self))
            }
            log.note(clock.now, .event(read.event))
            judge(.event(read, cause: cause))
            excuseStranger(read.event, cause)
            proven.apply(read.event, at: read.time)
            forgetReturn(read.event)
            proveRecovered(read, at: line.position)
            excuse(read.event, cause)
            events += 1
            kinds[read.event.type.rawValue, default: 0] += 1
        }
        // What is missing for good is said beside the last page.
        if wasDoubtful, !proven.isDoubtful { excuseWhatIsLost() }
    }

    /// A station that acts before its events are on disk.
    func actTooEarly(_ actions: [Action]) {
        for case .pulse(let door, let cycle, let milliseconds) in actions {
            order(PulseOrder(door: door, cycle: cycle, milliseconds: milliseconds))
        }
    }

    // MARK: Rest

    /// The engine rests every five seconds; rests that would do nothing are left out here.
    func scheduleMaintenance() {
        guard machine.isRunning, let core = machine.core else { return }
        let now = clock.moment.uptime
        let next = now + TurnCore<WorldHands>.maintenanceMilliseconds
        let due = core.needsMaintenance ? next : max(next, core.nextMark)
        guard due < machine.restDue else { return }
        machine.restDue = due
        after(due - now, run: machine.run) { world in
            guard world.machine.restDue == due else { return }
            world.machine.restDue = .max
            world.maintain()
        }
    }

    private func maintain() {
        guard machine.isRunning, let core = machine.core else { return }
        core.maintain(at: moment)
        afterTurn()
    }
}
