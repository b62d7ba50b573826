import LockerDomain
import StationBooks

/// A shelf place of which the keeper says that its parcel is gone: taken without a scan.
enum ShelfLook {
    /// The card of the place; EMPTY confirms it. Returns whether the card was of a place in use.
    static func askShelf(_ place: ShelfPlace, by session: Session, in turn: inout Turn) -> Bool {
        guard session.role == .keeper, turn.books.parcels.isTaken(.shelf(place)) else { return false }
        if !session.proven {
            turn.reject(.needsPIN, .needsPIN)
        } else if session.reason == nil {
            turn.reject(.outOfContext, .askReason, place.rawValue)
        } else {
            let until = turn.now.uptime + Limits.followUpMilliseconds
            turn.questions[IsShelfEmpty.self] = IsShelfEmpty(place: place, session: session.id, until: until)
            turn.reject(.awaitsScan, .askShelfEmpty, place.rawValue)
        }
        return true
    }

    /// EMPTY: nothing lies at the place.
    static func settle(_ place: ShelfPlace, by session: Session, in turn: inout Turn) {
        for parcel in turn.books.parcels.at(.shelf(place)) {
            Looking.emitMissing(parcel.waybill, at: .shelf(place), by: session.person, in: &turn)
        }
        Sessions.touch(in: &turn)
        turn.answer(.auditEmpty, place.rawValue)
    }
}
