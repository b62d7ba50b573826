import LockerDomain
import StationBooks

/// The label lies behind the door: in the works that are about parcels, the card of a place names what lies there.
extension Station {
    mutating func work(at place: Place, _ card: Card, by session: Session, from source: TextSource) {
        guard session.work.roles.contains(session.role) else {
            return reject(card, .outOfContext, .scanBadgeFirst, from: source)
        }
        let isForAll = session.work == .retrieve || session.work == .reportLost
        let parcels = state.parcels.at(place).filter {
            ($0.status == .stored || isForAll) && openingUnderWay(for: $0.waybill) == nil
        }
        guard let first = parcels.first else {
            // A free place is where the parcel just moved really lies.
            if session.work == .move, case .shelf(let shelf) = place {
                return putOnShelf(shelf.rawValue.uppercased(), card, by: session, from: source)
            }
            return reject(card, .outOfContext, .notHere, from: source)
        }
        switch session.work {
        case .told: for parcel in parcels { tell(parcel.waybill, by: session, from: source) }
        case .extend: for parcel in parcels { extendHold(parcel.waybill, by: session, from: source) }
        case .retrieve: retrieve(parcels, at: place, card, by: session, from: source)
        case .move:
            // On the shelf the label shows; of several behind a door the answer names the one to take.
            if case .shelf(let shelf) = place {
                return reject(card, .awaitsScan, .takeFromShelf, shelf.rawValue, from: source)
            }
            move(first.waybill, by: session, from: source)
        case .reportLost:
            guard parcels.count == 1 else { return reject(card, .outOfContext, .scanParcel, from: source) }
            report(.lost, first.waybill, from: source)
        default:
            // The card cannot say whose parcel is meant.
            guard areOfOne(parcels) else { return reject(card, .outOfContext, .severalPeople, from: source) }
            guard session.work == .handOut else { return delegate(first.waybill, by: session, from: source) }
            guard session.proven else { return reject(card, .needsPIN, .needsPIN, from: source) }
            // On the shelf the label shows: it is scanned out.
            handOut(first.waybill, by: .badge(session.person), from: source)
        }
    }

    /// Whether all are one recipient's.
    func areOfOne(_ parcels: [Parcel]) -> Bool {
        guard let first = parcels.first else { return false }
        // One code opens them all.
        if first.codeOf != nil, Set(parcels.map(\.codeName)).count == 1 { return true }
        return parcels.count == 1 || first.recipientKey != nil && Set(parcels.map(\.recipientKey)).count == 1
    }

    /// What is due there; when nothing is, all of one recipient behind a door. On the shelf what is not due is scanned
    /// itself: its label shows, and a card of the wrong place takes nothing from the books.
    private mutating func retrieve(
        _ parcels: [Parcel],
        at place: Place,
        _ card: Card,
        by session: Session,
        from source: TextSource
    ) {
        let due = parcels.filter(\.needsRetrieval)
        if case .shelf(let shelf) = place, due.isEmpty {
            return reject(card, .awaitsScan, .takeFromShelf, shelf.rawValue, from: source)
        }
        guard !due.isEmpty || areOfOne(parcels) else {
            return reject(card, .outOfContext, .severalPeople, from: source)
        }
        let named = due.isEmpty ? parcels : due
        guard case .door(let door) = place else {
            arriveToTakeBack(session)
            for parcel in named { retrieved(parcel, from: place, by: session.person, evidence: .stated) }
            return answer(.tookBack)
        }
        guard session.proven else { return reject(card, .needsPIN, .needsPIN, from: source) }
        guard state.door(door).cycle == nil, !state.door(door).isAbnormal else {
            return reject(card, .outOfContext, .doorBusy, door.rawValue, from: source)
        }
        takeBack(named.map(\.waybill), from: door, by: session)
    }

    /// Names the parcels by the end of their numbers when others stay behind the same door.
    mutating func answerTaking(_ waybills: [Waybill], from door: DoorName, _ all: Answer.ID) {
        guard state.parcels.at(.door(door)).contains(where: { !waybills.contains($0.waybill) }) else {
            return answer(all, door.rawValue)
        }
        let tails = waybills.map { String($0.rawValue.suffix(4)) }
        let shown = tails.count > 2 ? [tails[0], "+\(tails.count - 1)"] : tails
        answer(.takeOnly, ([door.rawValue] + shown).joined(separator: " "))
    }
}

extension Work {
    /// Whether the card of a door or shelf place names what lies there.
    var takesPlaces: Bool {
        switch self {
        case .handOut, .told, .extend, .retrieve, .move, .delegateAgent, .delegateRelative, .withdraw, .reportLost:
            true
        case .receive, .outbound, .take, .delivered, .join, .audit, .reportDamaged, .reportShort: false
        }
    }
}
