import LockerDomain
import StationBooks

/// What the sensors of the doors show: open, shut, left open, no longer readable.
enum Levels {
    static func sensed(_ level: DoorLevel, at door: DoorName, in turn: inout Turn) {
        let before = turn.books.door(door)
        guard turn.site.doors[door]?.hasSensor == true, level != before.level else { return }
        switch level {
        case .open: sawOpen(door, before, in: &turn)
        case .closed: sawClosed(door, before, in: &turn)
        case .unknown:
            turn.emit(.doorSensorFault(DoorSensorFault(door: door, reason: "the line cannot be read")))
            guard let cycle = before.cycle else { return }
            turn.act(.timer(.assumed(door, cycle: cycle.id), afterMilliseconds: Limits.assumedStepMilliseconds))
        }
    }

    private static func sawOpen(_ door: DoorName, _ before: DoorState, in turn: inout Turn) {
        if let cycle = before.cycle {
            markOpened(door, cycle: cycle.id, in: &turn)
        } else {
            turn.emit(.doorOpenedUnexpectedly(DoorOpenedUnexpectedly(door: door)))
            turn.act(.timer(.leftOpen(door, cycle: 0), afterMilliseconds: Limits.leftOpenMilliseconds))
            turn.answer(.shutDoor, door.rawValue)
        }
    }

    /// The door of an opening stands open.
    static func markOpened(_ door: DoorName, cycle: Int, in turn: inout Turn) {
        turn.recent.stuck.removeAll { $0.door == door }
        turn.emit(.doorOpened(DoorOpened(door: door, cycle: cycle)))
        turn.act(.timer(.leftOpen(door, cycle: cycle), afterMilliseconds: Limits.leftOpenMilliseconds))
    }

    private static func sawClosed(_ door: DoorName, _ before: DoorState, in turn: inout Turn) {
        let wall = turn.now.wall
        let open = before.level == .open ? before.openedAt.map { max(0, wall - $0) } : nil
        turn.emit(.doorClosed(DoorClosed(door: door, cycle: before.cycle?.id, openMilliseconds: open)))
        guard let cycle = before.cycle, cycle.phase == .open else { return }
        let last = turn.books.door(door).cycle ?? cycle
        Steps.complete(last, at: door, evidence: .sensor, in: &turn)
    }

    /// The time after which an open door is announced again is over.
    static func leftOpen(_ door: DoorName, cycle: Int, in turn: inout Turn) {
        let state = turn.books.door(door)
        let wall = turn.now.wall
        guard state.level == .open, (state.cycle?.id ?? 0) == cycle else { return }
        let open = state.openedAt.map { max(0, wall - $0) } ?? Limits.leftOpenMilliseconds
        turn.emit(.doorLeftOpen(DoorLeftOpen(door: door, cycle: state.cycle?.id, openMilliseconds: open)))
        turn.answer(.shutDoor, door.rawValue)
    }
}
