import LockerDomain
import StationBooks

/// MOVE: the keeper puts a parcel elsewhere.
enum Moving: WorkFlow {
    static let roles: Set<Role> = [.keeper]
    static let takes: Set<WorkScan> = [.label, .lastFour, .place]
    static var prompt: Answer.ID { .scanParcel }
    static var needsPIN: Bool { true }

    static func label(_ label: Label, by session: Session, in turn: inout Turn) {
        move(label.waybill, by: session, in: &turn)
    }

    static func lastFour(_ digits: String, by session: Session, in turn: inout Turn) {
        Sessions.touch(in: &turn)
        guard let first = Finding.waiting(lastFour: digits, in: &turn).first else { return }
        // Four digits may be mistyped: on the shelf the parcel's own scan takes it.
        if case .shelf(let shelf) = first.place {
            return turn.reject(.awaitsScan, .takeFromShelf, shelf.rawValue)
        }
        move(first.waybill, by: session, in: &turn)
    }

    static func place(_ place: Place, _ parcels: [Parcel], by session: Session, in turn: inout Turn) {
        // On the shelf the label shows; of several behind a door the answer names the one to take.
        if case .shelf(let shelf) = place {
            return turn.reject(.awaitsScan, .takeFromShelf, shelf.rawValue)
        }
        guard let first = parcels.first else { return }
        move(first.waybill, by: session, in: &turn)
    }

    private static func move(_ waybill: Waybill, by session: Session, in turn: inout Turn) {
        guard session.proven else { return turn.reject(.needsPIN, .needsPIN) }
        guard turn.storage == .ok else { return turn.reject(.storage, .storageReserve) }
        guard let parcel = Finding.inside(waybill, in: &turn), let place = parcel.place else { return }
        // What was refused waits for a courier where it is.
        guard parcel.status == .stored else { return turn.reject(.outOfContext, .notHere) }
        switch place {
        case .shelf: Relocation.takeOutToMove(parcel, by: session, in: &turn)
        case .door(let door):
            guard turn.books.door(door).cycle == nil, !turn.books.door(door).isAbnormal else {
                return turn.reject(.outOfContext, .doorBusy, door.rawValue)
            }
            Unlocking.unlock(door, for: .move, of: [waybill], by: .badge(session.person), in: &turn)
            Retrievals.answerTaking([waybill], from: door, .takeBack, in: &turn)
        }
    }
}
