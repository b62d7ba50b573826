import LockerDomain
import StationBooks

/// Pickup codes that are typed, and pickup tokens that are scanned: what they open, and what follows on a wrong one.
enum Codes {
    static func pickUp(byCode code: PickupCode, in turn: inout Turn) {
        guard turn.books.codeLock.remaining(at: turn.now) == 0 else { return refuseLocked(.code, in: &turn) }
        guard turn.credentials != nil else { return turn.reject(.notEnrolled, .notEnrolled) }
        // Announced parcels count too: a code that fits two opens neither (DESIGN 4.4).
        let fitting = turn.codes.waybills(for: code).filter { answersToCodes($0, in: turn) }
        let sent = turn.codes.shipments(for: code).filter { Senders.isWithItsSender($0, in: turn) }
        guard let first = fitting.first else {
            guard let shipment = sent.first else {
                let isKnown = turn.codes.waybills(for: code).contains { turn.books.parcels[$0] != nil }
                // A shipment's code is right, and the keeper has it in hand.
                if isKnown || turn.codes.shipments(for: code).contains(where: { Senders.isAtCounter($0, in: turn) }) {
                    return tooLate(.code, in: &turn)
                }
                return wrongCode(.noMatch, .wrongCode, in: &turn)
            }
            guard sent.count == 1 else { return wrongCode(.ambiguous, .codeAmbiguous, in: &turn) }
            return Senders.takeBack(shipment, by: .sender, in: &turn)
        }
        guard sent.isEmpty else { return wrongCode(.ambiguous, .codeAmbiguous, in: &turn) }
        let isSuspicious = turn.books.codeLock.asksLastFour(at: turn.now)
        let asks = fitting.count > 1 || isSuspicious || turn.settings.policy.asksLastFour
        guard asks else { return Handing.give(first, by: .code, in: &turn) }
        let known = fitting.filter { !Numbers.lastFours(ofCode: $0, in: turn).isEmpty }
        guard !known.isEmpty else {
            // Nobody's phone is known: the policy cannot ask, a guesser and two recipients need the keeper.
            if fitting.count == 1, !isSuspicious { return Handing.give(first, by: .code, in: &turn) }
            return wrongCode(.ambiguous, .codeAmbiguous, in: &turn)
        }
        let until = turn.now.uptime + Limits.followUpMilliseconds
        turn.questions[LastFour.self] = LastFour(parcels: known, until: until)
        fail(.code, .asksLastFour, in: &turn)
        turn.answer(.askLastFour)
    }

    /// The last four digits decide between parcels, or prove who typed.
    static func answer(_ digits: String, to asked: LastFour, in turn: inout Turn) {
        guard turn.books.codeLock.remaining(at: turn.now) == 0 else {
            turn.questions[LastFour.self] = asked
            return refuseLocked(.code, in: &turn)
        }
        let named = asked.parcels.filter { Numbers.lastFours(ofCode: $0, in: turn).contains(digits) }
        // Since the code was typed somebody else may have taken it, and another parcel may lie there.
        let fitting = named.filter { answersToCodes($0, in: turn) }
        guard fitting.count == 1 else {
            if fitting.isEmpty, !named.isEmpty { return tooLate(.code, in: &turn) }
            return wrongCode(fitting.isEmpty ? .noMatch : .ambiguous, .wrongCode, in: &turn)
        }
        Handing.give(fitting[0], by: .code, in: &turn)
    }

    static func pickUp(byToken token: Token, in turn: inout Turn) {
        guard !Tokens.isPast(token.expiry, in: turn) else { return turn.reject(.expired, .pickupExpired) }
        if token.kind == .delegation {
            let recipient = turn.codes.recipient(forSubject: token.subject)
            if let recipient, Agents.isWithdrawn(token, by: recipient, in: turn) {
                return turn.reject(.expired, .pickupExpired)
            }
            // What is being taken out already, or waits to be scanned out of its shelf, is not named again.
            let theirs =
                recipient.map { turn.books.parcels.inside(of: $0) + turn.books.parcels.reopenable(of: $0) } ?? []
            guard let parcel = Numbers.openedNext(of: theirs, in: turn) else { return noParcel(in: &turn) }
            return Handing.give(parcel.waybill, by: .delegation(token.idText), in: &turn)
        }
        guard let waybill = turn.codes.waybill(forSubject: token.subject), turn.books.parcels[waybill] != nil else {
            return noParcel(in: &turn)
        }
        guard answersToCodes(waybill, in: turn) else { return tooLate(.token, in: &turn) }
        Handing.give(waybill, by: .token, in: &turn)
    }

