import LockerDomain
import StationBooks

/// HANDOUT: the keeper gives a parcel to its recipient, who has no code.
enum HandingOut: WorkFlow {
    static let roles: Set<Role> = [.keeper]
    static let takes: Set<WorkScan> = [.label, .lastFour, .place]
    static var prompt: Answer.ID { .askRecipient }
    static var needsPIN: Bool { true }

    static func label(_ label: Label, by session: Session, in turn: inout Turn) {
        let waybill = label.waybill
        guard session.proven else { return turn.reject(.needsPIN, .needsPIN) }
        if let parcel = turn.books.parcels[waybill], parcel.status == .received,
            Unlocking.openingUnderWay(for: waybill, in: turn) == nil
        {
            // Its bag was checked in and it has no place yet: its recipient is here before the keeper stores it.
            return collect(parcel, from: .shelf(.counter), by: session, in: &turn)
        }
        guard let parcel = Finding.inside(waybill, in: &turn) else { return }
        if case .shelf = parcel.place, let place = parcel.place {
            return collect(parcel, from: place, by: session, in: &turn)
        }
        Handing.give(waybill, by: .badge(session.person), in: &turn)
    }

    private static func collect(_ parcel: Parcel, from place: Place, by session: Session, in turn: inout Turn) {
        Handing.collect(parcel, from: place, by: .badge(session.person), evidence: .scanned, in: &turn)
        Handing.answerCollected(in: &turn)
    }

    /// For people who have no code: one recipient's parcels, else the keeper scans.
    static func lastFour(_ digits: String, by session: Session, in turn: inout Turn) {
        Sessions.touch(in: &turn)
        guard session.proven else { return turn.reject(.needsPIN, .needsPIN) }
        guard let first = Finding.waiting(lastFour: digits, in: &turn).first else { return }
        Handing.give(first.waybill, by: .badge(session.person), in: &turn)
    }

    static func place(_ place: Place, _ parcels: [Parcel], by session: Session, in turn: inout Turn) {
        // The card cannot say whose parcel is meant.
        guard let first = parcels.first, Recipients.areOfOne(parcels) else {
            return turn.reject(.outOfContext, .severalPeople)
        }
        guard session.proven else { return turn.reject(.needsPIN, .needsPIN) }
        // On the shelf the label shows: it is scanned out.
        Handing.give(first.waybill, by: .badge(session.person), in: &turn)
    }
}
