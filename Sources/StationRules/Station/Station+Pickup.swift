import LockerDomain
import StationBooks

extension Station {
    mutating func pickUp(byCode code: PickupCode, from source: TextSource) {
        guard state.codeLock.remaining(at: now) == 0 else { return refuseLocked(.code, from: source) }
        guard credentials != nil else {
            return reject(.notEnrolled, .notEnrolled, from: source, length: Limits.codeDigits, text: nil)
        }
        // Announced parcels count too: a code that fits two opens neither (DESIGN 4.4).
        let fitting = codes.waybills(for: code).filter { answersToCodes($0) }
        let sent = codes.shipments(for: code).filter { isWithItsSender($0) }
        guard let first = fitting.first else {
            guard let shipment = sent.first else {
                let isKnown = codes.waybills(for: code).contains { state.parcels[$0] != nil }
                // A shipment's code is right, and the keeper has it in hand.
                if isKnown || codes.shipments(for: code).contains(where: { isAtCounter($0) }) {
                    return tooLate(.code, from: source)
                }
                return wrongCode(.noMatch, .wrongCode, from: source)
            }
            guard sent.count == 1 else { return wrongCode(.ambiguous, .codeAmbiguous, from: source) }
            return takeBack(shipment, by: .sender, from: source)
        }
        guard sent.isEmpty else { return wrongCode(.ambiguous, .codeAmbiguous, from: source) }
        let isSuspicious = state.codeLock.asksLastFour(at: now)
        let asks = fitting.count > 1 || isSuspicious || settings.policy.asksLastFour
        guard asks else { return handOut(first, by: .code, from: source) }
        let known = fitting.filter { !lastFours(ofCode: $0).isEmpty }
        guard !known.isEmpty else {
            // Nobody's phone is known: the policy cannot ask, a guesser and two recipients need the keeper.
            if fitting.count == 1, !isSuspicious { return handOut(first, by: .code, from: source) }
            return wrongCode(.ambiguous, .codeAmbiguous, from: source)
        }
        dialogue.challenge = (known, now.uptime + Limits.followUpMilliseconds)
        emit(.pickupFailed(PickupFailed(means: .code, reason: .asksLastFour, device: source.device)))
        answer(.askLastFour)
    }

    /// The last four digits decide between parcels, or prove who typed.
    mutating func answerChallenge(_ digits: String, from source: TextSource) {
        guard state.codeLock.remaining(at: now) == 0 else { return refuseLocked(.code, from: source) }
        let named = dialogue.challenge?.parcels.filter { lastFours(ofCode: $0).contains(digits) } ?? []
        dialogue.challenge = nil
        // Since the code was typed somebody else may have taken it, and another parcel may lie there.
        let fitting = named.filter { answersToCodes($0) }
        guard fitting.count == 1 else {
            if fitting.isEmpty, !named.isEmpty { return tooLate(.code, from: source) }
            return wrongCode(fitting.isEmpty ? .noMatch : .ambiguous, .wrongCode, from: source)
        }
        handOut(fitting[0], by: .code, from: source)
    }

    mutating func pickUp(byToken token: Token, from source: TextSource) {
        guard !isPast(token.expiry) else {
            return reject(.expired, .pickupExpired, from: source, length: 0, text: nil)
        }
        if token.kind == .delegation {
            let recipient = codes.recipient(forSubject: token.subject)
            if let recipient, isWithdrawn(token, by: recipient) {
                return reject(.expired, .pickupExpired, from: source, length: 0, text: nil)
            }
            // What is being taken out already, or waits to be scanned out of its shelf, is not named again.
            let theirs = recipient.map { state.parcels.inside(of: $0) + state.parcels.lingering(of: $0) } ?? []
            guard let parcel = openedNext(of: theirs) else { return noParcel(from: source) }
            return handOut(parcel.waybill, by: .delegation(token.idText), from: source)
        }
        guard let waybill = codes.waybill(forSubject: token.subject), state.parcels[waybill] != nil else {
            return noParcel(from: source)
        }
        guard answersToCodes(waybill) else { return tooLate(.token, from: source) }
        handOut(waybill, by: .token, from: source)
    }

    /// A token that the county or the station made, of nothing that is here.
    private mutating func noParcel(from source: TextSource) {
        emit(.pickupFailed(PickupFailed(means: .token, reason: .noMatch, device: source.device)))
        answer(.nothingWaits)
    }

