import LockerDomain
import StationBooks

/// RECEIVE: what is scanned comes in (下行入库).
enum Receiving: WorkFlow {
    static let roles: Set<Role> = [.courier, .keeper, .agent]
    static let takes: Set<WorkScan> = [.label]
    static var prompt: Answer.ID { .scanParcels }

    static func label(_ label: Label, by session: Session, in turn: inout Turn) {
        // Somebody who brings parcels has one in hand: it is not the part that lies here already.
        let waybill = turn.books.parcels.name(of: label.number)
        Intake.deposit(waybill, hint: label.reading, by: session, in: &turn)
    }

    /// The card says that none is damaged, of another weight, fresh or valuable but those after an exception card.
    static func announce(opens: Bool, by session: Session, in turn: inout Turn) {
        turn.emit(.sessionNoted(SessionNoted(session: session.id, note: .checked, value: "card")))
        turn.answer(prompt)
    }
}
