extension Station {
    /// A courier or keeper scans a parcel in: it gets the best free door, else a shelf place.
    mutating func deposit(_ waybill: Waybill, hint: WaybillReading, by session: Session, from source: TextSource) {
        touchSession()
        let length = waybill.rawValue.utf8.count
        let kept = keepable(waybill.rawValue)
        guard storage == .ok else {
            return reject(
                .storage,
                storage == .reserve ? .storageReserve : .storageFailed,
                from: source,
                length: length,
                text: kept
            )
        }
        guard let credentials else {
            return reject(.notEnrolled, .notEnrolled, from: source, length: length, text: kept)
        }
        let known = state.parcels[waybill]
        if let known, known.status == .stored {
            return reject(
                .alreadyStored,
                .alreadyStored,
                known.place?.description ?? "",
                from: source,
                length: length,
                text: kept
            )
        }
        if let (door, purpose) = openingUnderWay(for: waybill) {
            let answer: Answer.ID = purpose == .deposit ? .putIn : .doorBusy
            return reject(.outOfContext, answer, door.rawValue, from: source, length: length, text: kept)
        }
        guard known != nil || state.parcels.count < Limits.parcelsMax else {
            return reject(.full, .full, from: source, length: length, text: kept)
        }
        let need = DoorChoice.Need(
            size: known?.size ?? settings.defaultSize,
            chilled: known?.chilled ?? false,
            reach: known?.reach
        )
        let door = DoorChoice.best(for: need, among: settings.doors, states: doorStates())
        let shelf = door == nil && !need.chilled ? freeShelfPlace() : nil
        guard door != nil || shelf != nil else {
            return reject(.full, .full, from: source, length: length, text: kept)
        }
        receive(waybill, known: known, hint: hint, by: session)
        if let door {
            unlock(door, for: .deposit, of: [waybill], authority: "badge \(session.person)")
            answer(.putIn, door.rawValue)
        } else if let shelf {
            store(waybill, at: .shelf(shelf), evidence: .scanned, key: credentials.codeKey)
            answer(.putOnShelf, shelf.rawValue)
        }
    }

    private mutating func receive(_ waybill: Waybill, known: Parcel?, hint: WaybillReading, by session: Session) {
        guard known?.status != .received else { return }
        let parties =
            known?.parties
            ?? Parties(
                brand: hint.brands.first?.brand ?? "unknown",
                operatorName: settings.operatorName,
                agent: settings.agent,
                cooperationMode: settings.cooperationMode
            )
        let wanted = known?.status == .expected ? known?.n ?? 0 : 0
        emit(
            .parcelReceived(
                ParcelReceived(
                    waybill: waybill,
                    parties: parties,
                    direction: .inbound,
                    announced: known?.announced ?? false,
                    size: known?.size ?? settings.defaultSize,
                    n: lowestFreeN(waybill, wanted: wanted),
                    person: session.person
                )
            )
        )
    }

    /// `n` never falls for a waybill within a year; the station's own choice begins at 128 (DESIGN 4.4).
    func lowestFreeN(_ waybill: Waybill, wanted: UInt32) -> UInt32 {
        let used = [state.closed[waybill]?.n, usedN(of: state.parcels[waybill])].compactMap { $0 }.max()
        guard let used else { return wanted }
        return wanted > used ? wanted : max(128, used == .max ? used : used + 1)
    }

    private func usedN(of parcel: Parcel?) -> UInt32? {
        guard let parcel, parcel.status == .collected || parcel.status == .missing else { return nil }
        return parcel.n
    }

    mutating func store(_ waybill: Waybill, at place: Place, evidence: Evidence, key: CodeKey) {
        guard let parcel = state.parcels[waybill] else { return }
        let openedAt = seenOpen(at: place)
        emit(
            .parcelStored(
                ParcelStored(
                    waybill: waybill,
                    parties: parcel.parties,
                    direction: .inbound,
                    place: place,
                    n: parcel.n,
                    keyID: key.id,
                    evidence: evidence,
                    doorOpenedAt: openedAt
                )
            )
        )
    }

