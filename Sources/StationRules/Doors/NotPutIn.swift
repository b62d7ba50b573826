import LockerDomain
import StationBooks

/// NO at a door into which something was to go: it does not fit, or was not put in.
enum NotPutIn {
    /// What is to go in at a door, and its opening.
    typealias Deposit = (door: DoorName, cycle: DoorCycle, waybill: Waybill)

    /// NO: the one just scanned was not put in, or the parcel that a door asks about is not inside. What was asked just
    /// now came before (``IsInside``).
    static func sayNo(by session: Session, in turn: inout Turn) {
        if let (door, cycle, waybill) = openDeposit(of: session, in: turn) {
            return putNothing(waybill, in: door, cycle, by: session, in: &turn)
        }
        if Work.receive.flow.roles.contains(session.role), CutShort.askedDoor(in: turn) != nil {
            return CutShort.answerInside(false, by: session, in: &turn)
        }
        if let (door, parcel) = lastDeposit(of: session, in: turn) {
            return takeBackDeposit(parcel, from: door, by: session, in: &turn)
        }
        turn.reject(.outOfContext, .unknownCode)
    }

    /// The deposit under way of the person of the session: of the parcel scanned last, else the only one.
    static func openDeposit(of session: Session, in turn: borrowing Turn) -> Deposit? {
        let open = turn.books.doors.busy.sorted().compactMap { name -> Deposit? in
            guard let cycle = turn.books.door(name).cycle, cycle.purpose == .deposit,
                cycle.phase == .open || !Unlocking.hasWorkingSensor(name, in: turn),
                cycle.authority == .badge(session.person), let last = cycle.waybills.last
            else { return nil }
            return (name, cycle, last)
        }
        guard let named = turn.recent.lastReceived?.waybill else { return open.count == 1 ? open.first : nil }
        return open.first { $0.cycle.waybills.contains(named) }.map { ($0.door, $0.cycle, named) }
    }

    /// Where this session has just stored the parcel scanned last, shut and untouched since.
    private static func lastDeposit(of session: Session, in turn: borrowing Turn) -> (DoorName, Parcel)? {
        guard let waybill = turn.recent.lastReceived?.waybill, let parcel = turn.books.parcels[waybill],
            parcel.status == .stored, case .door(let door)? = parcel.place, session.lastDoor == door,
            turn.books.door(door).cycle == nil
        else { return nil }
        return (door, parcel)
    }

    /// It does not fit, or nothing was put in: nothing is stored, and the next larger place is offered.
    static func putNothing(
        _ waybill: Waybill,
        in door: DoorName,
        _ cycle: DoorCycle,
        by session: Session,
        in turn: inout Turn
    ) {
        Sessions.touch(in: &turn)
        let isOnlyOne = cycle.waybills == [waybill]
        turn.emit(
            .doorPurposeChanged(
                DoorPurposeChanged(
                    door: door,
                    cycle: cycle.id,
                    purpose: isOnlyOne ? .reopen : .deposit,
                    notPutIn: waybill,
                    person: session.person
                )
            )
        )
        if let parcel = turn.books.parcels[waybill] { placeAnew(parcel, insteadOf: door, by: session, in: &turn) }
    }

    /// The door was shut before NO was scanned: the books move the parcel out again, and the person vouches for the
    /// door.
    private static func takeBackDeposit(
        _ parcel: Parcel,
        from door: DoorName,
        by session: Session,
        in turn: inout Turn
    ) {
        guard turn.storage == .ok, let reading = try? WaybillReading(parcel.waybill.rawValue) else {
            return turn.reject(.storage, .storageReserve)
        }
        Sessions.touch(in: &turn)
        Intake.receive(parcel.waybill, known: parcel, hint: reading, by: session, how: .move, in: &turn)
        let contents: Contents = turn.books.parcels.isTaken(.door(door)) ? .occupied : .empty
        turn.emit(.auditFinished(AuditFinished(door: door, contents: contents, person: session.person)))
        placeAnew(parcel, insteadOf: door, by: session, in: &turn)
    }

    private static func placeAnew(
        _ parcel: Parcel,
        insteadOf door: DoorName,
        by session: Session,
        in turn: inout Turn
    ) {
        let waybill = parcel.waybill
        guard let key = Intake.readyForParcels(in: &turn)?.codeKey else { return }
        turn.recent.lastReceived = (waybill, turn.now.uptime + Limits.followUpMilliseconds)
        // It is taken for larger than the door that it did not go into.
        var larger = parcel
        let size = turn.site.doors[door].flatMap { old in Size.allCases.first { $0 > old.size } }
        larger.size = max(size ?? parcel.size, parcel.size)
        switch Placing.choosePlace(for: larger, behindDoor: size != nil, in: turn) {
        case .door(let other):
            Unlocking.unlock(other, for: .deposit, of: [waybill], by: .badge(session.person), in: &turn)
            turn.answer(.putIn, other.rawValue)
        case .shelf(let shelf):
            Intake.store(waybill, at: .shelf(shelf), evidence: .scanned, key: key, in: &turn)
            turn.answer(.putOnShelf, shelf.rawValue)
        case nil: turn.reject(.full, .full)
        }
    }
}
