import LockerDomain
import StationBooks

/// OUTBOUND: shipments at the counter (上行收寄), and what villagers left behind doors (自助寄件).
enum Outbound: WorkFlow {
    static let roles: Set<Role> = [.courier, .keeper]
    static let takes: Set<WorkScan> = [.label, .next]
    static var prompt: Answer.ID { .scanShipment }
    /// What villagers left is looked at by the keeper.
    static var nextRoles: Set<Role> { [.keeper] }

    /// Outside the filed area nothing is collected (超地域收件).
    static func isAllowed(in turn: borrowing Turn) -> Bool {
        turn.settings.policy.hasFiled(turn.settings.village)
    }

    static func label(_ label: Label, by session: Session, in turn: inout Turn) {
        Counter.takeIn(label.waybill, by: session, in: &turn)
    }

    /// The next door with something left behind it.
    static func next(by session: Session, in turn: inout Turn) -> Bool {
        Senders.fetchNext(by: session, in: &turn)
    }

    /// At the counter the keeper hears which doors hold something to look at.
    static func announce(opens: Bool, by session: Session, in turn: inout Turn) {
        let doors = session.role == .keeper ? Senders.doorsWithDropOffs(after: nil, in: turn) : []
        guard !doors.isEmpty else { return turn.answer(prompt) }
        turn.answer(.scanShipmentOrNext, WorkQueue.named(doors.map(\.rawValue)))
    }
}
