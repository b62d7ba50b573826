import LockerDomain
import StationBooks

/// RETRIEVE: what is due goes back: doors in turn, and single parcels by label, by card of their place or by phone.
enum Retrieving: WorkFlow {
    static let roles: Set<Role> = [.courier, .keeper]
    static let takes: Set<WorkScan> = [.label, .lastFour, .place]
    static var prompt: Answer.ID { .retrieving }
    static var takesDoors: Bool { true }

    static func label(_ label: Label, by session: Session, in turn: inout Turn) {
        retrieve(label.waybill, by: session, in: &turn)
    }

    static func lastFour(_ digits: String, by session: Session, in turn: inout Turn) {
        Sessions.touch(in: &turn)
        guard let first = Finding.waiting(lastFour: digits, in: &turn).first else { return }
        // Four digits may be mistyped: on the shelf the parcel's own scan takes it.
        if case .shelf(let shelf) = first.place {
            return turn.reject(.awaitsScan, .takeFromShelf, shelf.rawValue)
        }
        retrieve(first.waybill, by: session, in: &turn)
    }

    /// What is due there; when nothing is, all of one recipient behind a door. On the shelf what is not due is scanned
    /// itself: its label shows, and a card of the wrong place takes nothing from the books.
    static func place(_ place: Place, _ parcels: [Parcel], by session: Session, in turn: inout Turn) {
        let due = parcels.filter(\.needsRetrieval)
        if case .shelf(let shelf) = place, due.isEmpty {
            return turn.reject(.awaitsScan, .takeFromShelf, shelf.rawValue)
        }
        guard !due.isEmpty || Recipients.areOfOne(parcels) else {
            return turn.reject(.outOfContext, .severalPeople)
        }
        let named = due.isEmpty ? parcels : due
        guard case .door(let door) = place else {
            Runs.arriveToTakeBack(session, in: &turn)
            for parcel in named {
                Retrievals.retrieved(parcel, from: place, by: session.person, evidence: .stated, in: &turn)
            }
            return turn.answer(.tookBack)
        }
        open(door, toTakeBack: named.map(\.waybill), by: session, in: &turn)
    }

    private static func retrieve(_ waybill: Waybill, by session: Session, in turn: inout Turn) {
        // What came with a bag and fits nowhere goes back as it came.
        if let parcel = turn.books.parcels[waybill], session.role == .courier,
            parcel.status == .retrieved
                || parcel.status == .received && Unlocking.openingUnderWay(for: waybill, in: turn) == nil
        {
            Runs.arriveToTakeBack(session, in: &turn)
            if let run = turn.books.run { Runs.handBack(parcel, run, by: session.person, in: &turn) }
            return turn.answer(.handedBack)
        }
        guard let parcel = Finding.inside(waybill, in: &turn), let place = parcel.place else { return }
        switch place {
        case .shelf:
            Runs.arriveToTakeBack(session, in: &turn)
            Retrievals.retrieved(parcel, from: place, by: session.person, evidence: .scanned, in: &turn)
            turn.answer(.tookBack)
        case .door(let door): open(door, toTakeBack: [waybill], by: session, in: &turn)
        }
    }

    private static func open(
        _ door: DoorName,
        toTakeBack waybills: [Waybill],
        by session: Session,
        in turn: inout Turn
    ) {
        guard session.proven else { return turn.reject(.needsPIN, .needsPIN) }
        guard turn.books.door(door).cycle == nil, !turn.books.door(door).isAbnormal else {
            return turn.reject(.outOfContext, .doorBusy, door.rawValue)
        }
        Retrievals.takeBack(waybills, from: door, by: session, in: &turn)
    }
}

// MARK: Doors in turn

extension Retrieving {
    /// Doors with something to take back, in the order of their names.
    static func doors(for session: Session, in turn: borrowing Turn) -> [DoorName] {
        turn.settings.doors.map(\.name).filter { door in
            turn.books.door(door).cycle == nil
                && turn.books.parcels.at(.door(door)).contains(where: \.needsRetrieval)
        }
    }

    static func open(_ door: DoorName, by session: Session, in turn: inout Turn) -> Bool {
        let parcels = turn.books.parcels.at(.door(door)).filter(\.needsRetrieval).map(\.waybill)
        guard WorkQueue.mayOpen(door, parcels, in: turn) else { return false }
        Retrievals.takeBack(parcels, from: door, by: session, in: &turn)
        return true
    }

    /// Also the shelf places, which no door shows.
    static func announce(opens: Bool, by session: Session, in turn: inout Turn) {
        let places = shelfPlaces(for: session, in: turn)
        guard !places.isEmpty else { return turn.answer(opens ? prompt : .nothingDue) }
        turn.answer(prompt, WorkQueue.named(places.map(\.rawValue)))
    }

    /// Shelf places with something to take back.
    static func shelfPlaces(for session: Session, in turn: borrowing Turn) -> [ShelfPlace] {
        turn.settings.shelfPlaces.filter { turn.books.parcels.at(.shelf($0)).contains(where: \.needsRetrieval) }
    }
}
