import LockerDomain
import StationBooks

/// The session of a person at work, from the badge to the end.
enum Sessions {
    static func open(_ badge: Token, in turn: inout Turn) {
        func refuse(_ reason: SessionRefused.Reason, _ answer: Answer.ID, in turn: inout Turn) {
            turn.emit(.sessionRefused(SessionRefused(reason: reason, badge: badge.idText)))
            turn.answer(answer)
        }
        guard !Tokens.isPast(badge.expiry, in: turn) else { return refuse(.expired, .badgeExpired, in: &turn) }
        guard !Tokens.livesTooLong(badge, in: turn) else { return refuse(.livesTooLong, .badgeRefused, in: &turn) }
        guard !turn.books.revokedBadges.contains(badge.idText) else {
            return refuse(.revoked, .badgeRefused, in: &turn)
        }
        guard let role = Role.granted(by: badge.grants) else { return refuse(.noGrant, .badgeRefused, in: &turn) }
        if isUntrained(badge.idText, as: role, in: turn) { return refuse(.untrained, .untrained, in: &turn) }
        if let session = turn.session {
            let same = session.badge == badge.idText
            close(session, same ? .ended : .otherBadge, answering: same, in: &turn)
            if same { return }
        }
        let session = turn.books.sessions + 1
        let person = Hex.encode(badge.subject)
        turn.emit(.sessionOpened(SessionOpened(session: session, role: role, person: person, badge: badge.idText)))
        touch(in: &turn)
        switch role {
        case .keeper, .technician, .agent: turn.answer(.askPIN, role.word)
        case .courier: turn.answer(.welcome, role.word)
        // Nothing that they scan is taken.
        case .inspector: turn.answer(.hello, role.word)
        }
    }

    /// Whether a training on record has run out. A badge without a PIN record can never be authenticated, so it opens no
    /// occupied door.
    static func isUntrained(_ badge: String, as role: Role, in turn: borrowing Turn) -> Bool {
        guard role != .inspector, let until = turn.credentials?.pins[badge]?.trainedUntil else { return false }
        return Tokens.isPast(until, in: turn)
    }

    static func close(
        _ session: Session,
        _ reason: SessionClosed.Reason,
        answering: Bool = true,
        in turn: inout Turn
    ) {
        Looking.leaveUnsettled(session, in: &turn)
        // What they began to type by cards is nobody else's.
        turn.questions[Digits.self] = nil
        // Nor does a phone that the next person types, or the NO they scan, mean a parcel of the one before.
        turn.recent.lastReceived = nil
        turn.recent.named = nil
        if let run = turn.books.run, run.person == session.person, reason != .restarted { Runs.depart(run, in: &turn) }
        turn.emit(.sessionClosed(SessionClosed(session: session.id, person: session.person, reason: reason)))
        if answering { turn.answer(.goodbye) }
    }

    /// Only the person of the session keeps it alive: recipients who type codes meanwhile do not.
    static func touch(in turn: inout Turn) {
        guard let session = turn.session else { return }
        turn.recent.staffActedAt = turn.now.uptime
        turn.act(.timer(.sessionIdle(session.id), afterMilliseconds: Limits.sessionIdleMilliseconds))
    }

    static func readPIN(_ pin: String, of session: Session, in turn: inout Turn) {
        touch(in: &turn)
        let pinLock = turn.books.pinLock
        guard pinLock.remaining(at: turn.now) == 0 else { return Codes.refuseLocked(.badge, in: &turn) }
        guard let verifier = turn.credentials?.pins[session.badge], turn.site.checkPIN(pin, verifier) else {
            // Guessing PINs locks PINs as guessing codes locks codes, over restarts and over sessions; villagers who
            // mistype must not lock out the keeper who helps them.
            let lock = pinLock.lockAfterOneMore(at: turn.now)
            turn.reject(.wrongPIN, .pinWrong)
            if let lock { turn.emit(.pickupLockedOut(PickupLockedOut(lockMilliseconds: lock, means: .badge))) }
            if let session = turn.session, session.wrongPINs >= Limits.wrongPINsMax {
                close(session, .wrongPIN, in: &turn)
            }
            return
        }
        turn.emit(.sessionProven(SessionProven(session: session.id)))
        turn.answer(.pinRight)
    }

    /// One thing noted for the work of the session.
    static func note(
        _ note: SessionNoted.Note,
        _ value: String?,
        _ answer: Answer.ID,
        by session: Session,
        in turn: inout Turn
    ) {
        turn.emit(.sessionNoted(SessionNoted(session: session.id, note: note, value: value)))
        turn.answer(answer, note.word(value))
    }

    /// END at a door without a sensor ends the step there (rule 8) and what would follow it, not yet the session.
    static func endBatch(in turn: inout Turn) {
        touch(in: &turn)
        turn.questions[Digits.self] = nil
        guard let session = turn.session else { return }
        if !session.queue.isEmpty {
            turn.emit(
                .sessionWorkChanged(
                    SessionWorkChanged(session: session.id, work: session.work, doors: [], detail: nil)
                )
            )
        }
        if !turn.isAnswered { turn.answer(session.work.flow.prompt) }
    }
}
