import LockerDomain
import StationBooks

/// What follows a pulse: the door is seen open, the pulse is tried again, or the door is given up.
enum Pulses {
    static func ended(_ door: DoorName, cycle id: Int, fault: String?, in turn: inout Turn) {
        guard let cycle = turn.books.door(door).cycle, cycle.id == id, cycle.phase == .unlocking else { return }
        if let fault { return giveUp(door, cycle, reason: fault, in: &turn) }
        if Unlocking.hasWorkingSensor(door, in: turn) {
            turn.act(
                .timer(
                    .openWait(door, cycle: id, attempt: cycle.attempt),
                    afterMilliseconds: Limits.openWaitMilliseconds
                )
            )
        } else {
            turn.act(.timer(.assumed(door, cycle: id), afterMilliseconds: Limits.assumedStepMilliseconds))
        }
    }

    /// A pulse that moved nothing is tried again, longer; then the parcel gets another door (DOMAIN 4.1).
    static func openWaitOver(_ door: DoorName, cycle id: Int, attempt: Int, in turn: inout Turn) {
        guard let cycle = turn.books.door(door).cycle, cycle.id == id, cycle.attempt == attempt,
            cycle.phase == .unlocking
        else { return }
        // It stood open already: the pulse was right (a broken cable reads open, DOMAIN 3.2), the edge cannot come.
        if turn.books.door(door).level == .open {
            Levels.markOpened(door, cycle: id, in: &turn)
            return turn.act(.timer(.assumed(door, cycle: id), afterMilliseconds: Limits.assumedStepMilliseconds))
        }
        // The sensor died meanwhile: nothing can be seen, so nothing is tried again (DESIGN rule 8).
        guard Unlocking.hasWorkingSensor(door, in: turn) else {
            return turn.act(.timer(.assumed(door, cycle: id), afterMilliseconds: Limits.assumedStepMilliseconds))
        }
        guard attempt < Limits.pulseMilliseconds.count else {
            return giveUp(door, cycle, reason: "not seen open after \(attempt) pulses", in: &turn)
        }
        Unlocking.request(
            door,
            cycle: id,
            cycle.purpose,
            cycle.waybills,
            attempt: attempt + 1,
            cycle.authority,
            cycle.size,
            in: &turn
        )
        turn.answer(.doorTryAgain, door.rawValue)
    }

    private static func giveUp(_ door: DoorName, _ cycle: DoorCycle, reason: String, in turn: inout Turn) {
        turn.emit(
            .doorOpenFailed(
                DoorOpenFailed(door: door, cycle: cycle.id, attempts: cycle.attempt, reason: reason)
            )
        )
        let until = turn.now.uptime + Limits.stuckDoorMilliseconds
        turn.recent.stuck.removeAll { $0.door == door }
        turn.recent.stuck.append((door, until))
        // A person with something behind it may try again; what would go in needs a door that works.
        if cycle.purpose.goesIn || cycle.purpose == .audit {
            turn.emit(.doorOutOfService(DoorOutOfService(door: door, reason: reason)))
        }
        let flow = cycle.purpose.flow
        flow.failed(cycle, at: door, in: &turn)
        if flow.leadsQueue, Steps.leadsQueue(cycle, at: door, in: turn) { WorkQueue.openNext(in: &turn) }
    }
}
