import LockerDomain
import StationBooks

/// What goes back, what goes out, and bags: a van that comes for these alone.
struct RunsBack: Piece {
    func plan(day: Int, midnight: Int64, in world: World) {
        come(at: midnight + world.chance.timeOfDay(7, 12), 600, .courier, in: world) { BagDriver($0, badge: $1) }
        come(at: midnight + world.chance.timeOfDay(9, 19), 600, .courier, in: world) { Retriever($0, badge: $1) }
        let taker: Role = world.chance.happens(700) ? .courier : .keeper
        come(at: midnight + world.chance.timeOfDay(12, 19), 500, taker, in: world) { Collector($0, badge: $1) }
    }
}

/// What the keeper does between customers.
struct KeeperErrands: Piece {
    func plan(day: Int, midnight: Int64, in world: World) {
        come(at: midnight + world.chance.timeOfDay(8, 20), 600, .keeper, in: world) { HandOut($0, badge: $1) }
        come(at: midnight + world.chance.timeOfDay(8, 20), 600, .keeper, in: world) { Counter($0, badge: $1) }
        come(at: midnight + world.chance.timeOfDay(8, 20), 300, .keeper, in: world) { Delegating($0, badge: $1) }
        come(at: midnight + world.chance.timeOfDay(8, 20), 300, .keeper, in: world) { Holding($0, badge: $1) }
        come(at: midnight + world.chance.timeOfDay(8, 20), 350, .keeper, in: world) { Mover($0, badge: $1) }
        come(at: midnight + world.chance.timeOfDay(8, 20), 250, .keeper, in: world) { Searcher($0, badge: $1) }
        come(at: midnight + world.chance.timeOfDay(8, 20), 600, .keeper, in: world) { Caller($0, badge: $1) }
        world.trouble(at: midnight + world.chance.timeOfDay(12, 20)) { world in
            guard let badge = world.person(.keeper), !world.isHere(badge) else { return }
            let parcels = world.proven.parcels
            let load = world.truth.items.filter { $0.location == .counter && !$0.isShipment }.filter {
                // What was checked in as one comes out of its bag in parts.
                (parcels[$0.label] ?? parcels.announcement(of: $0.label))?.status == .received
            }
            guard !load.isEmpty else { return }
            Courier(world, badge: badge, load: load.map(\.id), manners: Courier.Manners()).come()
        }
    }
}

/// Agents fetch for villagers who let them.
struct AgentRounds: Piece {
    func plan(day: Int, midnight: Int64, in world: World) {
        come(at: midnight + world.chance.timeOfDay(8, 20), 500, .agent, in: world) { Agent($0, badge: $1) }
    }
}

/// Villagers leave shipments behind doors, and some want them back.
struct Senders: Piece {
    func plan(day: Int, midnight: Int64, in world: World) {
        for _ in 0..<world.chance.count(0...2) {
            world.trouble(at: midnight + world.chance.timeOfDay(5, 23)) { world in
                Sender(world, item: world.newShipment()).come()
            }
        }
        world.trouble(at: midnight + world.chance.timeOfDay(5, 23)) { world in
            for item in world.truth.items where item.isShipment && world.chance.happens(400) {
                guard case .at = item.location, world.proven.shipments[item.label]?.isInside == true else { continue }
                let delay = world.chance.within(0...Span.hour)
                world.after(delay) { TakeBack($0, item: item.id).come() }
            }
        }
    }
}

extension Piece {
    /// Somebody of a role comes, so many times in a thousand.
    fileprivate func come(
        at time: Int64,
        _ perMille: Int,
        _ role: Role,
        in world: World,
        _ make: @escaping (World, Badge) -> Visitor
    ) {
        guard world.chance.happens(perMille) else { return }
        world.trouble(at: time) { world in
            guard let badge = world.person(role), !world.isHere(badge) else { return }
            make(world, badge).come()
        }
    }
}
