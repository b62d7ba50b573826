import LockerDomain
import StationBooks

/// What a person says of the door that their session opened last: open it again, or let nobody open it.
enum LastDoor {
    /// What was done at the session's last door was wrong, or something is still inside (DOMAIN 3.2).
    static func reopen(by session: Session, in turn: inout Turn) {
        guard session.proven else { return turn.reject(.needsPIN, .needsPIN) }
        guard let door = session.lastDoor, turn.books.door(door).cycle == nil, !turn.books.door(door).isAbnormal
        else { return turn.reject(.outOfContext, .nothingFollows) }
        let waybills = turn.books.parcels.at(.door(door)).map(\.waybill)
        Unlocking.unlock(door, for: .reopen, of: waybills, by: .badge(session.person), in: &turn)
        turn.answer(.reopened, door.rawValue)
    }

    /// The door is not as it should be: nobody opens it without a support code (异常格口).
    static func markAbnormal(by session: Session, in turn: inout Turn) {
        guard session.role != .inspector, let door = session.lastDoor, turn.books.door(door).cycle == nil else {
            return turn.reject(.outOfContext, .nothingFollows)
        }
        turn.emit(
            .doorOutOfService(
                DoorOutOfService(door: door, reason: OutOfService.abnormal.reason, person: session.person)
            )
        )
        turn.answer(.abnormal, door.rawValue)
    }
}
