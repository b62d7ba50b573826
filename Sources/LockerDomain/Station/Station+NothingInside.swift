/// RETRIEVE, TAKE and HANDOUT believe a door that was opened and shut. After a power cut or a theft the books may name what
/// is gone: who opened the door for it says NO, and nobody gets a parcel into their custody that was not there.
extension Station {
    /// A door that the session opened to take something out, and what the books have behind it.
    struct Taking: Sendable {
        var door: DoorName
        var waybills: [Waybill]
        var person: String
        /// Uptime until which the person may still say that nothing was inside; `nil` while the door is open.
        var until: Int64?
    }

    /// What was taken from the door that was shut last, while somebody may still say that nothing was.
    mutating func remember(_ cycle: DoorCycle, at door: DoorName, takenBy authority: Authority) {
        guard let person = authority.person, [.retrieval, .agent, .handOut].contains(cycle.purpose) else { return }
        dialogue.lastTaken = Taking(
            door: door,
            waybills: cycle.waybills,
            person: person,
            until: now.uptime + Limits.nothingInsideMilliseconds
        )
    }

    /// The NO card at a door out of which something was to be taken. Returns whether it was about one.
    mutating func sayNothingInside(_ card: Card, by session: Session, from source: TextSource) -> Bool {
        let takings = takings(of: session)
        guard let first = takings.first else { return false }
        if takings.count == 1 {
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
        guard let taking = takings(of: session).first(where: { $0.door == door }) else {
            return reject(card, .outOfContext, .notHere, from: source)
        }
        recordMissing(taking, by: session)
    }

    /// Whether the text goes on with the step at a door without a sensor, instead of ending it.
    func goesOnWithStep(_ text: String) -> Bool {
        switch text.uppercased() {
        case Card.refuse.text, Card.no.text: true
        default: dialogue.emptyDoor != nil && text.uppercased().hasPrefix(Card.door("").text)
        }
    }

    /// The doors that stand open for the session, and the one that was shut last.
    private func takings(of session: Session) -> [Taking] {
        let open = openTakings(of: session)
        guard [.retrieve, .take, .handOut].contains(session.work), var last = dialogue.lastTaken,
            last.person == session.person, !open.contains(where: { $0.door == last.door })
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
        guard let parcel = state.parcels[waybill], parcel.place == .door(door), parcel.holder == person else {
            return false
        }
        return parcel.status == .retrieved || parcel.status == .withAgent || parcel.status == .collected
    }

    private mutating func recordMissing(_ taking: Taking, by session: Session) {
        let door = taking.door
        for waybill in taking.waybills {
            emit(.auditDifference(AuditDifference(door: door, waybill: waybill, finding: .missing)))
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
        openNextInQueue()
    }
}
