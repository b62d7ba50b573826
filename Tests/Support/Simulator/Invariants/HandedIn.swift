import LockerDomain
import StationBooks
import StationCore
import StationRules

/// What people hand in by DIGIT cards and NEXT where there is no number pad: it counts as if it had been typed. Nobody asks
/// the station what it has gathered. The world lets it hear every step before the invariants judge it.
struct HandedIn {
    private var digits = ""
    private var until: Int64 = 0
    /// Of each NEXT that was decided and whose events are still to come: what it handed in, and how many they are.
    private var decided: [(text: String?, events: Int)] = []
    /// What the NEXT of this step handed in.
    private var current: String?

    mutating func hear(_ step: Step, in world: World) {
        switch step {
        // What was gathered is in no journal.
        case .recovered: self = HandedIn()
        case .decided(let post, let decision):
            current = decide(post, decision, at: world.clock.moment.uptime)
            if decision.events.contains(where: { if case .sessionClosed = $0 { true } else { false } }) { digits = "" }
        case .event(_, let cause): current = Self.isNext(cause) ? took() : nil
        default: current = nil
        }
    }

    /// What was scanned, or typed by keys or cards; `nil` when nobody did.
    func input(of cause: Post) -> (text: String, isTyped: Bool)? {
        guard case .text(let text, let source) = cause.input else { return nil }
        if let current { return (current, true) }
        return (text, source.role == .keypad)
    }

    private mutating func decide(_ post: Post, _ decision: Decision, at uptime: Int64) -> String? {
        // No card, and nothing that it could forget.
        guard case .text(let raw, let source) = post.input, !digits.isEmpty || raw.utf8.contains(UInt8(ascii: "V"))
        else { return nil }
        // What cannot be read changes nothing.
        guard let text = try? ScanText(raw).text else { return nil }
        if source.role == .scanner, text.hasPrefix("VLK1:DIGIT:"), let digit = text.last {
            gather(digit, decision, at: uptime)
            return nil
        }
        defer { digits = "" }
        guard Self.isNext(post) else { return nil }
        let handed = digits.isEmpty || until < uptime ? nil : digits
        if !decision.events.isEmpty { decided.append((handed, decision.events.count)) }
        return handed
    }

    private mutating func gather(_ digit: Character, _ decision: Decision, at uptime: Int64) {
        // The scanner bounced.
        guard !decision.actions.contains(.answer(Answer(.doubled))) else { return }
        if until < uptime { digits = "" }
        digits.append(digit)
        until = uptime + Limits.followUpMilliseconds
        if decision.actions.contains(.answer(Answer(.digitsOver))) { digits = "" }
    }

    private mutating func took() -> String? {
        guard let first = decided.first else { return nil }
        decided[0].events -= 1
        if first.events <= 1 { decided.removeFirst() }
        return first.text
    }

    private static func isNext(_ post: Post) -> Bool {
        guard case .text(let text, let source) = post.input else { return false }
        return source.role == .scanner && text == Card.next.text
    }
}
