import LockerDomain
import StationBooks

extension Station {
    /// A parcel's or shipment's number is scanned in a session: what the person is at decides.
    mutating func work(on waybill: Waybill, _ reading: WaybillReading, by session: Session, from source: TextSource) {
        touchSession()
        guard session.work.roles.contains(session.role) else {
            return reject(waybill, .outOfContext, .notForYou, from: source)
        }
        switch session.work {
        case .receive, .audit: deposit(waybill, hint: reading, by: session, from: source)
        case .outbound: takeIn(waybill, reading, by: session, from: source)
        case .retrieve: retrieve(waybill, by: session, from: source)
        case .handOut: handOut(waybill, by: session, from: source)
        case .told: for one in allMeant(waybill, reading) { tell(one, by: session, from: source) }
        case .take: takeForVillager(waybill, by: session, from: source)
        case .delivered: deliver(waybill, by: session, from: source)
        case .move: move(waybill, by: session, from: source)
        case .join: join(Waybill(rawValue: reading.normalized), by: session, from: source)
        case .extend: for one in allMeant(waybill, reading) { extendHold(one, by: session, from: source) }
        case .delegateAgent, .delegateRelative, .withdraw: delegate(waybill, by: session, from: source)
        case .reportDamaged: report(.damaged, waybill, from: source)
        case .reportShort: report(.short, waybill, from: source)
        case .reportLost: report(.lost, waybill, from: source)
        }
    }

    /// A parcel that lies here, or an answer that says why not.
    private mutating func inside(_ waybill: Waybill, from source: TextSource) -> Parcel? {
        if let parcel = state.parcels[waybill], parcel.isInside, openingUnderWay(for: waybill) == nil { return parcel }
        if let door = openingUnderWay(for: waybill)?.door {
            reject(waybill, .outOfContext, .doorBusy, door.rawValue, from: source)
        } else {
            reject(waybill, .outOfContext, .notHere, from: source)
        }
        return nil
    }

    // MARK: Hand-out by the keeper

    private mutating func handOut(_ waybill: Waybill, by session: Session, from source: TextSource) {
        guard session.proven else { return reject(waybill, .needsPIN, .needsPIN, from: source) }
        if let parcel = state.parcels[waybill], parcel.status == .received, openingUnderWay(for: waybill) == nil {
            // Its bag was checked in and it has no place yet: its recipient is here before the keeper stores it.
            collect(parcel, from: .shelf(.counter), by: .badge(session.person), evidence: .scanned)
            return answerCollected()
        }
        guard let parcel = inside(waybill, from: source) else { return }
        if case .shelf = parcel.place, let place = parcel.place {
            collect(parcel, from: place, by: .badge(session.person), evidence: .scanned)
            return answerCollected()
        }
        handOut(waybill, by: .badge(session.person), from: source)
    }

    /// By the last four digits of the phone, for people who have no code: one recipient's parcels, else the keeper scans.
    mutating func handOut(lastFour digits: String, by session: Session, from source: TextSource) {
        touchSession()
        guard session.proven else {
            return reject(.needsPIN, .needsPIN, from: source, length: digits.utf8.count, text: nil)
        }
        guard let first = waiting(lastFour: digits, from: source).first else { return }
        handOut(first.waybill, by: .badge(session.person), from: source)
    }

    /// RETRIEVE, MOVE and DELEGATE for who stands at the counter.
    mutating func work(lastFour digits: String, by session: Session, from source: TextSource) {
        touchSession()
        guard let first = waiting(lastFour: digits, from: source).first else { return }
        switch (session.work, first.place) {
        case (.retrieve, .shelf(let shelf)), (.move, .shelf(let shelf)):
            // Four digits may be mistyped: on the shelf the parcel's own scan takes it.
            reject(.awaitsScan, .takeFromShelf, shelf.rawValue, from: source, length: digits.utf8.count, text: nil)
        case (.retrieve, _): retrieve(first.waybill, by: session, from: source)
        case (.move, _): move(first.waybill, by: session, from: source)
        default: delegate(first.waybill, by: session, from: source)
        }
    }

    /// REPORT:LOST of what was found missing, else of what the books still have here.
    mutating func lose(lastFour digits: String, by session: Session, from source: TextSource) {
        touchSession()
        let named = state.parcels.of(lastFour: digits)
        let missing = named.filter { $0.status == .missing }
        let candidates = missing.isEmpty ? named.filter(\.isInside) : missing
        guard let one = candidates.first, candidates.count == 1 else {
            let id: Answer.ID = candidates.isEmpty ? .notHere : .scanParcel
            return reject(.outOfContext, id, from: source, length: digits.utf8.count, text: nil)
        }
        report(.lost, one.waybill, from: source)
    }

