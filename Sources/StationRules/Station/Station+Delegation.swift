import LockerDomain
import StationBooks

extension Station {
    func isDelegated(_ parcel: Parcel, to person: String) -> Bool {
        guard parcel.status == .stored, !parcel.isDoubtful, let key = parcel.recipientKey,
            let delegation = state.delegations[key]
        else { return false }
        return delegation.delegate == .agent(person) && delegation.until > trustedNow
    }

    /// Doors behind which an agent's villagers have parcels, in the order of their names.
    func doorsDelegated(to person: String) -> [DoorName] {
        settings.doors.map(\.name).filter { door in
            state.door(door).cycle == nil
                && state.parcels.at(.door(door)).contains { isDelegated($0, to: person) }
        }
    }

    /// Parcels of villagers who let this relative take them.
    func delegatedParcels(toRelative key: String) -> [Waybill] {
        let villagers = state.delegations.filter { $0.value.delegate == .relative(key) && $0.value.until > trustedNow }
        return villagers.keys.sorted().flatMap { state.parcels.inside(of: $0) }.filter { $0.status == .stored }
            .map(\.waybill)
    }

    /// An agent takes a parcel from the shelf for a villager.
    mutating func takeForVillager(_ waybill: Waybill, by session: Session, from source: TextSource) {
        guard let parcel = state.parcels[waybill], isDelegated(parcel, to: session.person), let place = parcel.place
        else { return reject(waybill, .outOfContext, .notDelegated, from: source) }
        guard case .shelf = place else { return reject(waybill, .outOfContext, .notHere, from: source) }
        guard session.proven else { return reject(waybill, .needsPIN, .needsPIN, from: source) }
        handToAgent(parcel, from: place, by: session.person, evidence: .scanned)
        answer(.handedToAgent)
    }

    mutating func handToAgent(_ parcel: Parcel, from place: Place, by person: String, evidence: Evidence) {
        emit(
            .parcelHandedToAgent(
                ParcelHandedToAgent(
                    waybill: parcel.waybill,
                    parties: parcel.parties,
                    direction: .inbound,
                    place: place,
                    person: person,
                    evidence: evidence,
                    doorOpenedAt: seenOpen(at: place)
                )
            )
        )
    }

    /// The agent brought it to the recipient: the end of the custody chain.
    mutating func deliver(_ waybill: Waybill, by session: Session, from source: TextSource) {
        guard let parcel = state.parcels[waybill], parcel.status == .withAgent, parcel.holder == session.person,
            let place = parcel.place
        else { return reject(waybill, .outOfContext, .notDelegated, from: source) }
        delivered(parcel, from: place, by: session, evidence: .scanned)
        answer(.delivered)
    }

    /// The label is at the recipient's home by now: their phone names all that the agent had for them.
    mutating func deliver(lastFour digits: String, by session: Session, from source: TextSource) {
        touchSession()
        let held = parcelsHeld(by: session.person).filter { $0.lastFour == digits }
        guard !held.isEmpty, areOfOne(held) else {
            let answer: Answer.ID = held.isEmpty ? .notDelegated : .severalPeople
            return reject(.outOfContext, answer, from: source, length: digits.utf8.count, text: nil)
        }
        for parcel in held {
            guard let place = parcel.place else { continue }
            delivered(parcel, from: place, by: session, evidence: .stated)
        }
        answer(.delivered)
    }

    /// Who has one parcel alone need not name it: NEXT says that it is there.
    mutating func askDelivered(by session: Session) {
        let held = parcelsHeld(by: session.person)
        guard let only = held.first, held.count == 1 else { return answer(Work.delivered.answer) }
        dialogue.delivery = (only.waybill, session.id, now.uptime + Limits.followUpMilliseconds)
        answer(.askDelivered)
    }

    /// NEXT after the question. Returns whether there was one.
    mutating func deliverAsked() -> Bool {
        guard let delivery = dialogue.delivery, let session = state.session, session.id == delivery.session,
            let parcel = state.parcels[delivery.waybill], parcel.status == .withAgent,
            parcel.holder == session.person, let place = parcel.place
        else { return false }
        dialogue.delivery = nil
        touchSession()
        delivered(parcel, from: place, by: session, evidence: .stated)
        answer(.delivered)
        return true
    }

    /// What an agent has in custody, by waybill.
    private func parcelsHeld(by person: String) -> [Parcel] {
        state.parcels.withAgents.filter { $0.holder == person }
    }

