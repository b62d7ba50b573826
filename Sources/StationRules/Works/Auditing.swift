import LockerDomain
import StationBooks

/// AUDIT: a keeper looks into doors in turn and settles what lies there.
enum Auditing: WorkFlow {
    static let roles: Set<Role> = [.keeper]
    static let takes: Set<WorkScan> = [.label, .next]
    static var prompt: Answer.ID { .auditing }

    static var takesDoors: Bool { true }

    /// Once, for all its doors.
    static func announce(opens: Bool, by session: Session, in turn: inout Turn) {
        turn.emit(.auditStarted(AuditStarted(person: session.person)))
        turn.answer(prompt)
    }

    /// The empty ones and those of which nothing is known; occupied ones only with a reason.
    static func doors(for session: Session, in turn: borrowing Turn) -> [DoorName] {
        turn.settings.doors.map(\.name).filter { mayOpen($0, for: session, in: turn) }
    }

    static func open(_ door: DoorName, by session: Session, in turn: inout Turn) -> Bool {
        // Somebody may stand at it: the keeper's card of the door opens it all the same.
        guard mayOpen(door, for: session, in: turn) else { return false }
        Looking.openForAudit(door, in: &turn)
        return true
    }

    private static func mayOpen(_ name: DoorName, for session: Session, in turn: borrowing Turn) -> Bool {
        let door = turn.books.door(name)
        guard door.cycle == nil, !door.isAbnormal else { return false }
        return Looking.mayLookInto(name, session, in: turn)
    }

    /// After a door that was not seen open.
    static func next(by session: Session, in turn: inout Turn) -> Bool {
        guard Looking.leadsAudit(session) else { return false }
        Sessions.touch(in: &turn)
        guard turn.storage != .failed else {
            turn.reject(.storage, .storageFailed)
            return true
        }
        turn.recent.failedAudit = nil
        WorkQueue.openNext(in: &turn)
        if !turn.isAnswered { turn.answer(.nothingFollows) }
        return true
    }
}
