import LockerDomain
import StationBooks

/// DELIVERED: the agent brought it to the recipient: the end of the custody chain.
enum Delivering: WorkFlow {
    static let roles: Set<Role> = [.agent]
    static let takes: Set<WorkScan> = [.label, .lastFour]
    static var prompt: Answer.ID { .askRecipient }

    static func label(_ label: Label, by session: Session, in turn: inout Turn) {
        guard let parcel = turn.books.parcels[label.waybill], parcel.status == .withAgent,
            parcel.holder == session.person, let place = parcel.place
        else { return turn.reject(.outOfContext, .notDelegated) }
        Agents.delivered(parcel, from: place, by: session, evidence: .scanned, in: &turn)
        turn.answer(.delivered)
    }

    /// The label is at the recipient's home by now: their phone names all that the agent had for them.
    static func lastFour(_ digits: String, by session: Session, in turn: inout Turn) {
        Sessions.touch(in: &turn)
        let held = Agents.parcelsHeld(by: session.person, in: turn).filter { $0.lastFour == digits }
        guard !held.isEmpty, Recipients.areOfOne(held) else {
            return turn.reject(.outOfContext, held.isEmpty ? .notDelegated : .severalPeople)
        }
        for parcel in held {
            guard let place = parcel.place else { continue }
            Agents.delivered(parcel, from: place, by: session, evidence: .stated, in: &turn)
        }
        turn.answer(.delivered)
    }

    /// An agent who has one parcel alone need not name it: NEXT says that it is there.
    static func announce(opens: Bool, by session: Session, in turn: inout Turn) {
        let held = Agents.parcelsHeld(by: session.person, in: turn)
        guard let only = held.first, held.count == 1 else { return turn.answer(prompt) }
        let until = turn.now.uptime + Limits.followUpMilliseconds
        turn.questions[Delivered.self] = Delivered(waybill: only.waybill, session: session.id, until: until)
        turn.answer(.askDelivered)
    }
}
