import LockerDomain
import StationBooks

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
            empty(door, of: { named.contains($0.booked) }) { [self] _ in doubt(door) }
        // Of several recipients with these digits the label decides; on the shelf it ends the hand-out.
        case (.peopleWaiting, _), (.takeFromShelf, _), (.takeFromShelfMore, _): byLabel(world.truth.items[item.id])
        default: end()
        }
    }

    /// Was anything left behind? The keeper looks again, and now and then finds that the door is not as it should be.
    private func doubt(_ door: DoorName) {
        guard world.chance.happens(350) else { return end() }
        ask(Card.reopen.text) { [self] answer in
            guard answer.id == .reopened, place(in: answer) == .door(door) else { return end() }
            empty(door, of: { _ in false }) { [self] _ in
                guard world.chance.happens(600) else { return end() }
                ask(Card.abnormal.text) { [self] _ in end() }
            }
        }
    }
}

/// The keeper notes down who may take a villager's parcels, or that nobody may any more.
final class Delegating: Staffer {
    override func work() {
        let known = world.truth.items.filter { world.proven.parcels[$0.booked]?.recipientKey != nil }
        guard let parcel = world.chance.pick(known) else { return end() }
        switch world.chance.count(0...4) {
        case 0: withdraw(parcel)
        case 1, 2: agent(of: parcel, world.person(.agent)?.text)
        default: relative(of: parcel, world.chance.pick(known) ?? parcel)
        }
    }

    private func agent(of parcel: Item, _ delegate: String?) {
        guard let delegate else { return end() }
        ask(Card.delegate(.agent).text) { [self] answer in
            guard answer.id == .scanVillager else { return end() }
            nameByLabel(parcel) { [self] answer in
                guard answer.id == .scanAgentBadge else { return end() }
                ask(delegate) { [self] _ in end() }
            }
        }
    }

    private func relative(of parcel: Item, _ theirs: Item) {
        ask(Card.delegate(.relative).text) { [self] answer in
            guard answer.id == .scanVillager else { return end() }
            nameByLabel(parcel) { [self] answer in
                guard answer.id == .scanRelative else { return end() }
                nameByLabel(theirs) { [self] _ in end() }
            }
        }
    }

    private func withdraw(_ parcel: Item) {
        ask(Card.withdraw.text) { [self] answer in
            guard answer.id == .askRecipient else { return end() }
            let lent = world.truth.items.first { item in
                let key = world.proven.parcels[item.booked]?.recipientKey
                return key.flatMap { world.proven.delegations[$0] } != nil
            }
            nameByLabel(lent ?? parcel) { [self] _ in end() }
        }
    }
}

/// The keeper tells recipients in person, or holds what waits for them longer.
final class Holding: Staffer {
    override func work() {
        ask(world.chance.happens(500) ? Card.told.text : Card.extend.text) { [self] answer in
            guard answer.id == .askRecipient else { return end() }
            next(world.chance.count(1...4))
        }
    }

    private func next(_ times: Int) {
        let waiting = world.proven.waiting
        let parcels = waiting.contains { $0.hold.isOverdue } ? waiting.filter(\.hold.isOverdue) : waiting
        guard times > 0, let parcel = world.chance.pick(parcels.sorted { $0.waybill < $1.waybill }) else {
            return end()
        }
        // The labels behind doors nobody can scan: the last four digits name the recipient.
        if let digits = parcel.lastFour, world.chance.happens(700) {
            ask(digits, isTyped: true) { [self] _ in next(times - 1) }
        } else {
            guard let item = world.truth.items.first(where: { $0.booked == parcel.waybill }) else {
                return ask(parcel.waybill.rawValue) { [self] _ in next(times - 1) }
            }
            nameByLabel(item) { [self] _ in next(times - 1) }
        }
    }
}

/// The keeper looks at what villagers send: out of its door, onto the counter, the three systems, accepted or not.
final class Counter: Staffer {
    private var current: Int?
    /// Whether the forgetful keeper has been reminded.
    private var isReminded = false
    /// Lets the station say which door comes next.
    private var asksNext = false

    override func work() {
        // At the wrong work, or before there is a shipment, nothing can be said of one.
        sometimesRemark(60) { [self] in
            ask(Card.outbound.text) { [self] answer in
                guard answer.id == .scanShipment || answer.id == .scanShipmentOrNext else { return end() }
                asksNext = answer.id == .scanShipmentOrNext && world.chance.happens(300)
                sometimesRemark(60) { [self] in next(waiting) }
            }
        }
    }

    private func sometimesRemark(_ perMille: Int, then: @escaping () -> Void) {
        guard world.chance.happens(perMille) else { return then() }
        say([Saying.remark(&world.chance)], then: then)
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
        if asksNext { return askNext(items.count) }
        let rest = Array(items.dropFirst())
        // Its sender may have been there meanwhile: the card of the door would ask for an audit.
        guard waiting.contains(where: { $0.id == item.id }) else { return next(rest) }
        look(at: item.id) { [self] in next(rest) }
    }