    /// The right code of a parcel that is not to be fetched any more: no guess, and nothing that opens.
    private mutating func tooLate(_ means: Means, from source: TextSource) {
        emit(.pickupFailed(PickupFailed(means: means, reason: .notStored, device: source.device)))
        answer(.askKeeper)
    }

    private func answersToCodes(_ waybill: Waybill) -> Bool {
        state.parcels[opened(byCodeOf: waybill)].map { answersToCodes($0) } ?? false
    }

    func answersToCodes(_ parcel: Parcel) -> Bool {
        switch parcel.status {
        case .expected, .received, .stored: return true
        case .collected: return isReusable(parcel) || mayReopen(parcel)
        case .inParts, .withAgent, .refused, .retrieved, .returned, .missing, .lost: return false
        }
    }

    /// Of what was collected and still answers to its code: for a minute the one whose door was shut last, then of those
    /// that nobody saw leave the one that was opened longest ago, so that the code typed again and again opens each.
    func openedAgain(of fetched: [Parcel]) -> Parcel? {
        func isBefore(_ one: Parcel, _ other: Parcel) -> Bool {
            (one.changed, one.waybill) < (other.changed, other.waybill)
        }
        let shut = fetched.filter { mayReopen($0) && !isShutAway($0) }
        if let last = shut.max(by: isBefore) { return last }
        let unseen = fetched.filter(isReusable)
        for isIt in [opensWell, mayOpen] { if let first = unseen.filter(isIt).min(by: isBefore) { return first } }
        return fetched.max(by: isBefore)
    }

    /// After a pickup that nobody saw the code works on for a day (DESIGN rule 8).
    func isReusable(_ parcel: Parcel) -> Bool { parcel.status == .collected && parcel.reusableUntil > now.wall }

    /// The door was shut on the parcel: the same code opens it again, twice within a minute (DESIGN 4.4).
    private func mayReopen(_ parcel: Parcel) -> Bool {
        guard parcel.reopenUntil > now.wall, parcel.reopens < Limits.reopensMax, case .door(let name) = parcel.place
        else { return false }
        // Something of somebody else may lie there meanwhile; after a step that nobody saw, nobody knows.
        return !state.parcels.isTaken(.door(name)) && state.door(name).contents == .empty
            && !state.shipments.values.contains { $0.isInside && $0.place == .door(name) }
    }

    /// Hands out a parcel, of what came in parts the next, and names the others of its recipient.
    mutating func handOut(_ named: Waybill, by authority: Authority, from source: TextSource) {
        let waybill = opened(byCodeOf: named)
        guard let parcel = state.parcels[waybill] else { return }
        let means = authority.means
        guard storage != .failed else { return reject(.storage, .storageFailed, from: source, length: 0, text: nil) }
        guard parcel.isInside || parcel.status == .collected, let place = parcel.place else {
            emit(.pickupFailed(PickupFailed(means: means, reason: .notStored, device: source.device)))
            return answer(.notStoredYet)
        }
        guard !parcel.isDoubtful || authority.person != nil else {
            emit(.pickupFailed(PickupFailed(means: means, reason: .contentsUnknown, device: source.device)))
            return answer(.codeAmbiguous)
        }
        switch place {
        case .shelf(let shelf):
            let by: ParcelCollected.Collector? = authority.collector == .delegate ? .delegate : nil
            emit(
                .pickupAuthorised(
                    PickupAuthorised(waybill: waybill, place: place, means: means, by: by, delegate: authority.delegate)
                )
            )
            answer(follow(parcel, [waybill], authority) ? .takeFromShelfMore : .takeFromShelf, shelf.rawValue)
        case .door(let name): open(name, for: parcel, by: authority, from: source)
        }
    }

    private mutating func open(_ name: DoorName, for parcel: Parcel, by authority: Authority, from source: TextSource) {
        let door = state.door(name)
        guard door.cycle == nil else {
            emit(.pickupFailed(PickupFailed(means: authority.means, reason: .doorBusy, device: source.device)))
            return answer(.doorBusy, name.rawValue)
        }
        guard !door.isAbnormal else {
            emit(.pickupFailed(PickupFailed(means: authority.means, reason: .contentsUnknown, device: source.device)))
            return answer(.codeAmbiguous)
        }
        if parcel.status == .collected, parcel.reusableUntil <= now.wall {
            guard mayReopen(parcel) else { return tooLate(authority.means, from: source) }
            unlock(name, for: .reopen, of: [parcel.waybill], by: authority)
            return answer(.takeOut, name.rawValue)
        }
        let waybills = together(with: parcel, behind: name)
        unlock(name, for: authority.person == nil ? .pickup : .handOut, of: waybills, by: authority)
        answer(follow(parcel, waybills, authority) ? .takeOutMore : .takeOut, name.rawValue)
    }

