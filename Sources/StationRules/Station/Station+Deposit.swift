package import LockerDomain
package import StationBooks

extension Station {
    /// A courier, keeper or agent scans a parcel in: it gets the best free door, else a shelf place.
    mutating func deposit(_ waybill: Waybill, hint: WaybillReading, by session: Session, from source: TextSource) {
        touchSession()
        guard let credentials = readyForParcels(waybill, from: source) else { return }
        let known = announcedPart(waybill) ?? state.parcels[waybill]
        if asksForPart(waybill, by: session, from: source) { return forgetException(of: session) }
        if let known, known.isInside {
            nameForContact(known, by: session)
            return reject(waybill, .alreadyStored, .alreadyStored, known.place?.description ?? "", from: source)
        }
        // Who takes a parcel from the shelf may scan it twice: it must not go into the books again while it walks away.
        if let known, known.status == .collected, known.place?.isShelf ?? true,
            dialogue.lastPickup?.parcels.contains(waybill) == true
        {
            return reject(waybill, .doubled, .collected, from: source)
        }
        if let shipment = state.shipments[waybill], shipment.isHere {
            return reject(waybill.rawValue, .alreadyStored, .alreadyStored, .place(shipment.place), from: source)
        }
        if let (door, purpose) = openingUnderWay(for: waybill) ?? openingForParent(of: waybill) {
            let answer: Answer.ID = purpose == .deposit ? .putIn : .doorBusy
            return reject(waybill, .outOfContext, answer, door.rawValue, from: source)
        }
        if let door = askedDoor() {
            let (question, word) = question(about: door)
            dialogue.asksInside = now.uptime + Limits.followUpMilliseconds
            return reject(waybill, .asksInside, question, word, from: source)
        }
        guard mayTake(waybill, known, session, from: source) else { return forgetException(of: session) }
        if known?.status == .received { declare(session.exception, of: waybill, in: session) }
        let parcel = asDeclared(
            announcedPart(waybill) ?? state.parcels[waybill] ?? Parcel(unannounced: waybill, settings),
            in: session
        )
        let isForDoors = mayLieInLocker(parcel)
        guard let place = choosePlace(for: parcel, behindDoor: isForDoors, by: session) else {
            let reason: ScanRejected.Reason = isForDoors ? .full : .notForLocker
            let full: Answer.ID = parcel.chilled ? .fullChilled : .full
            reject(waybill, reason, isForDoors ? full : .notForLocker, from: source)
            return forgetException(of: session)
        }
        let isDamaged = session.exception == .damaged && known?.status != .received
        receive(waybill, known: known, hint: hint, by: session)
        if isDamaged { fileReport(.damaged, of: waybill) }
        forgetException(of: session)
        dialogue.lastReceived = (waybill, now.uptime + Limits.followUpMilliseconds)
        switch place {
        case .door(let door): putIn(waybill, door, by: session)
        case .shelf(let shelf):
            store(waybill, at: .shelf(shelf), evidence: .scanned, key: credentials.codeKey)
            answer(.putOnShelf, shelf.rawValue)
        }
    }

    /// An exception card is about the parcel after it alone, also when that was in already or is not taken.
    mutating func forgetException(of session: Session) {
        guard state.session?.exception != nil, session.checked || !settings.policy.checklistNeedsCard else { return }
        emit(.sessionNoted(SessionNoted(session: session.id, note: .exception, value: nil)))
    }

    /// What came with its bag is in already: the card before it stays with it, also when it is put elsewhere.
    private mutating func declare(_ exception: ParcelException?, of waybill: Waybill, in session: Session) {
        guard let exception else { return }
        let note = SessionNoted(session: session.id, note: .exception, value: exception.rawValue, waybill: waybill)
        emit(.sessionNoted(note))
        if exception == .damaged { fileReport(.damaged, of: waybill) }
    }

    /// What every intake needs: storage that takes it and a station that the county knows.
    mutating func readyForParcels(_ waybill: Waybill, from source: TextSource) -> Credentials? {
        guard storage == .ok else {
            reject(waybill, .storage, storage == .reserve ? .storageReserve : .storageFailed, from: source)
            return nil
        }
        guard let credentials else {
            reject(waybill, .notEnrolled, .notEnrolled, from: source)
            return nil
        }
        return credentials
    }

    /// Whether the parcel may be taken at all; answers when not.
    private mutating func mayTake(
        _ waybill: Waybill,
        _ known: Parcel?,
        _ session: Session,
        from source: TextSource
    ) -> Bool {
        if let station = known?.station, station != settings.id {
            reject(waybill, .wrongStation, .wrongStation, station, from: source)
        } else if !session.checked, settings.policy.checklistNeedsCard {
            reject(waybill, .notChecked, .askChecklist, from: source)
        } else if known?.consent == Consent.none, settings.policy.withoutConsent == .refuse {
            reject(waybill, .noConsent, .noConsent, from: source)
        } else if state.parcels[waybill] == nil, state.parcels.count >= Limits.parcelsMax {
            reject(waybill, .full, .full, from: source)
        } else {
            return true
        }
        return false
    }

