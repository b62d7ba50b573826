import LockerDomain
import StationBooks

/// Shipments at the counter (上行收寄): scanned, described by cards and handed over to a run.
enum Counter {
    /// A shipment's number is scanned at the counter.
    static func takeIn(_ waybill: Waybill, by session: Session, in turn: inout Turn) {
        guard turn.books.parcels[waybill]?.isHere != true else {
            let place = turn.books.parcels[waybill]?.place?.description ?? ""
            return turn.reject(.alreadyStored, .alreadyStored, place)
        }
        if let door = Unlocking.openingUnderWay(for: waybill, in: turn)?.door {
            return turn.reject(.outOfContext, .doorBusy, door.rawValue)
        }
        guard let shipment = turn.books.shipments[waybill] else { return draft(waybill, by: session, in: &turn) }
        switch shipment.status {
        case .onCounter, .returned: draft(waybill, by: session, in: &turn)
        case .handedOver: turn.reject(.doubled, .leftAlready)
        case .accepted:
            if mayHandOver(session, in: turn) { return handOver(shipment, by: session, in: &turn) }
            if let open = session.draft, open.isBegun {
                return turn.reject(.outOfContext, .finishFirst, open.waybill.rawValue)
            }
            // What an audit found behind a door is there, for all that the books know.
            if shipment.place == nil {
                turn.questions[AcceptedShipment.self] = AcceptedShipment(waybill: waybill, session: session.id)
            }
            turn.reject(.alreadyStored, .shipmentAccepted)
        case .droppedOff, .rejected: Senders.fetch(shipment, by: session, in: &turn)
        }
    }

    private static func draft(_ waybill: Waybill, by session: Session, in turn: inout Turn) {
        // What a courier scans may leave with the van: nothing that sounds like a hand-over.
        let steps: Answer.ID = session.role == .courier ? .notAccepted : .shipmentSteps
        if let open = session.draft, open.isBegun {
            guard open.waybill == waybill else {
                return turn.reject(.outOfContext, .finishFirst, open.waybill.rawValue)
            }
            // Scanning a draft again keeps the data already entered.
            return turn.reject(.doubled, steps, waybill.rawValue)
        }
        guard Intake.readyForParcels(in: &turn) != nil else { return }
        guard hasRoomForShipment(in: turn) else { return turn.reject(.full, .full) }
        Sessions.note(.shipment, waybill.rawValue, steps, by: session, in: &turn)
    }

    /// Only what is here counts; those that left are few enough to be counted off now and then.
    static func hasRoomForShipment(in turn: borrowing Turn) -> Bool {
        turn.books.shipments.count < Limits.shipmentsMax
            || turn.books.shipments.values.count(where: \.isHere) < Limits.shipmentsMax
    }

    /// A courier is a run; a keeper hands over to the driver of the run whose card they scanned.
    private static func mayHandOver(_ session: Session, in turn: borrowing Turn) -> Bool {
        if session.role == .courier { return true }
        guard session.role == .keeper, let run = turn.books.run else { return false }
        return run.person == session.person && !Runs.isOver(run, for: session, in: turn)
    }

    private static func handOver(_ shipment: Shipment, by session: Session, in turn: inout Turn) {
        if session.role == .courier { Runs.arriveUnlessHere(session, in: &turn) }
        turn.emit(
            .shipmentHandedOver(
                ShipmentHandedOver(
                    waybill: shipment.waybill,
                    parties: shipment.parties,
                    direction: .outbound,
                    run: turn.books.run?.id ?? "",
                    bag: session.bag,
                    seal: session.seal,
                    person: session.person
                )
            )
        )
        turn.answer(.handedOver)
    }

    // MARK: Cards

    /// A number of the station's own for a sender without a label, to be printed by `lockerctl label`.
    static func makeLabel(by session: Session, in turn: inout Turn) {
        guard worksAtCounter(session, in: &turn) else { return }
        if let open = session.draft, open.isBegun {
            return turn.reject(.outOfContext, .finishFirst, open.waybill.rawValue)
        }
        let number = turn.books.labels + 1
        let waybill = ShipmentLabel.waybill(station: turn.settings.id, number: number, wall: turn.now.wall)
        guard Intake.readyForParcels(in: &turn) != nil else { return }
        Sessions.note(.label, waybill.rawValue, .shipmentSteps, by: session, in: &turn)
    }

    /// Whether a card of the counter finds its work; answers when not: a shipment scanned at another work would be
    /// taken for a parcel.
    static func worksAtCounter(_ session: Session, in turn: inout Turn) -> Bool {
        if session.work == .outbound { return true }
        let mayShip = Work.outbound.flow.roles.contains(session.role)
        turn.reject(.outOfContext, mayShip ? .scanOutbound : .notForYou)
        return false
    }

    /// A card that describes the shipment on the counter.
    static func noteShipment(_ note: (SessionNoted.Note, String?), by session: Session, in turn: inout Turn) {
        guard worksAtCounter(session, in: &turn) else { return }
        guard session.draft != nil else { return turn.reject(.outOfContext, .scanShipment) }
        guard (note.1?.utf8.count ?? 0) <= Limits.noteCharactersMax else {
            return turn.reject(.unreadable, .unreadable)
        }
        if note.0 == .awaits, let awaited = note.1.flatMap(SessionNoted.Note.init(rawValue:)) {
            return ask(awaited, by: session, in: &turn)
        }
        Sessions.note(note.0, note.1, .noted, by: session, in: &turn)
    }

    /// The weight of the shipment on the counter is typed.
    static func weigh(_ grams: String, in session: Session, in turn: inout Turn) {
        Sessions.touch(in: &turn)
        guard let weight = Int(grams), (1...Limits.shipmentGramsMax).contains(weight) else {
            return turn.reject(.unknown, .unreadable)
        }
        Sessions.note(.weightGrams, String(weight), .noted, by: session, in: &turn)
    }

    static func noteBag(_ note: SessionNoted.Note, _ number: String, by session: Session, in turn: inout Turn) {
        guard session.role == .courier || session.role == .keeper, number.utf8.count <= Limits.noteCharactersMax else {
            return turn.reject(.outOfContext, .notForYou)
        }
        Sessions.note(note, ParcelBook.bagNumber(number), .noted, by: session, in: &turn)
    }

    /// BAG or SEAL without a number: the next scan is what stands on it.
    static func awaitNumber(of note: SessionNoted.Note, by session: Session, in turn: inout Turn) {
        guard session.role == .courier || session.role == .keeper else {
            return turn.reject(.outOfContext, .notForYou)
        }
        ask(note, by: session, in: &turn)
    }

    private static func ask(_ note: SessionNoted.Note, by session: Session, in turn: inout Turn) {
        // What is typed next is the number, no score of somebody who asked for the survey before.
        turn.questions[Survey.self] = nil
        Sessions.note(.awaits, note.rawValue, .scanReference, by: session, in: &turn)
    }
}
