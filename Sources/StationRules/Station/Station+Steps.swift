import LockerDomain
import StationBooks

extension Station {
    /// A step at a door is over. Stored and collected mean: the door was seen open and then closed, or the step is marked
    /// as assumed (DESIGN rule 8).
    mutating func complete(_ cycle: DoorCycle, at door: DoorName, evidence: Evidence, goingOn: Bool = true) {
        let authority = Authority(cycle)
        remember(cycle, at: door, takenBy: authority)
        for waybill in cycle.waybills {
            if let parcel = state.parcels[waybill] {
                // Who ends the session is not told another place any more, and nobody saw whether it was taken out.
                if cycle.purpose == .move, !goingOn { return interrupted(door) }
                completeParcel(parcel, cycle.purpose, at: door, by: authority, evidence: evidence)
            }
            if let shipment = state.shipments[waybill] {
                completeShipment(shipment, cycle.purpose, at: door, by: authority, evidence: evidence)
            } else if cycle.purpose == .dropOff {
                droppedOff(waybill, at: door, evidence: evidence)
            }
        }
        if goingOn, cycle.purpose == .retrieval || cycle.purpose == .agent, leadsQueue(cycle, at: door) {
            openNextInQueue()
        }
    }

    /// Whether the session opened this door last: what somebody else shuts, or shut late, opens no further door for it.
    func leadsQueue(_ cycle: DoorCycle, at door: DoorName) -> Bool {
        guard let session = state.session else { return false }
        return session.lastDoor == door && Authority(cycle.authority) == .badge(session.person)
    }

    private mutating func completeParcel(
        _ parcel: Parcel,
        _ purpose: Purpose,
        at door: DoorName,
        by authority: Authority,
        evidence: Evidence
    ) {
        let place = Place.door(door)
        switch purpose {
        case .deposit:
            guard let key = credentials?.codeKey else { return }
            store(parcel.waybill, at: place, evidence: evidence, key: key)
            answer(.stored, door.rawValue)
        case .pickup, .handOut:
            collect(parcel, from: place, by: authority, evidence: evidence)
            answerCollected()
        case .putBack:
            emit(
                .parcelRefused(
                    ParcelRefused(
                        waybill: parcel.waybill,
                        parties: parcel.parties,
                        direction: .inbound,
                        place: place,
                        evidence: evidence,
                        doorOpenedAt: seenOpen(at: place)
                    )
                )
            )
            answer(.refused)
        case .agent:
            handToAgent(parcel, from: place, by: authority.person ?? "", evidence: evidence)
            answer(.handedToAgent)
        case .retrieval:
            let person = authority.person ?? ""
            retrieved(parcel, from: place, by: person, evidence: evidence)
            followRun(parcel.waybill, of: person)
            answer(.tookBack)
        case .move:
            // What the keeper opened goes no further under somebody else's badge.
            guard let session = state.session, authority.person == session.person else { return interrupted(door) }
            takeOutToMove(parcel, by: session)
        case .reopen, .audit, .support, .dropOff, .takeOut, .shipment, .senderPickup: break
        }
    }
}
