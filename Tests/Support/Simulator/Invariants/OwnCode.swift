import LockerDomain
import StationBooks
import StationCore
import SyncWire

/// What was typed last may go on: the last four digits of a phone decide between two parcels, Enter opens the next place
/// of the same recipient. The invariant keeps count of both by itself.
struct OwnCode: Invariant {
    let sentence = "a code opens only the place of a parcel that it was made for and that may still be fetched"
    /// The code after which the station asked the last four digits.
    private var challenge: PickupCode?
    /// The recipient whose place was opened last, and the number that the county announced.
    private var recipient: String?
    private var announced: Waybill?
    /// The recipient whose code or token came last: a relative goes on in this name.
    private var typist: String?

    mutating func judge(_ step: Step, in world: World) -> String? {
        guard case .event(let line, let cause) = step else { return nil }
        switch line.event {
        case .pickupFailed(let fact):
            guard fact.reason == .asksLastFour, let input = world.handed.input(of: cause) else { return nil }
            challenge = PickupCode(typed: input.text)
            return nil
        case .pickupAuthorised(let fact):
            let isRelative = fact.means == .code && fact.by == .delegate
            let authority = isRelative ? "relative" : fact.means.rawValue
            return judge([fact.waybill], by: authority, at: fact.place, cause, world)
        case .doorUnlockRequested(let fact):
            let authorities = ["code", "token", "delegation", "relative"]
            guard fact.attempt == 1, authorities.contains(fact.authority) else { return nil }
            if fact.purpose == .reopen { return reopens(fact, cause, world) }
            guard fact.purpose == .pickup else { return "\(fact.door) opens for \(fact.purpose)" }
            for waybill in fact.waybills {
                guard let parcel = world.proven.parcels[waybill] else { return "\(waybill) is not in the books" }
                guard parcel.place == .door(fact.door) else { return "\(waybill) is not behind \(fact.door)" }
                let mayBeFetched = parcel.isInside || parcel.reusableUntil > line.time.wall
                guard mayBeFetched else { return "\(waybill) was \(parcel.status)" }
            }
            return judge(fact.waybills, by: fact.authority, at: .door(fact.door), cause, world)
        default: return nil
        }
    }

    private func reopens(_ fact: DoorUnlockRequested, _ cause: Post, _ world: World) -> String? {
        for waybill in fact.waybills {
            guard let parcel = world.proven.parcels[waybill], parcel.place == .door(fact.door),
                parcel.status == .collected, parcel.reopens < Limits.reopensMax
            else { return "\(waybill) is not just collected from \(fact.door)" }
            guard !world.proven.parcels.isTaken(.door(fact.door)) else { return "\(fact.door) is taken" }
            guard let input = world.handed.input(of: cause), let text = try? ScanText(input.text).text else {
                return "\(fact.door) opens again for nobody"
            }
            let isTheirs = text.utf8.count == 4 ? isChallenged(text, parcel, world) : fits(text, parcel, world)
            guard isTheirs else { return "the code is not that of \(waybill)" }
        }
        return nil
    }

    private mutating func judge(
        _ waybills: [Waybill],
        by authority: String,
        at place: Place,
        _ cause: Post,
        _ world: World
    ) -> String? {
        guard authority != Means.badge.rawValue else { return nil }
        let parcels = waybills.compactMap { world.proven.parcels[$0] }
        guard let first = parcels.first, let input = world.handed.input(of: cause) else {
            return "\(place) opens for nobody"
        }
        let text = (try? ScanText(input.text).text) ?? ""
        guard
            parcels.count == 1
                || first.recipientKey != nil && parcels.allSatisfy({ $0.recipientKey == first.recipientKey })
        else { return "\(waybills) are not of one recipient" }
        let root = family(of: first, world)[0].waybill
        defer { (recipient, announced) = (first.recipientKey, root) }
        // Enter, or the NEXT card: another place of the recipient of the last one.
        if text.isEmpty || text == Card.next.text {
            if authority == "relative" { return isLent(first.recipientKey, world) ? nil : "nobody lends \(waybills)" }
            // The parts of one number follow each other, also where nobody knows the recipient.
            let isOfLast = first.recipientKey != nil && first.recipientKey == recipient || root == announced
            return isOfLast ? nil : "\(waybills) follow others"
        }
        typist = first.recipientKey
        if authority == "relative" { return "\(waybills) by a relative at once" }
        if text.utf8.count == 4 {
            return isChallenged(text, first, world) ? nil : "the digits are not those of \(waybills)"
        }
        return parcels.contains { fits(text, $0, world) } ? nil : "the code is not that of \(waybills)"
    }

    /// Whether the villager lets the one who typed take what waits.
    private func isLent(_ villager: String?, _ world: World) -> Bool {
        guard let typist, let delegation = villager.flatMap({ world.proven.delegations[$0] }) else { return false }
        return delegation.delegate == .relative(typist)
    }

    /// Whether the digits end a phone of the parcel, and the code before them was one of its codes.
    private func isChallenged(_ digits: String, _ parcel: Parcel, _ world: World) -> Bool {
        codes(of: parcel, world).contains { $0.code(world.county.codeKey) == challenge }
            && family(of: parcel, world).contains { $0.lastFour == digits }
    }

    private func fits(_ text: String, _ parcel: Parcel, _ world: World) -> Bool {
        let codes = codes(of: parcel, world)
        if let code = PickupCode(typed: text) { return codes.contains { $0.code(world.county.codeKey) == code } }
        guard let token = try? Token.read(text, countyKey: nil, codeKey: world.county.codeKey) else { return false }
        if token.kind == .delegation { return parcel.recipientKey.map(Token.subject(ofRecipient:)) == token.subject }
        return codes.contains { token.subject == Token.subject(of: $0.codeName, n: $0.n) }
    }

    /// Whose codes open the parcel: its own, and that of the announced parcel of which it is a part, also where the part
    /// came before its announcement and somebody was told its own.
    private func codes(of parcel: Parcel, _ world: World) -> [Parcel] {
        [parcel] + (world.proven.parcels.announcement(of: parcel.waybill).map { [$0] } ?? [])
    }

    /// All that was announced as one with the parcel, the announced one first; never empty.
    private func family(of parcel: Parcel, _ world: World) -> [Parcel] {
        let root = world.proven.parcels.announcement(of: parcel.waybill) ?? parcel
        return [root] + world.proven.parcels.parts(of: root.waybill)
    }
}

extension Parcel {
    /// The code that opens it.
    func code(_ key: CodeKey) -> PickupCode { PickupCode(codeName, n: n, key: key) }
}

extension PickupAuthorised {
    /// Whether what was typed or scanned just now releases it. By the last four digits a badge finds it, too.
    var isByCode: Bool { means != .badge }
}

extension DoorUnlockRequested {
    /// Whether what was typed or scanned just now opens it. By the last four digits a badge finds it, too.
    var isByCode: Bool { authority == "code" || authority == "token" }
}
