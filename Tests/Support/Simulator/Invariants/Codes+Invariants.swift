import LockerDomain
import StationBooks
import StationCore
import StationRules
import SyncWire

/// The cardboard, not the books: what lies behind the door that opens.
struct OwnDoor: Invariant {
    let sentence = "behind a door that a code opens lie only the parcels of that code"
    private static let purposes: Set<Purpose> = [.pickup, .senderPickup, .agent, .handOut]

    func judge(_ step: Step, in world: World) -> String? {
        guard case .energised(let wish, _) = step, let cycle = world.proven.door(wish.door).cycle,
            // A keeper may hand out what a page says, before a later one says that it had left.
            Self.purposes.contains(cycle.purpose), cycle.purpose != .handOut || !world.proven.isDoubtful,
            world.truth.excuses[.door(wish.door)] == nil
        else { return nil }
        let inside = world.truth.inside(.door(wish.door))
        let strange = inside.filter { !cycle.waybills.contains($0.booked) && !cycle.waybills.contains($0.label) }
        return strange.isEmpty ? nil : "\(wish.door) opens for \(cycle.waybills), inside \(strange.map(\.label))"
    }
}

struct RightCode: Invariant {
    let sentence = "the code of one waiting parcel is never called wrong"

    mutating func judge(_ step: Step, in world: World) -> String? {
        guard case .decided(let post, let decision) = step, let input = world.handed.input(of: post), input.isTyped,
            let code = PickupCode(typed: input.text),
            decision.actions.contains(.answer(Answer(.wrongCode)))
        else { return nil }
        let key = world.county.codeKey
        let waiting = world.machine.state.waiting.filter { $0.code(key) == code }
        return Set(waiting.map(\.codeName)).count == 1 ? "\(waiting[0].waybill)" : nil
    }
}

struct NoSecrets: Invariant {
    let sentence = "no event holds a typed code, a phone number or a token"

    mutating func judge(_ step: Step, in world: World) -> String? {
        guard case .event(let line, let cause) = step, let input = world.handed.input(of: cause) else { return nil }
        let text = input.text
        let length = text.utf8.count
        let isTyped = input.isTyped && (length == Limits.codeDigits || length >= Limits.supportCodeDigits)
        // One digit of a PIN or a code is a part of it.
        let isSecret = isTyped || text.hasPrefix("VLK1:DIGIT:") || Token.looksLikeToken(text)
        guard isSecret, "\(line.event.payload)".contains(text) else { return nil }
        // What is typed while a reference is awaited is the reference, unless it opens something here. A token never is.
        if case .sessionNoted = line.event, input.isTyped, !Token.looksLikeToken(text),
            world.proven.session?.awaits != nil, !opensSomething(text, in: world)
        {
            return nil
        }
        return "\(line.event.type)"
    }

    private func opensSomething(_ text: String, in world: World) -> Bool {
        guard text.utf8.count != Limits.supportCodeDigits else {
            return SupportCode.match(
                text,
                from: world.proven.supportCounter,
                doors: world.cabinet.names,
                requester: world.proven.session.flatMap { PersonNumber(wire: $0.person) },
                key: world.county.codeKey
            ) != nil
        }
        guard let code = PickupCode(typed: text) else { return false }
        let key = world.county.codeKey
        return world.proven.parcels.values.contains { $0.code(key) == code }
            || world.proven.shipments.values.contains { PickupCode($0.waybill, n: $0.n, key: key) == code }
    }
}

struct EveryScanAnswered: Invariant {
    let sentence =
        "every scan has an answer, and an event while anything can be written; what is counted is written in time"
    /// Scans of a device that have been answered and have no event yet, and since when there are any.
    private var owed: [String: (scans: Int, since: Int64)] = [:]

    mutating func judge(_ step: Step, in world: World) -> String? {
        switch step {
        // What was counted is in no journal.
        case .crashed, .recovered: owed = [:]
        case .decided(let post, let decision): return hear(post, decision, world)
        case .lookedAt, .dayEnded, .ended: return check(world)
        default: break
        }
        return nil
    }

    private mutating func hear(_ post: Post, _ decision: Decision, _ world: World) -> String? {
        for case .scanRejected(let fact) in decision.events {
            guard let count = fact.count, let before = owed[fact.device] else { continue }
            let left = before.scans - count
            owed[fact.device] = left > 0 ? (left, world.clock.now) : nil
        }
        guard case .text(let text, let source) = post.input else { return nil }
        let isAnswered = decision.actions.contains { if case .answer = $0 { true } else { false } }
        guard isAnswered else { return "\(text.prefix(40)): \(decision)" }
        guard decision.events.isEmpty, world.machine.storage != .failed else { return nil }
        // Whoever types is never counted.
        guard source.role == .scanner else { return "\(text.prefix(40)): \(decision)" }
        owed[source.device] = ((owed[source.device]?.scans ?? 0) + 1, owed[source.device]?.since ?? world.clock.now)
        return nil
    }

    private func check(_ world: World) -> String? {
        guard world.machine.storage == .ok else { return nil }
        let late = owed.first { world.clock.now - $0.value.since > 2 * Limits.repeatsMilliseconds }
        return late.map { "\($0.value.scans) scans of \($0.key) are counted and not written" }
    }
}

struct ValidBadges: Invariant {
    let sentence = "no session is opened by a badge that is unknown or has run out, none is proven by a wrong PIN"
    /// Highest time that the station had reason to believe.
    private var trusted: Int64 = 0

    mutating func judge(_ step: Step, in world: World) -> String? {
        guard case .event(let line, let cause) = step else { return nil }
        if line.time.clock.isConfirmed { trusted = max(trusted, line.time.wall) }
        switch line.event {
        case .sessionOpened(let fact):
            guard let badge = world.badges[fact.badge] else { return "badge \(fact.badge) was never issued" }
            guard badge.role == fact.role else { return "a \(badge.role) became a \(fact.role)" }
            return Int64(badge.expiry) * 1_000 < trusted ? "\(fact.badge) ran out" : nil
        case .sessionProven:
            guard let session = world.proven.session, let badge = world.badges[session.badge],
                world.handed.input(of: cause)?.text == badge.pin
            else { return "session \(world.proven.session?.id ?? 0)" }
            return nil
        default: return nil
        }
    }
}
