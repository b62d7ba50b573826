import LockerDomain
import StationBooks

/// A deposit that was cut short by a stop: the door asks whether the parcel is inside.
enum CutShort {
    /// A named person says whether the parcel is inside.
    static func answerInside(_ isInside: Bool, by session: Session, in turn: inout Turn) {
        // People who may deposit are asked, so they may answer.
        guard Work.receive.flow.roles.contains(session.role), let door = askedDoor(in: turn),
            let waybill = turn.books.door(door).asksInside
        else { return turn.reject(.outOfContext, .unknownCode) }
        turn.questions[IsInside.self] = nil
        if isInside, turn.books.parcels[waybill]?.status == .received, let key = turn.credentials?.codeKey {
            Intake.store(waybill, at: .door(door), evidence: .stated, key: key, in: &turn)
            turn.answer(.stored, door.rawValue)
        } else {
            // Other parcels of the recipient may lie there already; a yes to what the books have elsewhere is unknown.
            let left: Contents = turn.books.parcels.isTaken(.door(door)) ? .occupied : .empty
            let contents = isInside || !turn.books.door(door).asksNext.isEmpty ? .unknown : left
            turn.emit(
                .auditFinished(
                    AuditFinished(door: door, contents: contents, person: session.person, waybill: waybill)
                )
            )
            turn.answer(contents == .empty ? .auditEmpty : .noted, door.rawValue)
        }
        // The rest of a shared deposit, one after the other.
        if turn.books.door(door).asksInside != nil { ask(inside: door, in: &turn) }
    }

    /// Asks whether the parcel of a deposit that was cut short is inside; of several it says which.
    private static func ask(inside door: DoorName, in turn: inout Turn) {
        let (id, word) = question(about: door, in: turn)
        turn.questions[IsInside.self] = IsInside(until: turn.now.uptime + Limits.followUpMilliseconds)
        turn.answer(id, word)
    }

    /// What is asked, and the word for it.
    static func question(about door: DoorName, in turn: borrowing Turn) -> (Answer.ID, String) {
        let known = turn.books.door(door)
        guard let asked = known.asksInside, !known.asksNext.isEmpty || turn.books.parcels.isTaken(.door(door)) else {
            return (.askInside, door.rawValue)
        }
        return (.askInsideOf, "\(asked.rawValue.suffix(4)) -> \(door)")
    }

    /// The first door whose deposit was cut short. What a villager left there no person who deposits can know: an audit
    /// settles it.
    static func askedDoor(in turn: borrowing Turn) -> DoorName? { askedDoor(in: turn.books) }

    static func askedDoor(in books: StationState) -> DoorName? {
        guard !books.doors.asking.isEmpty else { return nil }
        return books.doors.asking.filter { books.doors[$0]?.asksAboutShipment != true }.min()
    }
}
