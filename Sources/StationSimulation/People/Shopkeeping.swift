import LockerDomain

/// The keeper hands out to somebody without a phone or code: by the label, or by the last four digits.
final class HandOut: Staffer {
    override var rest: Item.Location { .recipient }

    override func work() {
        ask(Card.handOut.text) { [self] answer in
            guard answer.id == .askRecipient, let item = world.chance.pick(waiting) else { return end() }
            if world.chance.happens(500) {
                ask(world.lastFour(of: item.owner), isTyped: true) { [self] answer in told(answer, item) }
            } else {
                byLabel(item)
            }
        }
    }

    /// What lies where the books have it.
    private var waiting: [Item] {
        world.truth.items.filter { item in
            guard case .at(let place) = item.location, let parcel = world.proven.parcels[item.label] else {
                return false
            }
            return parcel.status == .stored && parcel.place == place
        }
    }

    private func byLabel(_ item: Item) {
        guard case .at(.shelf) = item.location else {
            return ask(item.label.rawValue) { [self] answer in told(answer, item) }
        }
        takeFromShelf([item], until: .collected) { [self] in end() }
    }

    private func told(_ answer: Answer, _ item: Item) {
        switch (answer.id, place(in: answer)) {
        case (.takeOut, .door(let door)?), (.takeOutMore, .door(let door)?):
            let named = world.proven.door(door).cycle?.waybills ?? []
            empty(door, of: { named.contains($0.booked) }) { [self] _ in end() }
        // Of several recipients with these digits the label decides; on the shelf it ends the hand-out.
        case (.peopleWaiting, _), (.takeFromShelf, _), (.takeFromShelfMore, _): byLabel(world.truth.items[item.id])
        default: end()
        }
    }
}

/// The keeper notes down that an agent may take a villager's parcels.
final class Delegating: Staffer {
    override func work() {
        let known = world.truth.items.filter { world.proven.parcels[$0.booked]?.recipientKey != nil }
        guard let parcel = world.chance.pick(known), let agent = world.person(.agent) else { return end() }
        ask(Card.delegate(.agent).text) { [self] answer in
            guard answer.id == .scanVillager else { return end() }
            ask(parcel.booked.rawValue) { [self] answer in
                guard answer.id == .scanAgentBadge else { return end() }
                ask(agent.text) { [self] _ in end() }
            }
        }
    }
}

/// The keeper looks at what villagers send: out of its door, onto the counter, the three systems, accepted or not.
final class Counter: Staffer {
    private var current: Int?
    /// Whether the forgetful keeper has been reminded.
    private var isReminded = false

    override func work() {
        ask(Card.outbound.text) { [self] answer in
            guard answer.id == .scanShipment else { return end() }
            next(waiting)
        }
    }

    private var waiting: [Item] {
        world.truth.items.filter { item in
            guard item.isShipment, let shipment = world.proven.shipments[item.label] else { return false }
            switch shipment.status {
            case .droppedOff: return shipment.place.map { item.location == .at($0) } ?? false
            case .onCounter, .rejected: return shipment.place == nil && item.location == .counter
            case .accepted, .handedOver, .returned: return false
            }
        }
    }

    private func next(_ items: [Item]) {
        guard let item = items.first else { return brought() }
        let rest = Array(items.dropFirst())
        look(at: item.id) { [self] in next(rest) }
    }

    /// Somebody brings a shipment to the counter.
    private func brought() {
        guard world.chance.happens(300) else { return end() }
        let item = world.newShipment()
        world.carry(item, to: .hands(id))
        look(at: item) { [self] in end() }
    }

    private func look(at item: Int, then: @escaping () -> Void) {
        current = item
        ask(world.truth.items[item].label.rawValue) { [self] answer in
            switch (answer.id, place(in: answer)) {
            case (.takeBack, .door(let door)?):
                empty(door, of: { $0.id == item }) { [self] taken in
                    let label = world.truth.items[item].label
                    guard !taken.isEmpty, world.proven.session?.draft?.waybill == label else { return then() }
                    judge(item, then)
                }
            case (.shipmentSteps, _):
                world.carry(item, to: .hands(id))
                judge(item, then)
            case (.givenBack, _):
                world.carry(item, to: .recipient)
                then()
            default: then()
            }
        }
    }

    private func judge(_ item: Int, _ then: @escaping () -> Void) {
        if world.chance.happens(250) { return refuse(item, then) }
        var cards = [Card.realName.text, "RN-\(item)-\(world.day)", Card.inspected.text, Card.screened.text]
        isReminded = false
        if world.chance.happens(200) { cards.removeLast(world.chance.count(1...2)) }
        say(cards) { [self] in accept(item, then) }
    }

    private func say(_ texts: [String], then: @escaping () -> Void) {
        guard let text = texts.first else { return then() }
        ask(text) { [self] _ in say(Array(texts.dropFirst()), then: then) }
    }

    private func accept(_ item: Int, _ then: @escaping () -> Void) {
        ask(Card.accept.text) { [self] answer in
            if answer.id == .missingStep, !isReminded {
                isReminded = true
                return say([Card.inspected.text, Card.screened.text]) { [self] in accept(item, then) }
            }
            world.carry(item, to: .counter)
            then()
        }
    }

    private func refuse(_ item: Int, _ then: @escaping () -> Void) {
        ask(Card.reject(.forbidden).text) { [self] answer in
            switch (answer.id, place(in: answer)) {
            case (.putIn, .door(let door)?):
                wait(for: door, milliseconds: 12_000) { [self] isOpen in
                    guard isOpen else { return then() }
                    world.carry(item, to: .at(.door(door)))
                    after(1_500) { [self] in
                        world.shut(door)
                        after(2_000) { then() }
                    }
                }
            case (.givenBack, _):
                world.carry(item, to: .recipient)
                then()
            default: then()
            }
        }
    }
}