    /// Any code of a recipient collects all that lies for them behind the door.
    private func together(with parcel: Parcel, behind name: DoorName) -> [Waybill] {
        guard parcel.isInside, let key = parcel.recipientKey else { return [parcel.waybill] }
        let others = state.parcels.at(.door(name)).filter {
            $0.recipientKey == key && $0.status == .stored && !$0.isDoubtful && $0.waybill != parcel.waybill
        }
        return [parcel.waybill] + others.map(\.waybill)
    }

    /// Remembers what waits elsewhere for the same recipient, or for those who let them take it. Returns whether any does.
    private mutating func follow(_ parcel: Parcel, _ now: [Waybill], _ authority: Authority) -> Bool {
        // A relative goes on with the parcels of the others who let them.
        let others = authority.isRelative ? dialogue.followUp?.parcels ?? [] : []
        dialogue.followUp = nil
        let key = parcel.recipientKey
        var rest = (key.map { state.parcels.inside(of: $0) } ?? []).map(\.waybill)
        rest += state.parcels.family(of: parcel.waybill).map(\.waybill).filter { !rest.contains($0) }
        rest += others.filter { !rest.contains($0) }
        rest.removeAll { now.contains($0) || !waits($0) }
        var authority = authority
        if rest.isEmpty, let key, authority == .code || authority == .token {
            rest = delegatedParcels(toRelative: key).filter { waits($0) }
            authority = .relative(key)
        }
        guard !rest.isEmpty else { return false }
        dialogue.followUp = (rest, authority, self.now.uptime + Limits.nextPlaceMilliseconds)
        return true
    }

    /// Enter on the number pad, or the NEXT card: the next place of the same recipient, the next door of an audit.
    mutating func openFollowUp(from source: TextSource) {
        guard let (parcels, authority, _) = dialogue.followUp, let next = followed(parcels), holds(authority) else {
            dialogue.followUp = nil
            return reject(.outOfContext, .nothingFollows, from: source, length: 0, text: nil)
        }
        // A door in use keeps its place in the row: Enter again opens it.
        handOut(next, by: authority, from: source)
    }

    /// What only a support code opens, or what stuck just now, does not keep the rest of the row shut.
    private func followed(_ parcels: [Waybill]) -> Waybill? {
        let waiting = parcels.filter(waits).compactMap { state.parcels[$0] }
        let free = waiting.filter { !isShutAway($0) }
        let next = free.first(where: opensWell) ?? free.first { !isStuck($0) }
        return (next ?? free.first ?? waiting.first)?.waybill
    }

    func waits(_ waybill: Waybill) -> Bool {
        guard let parcel = state.parcels[waybill] else { return false }
        return parcel.status == .stored && !parcel.isDoubtful && openingUnderWay(for: waybill) == nil
    }

    /// Whether a code may open it now: it waits, and nobody was sent to its shelf already.
    func isNext(_ parcel: Parcel) -> Bool { waits(parcel.waybill) && parcel.releasedUntil <= now.wall }

    /// Behind a door that nothing opens but a support code.
    func isShutAway(_ parcel: Parcel) -> Bool {
        guard case .door(let name) = parcel.place else { return false }
        return state.door(name).isAbnormal
    }

    /// Whether its place can be opened at this moment.
    func mayOpen(_ parcel: Parcel) -> Bool {
        guard case .door(let name) = parcel.place else { return true }
        return state.door(name).cycle == nil && !state.door(name).isAbnormal
    }

    /// Whether it can, and nothing says that the door sticks.
    func opensWell(_ parcel: Parcel) -> Bool { mayOpen(parcel) && !isStuck(parcel) }

    private func isStuck(_ parcel: Parcel) -> Bool {
        guard case .door(let name) = parcel.place else { return false }
        return state.door(name).outOfService != nil || dialogue.stuck.contains { $0.door == name }
    }

