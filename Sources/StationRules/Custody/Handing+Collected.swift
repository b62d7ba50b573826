import LockerDomain
import StationBooks

/// What was handed out is taken.
extension Handing {
    static func collectFromShelf(_ parcel: Parcel, in turn: inout Turn) {
        guard let place = parcel.place else { return }
        let isToken = parcel.releasedBy == .token
        let authority: Authority =
            switch (parcel.isForDelegate, parcel.releasedTo) {
            case (true, .token(let id)): .delegation(id)
            case (true, .relative(let key)): .relative(key)
            case (true, _): isToken ? .delegation(nil) : .relative(nil)
            case (false, _): isToken ? .token : .code
            }
        collect(parcel, from: place, by: authority, evidence: .scanned, in: &turn)
        answerCollected(in: &turn)
    }

    /// What lies behind the door of a step is taken.
    static func collect(_ waybill: Waybill, _ step: Step, in turn: inout Turn) {
        guard let parcel = turn.books.parcels[waybill] else { return }
        collect(parcel, from: step.place, by: step.authority, evidence: step.evidence, in: &turn)
        answerCollected(in: &turn)
    }

    /// The person who has to pay hears how much: for all that was just taken, since the last answer is the one that
    /// stays.
    static func answerCollected(in turn: inout Turn) {
        let fen = turn.events.reduce(0) { sum, event in
            if case .parcelCollected(let fact) = event { sum + (fact.fee?.fen ?? 0) } else { sum }
        }
        guard fen > 0 else { return turn.answer(.collected) }
        let cents = fen % 100
        turn.answer(.collectedFee, "\(fen / 100).\(cents < 10 ? "0" : "")\(cents)")
    }

    static func collect(
        _ parcel: Parcel,
        from place: Place,
        by authority: Authority,
        evidence: Evidence,
        in turn: inout Turn
    ) {
        var fact = ParcelCollected(
            parcel,
            from: place,
            by: authority.collector,
            means: authority.means,
            evidence: evidence
        )
        fact.doorOpenedAt = Unlocking.seenOpen(at: place, in: turn)
        fact.person = authority.person
        // The person whose code works again for a day heard of the fee already.
        fact.fee = parcel.status == .collected ? nil : fee(of: parcel, in: turn)
        fact.delegate = authority.delegate
        turn.emit(.parcelCollected(fact))
        remember(parcel, in: &turn)
        // A person whose first parcel is just taken goes on to the next from here.
        let uptime = turn.now.uptime
        if let next = turn.questions[NextPlace.self], let until = next.until, until >= uptime,
            next.authority == authority || next.authority.isRelative
        {
            turn.questions[NextPlace.self]?.until = uptime + Limits.nextPlaceMilliseconds
        }
    }

    /// A door may have stood open for long: what was taken before that is not what was just taken.
    private static func remember(_ parcel: Parcel, in turn: inout Turn) {
        let now = turn.now
        let last = turn.recent.lastPickup.flatMap { $0.until >= now.uptime ? $0 : nil }
        let earlier = (last?.parcels ?? []).filter {
            guard let other = turn.books.parcels[$0], other.waybill != parcel.waybill else { return false }
            return other.changed == now.wall || other.recipientKey != nil && other.recipientKey == parcel.recipientKey
        }
        if let last {
            let others = last.parcels.filter { !earlier.contains($0) && $0 != parcel.waybill }
            turn.recent.earlierPickups += others.map { ($0, last.until) }
        }
        turn.recent.lastPickup = (earlier + [parcel.waybill], now.uptime + Limits.lastPickupMilliseconds)
    }

    /// Nothing is charged for a darkness that is not reckoned yet.
    private static func fee(of parcel: Parcel, in turn: borrowing Turn) -> Fee? {
        guard turn.books.darkness.openSince == nil, !turn.books.isUnreckoned(parcel.waybill) else { return nil }
        return turn.settings.policy.fee(of: parcel, at: turn.now)
    }
}
