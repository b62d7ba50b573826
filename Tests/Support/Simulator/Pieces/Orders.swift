import LockerDomain
import StationBooks

/// What the county orders because something went wrong outside: a code that strangers know, a badge that was lost.
struct CountyOrders: Piece {
    func plan(day: Int, midnight: Int64, in world: World) {
        if world.chance.happens(350) {
            world.trouble(at: midnight + world.chance.timeOfDay(8, 20)) { replaceCode($0) }
        }
        if world.chance.happens(120) {
            world.trouble(at: midnight + world.chance.timeOfDay(8, 20)) { revokeBadge($0) }
        }
    }

    private func replaceCode(_ world: World) {
        let known = world.county.books.ledger.parcels
        let waiting = world.truth.items.filter { item in
            guard case .at = item.location, !item.isShipment else { return false }
            return known[item.label]?.standing == .stored
        }
        guard let item = world.chance.pick(waiting), let n = known[item.label]?.n else { return }
        // Who has the code that leaked comes in the same minute as the order, or hours after it.
        let isRace = world.chance.happens(world.profile.policy.asksLastFour ? 850 : 400)
        let delay = world.chance.within(0...(isRace ? 12 * Span.second : 8 * Span.hour))
        world.trouble(at: world.clock.now + delay) { world in
            Recipient(world, item: item.id, manners: Recipient.Manners(usesToken: 300), replaced: n).come()
        }
        world.trouble(at: world.clock.now + (isRace ? 6 * Span.second : 0)) { world in
            world.county.order(.reissue(item.label, n: n + UInt32(world.chance.count(1...3))))
            if isRace { world.fetchCommands() }
        }
    }

    /// The bearer gets another one; who found the old one tries it again later, and its PIN was written on it.
    private func revokeBadge(_ world: World) {
        guard let lost = world.chance.pick(world.staff) else { return }
        // Sometimes whoever has found it stands at the cabinet just then.
        let isRace = world.chance.happens(500) && !world.isHere(lost)
        if isRace { finder(of: lost, in: world).come() }
        world.staff.removeAll { $0.id == lost.id }
        world.trouble(at: world.clock.now + (isRace ? world.chance.within(0...40_000) : 0)) { world in
            revoke(lost, isRace: isRace, in: world)
        }
    }

    private func finder(of badge: Badge, in world: World) -> Visitor {
        switch badge.role {
        case .courier: Retriever(world, badge: badge)
        case .agent: Agent(world, badge: badge)
        default: world.chance.happens(500) ? HandOut(world, badge: badge) : Mover(world, badge: badge)
        }
    }

    private func revoke(_ lost: Badge, isRace: Bool, in world: World) {
        world.county.order(.revokeBadge(lost.id))
        world.staff.append(world.issue(lost.role, days: 60))
        world.lostBadges.append(lost)
        world.county.order(.pins(world.verifiers))
        if isRace { world.fetchCommands() }
        for _ in 0..<2 {
            world.trouble(at: world.clock.now + world.chance.within(0...2 * Span.day)) { world in
                guard !world.isHere(lost) else { return }
                finder(of: lost, in: world).come()
            }
        }
    }
}

extension World {
    /// What the county knows of PINs, also of badges that were lost.
    var verifiers: [PINVerifier] { (staff + lostBadges).map(\.verifier) }
}

extension Badge {
    /// As the county sends it; the PIN itself stands for its hash here.
    var verifier: PINVerifier {
        PINVerifier(badge: id, salt: "00", cost: 1, blockSize: 1, parallelism: 1, hash: pin)
    }
}