    /// NEXT: door after door, as the station names them, then what lies on the counter.
    private func askNext(_ times: Int) {
        guard times > 0 else {
            asksNext = false
            return next(waiting)
        }
        ask(Card.next.text) { [self] answer in
            guard answer.id == .takeBack, case .door(let door)? = place(in: answer) else { return askNext(0) }
            let named = world.proven.door(door).cycle?.waybills ?? []
            empty(door, of: { $0.isShipment && named.contains($0.label) }) { [self] taken in
                guard let item = taken.first, world.proven.session?.draft?.waybill == item.label else {
                    return askNext(0)
                }
                judge(item.id) { [self] in askNext(times - 1) }
            }
        }
    }

    /// Somebody brings a shipment to the counter.
    private func brought() {
        guard world.chance.happens(300) else { return end() }
        guard world.chance.happens(700) else { return label() }
        let item = world.newShipment()
        world.carry(item, to: .hands(id))
        look(at: item) { [self] in end() }
    }

    /// The sender has no label: the station makes a number, and prints it.
    private func label() {
        ask(Card.label.text) { [self] answer in
            // What stands on the printed label.
            guard hasSession, answer.id == .shipmentSteps, let label = world.proven.session?.draft?.waybill,
                label.rawValue.hasPrefix("VL")
            else { return end() }
            let item = world.truth.addShipment(label: label, owner: world.chance.count(1...40))
            current = item
            world.carry(item, to: .hands(id))
            judge(item) { [self] in end() }
        }
    }

    private func look(at item: Int, then: @escaping () -> Void) {
        current = item
        ask(name(of: world.truth.items[item])) { [self] answer in
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

    /// What lies behind a door is named by the card of the door: its label is inside.
    private func name(of item: Item) -> String {
        guard case .at(.door(let door)) = item.location else { return item.label.rawValue }
        return Card.door(door.rawValue).text
    }

    private func judge(_ item: Int, _ then: @escaping () -> Void) {
        if world.chance.happens(250) { return refuse(item, .forbidden, then) }
        let realName = Saying(.realName, reference: [Saying("RN-20260512-\(item)-\(world.day)")])
        var sayings = [realName, Saying(.inspected), Saying(.screened)]
        isReminded = false
        // One forgets to scan what was looked at, or never looked.
        if world.chance.happens(250) { sayings.remove(at: world.chance.count(1...2)) }
        for remark in Saying.remarks(&world.chance) {
            sayings.insert(remark, at: world.chance.count(0...sayings.count))
        }
        say(sayings) { [self] in accept(item, then) }
    }

    private func say(_ sayings: [Saying], then: @escaping () -> Void) {
        guard let saying = sayings.first else { return then() }
        if saying.text == Card.realName.text, world.chance.happens(150) { comeMeanwhile() }
        ask(saying.text, isTyped: saying.isTyped) { [self] answer in
            let reference = answer.id == .scanReference ? saying.reference : []
            say(reference + sayings.dropFirst(), then: then)
        }
    }

    /// Somebody fetches a parcel while the station waits for the number of the real-name record.
    private func comeMeanwhile() {
        let waiting = world.truth.items.filter { item in
            guard case .at = item.location else { return false }
            return !item.isShipment && !item.isRefused
        }
        guard let item = world.chance.pick(waiting) else { return }
        world.after(world.chance.within(200...1_600)) { world in
            Recipient(world, item: item.id, manners: Recipient.Manners(usesToken: 500)).come()
        }
    }

    private func accept(_ item: Int, _ then: @escaping () -> Void) {
        ask(Card.accept.text) { [self] answer in
            if answer.id == .missingStep, !isReminded, world.chance.happens(800) {
                isReminded = true
                return say([Saying(.inspected), Saying(.screened)]) { [self] in accept(item, then) }
            }
            world.carry(item, to: .counter)
            guard answer.id == .shipmentAccepted, world.chance.happens(120) else {
                // Too late: it is closed.
                return sometimesRemark(100, then: then)
            }
            withdraw(item, then)
        }
    }

    /// Accepted, and its sender thinks better of it, or something wrong with it is seen after all.
    private func withdraw(_ item: Int, _ then: @escaping () -> Void) {
        ask(world.truth.items[item].label.rawValue) { [self] answer in
            // The run that this keeper has opened is still here: it leaves with that.
            if answer.id == .handedOver { world.carry(item, to: .van) }
            guard answer.id == .shipmentAccepted else { return then() }
            refuse(item, world.chance.happens(500) ? .sender : .screening, then)
        }
    }

    private func refuse(_ item: Int, _ reason: ShipmentRefusal, _ then: @escaping () -> Void) {
        ask(Card.reject(reason).text) { [self] answer in
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
