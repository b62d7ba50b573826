import LockerDomain

/// A courier who takes back what is overdue, refused or recalled: door after door, then the shelf; the run leaves with it.
final class Retriever: Staffer {
    override var rest: Item.Location { .van }

    override func work() {
        guard world.chance.happens(500) else { return retrieve() }
        ask(Card.run("R-\(world.day)").text) { [self] _ in retrieve() }
    }

    private func retrieve() {
        ask(Card.retrieve.text) { [self] answer in
            guard [.retrieving, .takeBack, .takeOnly].contains(answer.id) else { return end() }
            emptyAll { [self] in
                takeFromShelf(onShelf(\.needsRetrieval), until: .tookBack) { [self] in handBack(held) }
            }
        }
    }

    /// Without a run's card, what goes back is scanned once more.
    private func handBack(_ items: [Item]) {
        guard let item = items.first, world.proven.run == nil else { return end() }
        ask(item.booked.rawValue) { [self] _ in handBack(Array(items.dropFirst())) }
    }
}

/// A courier who takes along what the station has accepted.
final class Collector: Staffer {
    override func work() {
        ask(Card.outbound.text) { [self] answer in
            guard answer.id == .scanShipment else { return end() }
            let items = world.truth.items.filter {
                $0.location == .counter && world.proven.shipments[$0.label]?.status == .accepted
            }
            handOver(items)
        }
    }

    private func handOver(_ items: [Item]) {
        guard let item = items.first else { return end() }
        ask(item.label.rawValue) { [self] answer in
            if answer.id == .handedOver { world.carry(item.id, to: .van) }
            handOver(Array(items.dropFirst()))
        }
    }
}

/// A driver in a hurry: one scan for each bag; the keeper stores the parcels later.
final class BagDriver: Staffer {
    override func work() { checkIn(world.bags.keys.sorted()) }

    private func checkIn(_ bags: [String]) {
        guard let bag = bags.first else { return end() }
        ask(bag) { [self] answer in
            if answer.id == .checkedIn || answer.id == .doubled {
                for item in world.bags[bag] ?? [] { world.carry(item, to: .counter) }
                world.bags[bag] = nil
            }
            after(1_500) { [self] in checkIn(Array(bags.dropFirst())) }
        }
    }
}

/// A village agent: takes what villagers let them take, brings it to them, and says so.
final class Agent: Staffer {
    override func work() {
        ask(Card.take.text) { [self] answer in
            guard [.retrieving, .takeOut, .takeOnly].contains(answer.id), let person = world.proven.session?.person
            else {
                return end()
            }
            emptyAll { [self] in
                let delegations = world.proven.delegations
                let items = onShelf { parcel in
                    parcel.recipientKey.flatMap { delegations[$0] }?.delegate == .agent(person)
                }
                takeFromShelf(items, until: .handedToAgent) { [self] in
                    if world.chance.happens(300) { end() } else { deliver(person) }
                }
            }
        }
    }

    private func deliver(_ person: String) {
        ask(Card.delivered.text) { [self] answer in
            guard answer.id == .scanParcel else { return end() }
            let items = world.truth.items.filter { item in
                guard item.location == .counter || item.location == .hands(id) else { return false }
                let parcel = world.proven.parcels[item.booked]
                return parcel?.status == .withAgent && parcel?.holder == person
            }
            bring(items)
        }
    }

    private func bring(_ items: [Item]) {
        guard let item = items.first else { return end() }
        ask(item.booked.rawValue) { [self] answer in
            // Somebody else's badge came between: the station has taken it back, in the name of that person.
            if answer.id != .delivered, let place = world.proven.parcels[item.booked]?.place {
                world.excuse(place, .strangeScan)
            }
            world.carry(item.id, to: .recipient)
            bring(Array(items.dropFirst()))
        }
    }
}
