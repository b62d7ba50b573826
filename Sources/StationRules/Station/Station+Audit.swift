import LockerDomain
import StationBooks

extension Station {
    /// A keeper or technician opens a door to look inside: badge and PIN, whatever is behind it (DESIGN 4.4).
    mutating func openForAudit(_ name: DoorName, from source: TextSource) {
        let length = name.rawValue.utf8.count
        // A PIN would not help whose badge opens no door.
        if let session = state.session, !session.role.looksIntoDoors {
            return reject(.outOfContext, .notForYou, from: source, length: length, text: nil)
        }
        guard let session = state.session, session.proven else {
            return reject(.needsPIN, .needsPIN, from: source, length: length, text: nil)
        }
        guard doorSettings[name] != nil else {
            return reject(.unknown, .doorUnknown, name.rawValue, from: source, length: length, text: nil)
        }
        guard canAudit(name), !state.door(name).isAbnormal else {
            return reject(.outOfContext, .doorBusy, name.rawValue, from: source, length: length, text: nil)
        }
        guard storage != .failed else {
            return reject(.storage, .storageFailed, from: source, length: length, text: nil)
        }
        // What lies behind a door is somebody's: who looks says why.
        guard mayLookInto(name, session) else {
            return reject(.outOfContext, .askReason, name.rawValue, from: source, length: length, text: nil)
        }
        (dialogue.failedAudit, dialogue.foundShut) = (nil, nil)
        leaveUnsettled(session)
        if state.door(name).cycle != nil {
            emit(.auditDifference(AuditDifference(door: name, waybill: nil, finding: .interrupted)))
        }
        // AUDIT says so once, for all its doors.
        if session.auditing == nil, session.work != .audit { emit(.auditStarted(AuditStarted(person: session.person))) }
        unlock(name, for: .audit, of: [], by: .badge(session.person))
        answer(.auditOpened, name.rawValue)
    }

    /// A parcel scanned while a door is looked into. Returns whether the scan was about the audit: what is in the hand
    /// for another reason must not go into the books behind that door, nor what lies there into another.
    mutating func readAuditFinding(_ waybill: Waybill, by session: Session, from source: TextSource) -> Bool {
        // A card that asks for a parcel came after the door was opened: in its work none is opened to look into.
        guard session.role.looksIntoDoors, !session.work.isForOne, !session.work.takesPlaces else { return false }
        if let door = auditedDoor(of: session) {
            // With the door shut again nobody looks into it: only what is expected there is named.
            if hasWorkingSensor(door), state.door(door).level == .closed, !isExpected(waybill, behind: door) {
                dialogue.foundShut = (door, session.id)
                reject(waybill, .outOfContext, .auditShut, door.rawValue, from: source)
            } else {
                settle(door, holds: waybill, by: session, from: source)
            }
        } else if let door = session.auditing, state.door(door).cycle?.purpose == .audit {
            reject(waybill, .outOfContext, .doorBusy, door.rawValue, from: source)
        } else if let door = failedAudit(of: session) {
            reject(waybill, .outOfContext, failure(of: session), door.rawValue, from: source)
        } else if session.work == .audit {
            reject(waybill, .outOfContext, .scanReceive, from: source)
        } else {
            return false
        }
        touchSession()
        return true
    }

    /// A sensor may miss a door that stands open before the keeper: the next one of a batch opens only at their word, so that
    /// what they scan is not booked behind it.
    mutating func auditFailed(at door: DoorName, _ cycle: DoorCycle) {
        guard let session = state.session, cycle.authority == Authority.badge(session.person).text else {
            return answer(.auditFailed, door.rawValue)
        }
        dialogue.failedAudit = (door, session.id)
        answer(failure(of: session), door.rawValue)
    }

    private func failure(of session: Session) -> Answer.ID { leadsAudit(session) ? .auditStuck : .auditFailed }

    /// Whether NEXT opens the next door of a batch.
    private func leadsAudit(_ session: Session) -> Bool {
        session.work == .audit && session.auditing == nil && !session.queue.isEmpty
    }