    /// What waits for the one recipient whose phone ends so; nothing, and an answer, when there is none or more than one.
    private mutating func waiting(lastFour digits: String, from source: TextSource) -> [Parcel] {
        let parcels = state.parcels.inside(lastFour: digits).filter { $0.status == .stored }
        guard !parcels.isEmpty else {
            reject(.unknown, .notHere, from: source, length: digits.utf8.count, text: nil)
            return []
        }
        guard areOfOne(parcels) else {
            let count = String(parcels.count)
            reject(.outOfContext, .peopleWaiting, count, from: source, length: digits.utf8.count, text: nil)
            return []
        }
        return parcels
    }

    /// TOLD and EXTEND for all that waits for one recipient: the labels are behind the doors.
    mutating func hold(lastFour digits: String, by session: Session, from source: TextSource) {
        touchSession()
        for parcel in waiting(lastFour: digits, from: source) {
            if session.work == .told {
                tell(parcel.waybill, by: session, from: source)
            } else {
                extendHold(parcel.waybill, by: session, from: source)
            }
        }
    }

    mutating func tell(_ waybill: Waybill, by session: Session, from source: TextSource) {
        guard let parcel = inside(waybill, from: source) else { return }
        noticed(parcel, by: .keeper, person: session.person)
        dialogue.named = (waybill, now.uptime + Limits.followUpMilliseconds)
        answer(.told)
    }

    mutating func extendHold(_ waybill: Waybill, by session: Session, from source: TextSource) {
        guard inside(waybill, from: source) != nil else { return }
        let hours = Limits.extensionHours
        extendHold(of: waybill, hours: hours, by: session.person)
        answer(.extended, String(hours))
    }

    // MARK: Retrieval

    /// Doors with something to take back, in the order of their names.
    func doorsToRetrieve() -> [DoorName] {
        settings.doors.map(\.name).filter { door in
            state.door(door).cycle == nil && state.parcels.at(.door(door)).contains(where: \.needsRetrieval)
        }
    }

    private mutating func retrieve(_ waybill: Waybill, by session: Session, from source: TextSource) {
        // What came with a bag and fits nowhere goes back as it came.
        if let parcel = state.parcels[waybill], session.role == .courier,
            parcel.status == .retrieved || parcel.status == .received && openingUnderWay(for: waybill) == nil
        {
            arriveToTakeBack(session)
            if let run = state.run { handBack(parcel, run, by: session.person) }
            return answer(.handedBack)
        }
        guard let parcel = inside(waybill, from: source), let place = parcel.place else { return }
        switch place {
        case .shelf:
            arriveToTakeBack(session)
            retrieved(parcel, from: place, by: session.person, evidence: .scanned)
            answer(.tookBack)
        case .door(let door):
            guard session.proven else { return reject(waybill, .needsPIN, .needsPIN, from: source) }
            guard state.door(door).cycle == nil, !state.door(door).isAbnormal else {
                return reject(waybill, .outOfContext, .doorBusy, door.rawValue, from: source)
            }
            takeBack([waybill], from: door, by: session)
        }
    }

    /// A door that can be opened now, with what is to be taken back from it.
    mutating func takeBack(_ waybills: [Waybill], from door: DoorName, by session: Session) {
        arriveToTakeBack(session)
        unlock(door, for: .retrieval, of: waybills, by: .badge(session.person))
        answerTaking(waybills, from: door, .takeBack)
    }

    mutating func retrieved(_ parcel: Parcel, from place: Place, by person: String, evidence: Evidence) {
        emit(
            .parcelRetrieved(
                ParcelRetrieved(
                    waybill: parcel.waybill,
                    parties: parcel.parties,
                    direction: .inbound,
                    place: place,
                    reason: parcel.retrievalReason,
                    person: person,
                    evidence: evidence,
                    doorOpenedAt: seenOpen(at: place)
                )
            )
        )
    }

    // MARK: Moving

