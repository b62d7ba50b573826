import LockerDomain
import StationBooks

/// A parcel that lies here and gets another place (移位).
enum Relocation {
    /// The parcel is in hand: it gets another place than before.
    static func takeOutToMove(_ parcel: Parcel, by session: Session, in turn: inout Turn) {
        guard let reading = try? WaybillReading(parcel.waybill.rawValue), let key = turn.credentials?.codeKey else {
            return
        }
        Intake.receive(parcel.waybill, known: parcel, hint: reading, by: session, how: .move, in: &turn)
        turn.recent.lastReceived = (parcel.waybill, turn.now.uptime + Limits.followUpMilliseconds)
        let isForDoors = Placing.mayLieBehindDoor(parcel, in: turn)
        switch Placing.choosePlace(for: parcel, behindDoor: isForDoors, leaving: parcel.place, in: turn) {
        case .door(let door):
            Unlocking.unlock(door, for: .deposit, of: [parcel.waybill], by: .badge(session.person), in: &turn)
            turn.answer(.putIn, door.rawValue)
        case .shelf(let shelf):
            Intake.store(parcel.waybill, at: .shelf(shelf), evidence: .scanned, key: key, in: &turn)
            turn.answer(.putOnShelf, shelf.rawValue)
        case nil: turn.answer(isForDoors ? .full : .notForLocker)
        }
    }

    /// The keeper lays it on another place than the station named.
    static func putOnShelf(_ name: String, by session: Session, in turn: inout Turn) {
        let place = turn.settings.shelfPlaces.first { $0.rawValue.uppercased() == name }
        guard let (waybill, _) = turn.recent.lastReceived, let parcel = turn.books.parcels[waybill],
            parcel.status == .stored, let from = parcel.place, case .shelf = from, let place,
            !turn.books.parcels.isTaken(.shelf(place))
        else {
            if let place, ShelfLook.askShelf(place, by: session, in: &turn) { return }
            return turn.reject(.outOfContext, .notHere)
        }
        turn.emit(
            .parcelRelocated(ParcelRelocated(parcel, from: from, to: .shelf(place), by: session, evidence: .scanned))
        )
        turn.answer(.putOnShelf, place.rawValue)
    }
}
