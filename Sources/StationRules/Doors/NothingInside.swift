import LockerDomain
import StationBooks

/// RETRIEVE, TAKE and HANDOUT believe a door that was opened and shut. After a power cut or a theft the books may name
/// what is gone: the person who opened the door for it says NO, and nobody gets a parcel into their custody that was
/// not there.
enum NothingInside {
    /// The NO card at a door out of which something was to be taken. Returns whether it was about one.
    static func say(by session: Session, in turn: inout Turn) -> Bool {
        let takings = takings(of: session, in: turn)
        guard let first = takings.first else { return false }
        if takings.count == 1, !movesElsewhere(first, in: turn) {
            recordMissing(first, by: session, in: &turn)
        } else {
            // The next door of a batch opens when the one before is shut: only its card tells which is meant.
            let until = turn.now.uptime + Limits.followUpMilliseconds
            turn.questions[WhichDoor.self] = WhichDoor(until: until)
            turn.recent.lastTaken?.until = until
            turn.reject(.awaitsScan, .whichDoor)
        }
        return true
    }

    /// The card of the door that was empty, after NO could mean several.
    static func sayEmpty(_ door: DoorName, by session: Session, in turn: inout Turn) {
        if let deposit = NotPutIn.openDeposit(of: session, in: turn), deposit.door == door {
            return NotPutIn.putNothing(deposit.waybill, in: door, deposit.cycle, by: session, in: &turn)
        }
        guard let taking = takings(of: session, in: turn).first(where: { $0.door == door }) else {
            return turn.reject(.outOfContext, .notHere)
        }
        recordMissing(taking, by: session, in: &turn)
    }

    /// Whether NO is about what was to go in: that was asked or opened last.
    static func answersNotPutIn(_ session: Session, in turn: borrowing Turn) -> Bool {
        if turn.questions[IsInside.self] != nil { return true }
        guard let deposit = NotPutIn.openDeposit(of: session, in: turn), deposit.door == session.lastDoor else {
            return false
        }
        // What is moved may not fit, or was not there in the first place: only a card of a door tells.
        return !takings(of: session, in: turn).contains { $0.waybills.contains(deposit.waybill) }
    }

    // MARK: What was to be taken out

    /// The doors that stand open for the session, and the one that was shut last.
    private static func takings(of session: Session, in turn: borrowing Turn) -> [Recent.Taking] {
        guard [.retrieve, .take, .handOut, .move].contains(session.work) else { return [] }
        let open = openTakings(of: session, in: turn)
        guard var last = turn.recent.lastTaken, last.person == session.person,
            !open.contains(where: { $0.door == last.door })
        else { return open }
        let door = last.door
        last.waybills = last.waybills.filter { isTaken($0, from: door, by: session.person, in: turn) }
        return last.waybills.isEmpty ? open : open + [last]
    }

    private static func openTakings(of session: Session, in turn: borrowing Turn) -> [Recent.Taking] {
        turn.books.doors.busy.sorted().compactMap { name -> Recent.Taking? in
            guard let cycle = turn.books.door(name).cycle,
                cycle.phase == .open || !Unlocking.hasWorkingSensor(name, in: turn),
                cycle.purpose.flow.isTaking, cycle.authority.person == session.person
            else { return nil }
            return Recent.Taking(door: name, waybills: cycle.waybills, person: session.person, until: nil)
        }
    }

    private static func isTaken(
        _ waybill: Waybill,
        from door: DoorName,
        by person: String,
        in turn: borrowing Turn
    ) -> Bool {
        guard let parcel = turn.books.parcels[waybill] else { return false }
        if isMoved(parcel, from: door, in: turn) { return true }
        guard parcel.place == .door(door), parcel.holder == person else { return false }
        return parcel.status == .retrieved || parcel.status == .withAgent || parcel.status == .collected
    }

    /// Whether the parcel just moved out of the door is on its way to another, or on the shelf where no door was free.
    private static func isMoved(_ parcel: Parcel, from door: DoorName, in turn: borrowing Turn) -> Bool {
        guard turn.recent.lastReceived?.waybill == parcel.waybill else { return false }
        if parcel.status == .received { return parcel.movedFrom == .door(door) }
        guard turn.recent.lastTaken?.isMove == true, parcel.status == .stored, case .shelf? = parcel.place else {
            return false
        }
        return true
    }

    /// Whether another door waits for the parcel taken out to be moved.
    private static func movesElsewhere(_ taking: Recent.Taking, in turn: borrowing Turn) -> Bool {
        taking.waybills.contains { waybill in
            guard let opening = Unlocking.openingUnderWay(for: waybill, in: turn) else { return false }
            return opening.purpose == .deposit && opening.door != taking.door
        }
    }

    // MARK: Books

    private static func recordMissing(_ taking: Recent.Taking, by session: Session, in turn: inout Turn) {
        let door = taking.door
        for waybill in taking.waybills {
            leaveDeposit(of: waybill, by: session, in: &turn)
            if let parcel = turn.books.parcels[waybill], parcel.isInside, case .shelf(let shelf)? = parcel.place {
                Looking.emitMissing(waybill, at: .shelf(shelf), by: session.person, in: &turn)
            } else {
                Looking.emitMissing(waybill, at: .door(door), by: session.person, in: &turn)
            }
        }
        // A person who looked saw that the door is empty; then nobody knows where the rest of the books' parcels are. A
        // door that somebody else uses by now is theirs to tell of.
        let isInUse = taking.until != nil && turn.books.door(door).cycle.map { $0.purpose != .reopen } ?? false
        if !isInUse {
            let contents: Contents = turn.books.parcels.isTaken(.door(door)) ? .unknown : .empty
            turn.emit(.auditFinished(AuditFinished(door: door, contents: contents, person: session.person)))
        }
        turn.answer(.nothingInside, door.rawValue)
        guard taking.until == nil else {
            turn.recent.lastTaken = nil
            return
        }
        if turn.books.door(door).level == .open {
            turn.act(.timer(.leftOpen(door, cycle: 0), afterMilliseconds: Limits.leftOpenMilliseconds))
        }
        // A person who goes on with another door by now opens the next of the batch with that one.
        if session.lastDoor == door { WorkQueue.openNext(in: &turn) }
    }

    /// What was not there does not go in at the other door either.
    private static func leaveDeposit(of waybill: Waybill, by session: Session, in turn: inout Turn) {
        guard let (door, purpose) = Unlocking.openingUnderWay(for: waybill, in: turn), purpose == .deposit,
            let cycle = turn.books.door(door).cycle
        else { return }
        turn.emit(
            .doorPurposeChanged(
                DoorPurposeChanged(
                    door: door,
                    cycle: cycle.id,
                    purpose: cycle.waybills == [waybill] ? .reopen : .deposit,
                    notPutIn: waybill,
                    person: session.person
                )
            )
        )
    }
}
