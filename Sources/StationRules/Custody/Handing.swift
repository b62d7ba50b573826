import LockerDomain
import StationBooks

/// A parcel is handed out: its door opens, or its recipient goes to the shelf; what waits elsewhere for them is next.
enum Handing {
    /// Hands out a parcel, of what came in parts the next, and names the others of its recipient.
    static func give(_ named: Waybill, by authority: Authority, in turn: inout Turn) {
        let waybill = Numbers.opened(byCodeOf: named, in: turn)
        guard let parcel = turn.books.parcels[waybill] else { return }
        let means = authority.means
        guard turn.storage != .failed else { return turn.reject(.storage, .storageFailed) }
        guard parcel.isInside || parcel.status == .collected, let place = parcel.place else {
            Codes.fail(means, .notStored, in: &turn)
            return turn.answer(.notStoredYet)
        }
        guard !parcel.isDoubtful || authority.person != nil else {
            Codes.fail(means, .contentsUnknown, in: &turn)
            return turn.answer(.codeAmbiguous)
        }
        switch place {
        case .shelf(let shelf):
            let by: ParcelCollected.Collector? = authority.collector == .delegate ? .delegate : nil
            turn.emit(
                .pickupAuthorised(
                    PickupAuthorised(waybill: waybill, place: place, means: means, by: by, delegate: authority.delegate)
                )
            )
            let isFollowed = follow(parcel, [waybill], authority, in: &turn)
            turn.answer(isFollowed ? .takeFromShelfMore : .takeFromShelf, shelf.rawValue)
        case .door(let name): open(name, for: parcel, by: authority, in: &turn)
        }
    }

    private static func open(_ name: DoorName, for parcel: Parcel, by authority: Authority, in turn: inout Turn) {
        let door = turn.books.door(name)
        guard door.cycle == nil else {
            Codes.fail(authority.means, .doorBusy, in: &turn)
            return turn.answer(.doorBusy, name.rawValue)
        }
        guard !door.isAbnormal else {
            Codes.fail(authority.means, .contentsUnknown, in: &turn)
            return turn.answer(.codeAmbiguous)
        }
        if parcel.status == .collected, parcel.reusableUntil <= turn.now.wall {
            guard Codes.mayReopen(parcel, in: turn) else { return Codes.tooLate(authority.means, in: &turn) }
            Unlocking.unlock(name, for: .reopen, of: [parcel.waybill], by: authority, in: &turn)
            return turn.answer(.takeOut, name.rawValue)
        }
        let waybills = together(with: parcel, behind: name, in: turn)
        let purpose: Purpose = authority.person == nil ? .pickup : .handOut
        Unlocking.unlock(name, for: purpose, of: waybills, by: authority, in: &turn)
        let isFollowed = follow(parcel, waybills, authority, in: &turn)
        turn.answer(isFollowed ? .takeOutMore : .takeOut, name.rawValue)
    }

    /// Any code of a recipient collects all that lies for them behind the door.
    private static func together(with parcel: Parcel, behind name: DoorName, in turn: borrowing Turn) -> [Waybill] {
        guard parcel.isInside, let key = parcel.recipientKey else { return [parcel.waybill] }
        let others = turn.books.parcels.at(.door(name)).filter {
            $0.recipientKey == key && $0.status == .stored && !$0.isDoubtful && $0.waybill != parcel.waybill
        }
        return [parcel.waybill] + others.map(\.waybill)
    }

    // MARK: The next place

    /// Remembers what waits elsewhere for the same recipient, or for those who let them take it. Returns whether any
    /// does.
    ///
    /// - Parameter given: what is handed out now.
    private static func follow(
        _ parcel: Parcel,
        _ given: [Waybill],
        _ authority: Authority,
        in turn: inout Turn
    ) -> Bool {
        // A relative goes on with the parcels of the others who let them.
        let asked = turn.questions[NextPlace.self]?.parcels ?? []
        let others = authority.isRelative ? asked : []
        turn.questions[NextPlace.self] = nil
        let key = parcel.recipientKey
        var rest = (key.map { turn.books.parcels.inside(of: $0) } ?? []).map(\.waybill)
        rest += turn.books.parcels.family(of: parcel.waybill).map(\.waybill).filter { !rest.contains($0) }
        rest += others.filter { !rest.contains($0) }
        rest = rest.filter { !given.contains($0) && Waiting.waits($0, in: turn) }
        var authority = authority
        if rest.isEmpty, let key, authority == .code || authority == .token {
            rest = Agents.delegatedParcels(toRelative: key, in: turn).filter { Waiting.waits($0, in: turn) }
            authority = .relative(key)
        }
        guard !rest.isEmpty else { return false }
        let until = turn.now.uptime + Limits.nextPlaceMilliseconds
        turn.questions[NextPlace.self] = NextPlace(parcels: rest, authority: authority, until: until)
        return true
    }

    /// Enter on the number pad, or the NEXT card: the next place of the same recipient.
    static func openNext(of asked: NextPlace, in turn: inout Turn) {
        guard let next = Waiting.followed(asked.parcels, in: turn), holds(asked.authority, in: turn) else {
            return turn.reject(.outOfContext, .nothingFollows)
        }
        // A door in use keeps its place in the row: Enter again opens it.
        turn.questions[NextPlace.self] = asked
        give(next, by: asked.authority, in: &turn)
    }

    /// The right of a badge ends with its session.
    private static func holds(_ authority: Authority, in turn: borrowing Turn) -> Bool {
        guard let person = authority.person else { return true }
        return turn.session?.person == person && turn.session?.proven == true
    }
}
