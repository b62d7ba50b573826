extension Station {
    mutating func pickUp(byCode code: PickupCode, from source: TextSource) {
        guard state.codeLock.remaining(at: now) == 0 else { return refuseLocked(.code, from: source) }
        guard !state.codeLock.asksLastFour(at: now) else {
            emit(.pickupFailed(PickupFailed(means: .code, reason: .dayLimit, device: source.device)))
            return answer(.dayLimit)
        }
        guard let key = credentials?.codeKey else {
            return reject(.notEnrolled, .notEnrolled, from: source, length: Limits.codeDigits, text: nil)
        }
        // Announced parcels count too: a code that fits two opens neither (DESIGN 4.4).
        let fitting = state.parcels.values.filter {
            answersToCodes($0) && PickupCode($0.waybill, n: $0.n, key: key) == code
        }
        switch fitting.count {
        case 0: wrongCode(.noMatch, .wrongCode, from: source)
        case 1: handOut(fitting[0], means: .code, from: source)
        default: wrongCode(.ambiguous, .codeAmbiguous, from: source)
        }
    }

    mutating func pickUp(byToken token: Token, from source: TextSource) {
        guard !isPast(token.expiry) else {
            return reject(.expired, .badgeExpired, from: source, length: 0, text: nil)
        }
        let fitting = state.parcels.values.filter {
            answersToCodes($0) && Token.subject(of: $0.waybill, n: $0.n) == token.subject
        }
        guard let parcel = fitting.first else {
            emit(.pickupFailed(PickupFailed(means: .token, reason: .noMatch, device: source.device)))
            return answer(.wrongCode)
        }
        handOut(parcel, means: .token, from: source)
    }

    private func answersToCodes(_ parcel: Parcel) -> Bool {
        switch parcel.status {
        case .expected, .received, .stored: true
        case .collected: parcel.reusableUntil > now.wall
        case .missing: false
        }
    }

    private mutating func handOut(_ parcel: Parcel, means: Means, from source: TextSource) {
        guard storage != .failed else { return reject(.storage, .storageFailed, from: source, length: 0, text: nil) }
        guard parcel.status == .stored || parcel.status == .collected, let place = parcel.place else {
            emit(.pickupFailed(PickupFailed(means: means, reason: .notStored, device: source.device)))
            return answer(.notStoredYet)
        }
        guard !parcel.isDoubtful else {
            emit(.pickupFailed(PickupFailed(means: means, reason: .contentsUnknown, device: source.device)))
            return answer(.codeAmbiguous)
        }
        switch place {
        case .shelf(let shelf):
            emit(.pickupAuthorised(PickupAuthorised(waybill: parcel.waybill, place: place, means: means)))
            answer(.takeFromShelf, shelf.rawValue)
        case .door(let name):
            guard state.door(name).cycle == nil else {
                emit(.pickupFailed(PickupFailed(means: means, reason: .doorBusy, device: source.device)))
                return answer(.doorBusy, name.rawValue)
            }
            unlock(name, for: .pickup, of: [parcel.waybill], authority: means.rawValue)
            answer(.takeOut, name.rawValue)
        }
    }

    mutating func collectFromShelf(_ parcel: Parcel) {
        guard let place = parcel.place else { return }
        collect(parcel, from: place, means: parcel.releasedBy ?? .code, evidence: .scanned)
        answer(.collected)
    }

    mutating func collect(_ parcel: Parcel, from place: Place, means: Means, evidence: Evidence) {
        let openedAt = seenOpen(at: place)
        emit(
            .parcelCollected(
                ParcelCollected(
                    waybill: parcel.waybill,
                    parties: parcel.parties,
                    direction: .inbound,
                    place: place,
                    by: .recipient,
                    means: means,
                    evidence: evidence,
                    doorOpenedAt: openedAt
                )
            )
        )
    }

    /// When the door of this opening was seen open; an earlier opening is another recording.
    func seenOpen(at place: Place) -> Int64? {
        guard case .door(let name) = place, state.door(name).cycle?.phase == .open else { return nil }
        return state.door(name).openedAt
    }

    mutating func wrongCode(_ reason: PickupFailed.Reason, _ answerID: Answer.ID, from source: TextSource) {
        let lock = state.codeLock.lockAfterOneMore(at: now)
        emit(.pickupFailed(PickupFailed(means: .code, reason: reason, device: source.device)))
        guard let lock else { return answer(answerID) }
        emit(.pickupLockedOut(PickupLockedOut(lockMilliseconds: lock)))
        answer(.locked, minutes(lock))
    }

    mutating func refuseLocked(_ means: Means, from source: TextSource) {
        emit(.pickupFailed(PickupFailed(means: means, reason: .locked, device: source.device)))
        answer(.locked, minutes(state.codeLock.remaining(at: now)))
    }

    private func minutes(_ milliseconds: Int64) -> String { String((milliseconds + 59_999) / 60_000) }
}
