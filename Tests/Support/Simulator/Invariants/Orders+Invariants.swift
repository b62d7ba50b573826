import LockerDomain
import StationBooks
import StationCore
import StationRules
import SyncWire

/// Keeps its own list of the codes that the county has replaced, and of what was typed before the last four digits.
struct ReplacedCode: Invariant {
    let sentence = "a code or token opens nothing of a parcel any more once the county has replaced it"
    /// The numbers of which they were made: that of an announced parcel opens all its parts.
    private var old: [PickupCode: Set<Waybill>] = [:]
    private var subjects: [[UInt8]: Waybill] = [:]
    private var before: Parcel?
    private var typed: PickupCode?

    mutating func judge(_ step: Step, in world: World) -> String? {
        guard case .event(let line, let cause) = step else { return nil }
        switch line.event {
        case .commandReceived: before = ordered(cause).flatMap { world.proven.parcels[$0.waybill] }
        case .commandCompleted:
            guard let (waybill, n) = ordered(cause), let before, before.waybill == waybill else { return nil }
            old[before.code(world.county.codeKey), default: []].insert(before.codeName)
            subjects[Token.subject(of: before.codeName, n: before.n)] = before.codeName
            let now = world.proven.parcels[waybill]?.n
            return now == n ? nil : "\(waybill) was to have the code of \(n) and has that of \(now ?? 0)"
        case .pickupFailed(let fact):
            guard fact.reason == .asksLastFour, let input = world.handed.input(of: cause) else { return nil }
            typed = PickupCode(typed: input.text)
        case .pickupAuthorised(let fact): if fact.isByCode { return judge([fact.waybill], cause, world) }
        case .doorUnlockRequested(let fact):
            if fact.attempt == 1, fact.isByCode { return judge(fact.waybills, cause, world) }
        default: break
        }
        return nil
    }

    private func ordered(_ cause: Post) -> (waybill: Waybill, n: UInt32)? {
        guard case .command(let command) = cause.input, case .reissue(let waybill, let n) = command.kind else {
            return nil
        }
        return (waybill, n)
    }

    private func judge(_ waybills: [Waybill], _ cause: Post, _ world: World) -> String? {
        guard !old.isEmpty, let input = world.handed.input(of: cause), let text = try? ScanText(input.text).text else {
            return nil
        }
        let parcels = waybills.compactMap { world.proven.parcels[$0] }
        let isAfterDigits = input.isTyped && text.utf8.count == 4
        if let code = isAfterDigits ? typed : PickupCode(typed: text) {
            // The same digits may be the right code of another parcel that lies there.
            guard let named = old[code], let parcel = parcels.first(where: { named.contains($0.codeName) }),
                !parcels.contains(where: { $0.code(world.county.codeKey) == code })
            else { return nil }
            return "\(parcel.waybill) by a code that was replaced"
        }
        guard let token = try? Token.read(text, countyKey: nil, codeKey: world.county.codeKey), token.kind == .pickup
        else { return nil }
        let number = subjects[token.subject]
        return parcels.first { $0.codeName == number }.map { "\($0.waybill) by a token that was replaced" }
    }
}

/// Keeps its own list, also when the journal of the station is lost or falls back to an older one.
struct RevokedBadge: Lasting {
    let sentence = "a badge that the county revokes ends its session, and opens nothing any more"
    private var revoked: Set<String> = []
    /// Revoked in a journal that is gone: asked of the station once it has heard of them again.
    private var before: Set<String> = []

    mutating func remember(_ other: RevokedBadge) {
        before = other.revoked.union(other.before)
        revoked = []
    }

    /// The station has done what it was told after its journal was replaced.
    private mutating func askAgain(_ number: Int, _ world: World) -> String? {
        guard !before.isEmpty, let last = world.county.toldAgain, number >= last else { return nil }
        defer { before = [] }
        revoked.formUnion(before)
        return before.sorted().first { !world.proven.revokedBadges.contains($0) }.map { "\($0) is forgotten" }
    }

    mutating func judge(_ step: Step, in world: World) -> String? {
        guard case .event(let line, let cause) = step else { return nil }
        switch line.event {
        case .commandCompleted(let fact):
            guard case .command(let command) = cause.input, case .revokeBadge(let badge) = command.kind else {
                return askAgain(fact.number, world)
            }
            revoked.insert(badge)
            return world.proven.session?.badge == badge ? "\(badge) still has a session" : nil
        case .sessionOpened(let fact): return revoked.contains(fact.badge) ? "\(fact.badge) opens a session" : nil
        case .doorUnlockRequested(let fact):
            guard let session = world.proven.session, fact.authority == "badge \(session.person)" else { return nil }
            return revoked.contains(session.badge) ? "\(fact.door) by \(session.badge)" : nil
        default: return nil
        }
    }
}

/// Keeps its own list, from what the station was told, whatever it wrote.
struct LookedInto: Invariant {
    let sentence = "after an older journal nothing goes behind a door before somebody has looked into it"
    private var doubted: Set<DoorName> = []

    mutating func judge(_ step: Step, in world: World) -> String? {
        guard case .event(let line, let cause) = step else { return nil }
        if case .journalReplaced(let fact) = cause.input {
            // Where only lines are missing the state is whole.
            guard fact.stateKept != true else { return nil }
            doubted = Set(world.cabinet.names)
            return nil
        }
        switch line.event {
        case .auditFinished(let fact): doubted.remove(fact.door)
        // Staff who took a parcel of the county's copy out of an open door saw what else lies there.
        case .parcelRetrieved(let fact) where fact.evidence == .sensor:
            if case .door(let door) = fact.place { doubted.remove(door) }
        case .parcelRelocated(let fact) where fact.evidence != .assumed:
            if case .door(let door) = fact.from { doubted.remove(door) }
        case .doorUnlockRequested(let fact):
            guard [.deposit, .dropOff, .shipment].contains(fact.purpose), fact.attempt == 1 else { return nil }
            return doubted.contains(fact.door) ? "\(fact.door) for \(fact.waybills)" : nil
        default: break
        }
        return nil
    }
}
