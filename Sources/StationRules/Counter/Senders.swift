import LockerDomain
import StationBooks

/// What lies here for the counter or for its sender: looked at, taken out, given back. The label of a drop-off is
/// behind the door too, so the card of the door names it at the counter, and NEXT opens the doors in turn.
enum Senders {
    // MARK: At the counter

    /// The DOOR card at the counter. Returns whether a shipment lies there that is to be looked at or given back; any
    /// other door is looked into, as in other works.
    static func fetch(behind door: DoorName, by session: Session, in turn: inout Turn) -> Bool {
        guard turn.books.door(door).cycle?.purpose != .audit, let shipment = shipment(behind: door, in: turn)
        else { return false }
        fetch(shipment, by: session, in: &turn)
        return true
    }

    /// NEXT at the counter: the next door with something left behind it. Returns whether there is one.
    static func fetchNext(by session: Session, in turn: inout Turn) -> Bool {
        guard let door = doorsWithDropOffs(after: session.lastDoor, in: turn).first,
            let shipment = shipment(behind: door, in: turn)
        else { return false }
        Sessions.touch(in: &turn)
        if let last = session.lastDoor, turn.books.door(last).cycle?.purpose == .takeOut {
            turn.reject(.outOfContext, .shutDoor, last.rawValue)
        } else {
            fetch(shipment, by: session, in: &turn)
        }
        return true
    }

    /// Takes out what was left behind a door, or gives back what was not accepted.
    static func fetch(_ shipment: Shipment, by session: Session, in turn: inout Turn) {
        guard shipment.status == .rejected else {
            // One on the counter that is half done comes first.
            if let draft = session.draft, draft.isBegun {
                return turn.reject(.outOfContext, .finishFirst, draft.waybill.rawValue)
            }
            return open(shipment, .takeOut, by: session, in: &turn)
        }
        // Only the keeper knows the sender: a courier would carry it away.
        guard session.role == .keeper else { return turn.reject(.outOfContext, .notAccepted) }
        guard shipment.place == nil else { return open(shipment, .senderPickup, by: session, in: &turn) }
        giveBack(shipment, from: nil, by: session.person, evidence: .scanned, in: &turn)
    }

    private static func open(_ shipment: Shipment, _ purpose: Purpose, by session: Session, in turn: inout Turn) {
        guard session.proven else { return turn.reject(.needsPIN, .needsPIN) }
        guard case .door(let door) = shipment.place, turn.books.door(door).cycle == nil,
            !turn.books.door(door).isAbnormal
        else {
            return turn.reject(.outOfContext, .doorBusy, .place(shipment.place))
        }
        Unlocking.unlock(door, for: purpose, of: [shipment.waybill], by: .badge(session.person), in: &turn)
        turn.answer(.takeBack, door.rawValue)
    }

    /// What lies behind a door and is not accepted. One that is accepted goes from hand to hand: where an audit found
    /// it, an audit takes it out.
    private static func shipment(behind door: DoorName, in turn: borrowing Turn) -> Shipment? {
        turn.books.shipments.values
            .filter { $0.isInside && $0.place == .door(door) && $0.status != .accepted }
            .min { $0.waybill < $1.waybill }
    }

    /// Doors behind which something waits to be looked at, in their order, the ones after a door first.
    static func doorsWithDropOffs(after last: DoorName? = nil, in turn: borrowing Turn) -> [DoorName] {
        let left = Set(turn.books.shipments.values.compactMap { $0.status == .droppedOff ? $0.place : nil })
        guard !left.isEmpty else { return [] }
        let names = turn.settings.doors.map(\.name)
        let first = last.flatMap { names.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
        return (names[first...] + names[..<first]).filter {
            left.contains(.door($0)) && turn.books.door($0).cycle == nil && !turn.books.door($0).isAbnormal
        }
    }

    // MARK: Back to the sender

    static func giveBack(
        _ shipment: Shipment,
        from place: Place?,
        by person: String?,
        evidence: Evidence,
        in turn: inout Turn
    ) {
        let openedAt = place.flatMap { Unlocking.seenOpen(at: $0, in: turn) }
        turn.emit(
            .shipmentReturned(
                ShipmentReturned(
                    waybill: shipment.waybill,
                    parties: shipment.parties,
                    direction: .outbound,
                    place: place,
                    person: person,
                    evidence: evidence,
                    doorOpenedAt: openedAt
                )
            )
        )
        turn.answer(.givenBack)
    }

    /// A shipment whose sender's code opens its door: not accepted.
    static func isWithItsSender(_ waybill: Waybill, in turn: borrowing Turn) -> Bool {
        guard let shipment = turn.books.shipments[waybill] else { return false }
        // Nobody saw it go: the code works again for a while (rule 8).
        if shipment.status == .returned { return shipment.reusableUntil ?? 0 > turn.now.wall }
        return shipment.isInside && (shipment.status == .droppedOff || shipment.status == .rejected)
    }

    /// A shipment that lies on the counter, not accepted: its sender gets it back from the keeper.
    static func isAtCounter(_ waybill: Waybill, in turn: borrowing Turn) -> Bool {
        guard let shipment = turn.books.shipments[waybill], shipment.place == nil else { return false }
        return shipment.status == .onCounter || shipment.status == .rejected
    }

    /// The sender takes a shipment back by the code that the station showed.
    static func takeBack(_ waybill: Waybill, by authority: Authority, in turn: inout Turn) {
        guard turn.storage != .failed else { return turn.reject(.storage, .storageFailed) }
        let place = turn.books.shipments[waybill].flatMap { $0.place ?? $0.leftFrom }
        guard case .door(let door) = place, turn.books.door(door).cycle == nil, !turn.books.door(door).isAbnormal
        else {
            Codes.fail(.code, .doorBusy, in: &turn)
            return turn.answer(.doorBusy, place?.description ?? "")
        }
        // What came back from the county may lie beside something of somebody else.
        guard !isTakenByOthers(door, than: waybill, in: turn) else {
            Codes.fail(.code, .contentsUnknown, in: &turn)
            return turn.answer(.codeAmbiguous)
        }
        Unlocking.unlock(door, for: .senderPickup, of: [waybill], by: authority, in: &turn)
        turn.answer(.takeOut, door.rawValue)
    }

    private static func isTakenByOthers(_ door: DoorName, than waybill: Waybill, in turn: borrowing Turn) -> Bool {
        turn.books.parcels.isTaken(.door(door))
            || turn.books.shipments.values.contains {
                $0.isInside && $0.place == .door(door) && $0.waybill != waybill
            }
    }
}
