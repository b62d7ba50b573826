import LockerDomain
import StationBooks

/// What villagers left behind doors (自助寄件): the label is behind the door too, so the card of the door names it at the
/// counter, and NEXT opens the doors in turn.
extension Station {
    /// The DOOR card at the counter. Returns whether a shipment lies there that is to be looked at or given back; any other
    /// door is looked into, as in other works.
    mutating func fetchShipment(
        behind door: DoorName,
        _ card: Card,
        by session: Session,
        from source: TextSource
    ) -> Bool {
        guard state.door(door).cycle?.purpose != .audit, let shipment = shipment(behind: door) else { return false }
        fetch(shipment, card.text, by: session, from: source)
        return true
    }

    /// NEXT at the counter: the next door with something left behind it. Returns whether there is one.
    mutating func fetchNextShipment(from source: TextSource) -> Bool {
        guard let session = state.session, session.role == .keeper, session.work == .outbound,
            let door = doorsWithDropOffs(after: session.lastDoor).first, let shipment = shipment(behind: door)
        else { return false }
        touchSession()
        let card = Card.next
        if let last = session.lastDoor, state.door(last).cycle?.purpose == .takeOut {
            reject(card, .outOfContext, .shutDoor, last.rawValue, from: source)
        } else {
            fetch(shipment, card.text, by: session, from: source)
        }
        return true
    }

    /// Takes out what was left behind a door, or gives back what was not taken. The text is what was scanned for it.
    mutating func fetch(_ shipment: Shipment, _ text: String, by session: Session, from source: TextSource) {
        guard shipment.status == .rejected else {
            // One on the counter that is half done comes first.
            if let open = session.draft, open.isBegun {
                return reject(text, .outOfContext, .finishFirst, AnswerWord(open.waybill.rawValue), from: source)
            }
            return open(shipment, .takeOut, text, by: session, from: source)
        }
        // Only the keeper knows the sender: a courier would carry it away.
        guard session.role == .keeper else {
            return reject(text, .outOfContext, .notAccepted, AnswerWord(""), from: source)
        }
        guard shipment.place == nil else { return open(shipment, .senderPickup, text, by: session, from: source) }
        giveBack(shipment, from: nil, by: session.person, evidence: .scanned)
    }

    private mutating func open(
        _ shipment: Shipment,
        _ purpose: Purpose,
        _ text: String,
        by session: Session,
        from source: TextSource
    ) {
        guard session.proven else { return reject(text, .needsPIN, .needsPIN, AnswerWord(""), from: source) }
        guard case .door(let door) = shipment.place, state.door(door).cycle == nil, !state.door(door).isAbnormal else {
            return reject(text, .outOfContext, .doorBusy, .place(shipment.place), from: source)
        }
        unlock(door, for: purpose, of: [shipment.waybill], by: .badge(session.person))
        answer(.takeBack, door.rawValue)
    }

    /// What lies behind a door and is not accepted. One that is accepted goes from hand to hand: where an audit found it,
    /// an audit takes it out.
    private func shipment(behind door: DoorName) -> Shipment? {
        state.shipments.values
            .filter { $0.isInside && $0.place == .door(door) && $0.status != .accepted }
            .min { $0.waybill < $1.waybill }
    }

    /// Doors behind which something waits to be looked at, in their order, the ones after a door first.
    func doorsWithDropOffs(after last: DoorName? = nil) -> [DoorName] {
        let left = Set(state.shipments.values.compactMap { $0.status == .droppedOff ? $0.place : nil })
        guard !left.isEmpty else { return [] }
        let names = settings.doors.map(\.name)
        let first = last.flatMap { names.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
        return (names[first...] + names[..<first]).filter {
            left.contains(.door($0)) && state.door($0).cycle == nil && !state.door($0).isAbnormal
        }
    }
}
