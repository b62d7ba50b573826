import LockerDomain
import StationBooks

extension Station {
    // MARK: At the counter

    /// A shipment's number is scanned at the counter (上行收寄).
    mutating func takeIn(
        _ waybill: Waybill,
        _ reading: WaybillReading,
        by session: Session,
        from source: TextSource
    ) {
        guard state.parcels[waybill]?.isHere != true else {
            let place = state.parcels[waybill]?.place?.description ?? ""
            return reject(waybill, .alreadyStored, .alreadyStored, place, from: source)
        }
        if let door = openingUnderWay(for: waybill)?.door {
            return reject(waybill, .outOfContext, .doorBusy, door.rawValue, from: source)
        }
        guard let shipment = state.shipments[waybill] else { return draft(waybill, by: session, from: source) }
        switch shipment.status {
        case .onCounter, .returned: draft(waybill, by: session, from: source)
        case .handedOver: reject(waybill, .doubled, .leftAlready, from: source)
        case .accepted:
            if mayHandOver(session) { return handOver(shipment, by: session) }
            if let open = session.draft, open.isBegun {
                return reject(waybill, .outOfContext, .finishFirst, open.waybill.rawValue, from: source)
            }
            // What an audit found behind a door is there, for all that the books know.
            if shipment.place == nil { dialogue.accepted = (waybill, session.id) }
            reject(waybill, .alreadyStored, .shipmentAccepted, from: source)
        case .droppedOff, .rejected: fetch(shipment, waybill.rawValue, by: session, from: source)
        }
    }

    private mutating func draft(_ waybill: Waybill, by session: Session, from source: TextSource) {
        // What a courier scans may leave with the van: nothing that sounds like a hand-over.
        let steps: Answer.ID = session.role == .courier ? .notAccepted : .shipmentSteps
        if let open = session.draft, open.isBegun {
            guard open.waybill == waybill else {
                return reject(waybill, .outOfContext, .finishFirst, open.waybill.rawValue, from: source)
            }
            // Scanned once more it keeps what was said of it.
            return reject(waybill, .doubled, steps, waybill.rawValue, from: source)
        }
        guard readyForParcels(waybill, from: source) != nil else { return }
        guard hasRoomForShipment else { return reject(waybill, .full, .full, from: source) }
        note(.shipment, waybill.rawValue, steps, by: session)
    }

    /// Only what is here counts; those that left are few enough to be counted off now and then.
    var hasRoomForShipment: Bool {
        state.shipments.count < Limits.shipmentsMax
            || state.shipments.values.count(where: \.isHere) < Limits.shipmentsMax
    }

    /// A courier is a run; a keeper hands over to the driver of the run whose card they scanned.
    private func mayHandOver(_ session: Session) -> Bool {
        if session.role == .courier { return true }
        guard session.role == .keeper, let run = state.run else { return false }
        return run.person == session.person && !isOver(run, for: session)
    }

    /// A number of the station's own for a sender without a label, to be printed by `lockerctl label`.
    mutating func makeLabel(_ card: Card, by session: Session, from source: TextSource) {
        guard worksAtCounter(session, card, from: source) else { return }
        if let open = session.draft, open.isBegun {
            return reject(card, .outOfContext, .finishFirst, open.waybill.rawValue, from: source)
        }
        let waybill = ShipmentLabel.waybill(station: settings.id, number: state.labels + 1, wall: now.wall)
        guard readyForParcels(waybill, from: source) != nil else { return }
        note(.label, waybill.rawValue, .shipmentSteps, by: session)
    }

    private mutating func handOver(_ shipment: Shipment, by session: Session) {
        if session.role == .courier { arriveUnlessHere(session) }
        emit(
            .shipmentHandedOver(
                ShipmentHandedOver(
                    waybill: shipment.waybill,
                    parties: shipment.parties,
                    direction: .outbound,
                    run: state.run?.id ?? "",
                    bag: session.bag,
                    seal: session.seal,
                    person: session.person
                )
            )
        )
        answer(.handedOver)
    }

    /// Whether a card of the counter finds its work; answers when not: a shipment scanned at another work would be taken for
    /// a parcel.
    private mutating func worksAtCounter(_ session: Session, _ card: Card, from source: TextSource) -> Bool {
        if session.work == .outbound { return true }
        let mayShip = Work.outbound.roles.contains(session.role)
        reject(card, .outOfContext, mayShip ? .scanOutbound : .notForYou, from: source)
        return false
    }

    /// A card that says something of the shipment on the counter.
    mutating func noteShipment(
        _ card: Card,
        _ note: (SessionNoted.Note, String?),
        by session: Session,
        from source: TextSource
    ) {
        guard worksAtCounter(session, card, from: source) else { return }
        guard session.draft != nil else { return reject(card, .outOfContext, .scanShipment, from: source) }
        guard (note.1?.utf8.count ?? 0) <= Limits.noteCharactersMax else {
            return reject(card, .unreadable, .unreadable, from: source)
        }
        if note.0 == .awaits, let awaited = note.1.flatMap(SessionNoted.Note.init(rawValue:)) {
            return ask(awaited, by: session)
        }
        self.note(note.0, note.1, .noted, by: session)
    }

    mutating func weigh(_ grams: String, in session: Session, from source: TextSource) {
        touchSession()
        guard let weight = Int(grams), (1...Limits.shipmentGramsMax).contains(weight) else {
            return reject(.unknown, .unreadable, from: source, length: grams.utf8.count, text: nil)
        }
        note(.weightGrams, String(weight), .noted, by: session)
    }

