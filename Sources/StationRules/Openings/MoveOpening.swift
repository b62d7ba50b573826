import LockerDomain
import StationBooks

/// A parcel is taken out to be put elsewhere.
enum MoveOpening: OpeningFlow {
    static var isTaking: Bool { true }

    static func completed(_ waybill: Waybill, _ step: Step, in turn: inout Turn) {
        guard let parcel = turn.books.parcels[waybill] else { return }
        // A person who ends the session gets no other place named any more, and nobody saw whether it was taken out.
        guard step.isFollowed else { return Steps.interrupted(step.door, in: &turn) }
        // What the keeper opened goes no further under somebody else's badge.
        guard let session = turn.session, step.authority.person == session.person else {
            return Steps.interrupted(step.door, in: &turn)
        }
        Relocation.takeOutToMove(parcel, by: session, in: &turn)
    }
}
