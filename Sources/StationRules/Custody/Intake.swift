import LockerDomain
import StationBooks

/// A courier, keeper or agent brings parcels: each gets a place and stands in the books.
enum Intake {
    /// A parcel is scanned in: it gets the best free door, else a shelf place.
    static func deposit(_ waybill: Waybill, hint: WaybillReading, by session: Session, in turn: inout Turn) {
        Sessions.touch(in: &turn)
        guard let credentials = readyForParcels(in: &turn) else { return }
        let known = Numbers.announcedPart(waybill, in: turn) ?? turn.books.parcels[waybill]
        if Numbers.asksForPart(waybill, in: &turn) { return forgetException(of: session, in: &turn) }
        guard !isHere(waybill, known, by: session, in: &turn) else { return }
        guard mayTake(waybill, known, session, in: &turn) else { return forgetException(of: session, in: &turn) }
        if known?.status == .received { declare(session.exception, of: waybill, in: session, in: &turn) }
        let announced = Numbers.announcedPart(waybill, in: turn) ?? turn.books.parcels[waybill]
        let parcel = Placing.asDeclared(announced ?? Parcel(unannounced: waybill, turn.settings), in: session)
        let isForDoors = Placing.mayLieInLocker(parcel)
        guard let place = Placing.choosePlace(for: parcel, behindDoor: isForDoors, by: session, in: turn) else {
            let full: Answer.ID = parcel.chilled ? .fullChilled : .full
            turn.reject(isForDoors ? .full : .notForLocker, isForDoors ? full : .notForLocker)
            return forgetException(of: session, in: &turn)
        }
        let isDamaged = session.exception == .damaged && known?.status != .received
        receive(waybill, known: known, hint: hint, by: session, in: &turn)
        if isDamaged { Reports.fileReport(.damaged, of: waybill, in: &turn) }
        forgetException(of: session, in: &turn)
        turn.recent.lastReceived = (waybill, turn.now.uptime + Limits.followUpMilliseconds)
        switch place {
        case .door(let door): putIn(waybill, door, by: session, in: &turn)
        case .shelf(let shelf):
            store(waybill, at: .shelf(shelf), evidence: .scanned, key: credentials.codeKey, in: &turn)
            turn.answer(.putOnShelf, shelf.rawValue)
        }
    }

    /// Whether the number is of something that is here, goes in or out at the moment, or has just left; or a door asks
    /// about a deposit first. Answers when so; the exception card before it stays for the next parcel.
    private static func isHere(
        _ waybill: Waybill,
        _ known: Parcel?,
        by session: Session,
        in turn: inout Turn
    ) -> Bool {
        if let known, known.isInside {
            Contacts.name(known, by: session, in: &turn)
            turn.reject(.alreadyStored, .alreadyStored, known.place?.description ?? "")
            return true
        }
        // A recipient may scan a parcel from the shelf twice: it must not go into the books again while it walks away.
        if let known, known.status == .collected, known.place?.isShelf ?? true,
            turn.recent.lastPickup?.parcels.contains(waybill) == true
        {
            turn.reject(.doubled, .collected)
            return true
        }
        if let shipment = turn.books.shipments[waybill], shipment.isHere {
            turn.reject(.alreadyStored, .alreadyStored, .place(shipment.place))
            return true
        }
        let opening = Unlocking.openingUnderWay(for: waybill, in: turn)
        if let (door, purpose) = opening ?? Numbers.openingForParent(of: waybill, in: turn) {
            turn.reject(.outOfContext, purpose == .deposit ? .putIn : .doorBusy, door.rawValue)
            return true
        }
        if let door = CutShort.askedDoor(in: turn) {
            let (question, word) = CutShort.question(about: door, in: turn)
            turn.questions[IsInside.self] = IsInside(until: turn.now.uptime + Limits.followUpMilliseconds)
            turn.reject(.asksInside, question, word)
            return true
        }
        return false
    }

    /// Whether the parcel may be taken at all; answers when not.
    private static func mayTake(
        _ waybill: Waybill,
        _ known: Parcel?,
        _ session: Session,
        in turn: inout Turn
    ) -> Bool {
        if let station = known?.station, station != turn.settings.id {
            turn.reject(.wrongStation, .wrongStation, station)
        } else if !session.checked, turn.settings.policy.checklistNeedsCard {
            turn.reject(.notChecked, .askChecklist)
        } else if known?.consent == Consent.none, turn.settings.policy.withoutConsent == .refuse {
            turn.reject(.noConsent, .noConsent)
        } else if turn.books.parcels[waybill] == nil, turn.books.parcels.count >= Limits.parcelsMax {
            turn.reject(.full, .full)
        } else {
            return true
        }
        return false
    }

    private static func putIn(_ waybill: Waybill, _ door: DoorName, by session: Session, in turn: inout Turn) {
        if let cycle = turn.books.door(door).cycle, cycle.purpose == .deposit {
            turn.emit(.doorParcelAdded(DoorParcelAdded(door: door, cycle: cycle.id, waybill: waybill)))
        } else {
            Unlocking.unlock(door, for: .deposit, of: [waybill], by: .badge(session.person), in: &turn)
        }
        turn.answer(.putIn, door.rawValue)
    }

    // MARK: What every intake needs

    /// Storage that takes it and a station that the county knows.
    static func readyForParcels(in turn: inout Turn) -> Credentials? {
        guard turn.storage == .ok else {
            turn.reject(.storage, turn.storage == .reserve ? .storageReserve : .storageFailed)
            return nil
        }
        guard let credentials = turn.credentials else {
            turn.reject(.notEnrolled, .notEnrolled)
            return nil
        }
        return credentials
    }

    // MARK: Exception cards

    /// An exception card is about the parcel after it alone, also when that was in already or is not taken.
    static func forgetException(of session: Session, in turn: inout Turn) {
        guard turn.session?.exception != nil, session.checked || !turn.settings.policy.checklistNeedsCard else {
            return
        }
        turn.emit(.sessionNoted(SessionNoted(session: session.id, note: .exception, value: nil)))
    }

    /// What came with its bag is in already: the card before it stays with it, also when it is put elsewhere.
    private static func declare(
        _ exception: ParcelException?,
        of waybill: Waybill,
        in session: Session,
        in turn: inout Turn
    ) {
        guard let exception else { return }
        let note = SessionNoted(session: session.id, note: .exception, value: exception.rawValue, waybill: waybill)
        turn.emit(.sessionNoted(note))
        if exception == .damaged { Reports.fileReport(.damaged, of: waybill, in: &turn) }
    }
}
