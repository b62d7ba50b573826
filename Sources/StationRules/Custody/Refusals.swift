import LockerDomain
import StationBooks

/// A recipient refuses a parcel (拒收): it goes back behind its door, or to the shelf.
enum Refusals {
    // MARK: At the open door

    /// The recipient looked inside and puts it back: the door that stands open for them.
    static func refuse(in turn: inout Turn) {
        let open = turn.settings.doors.map(\.name).filter { Recipients.standsOpenForRecipient($0, in: turn) }
        guard let door = open.first, let cycle = turn.books.door(door).cycle else {
            return refuseFromShelf(in: &turn)
        }
        // With several doors nobody can see who refuses: the keeper sorts it out.
        guard open.count == 1 else { return turn.reject(.outOfContext, .askKeeper) }
        // Somebody else has just shut theirs and may mean that: the parcel in hand shows who refuses.
        let others = takenByOthers(than: cycle, in: turn)
        guard others.isEmpty else { return askWhich(others + cycle.waybills, in: &turn) }
        // With several parcels nobody can see which one stays: the scan of the parcel shows it, once it is out.
        guard cycle.waybills.count == 1 else { return turn.reject(.outOfContext, .refuseSeveral) }
        putBack(behind: door, cycle, in: &turn)
    }

    private static func putBack(behind door: DoorName, _ cycle: DoorCycle, in turn: inout Turn) {
        turn.emit(.doorPurposeChanged(DoorPurposeChanged(door: door, cycle: cycle.id, purpose: .putBack)))
        turn.answer(.putBack, door.rawValue)
    }

    /// What was taken within the last minute, unless by the person at the open door as far as the books can tell.
    private static func takenByOthers(than cycle: DoorCycle, in turn: borrowing Turn) -> [Waybill] {
        var own = Set(cycle.waybills.compactMap { turn.books.parcels[$0]?.recipientKey })
        if case .relative(let key?) = cycle.authority { own.insert(key) }
        let taken = (turn.recent.lastPickup?.parcels ?? []) + turn.recent.earlierPickups.map(\.waybill)
        return taken.filter {
            guard let parcel = turn.books.parcels[$0], parcel.status == .collected, !cycle.waybills.contains($0)
            else { return false }
            return turn.now.wall - parcel.changed < Limits.reopenMilliseconds
                && parcel.recipientKey.map { !own.contains($0) } ?? true
        }
    }

    // MARK: In hand

    /// The door is shut, or it was a shelf: the parcel is in hand. It is scanned, so that a card alone refuses nothing
    /// that somebody carries away.
    private static func refuseFromShelf(in turn: inout Turn) {
        turn.questions[WhichReported.self] = nil
        let taken = (turn.recent.lastPickup?.parcels ?? []).filter { mayPutBackOnShelf($0, in: turn) }
        guard !taken.isEmpty else { return turn.reject(.outOfContext, .refuseHow) }
        askWhich(taken, in: &turn)
    }

    /// The scan of the parcel itself is awaited.
    private static func askWhich(_ parcels: [Waybill], in turn: inout Turn) {
        let until = turn.now.uptime + Limits.followUpMilliseconds
        turn.questions[Refused.self] = Refused(parcels: parcels, until: until)
        turn.reject(.awaitsScan, .scanParcel)
    }

    private static func mayPutBackOnShelf(_ waybill: Waybill, in turn: borrowing Turn) -> Bool {
        guard let parcel = turn.books.parcels[waybill], parcel.status == .collected,
            turn.now.wall - parcel.changed < Limits.reopenMilliseconds
        else { return false }
        switch parcel.place {
        case .shelf: return true
        // Its door opens again by code alone, so it goes to the shelf, where nothing is kept cold.
        case .door: return !parcel.isCold && turn.shelves.firstFree != nil
        // Handed out over the counter.
        case nil: return !parcel.isCold && turn.shelves.firstFree != nil
        }
    }

    /// The refused parcel goes back to its place, else to a free one, else it stays with the keeper.
    static func putBackOnShelf(_ waybill: Waybill, in turn: inout Turn) {
        if let door = Unlocking.openingUnderWay(for: waybill, in: turn)?.door,
            Recipients.standsOpenForRecipient(door, in: turn), let cycle = turn.books.door(door).cycle
        {
            guard cycle.waybills.count == 1 else { return turn.reject(.outOfContext, .refuseSeveral) }
            return putBack(behind: door, cycle, in: &turn)
        }
        guard let parcel = turn.books.parcels[waybill], parcel.status == .collected, turn.storage != .failed,
            !parcel.isCold || parcel.place?.isShelf == true
        else { return turn.reject(.outOfContext, .askKeeper) }
        let own = parcel.place.flatMap { $0.isShelf && !turn.books.parcels.isTaken($0) ? $0 : nil }
        guard let free = own ?? turn.shelves.firstFree.map(Place.shelf) else {
            return turn.reject(.full, .askKeeper)
        }
        turn.emit(
            .parcelRefused(
                ParcelRefused(
                    waybill: waybill,
                    parties: parcel.parties,
                    direction: .inbound,
                    place: free,
                    evidence: .scanned,
                    doorOpenedAt: nil
                )
            )
        )
        turn.answer(.refusedShelf, free.description)
    }
}