    mutating func noteBag(
        _ note: SessionNoted.Note,
        _ number: String,
        _ card: Card,
        by session: Session,
        from source: TextSource
    ) {
        guard session.role == .courier || session.role == .keeper, number.utf8.count <= Limits.noteCharactersMax else {
            return reject(card, .outOfContext, .notForYou, from: source)
        }
        self.note(note, ParcelBook.bagNumber(number), .noted, by: session)
    }

    /// BAG or SEAL without a number: the next scan is what stands on it.
    mutating func awaitNumber(
        of note: SessionNoted.Note,
        _ card: Card,
        by session: Session,
        from source: TextSource
    ) {
        guard session.role == .courier || session.role == .keeper else {
            return reject(card, .outOfContext, .notForYou, from: source)
        }
        ask(note, by: session)
    }

    private mutating func ask(_ note: SessionNoted.Note, by session: Session) {
        // What is typed next is the number, no score of somebody who asked for the survey before.
        dialogue.survey = nil
        self.note(.awaits, note.rawValue, .scanReference, by: session)
    }

    // MARK: Accepted or not

    /// Accepted only when all three systems are met (实名收寄, 收寄验视, 过机安检).
    mutating func acceptShipment(_ card: Card, by session: Session, from source: TextSource) {
        guard worksAtCounter(session, card, from: source) else { return }
        guard let draft = session.draft else {
            return reject(card, .outOfContext, .scanShipment, from: source)
        }
        if let missing = draft.missing.first {
            return reject(card.text, .incomplete, .missingStep, missing.word(nil), from: source)
        }
        guard storage == .ok else { return reject(card, .storage, .storageReserve, from: source) }
        let waybill = draft.waybill
        emit(
            .shipmentAccepted(
                ShipmentAccepted(
                    waybill: waybill,
                    parties: parties(of: waybill),
                    direction: .outbound,
                    realName: draft.realName ?? "",
                    inspectedBy: session.person,
                    screened: draft.screened,
                    kind: draft.kind,
                    weightGrams: draft.weightGrams,
                    category: draft.category,
                    platform: draft.platform,
                    order: draft.order,
                    outsideCounty: draft.outside,
                    reusedPackaging: draft.reuse,
                    photo: draft.photo,
                    place: state.shipments[waybill]?.takenFrom,
                    doorOpenedAt: state.shipments[waybill]?.takenOutAt,
                    person: session.person
                )
            )
        )
        answer(.shipmentAccepted)
    }

    func parties(of waybill: Waybill) -> Parties {
        if let known = state.shipments[waybill] { return known.parties }
        return settings.parties(brand: (try? WaybillReading(waybill.rawValue))?.likelyBrand)
    }

    mutating func rejectShipment(
        _ reason: ShipmentRefusal,
        _ card: Card,
        by session: Session,
        from source: TextSource
    ) {
        // What was accepted and scanned just now may be rejected as well, as long as it is here.
        let accepted = dialogue.accepted.flatMap { $0.session == session.id ? $0.waybill : nil }
        dialogue.accepted = nil
        guard worksAtCounter(session, card, from: source) else { return }
        guard let waybill = accepted ?? session.draft?.waybill else {
            return reject(card, .outOfContext, .scanShipment, from: source)
        }
        let known = state.shipments[waybill]
        emit(
            .shipmentRejected(
                ShipmentRejected(
                    waybill: waybill,
                    parties: parties(of: waybill),
                    direction: .outbound,
                    reason: reason,
                    person: session.person,
                    wasAccepted: known?.status == .accepted ? true : nil
                )
            )
        )
        keepForSender(waybill, as: known, reason, by: session)
    }

    /// Who withdraws it stands there, and so does who brought it to the counter, unless it was accepted: they have gone.
    private mutating func keepForSender(
        _ waybill: Waybill,
        as known: Shipment?,
        _ reason: ShipmentRefusal,
        by session: Session
    ) {
        guard let known, known.status == .onCounter || known.status == .accepted, reason != .sender else {
            guard let shipment = state.shipments[waybill] else { return }
            return giveBack(shipment, from: nil, by: session.person, evidence: .scanned)
        }
        // Only who dropped it off was told a code that opens a door.
        guard known.takenFrom != nil else { return answer(.keepForSender) }
        guard let door = bestDoor(for: DoorChoice.Need(size: known.size ?? settings.defaultSize)) else {
            return answer(.keepAtCounter)
        }
        unlock(door, for: .shipment, of: [waybill], by: .badge(session.person), size: known.size)
        answer(.putIn, door.rawValue)
    }
}

extension Card {
    /// What the card says of the shipment on the counter.
    var shipmentNote: (SessionNoted.Note, String?)? {
        switch self {
        case .kind(let kind): (.kind, kind.rawValue)
        case .category(let name): (.category, name)
        case .platform(let name): (.platform, name)
        case .order: (.awaits, SessionNoted.Note.order.rawValue)
        case .realName: (.awaits, SessionNoted.Note.realName.rawValue)
        case .photo: (.awaits, SessionNoted.Note.photo.rawValue)
        case .inspected: (.inspected, nil)
        case .screened: (.screened, nil)
        case .outside: (.outside, nil)
        case .reuse: (.reuse, nil)
        default: nil
        }
    }
}