    private mutating func delivered(_ parcel: Parcel, from place: Place, by session: Session, evidence: Evidence) {
        var fact = ParcelCollected(parcel, from: place, by: .delegate, means: .badge, evidence: evidence)
        fact.person = session.person
        // No fee: keeping ended when the agent took it, and who would have to pay is not here to hear of it.
        fact.delegate = .agent(session.person)
        emit(.parcelCollected(fact))
    }

    /// The keeper records or ends a delegation; a parcel names the villager, a badge or another parcel the delegate.
    mutating func delegate(_ waybill: Waybill, by session: Session, from source: TextSource) {
        guard let parcel = state.parcels[waybill], let key = parcel.recipientKey else {
            return reject(waybill, .outOfContext, .notHere, from: source)
        }
        if session.work == .withdraw { return withdraw(from: key, by: session, from: source) }
        let villager = session.villager.flatMap { state.parcels[$0]?.recipientKey }
        guard let villager else {
            emit(.sessionNoted(SessionNoted(session: session.id, note: .villager, value: waybill.rawValue)))
            return answer(session.work == .delegateAgent ? .scanAgentBadge : .scanRelative)
        }
        guard session.work == .delegateRelative, key != villager else {
            let asked: Answer.ID = session.work == .delegateAgent ? .scanAgentBadge : .scanRelative
            return reject(waybill, .outOfContext, asked, from: source)
        }
        record(.relative(key), for: villager, by: session, from: source)
    }

    /// Also where nothing is on record: the county's tokens are not known here before somebody shows one.
    private mutating func withdraw(from key: String, by session: Session, from source: TextSource) {
        emit(.delegateWithdrawn(DelegateWithdrawn(recipientKey: key, person: session.person)))
        answer(.delegationEnded)
    }

    /// WITHDRAW for a villager for whom nothing waits: any parcel in the books tells whose digits these are.
    mutating func withdraw(lastFour digits: String, by session: Session, from source: TextSource) {
        touchSession()
        let keys = Set(state.parcels.of(lastFour: digits).compactMap(\.recipientKey))
        guard let key = keys.first, keys.count == 1 else {
            let answer: Answer.ID = keys.isEmpty ? .notDelegated : .severalPeople
            return reject(.outOfContext, answer, from: source, length: digits.utf8.count, text: nil)
        }
        withdraw(from: key, by: session, from: source)
    }

    /// Whether the villager took it back. A token that does not say when it was made may be older than that.
    func isWithdrawn(_ token: Token, by recipient: String) -> Bool {
        guard let since = state.withdrawals?[recipient] else { return false }
        guard since > 0, let issued = token.issued else { return true }
        return Int64(issued) * 1_000 <= since
    }

    /// A badge that is scanned while the keeper records an agent. Returns whether it was taken so.
    mutating func recordAgent(_ badge: Token, from source: TextSource) -> Bool {
        guard let session = state.session, session.work == .delegateAgent,
            let villager = session.villager.flatMap({ state.parcels[$0]?.recipientKey }),
            badge.grants & Role.agent.grant != 0, !isPast(badge.expiry), !livesTooLong(badge),
            !state.revokedBadges.contains(badge.idText)
        else { return false }
        touchSession()
        record(.agent(Hex.encode(badge.subject)), for: villager, by: session, from: source)
        return true
    }

    private mutating func record(
        _ delegate: Delegate,
        for villager: String,
        by session: Session,
        from source: TextSource
    ) {
        guard state.delegations.count < Limits.delegationsMax || state.delegations[villager] != nil else {
            return reject(.full, .full, from: source, length: 0, text: nil)
        }
        // A villager has one delegation: the journal says when the one before ended.
        let before = state.delegations[villager].flatMap { $0.until > trustedNow ? $0.delegate : nil }
        let isReplaced = before.map { $0 != delegate } ?? false
        if isReplaced {
            let fact = DelegateWithdrawn(recipientKey: villager, person: session.person, replaced: true)
            emit(.delegateWithdrawn(fact))
        }
        let until = trustedNow + Limits.delegationDays * 86_400_000
        emit(
            .delegateRecorded(
                DelegateRecorded(recipientKey: villager, delegate: delegate, until: until, person: session.person)
            )
        )
        emit(.sessionNoted(SessionNoted(session: session.id, note: .villager, value: nil)))
        answer(isReplaced ? .delegatedInstead : .delegated)
    }
}
