import LockerDomain
import StationBooks

extension Station {
    /// What is to go in at a door, and its opening.
    typealias Deposit = (door: DoorName, cycle: DoorCycle, waybill: Waybill)

    /// NO: the parcel asked about is not inside, or the one just scanned was not put in.
    mutating func sayNo(_ card: Card, by session: Session, from source: TextSource) {
        let isAsked = Work.receive.roles.contains(session.role) && askedDoor() != nil
        if isAsked, dialogue.asksInside != nil { return answerInside(false, card, by: session, from: source) }
        if let (door, cycle, waybill) = openDeposit(of: session) {
            return putNothing(waybill, in: door, cycle, by: session, from: source)
        }
        if isAsked { return answerInside(false, card, by: session, from: source) }
        if let (door, parcel) = lastDeposit(of: session) {
            return takeBackDeposit(parcel, from: door, by: session, from: source)
        }
        reject(card, .outOfContext, .unknownCode, from: source)
    }

    /// The deposit under way of the person of the session: of the parcel scanned last, else the only one.
    func openDeposit(of session: Session) -> Deposit? {
        let open = state.doors.busy.sorted().compactMap { name -> Deposit? in
            guard let cycle = state.door(name).cycle, cycle.purpose == .deposit,
                cycle.phase == .open || !hasWorkingSensor(name),
                cycle.authority == Authority.badge(session.person).text, let last = cycle.waybills.last
            else { return nil }
            return (name, cycle, last)
        }
        guard let named = dialogue.lastReceived?.waybill else { return open.count == 1 ? open.first : nil }
        return open.first { $0.cycle.waybills.contains(named) }.map { ($0.door, $0.cycle, named) }
    }

    /// Where this session has just stored the parcel scanned last, shut and untouched since.
    private func lastDeposit(of session: Session) -> (DoorName, Parcel)? {
        guard let waybill = dialogue.lastReceived?.waybill, let parcel = state.parcels[waybill],
            parcel.status == .stored, case .door(let door)? = parcel.place, session.lastDoor == door,
            state.door(door).cycle == nil
        else { return nil }
        return (door, parcel)
    }

    /// It does not fit, or nothing was put in: nothing is stored, and the next larger place is offered.
    mutating func putNothing(
        _ waybill: Waybill,
        in door: DoorName,
        _ cycle: DoorCycle,
        by session: Session,
        from source: TextSource
    ) {
        touchSession()
        let isOnlyOne = cycle.waybills == [waybill]
        emit(
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
        if let parcel = state.parcels[waybill] { placeAnew(parcel, insteadOf: door, by: session, from: source) }
    }

    /// The door was shut before the word came: the books move the parcel out again, and the person vouches for the door.
    private mutating func takeBackDeposit(
        _ parcel: Parcel,
        from door: DoorName,
        by session: Session,
        from source: TextSource
    ) {
        guard storage == .ok, let reading = try? WaybillReading(parcel.waybill.rawValue) else {
            return reject(parcel.waybill, .storage, .storageReserve, from: source)
        }
        touchSession()
        receive(parcel.waybill, known: parcel, hint: reading, by: session, how: .move)
        let contents: Contents = state.parcels.isTaken(.door(door)) ? .occupied : .empty
        emit(.auditFinished(AuditFinished(door: door, contents: contents, person: session.person)))
        placeAnew(parcel, insteadOf: door, by: session, from: source)
    }

    private mutating func placeAnew(
        _ parcel: Parcel,
        insteadOf door: DoorName,
        by session: Session,
        from source: TextSource
    ) {
        let waybill = parcel.waybill
        guard let key = readyForParcels(waybill, from: source)?.codeKey else { return }
        dialogue.lastReceived = (waybill, now.uptime + Limits.followUpMilliseconds)
        // It is taken for larger than the door that it did not go into.
        var larger = parcel
        let size = doorSettings[door].flatMap { old in Size.allCases.first { $0 > old.size } }
        larger.size = max(size ?? parcel.size, parcel.size)
        switch choosePlace(for: larger, behindDoor: size != nil) {
        case .door(let other):
            unlock(other, for: .deposit, of: [waybill], by: .badge(session.person))
            answer(.putIn, other.rawValue)
        case .shelf(let shelf):
            store(waybill, at: .shelf(shelf), evidence: .scanned, key: key)
            answer(.putOnShelf, shelf.rawValue)
        case nil: reject(waybill, .full, .full, from: source)
        }
    }
}
