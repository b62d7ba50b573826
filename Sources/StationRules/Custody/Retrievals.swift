import LockerDomain
import StationBooks

/// What a courier or the keeper takes back (取回): refused, or kept for too long.
enum Retrievals {
    /// A door that can be opened now, with what is to be taken back from it.
    static func takeBack(_ waybills: [Waybill], from door: DoorName, by session: Session, in turn: inout Turn) {
        Runs.arriveToTakeBack(session, in: &turn)
        Unlocking.unlock(door, for: .retrieval, of: waybills, by: .badge(session.person), in: &turn)
        answerTaking(waybills, from: door, .takeBack, in: &turn)
    }

    static func retrieved(
        _ parcel: Parcel,
        from place: Place,
        by person: String,
        evidence: Evidence,
        in turn: inout Turn
    ) {
        let openedAt = Unlocking.seenOpen(at: place, in: turn)
        turn.emit(
            .parcelRetrieved(
                ParcelRetrieved(
                    waybill: parcel.waybill,
                    parties: parcel.parties,
                    direction: .inbound,
                    place: place,
                    reason: parcel.retrievalReason,
                    person: person,
                    evidence: evidence,
                    doorOpenedAt: openedAt
                )
            )
        )
    }

    /// Names the parcels by the end of their numbers when others stay behind the same door.
    static func answerTaking(_ waybills: [Waybill], from door: DoorName, _ all: Answer.ID, in turn: inout Turn) {
        guard turn.books.parcels.at(.door(door)).contains(where: { !waybills.contains($0.waybill) }) else {
            return turn.answer(all, door.rawValue)
        }
        let tails = waybills.map { String($0.rawValue.suffix(4)) }
        let shown = tails.count > 2 ? [tails[0], "+\(tails.count - 1)"] : tails
        turn.answer(.takeOnly, ([door.rawValue] + shown).joined(separator: " "))
    }
}
