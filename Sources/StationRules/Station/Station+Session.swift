import LockerDomain
import StationBooks

extension Station {
    mutating func readToken(_ text: String, from source: TextSource) {
        let token: Token
        do {
            token = try Token.read(text, countyKey: credentials?.countyKey, codeKey: credentials?.codeKey)
        } catch .notYetEnrolled {
            emit(.sessionRefused(SessionRefused(reason: .notEnrolled, badge: nil)))
            return answer(.notEnrolled)
        } catch {
            return reject(.badToken, .badgeRefused, from: source, length: text.utf8.count, text: nil)
        }
        switch token.kind {
        case .badge: if !recordAgent(token, from: source) { openSession(token) }
        case .pickup, .delegation: pickUp(byToken: token, from: source)
        }
    }

    private mutating func openSession(_ badge: Token) {
        guard !isPast(badge.expiry) else {
            emit(.sessionRefused(SessionRefused(reason: .expired, badge: badge.idText)))
            return answer(.badgeExpired)
        }
        guard !livesTooLong(badge) else {
            emit(.sessionRefused(SessionRefused(reason: .livesTooLong, badge: badge.idText)))
            return answer(.badgeRefused)
        }
        guard !state.revokedBadges.contains(badge.idText) else {
            emit(.sessionRefused(SessionRefused(reason: .revoked, badge: badge.idText)))
            return answer(.badgeRefused)
        }
        guard let role = Role.granted(by: badge.grants) else {
            emit(.sessionRefused(SessionRefused(reason: .noGrant, badge: badge.idText)))
            return answer(.badgeRefused)
        }
        if isUntrained(badge.idText, as: role) {
            emit(.sessionRefused(SessionRefused(reason: .untrained, badge: badge.idText)))
            return answer(.untrained)
        }
        if let session = state.session {
            let same = session.badge == badge.idText
            close(session, same ? .ended : .otherBadge, answering: same)
            if same { return }
        }
        let session = state.sessions + 1
        let person = Hex.encode(badge.subject)
        emit(.sessionOpened(SessionOpened(session: session, role: role, person: person, badge: badge.idText)))
        touchSession()
        switch role {
        case .keeper, .technician, .agent: answer(.askPIN, role.word)
        case .courier: answer(.welcome, role.word)
        // Nothing that they scan is taken.
        case .inspector: answer(.hello, role.word)
        }
    }

    /// Whether a training on record has run out. Of whom the county sent no record, nothing is known and nothing is
    /// proven either: they open no occupied door.
    func isUntrained(_ badge: String, as role: Role) -> Bool {
        guard role != .inspector, let until = credentials?.pins[badge]?.trainedUntil else { return false }
        return isPast(until)
    }

    mutating func close(_ session: Session, _ reason: SessionClosed.Reason, answering: Bool = true) {
        leaveUnsettled(session)
        // What they began to type by cards is nobody else's.
        dialogue.digits = nil
        // Nor does a phone that the next person types, or the NO they scan, mean a parcel of the one before.
        dialogue.lastReceived = nil
        dialogue.named = nil
        if let run = state.run, run.person == session.person, reason != .restarted { depart(run) }
        emit(.sessionClosed(SessionClosed(session: session.id, person: session.person, reason: reason)))
        if answering { answer(.goodbye) }
    }

    /// A door opened for an audit that nobody settled: its contents are unknown.
    mutating func leaveUnsettled(_ session: Session) {
        guard let door = session.auditing, state.door(door).cycle?.purpose == .audit else { return }
        emit(.auditDifference(AuditDifference(door: door, waybill: nil, finding: .interrupted)))
    }

    mutating func readPIN(_ pin: String, of session: Session, from source: TextSource) {
        touchSession()
        let pinLock = state.pinLock ?? CodeLock()
        guard pinLock.remaining(at: now) == 0 else { return refuseLocked(.badge, from: source) }
        guard let verifier = credentials?.pins[session.badge], checkPIN(pin, verifier) else {
            // Guessing PINs locks PINs as guessing codes locks codes, over restarts and over sessions; villagers who
            // mistype must not lock out the keeper who helps them.
            let lock = pinLock.lockAfterOneMore(at: now)
            reject(.wrongPIN, .pinWrong, from: source, length: pin.utf8.count, text: nil)
            if let lock { emit(.pickupLockedOut(PickupLockedOut(lockMilliseconds: lock, means: .badge))) }
            if let session = state.session, session.wrongPINs >= Limits.wrongPINsMax { close(session, .wrongPIN) }
            return
        }
        emit(.sessionProven(SessionProven(session: session.id)))
        answer(.pinRight)
    }
}
