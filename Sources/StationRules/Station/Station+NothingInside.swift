import LockerDomain
import StationBooks

/// RETRIEVE, TAKE and HANDOUT believe a door that was opened and shut. After a power cut or a theft the books may name what
/// is gone: who opened the door for it says NO, and nobody gets a parcel into their custody that was not there.
extension Station {
    /// A door that the session opened to take something out, and what the books have behind it.
    struct Taking: Sendable {
        var door: DoorName
        var waybills: [Waybill]
        var person: String
        /// What was taken out only to be put elsewhere.
        var isMove = false
        /// Uptime until which the person may still say that nothing was inside; `nil` while the door is open.
        var until: Int64?
    }

    /// What was taken from the door that was shut last, while somebody may still say that nothing was.
    mutating func remember(_ cycle: DoorCycle, at door: DoorName, takenBy authority: Authority) {
        guard let person = authority.person, [.retrieval, .agent, .handOut, .move].contains(cycle.purpose) else {
            return
        }
        dialogue.lastTaken = Taking(
            door: door,
            waybills: cycle.waybills,
            person: person,
            isMove: cycle.purpose == .move,
            until: now.uptime + Limits.nothingInsideMilliseconds
        )
    }

    /// The NO card at a door out of which something was to be taken. Returns whether it was about one.
    mutating func sayNothingInside(_ card: Card, by session: Session, from source: TextSource) -> Bool {
        let takings = takings(of: session)
        guard let first = takings.first else { return false }
        if takings.count == 1, !movesElsewhere(first) {
            recordMissing(first, by: session)
        } else {
            // The next door of a batch opens when the one before is shut: only its card tells which is meant.
            dialogue.emptyDoor = now.uptime + Limits.followUpMilliseconds
            dialogue.lastTaken?.until = dialogue.emptyDoor
            reject(card, .awaitsScan, .whichDoor, from: source)
        }
        return true
    }

    /// The card of the door that was empty, after NO could mean several.
    mutating func sayEmpty(_ door: DoorName, _ card: Card, by session: Session, from source: TextSource) {
        dialogue.emptyDoor = nil
        if let deposit = openDeposit(of: session), deposit.door == door {
            return putNothing(deposit.waybill, in: door, deposit.cycle, by: session, from: source)
        }
        guard let taking = takings(of: session).first(where: { $0.door == door }) else {
            return reject(card, .outOfContext, .notHere, from: source)
        }
        recordMissing(taking, by: session)
    }

    /// Whether the card goes on with the step at a door without a sensor, instead of ending it.
    func goesOnWithStep(_ card: Card) -> Bool {
        switch card {
        case .refuse, .no: true
        case .door: dialogue.emptyDoor != nil
        default: false
        }
    }

    /// Whether NO is about what was to go in: that was asked or opened last.
    func answersNotPutIn(_ session: Session) -> Bool {
        if dialogue.asksInside != nil { return true }
        guard let deposit = openDeposit(of: session), deposit.door == session.lastDoor else { return false }
        // What is moved may not fit, or was not there in the first place: only a card of a door tells.
        return !takings(of: session).contains { $0.waybills.contains(deposit.waybill) }
    }

    /// The doors that stand open for the session, and the one that was shut last.
    private func takings(of session: Session) -> [Taking] {
        guard [.retrieve, .take, .handOut, .move].contains(session.work) else { return [] }
        let open = openTakings(of: session)
        guard var last = dialogue.lastTaken, last.person == session.person,
            !open.contains(where: { $0.door == last.door })
        else { return open }
        last.waybills = last.waybills.filter { isTaken($0, from: last.door, by: session.person) }
        return last.waybills.isEmpty ? open : open + [last]
    }

    private func openTakings(of session: Session) -> [Taking] {
        state.doors.busy.sorted().compactMap { name in
            guard let cycle = state.door(name).cycle, cycle.phase == .open || !hasWorkingSensor(name),
                [.retrieval, .agent, .handOut, .move].contains(cycle.purpose),
                Authority(cycle).person == session.person
            else { return nil }
            return Taking(door: name, waybills: cycle.waybills, person: session.person, until: nil)
        }
    }

    private func isTaken(_ waybill: Waybill, from door: DoorName, by person: String) -> Bool {
        guard let parcel = state.parcels[waybill] else { return false }
        if isMoved(parcel, from: door) { return true }
        guard parcel.place == .door(door), parcel.holder == person else { return false }
        return parcel.status == .retrieved || parcel.status == .withAgent || parcel.status == .collected
    }

    /// Whether the parcel just moved out of the door is on its way to another, or on the shelf where no door was free.
    private func isMoved(_ parcel: Parcel, from door: DoorName) -> Bool {
        guard dialogue.lastReceived?.waybill == parcel.waybill else { return false }
        if parcel.status == .received { return parcel.movedFrom == .door(door) }
        guard dialogue.lastTaken?.isMove == true, parcel.status == .stored, case .shelf? = parcel.place else {
            return false
        }
        return true
    }

    /// Whether another door waits for the parcel taken out to be moved.
    private func movesElsewhere(_ taking: Taking) -> Bool {
        taking.waybills.lazy.compactMap { openingUnderWay(for: $0) }
            .contains { $0.purpose == .deposit && $0.door != taking.door }
    }

    private mutating func recordMissing(_ taking: Taking, by session: Session) {
        let door = taking.door
        for waybill in taking.waybills {
            leaveDeposit(of: waybill, by: session)
            if let parcel = state.parcels[waybill], parcel.isInside, case .shelf(let shelf)? = parcel.place {
                emitMissing(waybill, at: .shelf(shelf), by: session.person)
            } else {
                emitMissing(waybill, at: .door(door), by: session.person)
            }
        }
        // Who looked saw that the door is empty; then nobody knows where the rest of the books' parcels are. A door that
        // somebody else uses by now is theirs to tell of.
        let isInUse = taking.until != nil && state.door(door).cycle.map { $0.purpose != .reopen } ?? false
        if !isInUse {
            let contents: Contents = state.parcels.isTaken(.door(door)) ? .unknown : .empty
            emit(.auditFinished(AuditFinished(door: door, contents: contents, person: session.person)))
        }
        answer(.nothingInside, door.rawValue)
        guard taking.until == nil else { return dialogue.lastTaken = nil }
        if state.door(door).level == .open {
            act(.timer(.leftOpen(door, cycle: 0), afterMilliseconds: Limits.leftOpenMilliseconds))
        }
        // Who goes on with another door by now opens the next of the batch with that one.
        if session.lastDoor == door { openNextInQueue() }
    }

    /// What was not there does not go in at the other door either.
    private mutating func leaveDeposit(of waybill: Waybill, by session: Session) {
        guard let (door, purpose) = openingUnderWay(for: waybill), purpose == .deposit,
            let cycle = state.door(door).cycle
        else { return }
        emit(
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