    /// NEXT after a door that was not seen open. Returns whether a batch waited for it.
    mutating func leadAuditOn(from source: TextSource) -> Bool {
        guard let session = state.session, leadsAudit(session) else { return false }
        touchSession()
        guard storage != .failed else {
            reject(.storage, .storageFailed, from: source, length: 0, text: nil)
            return true
        }
        dialogue.failedAudit = nil
        openNextInQueue()
        if !isAnswered { answer(.nothingFollows) }
        return true
    }

    private func failedAudit(of session: Session) -> DoorName? {
        dialogue.failedAudit.flatMap { $0.session == session.id ? $0.door : nil }
    }

    private func isExpected(_ waybill: Waybill, behind door: DoorName) -> Bool {
        if state.door(door).asked.contains(waybill) { return true }
        if let shipment = state.shipments[waybill], shipment.isInside { return shipment.place == .door(door) }
        guard let parcel = state.parcels[waybill], parcel.isInside else { return false }
        return parcel.place == .door(door)
    }

    /// A keeper need not wait for an opening whose end nobody sees; only a pulse under way is left alone.
    func canAudit(_ door: DoorName) -> Bool { state.door(door).cycle?.phase != .unlocking }

    mutating func settleEmpty(by session: Session, from source: TextSource) {
        guard session.role.looksIntoDoors else { return reject(.empty, .outOfContext, .notForYou, from: source) }
        guard let door = auditedDoor(of: session) else {
            if settleShelf(by: session) { return }
            if let door = failedAudit(of: session) {
                return reject(.empty, .outOfContext, failure(of: session), door.rawValue, from: source)
            }
            guard session.proven else { return reject(.empty, .outOfContext, .needsPIN, from: source) }
            // In works about parcels the card of a door opens none to look into.
            return reject(.empty, .outOfContext, session.work.takesPlaces ? .scanAudit : .openDoorFirst, from: source)
        }
        // Who has just scanned something before the shut door may have found it there.
        if let found = dialogue.foundShut, found == (door, session.id), state.door(door).level == .closed {
            return reject(.empty, .outOfContext, .auditShut, door.rawValue, from: source)
        }
        settle(door, holds: nil, by: session, from: source)
    }

    /// A place of which the keeper says that its parcel is gone: taken without a scan. Returns whether the card was of a
    /// place in use.
    mutating func askShelf(_ place: ShelfPlace, _ card: Card, by session: Session, from source: TextSource) -> Bool {
        guard session.role == .keeper, state.parcels.isTaken(.shelf(place)) else { return false }
        if !session.proven {
            reject(card, .needsPIN, .needsPIN, from: source)
        } else if session.reason == nil {
            reject(card, .outOfContext, .askReason, place.rawValue, from: source)
        } else {
            dialogue.emptyShelf = (place, session.id, now.uptime + Limits.followUpMilliseconds)
            reject(card, .awaitsScan, .askShelfEmpty, place.rawValue, from: source)
        }
        return true
    }

    private mutating func settleShelf(by session: Session) -> Bool {
        guard let (place, owner, _) = dialogue.emptyShelf, owner == session.id else { return false }
        dialogue.emptyShelf = nil
        for parcel in state.parcels.at(.shelf(place)) {
            emitMissing(parcel.waybill, at: .shelf(place), by: session.person)
        }
        touchSession()
        answer(.auditEmpty, place.rawValue)
        return true
    }

    /// Doors that an audit opens in turn: the empty ones and those nobody knows about; occupied ones only with a reason.
    func doorsToAudit(_ session: Session) -> [DoorName] {
        settings.doors.map(\.name).filter {
            let door = state.door($0)
            return door.cycle == nil && !door.isAbnormal && mayLookInto($0, session)
        }
    }

    /// Doors behind which something lies, or lay for all that the books know, are looked into only with a reason: a door
    /// without a sensor is never known to be occupied.
    func mayLookInto(_ door: DoorName, _ session: Session) -> Bool {
        if session.reason != nil { return true }
        return state.door(door).contents != .occupied && !state.parcels.isTaken(.door(door))
            && !state.shipments.values.contains { $0.isInside && $0.place == .door(door) }
    }