    // MARK: What a code opens

    private static func answersToCodes(_ waybill: Waybill, in turn: borrowing Turn) -> Bool {
        guard let parcel = turn.books.parcels[Numbers.opened(byCodeOf: waybill, in: turn)] else { return false }
        return answersToCodes(parcel, in: turn)
    }

    static func answersToCodes(_ parcel: Parcel, in turn: borrowing Turn) -> Bool {
        switch parcel.status {
        case .expected, .received, .stored: return true
        case .collected: return isReusable(parcel, in: turn) || mayReopen(parcel, in: turn)
        case .inParts, .withAgent, .refused, .retrieved, .returned, .missing, .lost: return false
        }
    }

    /// Of what was collected and still answers to its code: for a minute the one whose door was shut last, then of
    /// those that nobody saw leave the one that was opened longest ago, so that the code typed again and again opens
    /// each.
    static func openedAgain(of fetched: [Parcel], in turn: borrowing Turn) -> Parcel? {
        func isBefore(_ one: Parcel, _ other: Parcel) -> Bool {
            (one.changed, one.waybill) < (other.changed, other.waybill)
        }
        let shut = fetched.filter { mayReopen($0, in: turn) && !Waiting.isShutAway($0, in: turn) }
        if let last = shut.max(by: isBefore) { return last }
        let unseen = fetched.filter { isReusable($0, in: turn) }
        if let first = unseen.filter({ Waiting.opensWell($0, in: turn) }).min(by: isBefore) { return first }
        if let first = unseen.filter({ Waiting.mayOpen($0, in: turn) }).min(by: isBefore) { return first }
        return fetched.max(by: isBefore)
    }

    /// After a pickup that nobody saw the code works on for a day (DESIGN rule 8).
    static func isReusable(_ parcel: Parcel, in turn: borrowing Turn) -> Bool {
        parcel.status == .collected && parcel.reusableUntil > turn.now.wall
    }

    /// The door was shut on the parcel: the same code opens it again, twice within a minute (DESIGN 4.4).
    static func mayReopen(_ parcel: Parcel, in turn: borrowing Turn) -> Bool {
        guard parcel.reopenUntil > turn.now.wall, parcel.reopens < Limits.reopensMax,
            case .door(let name) = parcel.place
        else { return false }
        // Something of somebody else may lie there meanwhile; after a step that nobody saw, nobody knows.
        return !turn.books.parcels.isTaken(.door(name)) && turn.books.door(name).contents == .empty
            && !turn.books.shipments.values.contains { $0.isInside && $0.place == .door(name) }
    }

    // MARK: What it does not open

    /// A token that the county or the station made, of nothing that is here.
    private static func noParcel(in turn: inout Turn) {
        fail(.token, .noMatch, in: &turn)
        turn.answer(.nothingWaits)
    }

    /// The right code of a parcel that is not to be fetched any more: no guess, and nothing that opens.
    static func tooLate(_ means: Means, in turn: inout Turn) {
        fail(means, .notStored, in: &turn)
        turn.answer(.askKeeper)
    }

    static func wrongCode(_ reason: PickupFailed.Reason, _ answerID: Answer.ID, in turn: inout Turn) {
        let lock = turn.books.codeLock.lockAfterOneMore(at: turn.now, isDoubtful: turn.books.isDoubtful)
        fail(.code, reason, in: &turn)
        guard let lock else {
            // The parcel may be one that the station has lost sight of.
            return turn.answer(turn.books.isDoubtful && answerID == .wrongCode ? .askKeeper : answerID)
        }
        turn.emit(.pickupLockedOut(PickupLockedOut(lockMilliseconds: lock)))
        turn.answer(.locked, minutes(lock))
    }

    static func refuseLocked(_ means: Means, in turn: inout Turn) {
        fail(means, .locked, in: &turn)
        let lock = means == .badge ? turn.books.pinLock : turn.books.codeLock
        turn.answer(.locked, minutes(lock.remaining(at: turn.now)))
    }

    /// Writes that nothing was opened, and why.
    static func fail(_ means: Means, _ reason: PickupFailed.Reason, in turn: inout Turn) {
        turn.emit(.pickupFailed(PickupFailed(means: means, reason: reason, device: turn.scan.device)))
    }

    private static func minutes(_ milliseconds: Int64) -> String { String((milliseconds + 59_999) / 60_000) }
}
