import LockerDomain
import StationBooks

/// Delegations (代取): agents and relatives who take parcels for villagers, and what an agent has in custody.
enum Agents {
    // MARK: What is delegated

    static func isDelegated(_ parcel: Parcel, to person: String, in turn: borrowing Turn) -> Bool {
        guard parcel.status == .stored, !parcel.isDoubtful, let key = parcel.recipientKey,
            let delegation = turn.books.delegations[key]
        else { return false }
        return delegation.delegate == .agent(person) && delegation.until > turn.trustedNow
    }

    /// Doors behind which an agent's villagers have parcels, in the order of their names.
    static func doorsDelegated(to person: String, in turn: borrowing Turn) -> [DoorName] {
        turn.settings.doors.map(\.name).filter { door in
            turn.books.door(door).cycle == nil
                && turn.books.parcels.at(.door(door)).contains { isDelegated($0, to: person, in: turn) }
        }
    }

    /// Parcels of villagers who let this relative take them.
    static func delegatedParcels(toRelative key: String, in turn: borrowing Turn) -> [Waybill] {
        let trustedNow = turn.trustedNow
        let villagers = turn.books.delegations.filter {
            $0.value.delegate == .relative(key) && $0.value.until > trustedNow
        }
        return villagers.keys.sorted().flatMap { turn.books.parcels.inside(of: $0) }.filter { $0.status == .stored }
            .map(\.waybill)
    }

    // MARK: Custody

    static func handToAgent(
        _ parcel: Parcel,
        from place: Place,
        by person: String,
        evidence: Evidence,
        in turn: inout Turn
    ) {
        let openedAt = Unlocking.seenOpen(at: place, in: turn)
        turn.emit(
            .parcelHandedToAgent(
                ParcelHandedToAgent(
                    waybill: parcel.waybill,
                    parties: parcel.parties,
                    direction: .inbound,
                    place: place,
                    person: person,
                    evidence: evidence,
                    doorOpenedAt: openedAt
                )
            )
        )
    }

    /// What an agent has in custody, by waybill.
    static func parcelsHeld(by person: String, in turn: borrowing Turn) -> [Parcel] {
        turn.books.parcels.withAgents.filter { $0.holder == person }
    }

    /// The agent brought it to the recipient: the end of the custody chain.
    static func delivered(
        _ parcel: Parcel,
        from place: Place,
        by session: Session,
        evidence: Evidence,
        in turn: inout Turn
    ) {
        var fact = ParcelCollected(parcel, from: place, by: .delegate, means: .badge, evidence: evidence)
        fact.person = session.person
        // No fee: keeping ended when the agent took it, and the recipient who would have to pay is not here to hear of
        // it.
        fact.delegate = .agent(session.person)
        turn.emit(.parcelCollected(fact))
    }

    // MARK: Delegations on record

    /// Whether the villager took it back. A token that does not show when it was made may be older than that.
    static func isWithdrawn(_ token: Token, by recipient: String, in turn: borrowing Turn) -> Bool {
        guard let since = turn.books.withdrawals[recipient] else { return false }
        guard since > 0, let issued = token.issued else { return true }
        return Int64(issued) * 1_000 <= since
    }

    /// A badge that is scanned while the keeper records an agent. Returns whether it was taken so.
    static func recordAgent(_ badge: Token, in turn: inout Turn) -> Bool {
        guard let session = turn.session, session.work == .delegateAgent,
            let villager = session.villager.flatMap({ turn.books.parcels[$0]?.recipientKey }),
            badge.grants & Role.agent.grant != 0, !Tokens.isPast(badge.expiry, in: turn),
            !Tokens.livesTooLong(badge, in: turn), !turn.books.revokedBadges.contains(badge.idText)
        else { return false }
        Sessions.touch(in: &turn)
        record(.agent(Hex.encode(badge.subject)), for: villager, by: session, in: &turn)
        return true
    }

    /// The villager lets somebody take their parcels, in place of the delegate before.
    static func record(_ delegate: Delegate, for villager: String, by session: Session, in turn: inout Turn) {
        guard turn.books.delegations.count < Limits.delegationsMax || turn.books.delegations[villager] != nil else {
            return turn.reject(.full, .full)
        }
        let trustedNow = turn.trustedNow
        // A villager has one delegation: the journal shows when the one before ended.
        let before = turn.books.delegations[villager].flatMap { $0.until > trustedNow ? $0.delegate : nil }
        let isReplaced = before.map { $0 != delegate } ?? false
        if isReplaced {
            let fact = DelegateWithdrawn(recipientKey: villager, person: session.person, replaced: true)
            turn.emit(.delegateWithdrawn(fact))
        }
        let until = turn.trustedNow + Limits.delegationDays * 86_400_000
        turn.emit(
            .delegateRecorded(
                DelegateRecorded(recipientKey: villager, delegate: delegate, until: until, person: session.person)
            )
        )
        turn.emit(.sessionNoted(SessionNoted(session: session.id, note: .villager, value: nil)))
        turn.answer(isReplaced ? .delegatedInstead : .delegated)
    }
}
