import LockerDomain
import StationBooks

/// Choice of a place: a door, else a shelf place, else none.
enum Placing {
    /// Where a parcel goes; `nil` when no place that fits is free. What is taken out of a place to be put elsewhere
    /// goes back there last.
    static func choosePlace(
        for parcel: Parcel,
        behindDoor mayLieBehindDoor: Bool,
        by session: Session? = nil,
        leaving old: Place? = nil,
        in turn: borrowing Turn
    ) -> Place? {
        let oldDoor: DoorName? = if case .door(let name)? = old { name } else { nil }
        if mayLieBehindDoor, let door = freeDoor(for: parcel, by: session, excluding: oldDoor, in: turn) {
            return .door(door)
        }
        // Nothing is kept cold there; fresh goods for which no chilled door is free lie there as they always did.
        if !parcel.chilled, let shelf = turn.shelves.firstFree(preferringNot: old) { return .shelf(shelf) }
        // Where it was is better than nowhere.
        guard mayLieBehindDoor, oldDoor != nil else { return nil }
        return freeDoor(for: parcel, by: nil, in: turn).map { .door($0) }
    }

    /// A door that stands open for, or holds, parcels of the same recipient; else the best free one.
    private static func freeDoor(
        for parcel: Parcel,
        by session: Session?,
        excluding: DoorName? = nil,
        in turn: borrowing Turn
    ) -> DoorName? {
        if let session, let shared = sharedDoor(for: parcel, by: session, in: turn) { return shared }
        let need = DoorChoice.Need(size: parcel.size, chilled: isCold(parcel, in: turn), reach: parcel.reach)
        return bestDoor(for: need, excluding: excluding, in: turn)
    }

    /// The best free door for what is needed.
    static func bestDoor(
        for need: DoorChoice.Need,
        excluding: DoorName? = nil,
        in turn: borrowing Turn
    ) -> DoorName? {
        let all = turn.site.doorsByCost
        let doors = excluding == nil ? all : all.filter { $0.name != excluding }
        let (book, contentsLost, wall) = (turn.books.doors, turn.books.contentsLost, turn.now.wall)
        return DoorChoice.best(for: need, among: doors) {
            book.isBarred($0)
        } state: {
            book.state(of: $0, contentsLost: contentsLost)
        }  // A door in whose reopen window the last recipient may still stand comes last.
        preferring: {
            $0.heldUntil <= wall
        }
    }

    // MARK: Doors that hold parcels of the same recipient

    private static func sharedDoor(
        for parcel: Parcel,
        by session: Session,
        in turn: borrowing Turn
    ) -> DoorName? {
        guard let key = parcel.recipientKey else { return nil }
        var candidates = turn.books.doors.busy
        for other in turn.books.parcels.inside(of: key) {
            if case .door(let name) = other.place { candidates.insert(name) }
        }
        for door in candidates.sorted() where canShare(door, with: parcel, of: key, by: session, in: turn) {
            return door
        }
        return nil
    }

    private static func canShare(
        _ name: DoorName,
        with parcel: Parcel,
        of key: String,
        by session: Session,
        in turn: borrowing Turn
    ) -> Bool {
        guard let door = turn.site.doors[name], door.chilled == isCold(parcel, in: turn),
            parcel.reach == nil || door.reach == parcel.reach
        else { return false }
        let known = turn.books.door(name)
        guard known.outOfService == nil else { return false }
        let inside = turn.books.parcels.at(.door(name))
        var others = inside
        if let cycle = known.cycle {
            // Still open for another parcel of the same recipient by the same person: no pulse is needed.
            guard cycle.purpose == .deposit, cycle.phase == .open, known.level == .open, !cycle.isDoubtful,
                cycle.authority == .badge(session.person)
            else { return false }
            for waybill in cycle.waybills { if let other = turn.books.parcels[waybill] { others.append(other) } }
        } else {
            // An occupied door opens only for a person with badge and PIN (DESIGN 4.4).
            guard session.proven, known.contents == .occupied, known.level == .closed, !inside.isEmpty
            else { return false }
        }
        guard !others.isEmpty, others.allSatisfy({ $0.recipientKey == key && $0.status != .refused }) else {
            return false
        }
        return others.reduce(parcel.size.units) { $0 + $1.size.units } <= door.size.units
    }
}