    mutating func move(_ waybill: Waybill, by session: Session, from source: TextSource) {
        guard session.proven else { return reject(waybill, .needsPIN, .needsPIN, from: source) }
        guard storage == .ok else { return reject(waybill, .storage, .storageReserve, from: source) }
        guard let parcel = inside(waybill, from: source), let place = parcel.place else { return }
        // What was refused waits for a courier where it is.
        guard parcel.status == .stored else { return reject(waybill, .outOfContext, .notHere, from: source) }
        switch place {
        case .shelf: takeOutToMove(parcel, by: session)
        case .door(let door):
            guard state.door(door).cycle == nil, !state.door(door).isAbnormal else {
                return reject(waybill, .outOfContext, .doorBusy, door.rawValue, from: source)
            }
            unlock(door, for: .move, of: [waybill], by: .badge(session.person))
            answerTaking([waybill], from: door, .takeBack)
        }
    }

    /// The parcel is in hand: it gets another place than before.
    mutating func takeOutToMove(_ parcel: Parcel, by session: Session) {
        guard let reading = try? WaybillReading(parcel.waybill.rawValue), let key = credentials?.codeKey else { return }
        receive(parcel.waybill, known: parcel, hint: reading, by: session, how: .move)
        dialogue.lastReceived = (parcel.waybill, now.uptime + Limits.followUpMilliseconds)
        let isForDoors = mayLieBehindDoor(parcel)
        switch choosePlace(for: parcel, behindDoor: isForDoors, leaving: parcel.place) {
        case .door(let door):
            unlock(door, for: .deposit, of: [parcel.waybill], by: .badge(session.person))
            answer(.putIn, door.rawValue)
        case .shelf(let shelf):
            store(parcel.waybill, at: .shelf(shelf), evidence: .scanned, key: key)
            answer(.putOnShelf, shelf.rawValue)
        case nil: answer(isForDoors ? .full : .notForLocker)
        }
    }

    /// The keeper lays it on another place than the station said.
    mutating func putOnShelf(_ name: String, _ card: Card, by session: Session, from source: TextSource) {
        let place = settings.shelfPlaces.first { $0.rawValue.uppercased() == name }
        guard let (waybill, _) = dialogue.lastReceived, let parcel = state.parcels[waybill], parcel.status == .stored,
            let from = parcel.place, case .shelf = from, let place, !state.parcels.isTaken(.shelf(place))
        else {
            if let place, askShelf(place, card, by: session, from: source) { return }
            return reject(card, .outOfContext, .notHere, from: source)
        }
        emit(.parcelRelocated(ParcelRelocated(parcel, from: from, to: .shelf(place), by: session, evidence: .scanned)))
        answer(.putOnShelf, place.rawValue)
    }

    // MARK: Doors

    /// What was done at the session's last door was wrong, or something is still inside (DOMAIN 3.2).
    mutating func reopenLast(_ card: Card, by session: Session, from source: TextSource) {
        guard session.proven else { return reject(card, .needsPIN, .needsPIN, from: source) }
        guard let door = session.lastDoor, state.door(door).cycle == nil, !state.door(door).isAbnormal else {
            return reject(card, .outOfContext, .nothingFollows, from: source)
        }
        unlock(door, for: .reopen, of: state.parcels.at(.door(door)).map(\.waybill), by: .badge(session.person))
        answer(.reopened, door.rawValue)
    }

    /// The door is not as it should be: nobody opens it without a support code (异常格口).
    mutating func markAbnormal(_ card: Card, by session: Session, from source: TextSource) {
        guard session.role != .inspector, let door = session.lastDoor, state.door(door).cycle == nil else {
            return reject(card, .outOfContext, .nothingFollows, from: source)
        }
        emit(.doorOutOfService(DoorOutOfService(door: door, reason: DoorState.abnormal, person: session.person)))
        answer(.abnormal, door.rawValue)
    }

    mutating func openBySupportCode(_ code: String, from source: TextSource) {
        guard state.codeLock.remaining(at: now) == 0 else { return refuseLocked(.code, from: source) }
        let requester = state.session.flatMap { PersonNumber(wire: $0.person) }
        guard let key = credentials?.codeKey,
            let (door, counter) = SupportCode.match(
                code,
                from: state.supportCounter,
                doors: settings.doors.map(\.name),
                requester: requester,
                key: key
            )
        else { return wrongCode(.noMatch, .wrongCode, from: source) }
        guard storage != .failed else { return reject(.storage, .storageFailed, from: source, length: 0, text: nil) }
        guard state.door(door).cycle == nil else {
            emit(.pickupFailed(PickupFailed(means: .code, reason: .doorBusy, device: source.device)))
            return answer(.doorBusy, door.rawValue)
        }
        emit(.supportCodeUsed(SupportCodeUsed(counter: counter, door: door, requester: requester?.wire ?? "")))
        unlock(door, for: .support, of: [], by: .support)
        answer(.reopened, door.rawValue)
    }
}