    /// The door through which the parcel goes in or out at this moment.
    func openingUnderWay(for waybill: Waybill) -> (door: DoorName, purpose: Purpose)? {
        for (name, door) in state.doors {
            guard let cycle = door.cycle, cycle.waybills.contains(waybill) else { continue }
            return (name, cycle.purpose)
        }
        return nil
    }

    func doorStates() -> [DoorName: DoorState] {
        var states = state.doors
        for door in settings.doors where states[door.name] == nil { states[door.name] = state.door(door.name) }
        return states
    }

    func freeShelfPlace() -> ShelfPlace? {
        var taken: Set<ShelfPlace> = []
        for parcel in state.parcels.values where parcel.status == .stored {
            if case .shelf(let place) = parcel.place { taken.insert(place) }
        }
        return settings.shelfPlaces.first { !taken.contains($0) }
    }

    // MARK: Audit

    /// A keeper opens a door to look inside: badge and PIN, whatever is behind it (DESIGN 4.4).
    mutating func openForAudit(_ name: DoorName, from source: TextSource) {
        guard let session = state.session, session.role == .keeper || session.role == .technician, session.proven
        else { return reject(.needsPIN, .needsPIN, from: source, length: name.rawValue.utf8.count, text: nil) }
        guard doorSettings[name] != nil else {
            return reject(
                .unknown,
                .doorUnknown,
                name.rawValue,
                from: source,
                length: name.rawValue.utf8.count,
                text: nil
            )
        }
        guard canAudit(name) else {
            return reject(
                .outOfContext,
                .doorBusy,
                name.rawValue,
                from: source,
                length: name.rawValue.utf8.count,
                text: nil
            )
        }
        guard storage != .failed else {
            return reject(.storage, .storageFailed, from: source, length: name.rawValue.utf8.count, text: nil)
        }
        leaveUnsettled(session)
        if state.door(name).cycle != nil {
            emit(.auditDifference(AuditDifference(door: name, waybill: nil, finding: .interrupted)))
        }
        if session.auditing == nil { emit(.auditStarted(AuditStarted(person: session.person))) }
        unlock(name, for: .audit, of: [], authority: "badge \(session.person)")
        answer(.auditOpened, name.rawValue)
    }

    /// A keeper need not wait for an opening whose end nobody sees; only a pulse under way is left alone.
    private func canAudit(_ door: DoorName) -> Bool { state.door(door).cycle?.phase != .unlocking }

    /// The keeper looked: the door is empty, or holds the parcel just scanned.
    mutating func settle(_ name: DoorName, holds waybill: Waybill?, by session: Session) {
        for parcel in state.parcels(at: .door(name)) where parcel.waybill != waybill {
            emit(.auditDifference(AuditDifference(door: name, waybill: parcel.waybill, finding: .missing)))
        }
        if let waybill {
            hold(waybill, behind: name, by: session)
        }
        if state.door(name).outOfService != nil, state.door(name).level != .unknown {
            emit(.doorBackInService(DoorBackInService(door: name, reason: "audited")))
        }
        emit(
            .auditFinished(
                AuditFinished(door: name, contents: waybill == nil ? .empty : .occupied, person: session.person)
            )
        )
        answer(waybill == nil ? .auditEmpty : .auditHolds, name.rawValue)
    }

    private mutating func hold(_ waybill: Waybill, behind name: DoorName, by session: Session) {
        let known = state.parcels[waybill]
        guard known?.status != .stored || known?.place != .door(name) || known?.isDoubtful == true, let credentials
        else { return }
        // It cannot go in or out at another door any more: what happened there nobody knows.
        for door in settings.doors where door.name != name {
            guard state.door(door.name).cycle?.waybills.contains(waybill) == true else { continue }
            emit(.auditDifference(AuditDifference(door: door.name, waybill: waybill, finding: .interrupted)))
        }
        emit(.auditDifference(AuditDifference(door: name, waybill: waybill, finding: .found)))
        if known?.status != .stored, let reading = try? WaybillReading(waybill.rawValue) {
            receive(waybill, known: known, hint: reading, by: session)
        }
        store(waybill, at: .door(name), evidence: .scanned, key: credentials.codeKey)
    }
}
