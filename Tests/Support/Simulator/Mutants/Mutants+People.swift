import LockerDomain
import StationBooks
import StationRules

extension Mutant {
    static let ofPeople: [Mutant] = [
        rewriting("takes a badge that has run out", [ValidBadges()]) { decision, _, state in
            for (index, event) in decision.events.enumerated() {
                guard case .sessionRefused(let fact) = event, fact.reason == .expired, let badge = fact.badge else {
                    continue
                }
                let session = state.sessions + 1
                decision.events[index] = .sessionOpened(
                    SessionOpened(session: session, role: .courier, person: "00", badge: badge)
                )
            }
        },
        rewriting("takes any PIN", [ValidBadges()]) { decision, _, state in
            for (index, event) in decision.events.enumerated() {
                guard case .scanRejected(let fact) = event, fact.reason == .wrongPIN, let session = state.session else {
                    continue
                }
                decision.events[index] = .sessionProven(SessionProven(session: session.id))
            }
        },
        rewriting("writes wrong codes into the journal", [NoSecrets()]) { decision, input, _ in
            guard case .text(let text, let source) = input, source.role == .keypad else { return }
            for (index, event) in decision.events.enumerated() {
                guard case .pickupFailed(var fact) = event else { continue }
                fact.device = text
                decision.events[index] = .pickupFailed(fact)
            }
        },
        rewriting("writes the digits that are scanned into the journal", [NoSecrets()]) { decision, input, _ in
            guard case .text(let text, _) = input, text.hasPrefix("VLK1:DIGIT:") else { return }
            for (index, event) in decision.events.enumerated() {
                guard case .scanRejected(var fact) = event else { continue }
                fact.text = text
                decision.events[index] = .scanRejected(fact)
            }
        },
        rewriting("takes a token for the reference that it waits for", [NoSecrets()]) { decision, input, state in
            guard case .text(let text, _) = input, Token.looksLikeToken(text), let session = state.session,
                let note = session.awaits
            else { return }
            let noted = SessionNoted(session: session.id, note: note, value: text)
            decision = Decision(events: [.sessionNoted(noted)], actions: [.answer(Answer(.noted))])
        },
        rewriting("drops a doubled scan without a word", [EveryScanAnswered()]) { decision, _, _ in
            guard decision.actions.contains(.answer(Answer(.doubled))) else { return }
            decision = Decision()
        },
        rewriting("counts doubled scans and never writes how many", [EveryScanAnswered()]) { decision, _, _ in
            decision.events.removeAll { if case .scanRejected(let fact) = $0 { fact.count != nil } else { false } }
        },
        rewriting("calls every second code wrong", [RightCode()]) { decision, input, state in
            guard case .text(_, let source) = input, source.role == .keypad, state.cycles.isMultiple(of: 2),
                decision.events.contains(where: { $0.type == .doorUnlockRequested || $0.type == .pickupAuthorised })
            else { return }
            let failed = PickupFailed(means: .code, reason: .noMatch, device: source.device)
            decision = Decision(events: [.pickupFailed(failed)], actions: [.answer(Answer(.wrongCode))])
        },
    ]
}
