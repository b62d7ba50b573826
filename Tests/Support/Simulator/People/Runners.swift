import LockerDomain
import StationBooks

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

/// Hands over what the station has accepted: a courier, or the keeper to the driver of a run; into bags, under seals.
final class Collector: Staffer {
    private var bags = 0

    override func work() {
        guard badge.role == .keeper || world.chance.happens(300) else { return collect() }
        let words = world.chance.happens(500) ? ":BUS \(world.chance.count(1...3)):\(world.chance.digits(5))" : ""
        ask(Card.run("R-\(world.day)-\(id)" + words).text) { [self] answer in
            if answer.id == .runWelcome { collect() } else { end() }
        }
    }

    private func collect() {
        ask(Card.outbound.text) { [self] answer in
            guard answer.id == .scanShipment || answer.id == .scanShipmentOrNext else { return end() }
            let items = world.truth.items.filter {
                $0.location == .counter && world.proven.shipments[$0.label]?.status == .accepted
            }
            handOver(items)
        }
    }

    private func handOver(_ items: [Item]) {
        guard let item = items.first else { return end() }
        // What does not fit any more goes into the next bag.
        guard bags == 0 ? world.chance.happens(600) : world.chance.happens(450) else { return take(item, items) }
        bags += 1
        name("B-\(id)-\(bags)", Card.bag, .nextBag) { [self] in
            guard world.chance.happens(700) else { return take(item, items) }
            name("S-\(id)-\(bags)", Card.seal, .nextSeal) { [self] in take(item, items) }
        }
    }

    /// The number stands on a card, or on the bag or seal itself.
    private func name(_ number: String, _ card: (String) -> Card, _ next: Card, then: @escaping () -> Void) {
        guard world.chance.happens(300) else { return ask(card(number).text) { _ in then() } }
        ask(next.text) { [self] answer in
            guard answer.id == .scanReference else { return then() }
            ask(number) { _ in then() }
        }
    }

    private func take(_ item: Item, _ items: [Item]) {
        ask(item.label.rawValue) { [self] answer in
            if answer.id == .handedOver { world.carry(item.id, to: .van) }
            handOver(Array(items.dropFirst()))
        }
    }
}

/// A driver in a hurry: one scan for each bag, the hand-over card for the rest of a run; the keeper stores the parcels
/// later.
final class BagDriver: Staffer {
    override func work() {
        checkIn(world.lots.keys.sorted())
    }

    private func checkIn(_ lots: [String]) {
        guard let lot = lots.first else { return end() }
        ask(lot.hasPrefix("R-") ? Card.handOver(lot).text : lot) { [self] answer in
            if answer.id == .askChecklist {
                return ask(Card.receive.text) { [self] _ in after(1_500) { [self] in checkIn(lots) } }
            }
            if answer.id == .checkedIn || answer.id == .checkedInSome || answer.id == .doubled {
                for item in world.lots[lot] ?? [] { world.carry(item, to: .counter) }
                world.lots[lot] = nil
            }
            after(1_500) { [self] in checkIn(Array(lots.dropFirst())) }
        }
    }
}

/// A village agent: takes what villagers let them take, brings it to them, and says so.
final class Agent: Staffer {
    override func work() {
        ask(Card.take.text) { [self] answer in
            guard hasSession, [.retrieving, .takeOut, .takeOnly].contains(answer.id),
                let person = world.proven.session?.person
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
            guard answer.id == .askRecipient || answer.id == .askDelivered else { return end() }
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
