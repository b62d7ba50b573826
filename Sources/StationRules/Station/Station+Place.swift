import LockerDomain
import StationBooks

/// Choice of a place: a door, else a shelf place, else none.
extension Station {
    /// Where a parcel goes; `nil` when no place that fits is free. What is taken out of a place to be put elsewhere goes
    /// back there last.
    func choosePlace(
        for parcel: Parcel,
        behindDoor mayLieBehindDoor: Bool,
        by session: Session? = nil,
        leaving old: Place? = nil
    ) -> Place? {
        let oldDoor: DoorName? = if case .door(let name)? = old { name } else { nil }
        if mayLieBehindDoor, let door = freeDoor(for: parcel, by: session, excluding: oldDoor) { return .door(door) }
        // Nothing is kept cold there; fresh goods for which no chilled door is free lie there as they always did.
        if !parcel.chilled, let shelf = shelves.firstFree(preferringNot: old) { return .shelf(shelf) }
        // Where it was is better than nowhere.
        guard mayLieBehindDoor, oldDoor != nil else { return nil }
        return freeDoor(for: parcel, by: nil).map { .door($0) }
    }

    // MARK: Doors

    /// A door that stands open for, or holds, parcels of the same recipient; else the best free one.
    private func freeDoor(for parcel: Parcel, by session: Session?, excluding: DoorName? = nil) -> DoorName? {
        if let session, let shared = sharedDoor(for: parcel, by: session) { return shared }
        let need = DoorChoice.Need(size: parcel.size, chilled: isCold(parcel), reach: parcel.reach)
        return bestDoor(for: need, excluding: excluding)
    }

    func bestDoor(for need: DoorChoice.Need, excluding: DoorName? = nil) -> DoorName? {
        let doors = excluding == nil ? doorsByCost : doorsByCost.filter { $0.name != excluding }
        // Closures over the station would copy all of it.
        let (book, contentsLost, wall) = (state.doors, state.contentsLost, now.wall)
        return DoorChoice.best(for: need, among: doors) {
            book.isBarred($0)
        } state: {
            book.state(of: $0, contentsLost: contentsLost)
        }  // A door in whose reopen window the last recipient may still stand comes last.
        preferring: {
            $0.heldUntil <= wall
        }
    }

    private func sharedDoor(for parcel: Parcel, by session: Session) -> DoorName? {
        guard let key = parcel.recipientKey else { return nil }
        var candidates = state.doors.busy
        for other in state.parcels.inside(of: key) {
            if case .door(let name) = other.place { candidates.insert(name) }
        }
        for door in candidates.sorted() where canShare(door, with: parcel, of: key, by: session) { return door }
        return nil
    }

    private func canShare(_ name: DoorName, with parcel: Parcel, of key: String, by session: Session) -> Bool {
        guard let door = doorSettings[name], door.chilled == isCold(parcel),
            parcel.reach == nil || door.reach == parcel.reach
        else { return false }
        let known = state.door(name)
        guard known.outOfService == nil else { return false }
        let inside = state.parcels.at(.door(name))
        var others = inside
        if let cycle = known.cycle {
            // Still open for another parcel of the same recipient by the same person: no pulse is needed.
            guard cycle.purpose == .deposit, cycle.phase == .open, known.level == .open, !cycle.isDoubtful,
                cycle.authority == Authority.badge(session.person).text
            else { return false }
            for waybill in cycle.waybills { if let other = state.parcels[waybill] { others.append(other) } }
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

    // MARK: What may lie there

    /// As the courier declared it: by the card before this scan, or when it came with its bag.
    func asDeclared(_ known: Parcel, in session: Session) -> Parcel {
        var parcel = known
        let isInHand = known.status == .received
        parcel.exception = session.exception ?? (isInHand ? known.exception : nil)
        if !isInHand { parcel.isKeptCold = nil }
        return parcel
    }

    /// A parcel that was taken in already: what was declared of it then still counts, and so does what a manifest that
    /// came later says of its consent.
    func mayLieBehindDoor(_ parcel: Parcel) -> Bool {
        guard parcel.consent != .none || settings.policy.withoutConsent != .refuse else { return false }
        return mayLieInLocker(parcel)
    }

    /// Damaged goods and those of another weight may not lie in a locker; fresh and valuable ones only as agreed with
    /// the sender (令2019-16, DOMAIN 2.1).
    func mayLieInLocker(_ parcel: Parcel) -> Bool {
        switch parcel.exception {
        case nil: true
        case .damaged, .weight: false
        case .fresh, .valuable: parcel.senderAgreement
        }
    }

    /// Fresh goods that may lie in a locker are kept cold where the station can (DOMAIN 1.5).
    private func isCold(_ parcel: Parcel) -> Bool { parcel.isCold || isFresh(parcel) }

    private func isFresh(_ parcel: Parcel) -> Bool {
        hasChilledDoors && parcel.exception == .fresh && parcel.senderAgreement
    }

    /// Whether it is held as chilled goods from here on, though no manifest says so.
    func isTakenAsChilled(_ parcel: Parcel) -> Bool { !parcel.chilled && isFresh(parcel) }
}