    /// The right of a badge ends with its session.
    private func holds(_ authority: Authority) -> Bool {
        guard let person = authority.person else { return true }
        return state.session?.person == person && state.session?.proven == true
    }

    mutating func collectFromShelf(_ parcel: Parcel) {
        guard let place = parcel.place else { return }
        let isToken = parcel.releasedBy == .token
        let authority: Authority =
            switch (parcel.isForDelegate, parcel.releasedTo) {
            case (true, .token(let id)): .delegation(id)
            case (true, .relative(let key)): .relative(key)
            case (true, _): isToken ? .delegation(nil) : .relative(nil)
            case (false, _): isToken ? .token : .code
            }
        collect(parcel, from: place, by: authority, evidence: .scanned)
        answerCollected()
    }

    /// Who has to pay hears how much: for all that was just taken, since the last answer is the one that stays.
    mutating func answerCollected() {
        let fen = decision.events.reduce(0) { sum, event in
            if case .parcelCollected(let fact) = event { sum + (fact.fee?.fen ?? 0) } else { sum }
        }
        guard fen > 0 else { return answer(.collected) }
        let cents = fen % 100
        answer(.collectedFee, "\(fen / 100).\(cents < 10 ? "0" : "")\(cents)")
    }

    mutating func collect(_ parcel: Parcel, from place: Place, by authority: Authority, evidence: Evidence) {
        var fact = ParcelCollected(
            parcel,
            from: place,
            by: authority.collector,
            means: authority.means,
            evidence: evidence
        )
        fact.doorOpenedAt = seenOpen(at: place)
        fact.person = authority.person
        // Whose code works again for a day was told of the fee already.
        fact.fee = parcel.status == .collected ? nil : fee(of: parcel)
        fact.delegate = authority.delegate
        emit(.parcelCollected(fact))
        // A door may have stood open for long: what was taken before that is not what was just taken.
        let last = dialogue.lastPickup.flatMap { $0.until >= now.uptime ? $0 : nil }
        let earlier = (last?.parcels ?? []).filter {
            guard let other = state.parcels[$0], other.waybill != parcel.waybill else { return false }
            return other.changed == now.wall || other.recipientKey != nil && other.recipientKey == parcel.recipientKey
        }
        if let last {
            let others = last.parcels.filter { !earlier.contains($0) && $0 != parcel.waybill }
            dialogue.earlierPickups += others.map { ($0, last.until) }
        }
        dialogue.lastPickup = (earlier + [parcel.waybill], now.uptime + Limits.lastPickupMilliseconds)
        // Whose first parcel is just taken goes on to the next from here.
        if let followUp = dialogue.followUp, followUp.until >= now.uptime,
            followUp.authority == authority
                || followUp.authority.isRelative
        {
            dialogue.followUp?.until = now.uptime + Limits.nextPlaceMilliseconds
        }
    }

    /// Nothing is charged for a darkness that is not reckoned yet.
    private func fee(of parcel: Parcel) -> Fee? {
        guard state.darkness.openSince == nil, !state.isUnreckoned(parcel.waybill) else { return nil }
        return settings.policy.fee(of: parcel, at: now)
    }

    /// When the door of this opening was seen open; an earlier opening is another recording.
    func seenOpen(at place: Place) -> Int64? {
        guard case .door(let name) = place, state.door(name).cycle?.phase == .open else { return nil }
        return state.door(name).openedAt
    }

    mutating func wrongCode(_ reason: PickupFailed.Reason, _ answerID: Answer.ID, from source: TextSource) {
        let lock = state.codeLock.lockAfterOneMore(at: now, isDoubtful: state.isDoubtful)
        emit(.pickupFailed(PickupFailed(means: .code, reason: reason, device: source.device)))
        guard let lock else {
            // The parcel may be one that the station has lost sight of.
            return answer(state.isDoubtful && answerID == .wrongCode ? .askKeeper : answerID)
        }
        emit(.pickupLockedOut(PickupLockedOut(lockMilliseconds: lock)))
        answer(.locked, minutes(lock))
    }

    mutating func refuseLocked(_ means: Means, from source: TextSource) {
        emit(.pickupFailed(PickupFailed(means: means, reason: .locked, device: source.device)))
        let lock = means == .badge ? state.pinLock : state.codeLock
        answer(.locked, minutes(lock?.remaining(at: now) ?? 0))
    }

    private func minutes(_ milliseconds: Int64) -> String { String((milliseconds + 59_999) / 60_000) }
}