    /// A deposit was cut short by a stop: a named person says whether the parcel is inside.
    mutating func answerInside(_ isInside: Bool, _ card: Card, by session: Session, from source: TextSource) {
        // Who may deposit is asked, so who is asked may answer.
        guard Work.receive.roles.contains(session.role), let door = askedDoor(),
            let waybill = state.door(door).asksInside
        else { return reject(card, .outOfContext, .unknownCode, from: source) }
        dialogue.asksInside = nil
        if isInside, state.parcels[waybill]?.status == .received, let key = credentials?.codeKey {
            store(waybill, at: .door(door), evidence: .stated, key: key)
            answer(.stored, door.rawValue)
        } else {
            // Other parcels of the recipient may lie there already; a yes to what the books have elsewhere is unknown.
            let left: Contents = state.parcels.isTaken(.door(door)) ? .occupied : .empty
            let contents = isInside || state.door(door).asksNext != nil ? .unknown : left
            emit(
                .auditFinished(
                    AuditFinished(door: door, contents: contents, person: session.person, waybill: waybill)
                )
            )
            answer(contents == .empty ? .auditEmpty : .noted, door.rawValue)
        }
        // The rest of a shared deposit, one after the other.
        if state.door(door).asksInside != nil { ask(inside: door) }
    }

    /// Asks whether the parcel of a deposit that was cut short is inside; of several it says which.
    private mutating func ask(inside door: DoorName) {
        let (id, word) = question(about: door)
        dialogue.asksInside = now.uptime + Limits.followUpMilliseconds
        answer(id, word)
    }

    func question(about door: DoorName) -> (Answer.ID, String) {
        let known = state.door(door)
        guard let asked = known.asksInside, known.asksNext != nil || state.parcels.isTaken(.door(door)) else {
            return (.askInside, door.rawValue)
        }
        return (.askInsideOf, "\(asked.rawValue.suffix(4)) -> \(door)")
    }

    /// The first door whose deposit was cut short. What a villager left there nobody who deposits can know: an audit tells.
    func askedDoor() -> DoorName? {
        // A closure over the station would copy all of it, with every scan.
        guard !state.doors.asking.isEmpty else { return nil }
        let book = state.doors
        return book.asking.filter { book[$0]?.asksAboutShipment != true }.min()
    }

    /// Somebody looked: the door is empty, or holds the parcel just scanned.
    mutating func settle(
        _ name: DoorName,
        holds waybill: Waybill?,
        by session: Session,
        from source: TextSource
    ) {
        if let waybill, countOne(waybill, behind: name, by: session, from: source) { return }
        let seen = (state.door(name).cycle?.waybills ?? []) + (waybill.map { [$0] } ?? [])
        for parcel in state.parcels(at: .door(name)) where !seen.contains(parcel.waybill) {
            emitMissing(parcel.waybill, at: .door(name), by: session.person)
        }
        for shipment in sent(behind: name) where !seen.contains(shipment) {
            emitMissing(shipment, at: .door(name), by: session.person)
        }
        if let waybill {
            hold(waybill, behind: name, by: session)
        }
        // What was asked about and is not there is answered, each by a line of its own.
        for asked in state.door(name).asked where !seen.contains(asked) {
            emit(
                .auditFinished(
                    AuditFinished(door: name, contents: .unknown, person: session.person, waybill: asked)
                )
            )
        }
        // A sensor must be seen to work; a door that has none is in service on the keeper's word.
        let isReadable = state.door(name).level != .unknown || doorSettings[name]?.hasSensor == false
        if state.door(name).outOfService != nil, isReadable {
            emit(.doorBackInService(DoorBackInService(door: name, reason: "audited")))
        }
        emit(
            .auditFinished(
                AuditFinished(door: name, contents: seen.isEmpty ? .empty : .occupied, person: session.person)
            )
        )
        answer(seen.isEmpty ? .auditEmpty : .auditHolds, name.rawValue)
        if session.work == .audit { openNextInQueue() }
    }

    /// Somebody looked, and it is not there. Books that may be older than the place prove nothing missing.
    mutating func emitMissing(_ waybill: Waybill, at place: Place, by person: String?) {
        var difference = AuditDifference(waybill: waybill, finding: .missing, person: person)
        if state.mayHaveLeft(waybill) { difference.finding = .changedWhileOff }
        switch place {
        case .door(let door): difference.door = door
        case .shelf(let shelf): difference.shelf = shelf
        }
        emit(.auditDifference(difference))
    }