    private mutating func putIn(_ waybill: Waybill, _ door: DoorName, by session: Session) {
        if let cycle = state.door(door).cycle, cycle.purpose == .deposit {
            emit(.doorParcelAdded(DoorParcelAdded(door: door, cycle: cycle.id, waybill: waybill)))
        } else {
            unlock(door, for: .deposit, of: [waybill], by: .badge(session.person))
        }
        answer(.putIn, door.rawValue)
    }

    // MARK: Books

    mutating func receive(
        _ waybill: Waybill,
        known: Parcel?,
        hint: WaybillReading,
        by session: Session,
        how: ParcelReceived.How = .scan
    ) {
        guard known?.status != .received else { return }
        if session.role == .courier, how != .audit { arriveUnlessHere(session) }
        let known = known ?? announcedPart(waybill)
        let code = code(for: waybill, known, how)
        emit(
            .parcelReceived(
                ParcelReceived(
                    waybill: waybill,
                    parties: known?.parties ?? settings.parties(brand: hint.likelyBrand),
                    direction: .inbound,
                    announced: known?.announced ?? false,
                    size: known?.size ?? settings.defaultSize,
                    n: code.n,
                    codeOf: code.of,
                    person: session.person,
                    run: state.run?.id,
                    bag: known?.bag,
                    how: how,
                    consent: known?.consent ?? .unknown,
                    exception: exception(of: known, how, in: session)
                )
            )
        )
    }

    /// An exception card is about what comes in after it, not about what is put elsewhere meanwhile.
    private func exception(of known: Parcel?, _ how: ParcelReceived.How, in session: Session) -> ParcelException? {
        switch how {
        case .scan: session.exception
        case .move: known?.exception
        case .bag, .handOver, .audit: session.exception ?? known?.exception
        }
    }

    /// `n` never falls for a waybill within a year; the station's own choice begins at 128 (DESIGN 4.4).
    func lowestFreeN(_ waybill: Waybill, wanted: UInt32) -> UInt32 {
        let used = [state.closed[waybill]?.n, usedN(of: state.parcels[waybill]), state.shipments[waybill]?.n]
            .compactMap { $0 }.max()
        guard let used else { return wanted }
        return wanted > used ? wanted : max(128, CodeCounter.above(used))
    }

    private func usedN(of parcel: Parcel?) -> UInt32? {
        switch parcel?.status {
        case .collected, .inParts, .missing, .returned, .lost: parcel?.n
        default: nil
        }
    }

    mutating func store(_ waybill: Waybill, at place: Place, evidence: Evidence, key: CodeKey) {
        guard let parcel = state.parcels[waybill] else { return }
        let openedAt = seenOpen(at: place)
        if let from = parcel.movedFrom, let session = state.session {
            let fact = ParcelRelocated(
                parcel,
                from: from,
                to: place,
                by: session,
                evidence: evidence,
                doorOpenedAt: openedAt,
                chilled: isTakenAsChilled(parcel) ? true : nil
            )
            return emit(.parcelRelocated(fact))
        }
        emit(
            .parcelStored(
                ParcelStored(
                    waybill: waybill,
                    parties: parcel.parties,
                    direction: .inbound,
                    place: place,
                    n: parcel.n,
                    codeOf: parcel.codeOf,
                    keyID: key.id,
                    evidence: evidence,
                    doorOpenedAt: openedAt,
                    person: evidence == .stated ? state.session?.person : nil,
                    chilled: isTakenAsChilled(parcel) ? true : nil
                )
            )
        )
    }

    /// The door through which the parcel goes in or out at this moment.
    func openingUnderWay(for waybill: Waybill) -> (door: DoorName, purpose: Purpose)? {
        for name in state.doors.busy {
            guard let cycle = state.doors[name]?.cycle, cycle.waybills.contains(waybill) else { continue }
            return (name, cycle.purpose)
        }
        return nil
    }
}

extension StationSettings {
    /// The parties of something that no manifest announced.
    package func parties(brand: String?) -> Parties {
        Parties(
            brand: brand ?? "unknown",
            operatorName: operatorName,
            agent: agent,
            cooperationMode: cooperationMode
        )
    }
}

extension Parcel {
    /// A parcel that no manifest announced, as far as its place must be chosen.
    init(unannounced waybill: Waybill, _ settings: StationSettings) {
        self.init(
            waybill: waybill,
            parties: settings.parties(brand: nil),
            size: settings.defaultSize,
            n: 0,
            status: .expected,
            announced: false,
            changed: 0
        )
    }
}