    /// Of several things that the books have behind the door, or that are asked about, each is scanned, in any order: the
    /// last one, or EMPTY, ends it, and only then is anything missing. Somebody else's parcel, scanned first, ends it at
    /// once: what else is there comes in anew, at a place of its own. Returns whether the scan was answered.
    private mutating func countOne(
        _ waybill: Waybill,
        behind name: DoorName,
        by session: Session,
        from source: TextSource
    ) -> Bool {
        guard let cycle = state.door(name).cycle else { return false }
        let parcels = state.parcels.at(.door(name)).map(\.waybill) + state.door(name).asked
        let sent = sent(behind: name)
        let seen = cycle.waybills
        // What a villager left is a sender's: beside it stays nothing else. Nor do two recipients share a door.
        let isAnothers =
            isSent(waybill, to: name) || sent.contains(where: seen.contains) || !isOfOneRecipient([waybill] + seen)
        if !seen.isEmpty, !seen.contains(waybill), isAnothers {
            reject(waybill, .outOfContext, .anothersParcel, name.rawValue, from: source)
            return true
        }
        let expected = parcels + sent
        guard expected.contains(where: { $0 != waybill && !seen.contains($0) }) else { return false }
        guard expected.contains(waybill) || !parcels.isEmpty && isOfOneRecipient([waybill] + parcels) else {
            // What was scanned before it stays, so this one cannot.
            if seen.isEmpty { return false }
            reject(waybill, .outOfContext, .anothersParcel, name.rawValue, from: source)
            return true
        }
        if seen.contains(waybill) {
            reject(waybill, .doubled, .scanRest, name.rawValue, from: source)
        } else {
            hold(waybill, behind: name, by: session)
            emit(.doorParcelAdded(DoorParcelAdded(door: name, cycle: cycle.id, waybill: waybill)))
            answer(.scanRest, name.rawValue)
        }
        return true
    }

    /// Whether a number is, as far as the books know, that of something that goes out.
    private func isSent(_ waybill: Waybill, to name: DoorName) -> Bool {
        isInterruptedDropOff(waybill, at: name)
            || state.shipments[waybill]?.isHere == true && state.parcels[waybill]?.isInside != true
    }

    /// What the books have behind the door of what goes out, by waybill.
    private func sent(behind name: DoorName) -> [Waybill] {
        state.shipments.values.filter { $0.isInside && $0.place == .door(name) }.map(\.waybill).sorted()
    }

    private func isOfOneRecipient(_ waybills: [Waybill]) -> Bool {
        let recipients = Set(waybills.map { state.parcels[$0]?.recipientKey })
        return recipients.count == 1 && recipients.first != .some(nil)
    }

    private mutating func hold(_ waybill: Waybill, behind name: DoorName, by session: Session) {
        let known = state.parcels[waybill]
        if isInterruptedDropOff(waybill, at: name) {
            return droppedOff(waybill, at: name, evidence: .scanned)
        }
        // That it is there now is written down while a line of before may still say that it left.
        let mayHaveLeft = state.mayHaveLeft(waybill)
        let isDoubtful = known?.isDoubtful == true || mayHaveLeft
        guard known?.status != .stored || known?.place != .door(name) || isDoubtful, let credentials else { return }
        let isSent = state.shipments[waybill]?.isHere == true && known?.isInside != true
        guard !isSent || state.shipments[waybill]?.place != .door(name) || mayHaveLeft else { return }
        // It cannot go in or out at another door any more: what happened there nobody knows.
        for door in settings.doors where door.name != name {
            guard state.door(door.name).cycle?.waybills.contains(waybill) == true else { continue }
            emit(.auditDifference(AuditDifference(door: door.name, waybill: waybill, finding: .interrupted)))
        }
        emit(.auditDifference(AuditDifference(door: name, waybill: waybill, finding: .found, person: session.person)))
        if isSent { return }
        if known?.status != .stored, let reading = try? WaybillReading(waybill.rawValue) {
            receive(waybill, known: known, hint: reading, by: session, how: .audit)
        }
        store(waybill, at: .door(name), evidence: .scanned, key: credentials.codeKey)
    }

    /// A villager's drop-off that was cut short by a stop.
    private func isInterruptedDropOff(_ waybill: Waybill, at door: DoorName) -> Bool {
        let state = state.door(door)
        return state.asksInside == waybill && state.asksAboutShipment
    }
}
