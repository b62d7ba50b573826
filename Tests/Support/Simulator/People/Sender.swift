import LockerDomain
import StationBooks

/// A villager who leaves a shipment behind a door, under a camera.
final class Sender: Visitor {
    private let item: Int

    init(_ world: World, item: Int) {
        self.item = item
        super.init(world)
    }

    private var label: Waybill { world.truth.items[item].label }

    override func begin() {
        world.carry(item, to: .hands(id))
        after(90_000) { [self] in goHome() }
        // Somebody chooses before being asked.
        if world.chance.happens(60) { chooseSize { [self] in ask() } } else { ask() }
    }

    private func ask() {
        scan(Card.dropOff.text) { [self] answers in
            guard answers.last?.id == .dropOffHow else { return goHome() }
            after(2_000) { [self] in
                if world.chance.happens(400) { chooseSize { [self] in hand() } } else { hand() }
            }
        }
    }

    /// 1 for the smallest; one thinks better of it, one types what is no size.
    private func chooseSize(then: @escaping () -> Void) {
        let digit = world.chance.happens(80) ? world.chance.count(5...9) : world.chance.count(1...4)
        typeOrScan(String(digit)) { [self] answers in
            guard !answers.isEmpty else { return }
            after(2_000) { [self] in
                if world.chance.happens(150) { chooseSize(then: then) } else { then() }
            }
        }
    }

    private func hand() {
        scan(label.rawValue) { [self] _ in
            guard world.chance.happens(60) else { return }
            // Too late: the door is chosen.
            after(1_000) { [self] in chooseSize {} }
        }
    }

    /// The first door, or another one when it stays shut.
    override func saw(_ answer: Answer) {
        guard answer.id == .putIn, case .door(let door)? = place(in: answer),
            world.proven.door(door).cycle?.waybills.contains(label) == true
        else { return }
        wait(for: door, milliseconds: 12_000) { [self] isOpen in
            guard isOpen, world.truth.items[item].location == .hands(id) else { return }
            after(2_000) { [self] in
                guard world.cabinet.isOpen(door), world.truth.items[item].location == .hands(id) else { return }
                // While somebody works there the card would be theirs.
                if world.chance.happens(200), world.proven.session == nil { return thinkBetter(door) }
                world.carry(item, to: .at(.door(door)))
                after(2_000) { [self] in
                    world.shut(door)
                    after(3_000) { [self] in goHome() }
                }
            }
        }
    }

    /// NO: takes it home again, and says so.
    private func thinkBetter(_ door: DoorName) {
        scan(Card.no.text) { [self] _ in
            after(1_500) { [self] in
                world.shut(door)
                after(2_000) { [self] in goHome() }
            }
        }
        // The station crashed: the door is shut all the same.
        after(10_000) { [self] in
            world.shut(door)
            goHome()
        }
    }

    private func goHome() {
        guard isHere else { return }
        if world.truth.items[item].location == .hands(id) { world.carry(item, to: .recipient) }
        leave()
    }
}

/// Somebody who wants back what they left, by the code that the station told.
final class TakeBack: Visitor {
    private let item: Int

    init(_ world: World, item: Int) {
        self.item = item
        super.init(world)
    }

    override func begin() {
        after(2 * Span.minute) { [self] in leave() }
        let label = world.truth.items[item].label
        guard let n = world.proven.shipments[label]?.n else { return leave() }
        typeOrScan(PickupCode(label, n: n, key: world.county.codeKey).description) { [self] answers in
            guard let answer = answers.last, answer.id == .takeOut, case .door(let door)? = place(in: answer) else {
                return leave()
            }
            wait(for: door, milliseconds: 12_000) { [self] isOpen in
                guard isOpen else { return leave() }
                after(2_000) { [self] in
                    if world.truth.items[item].location == .at(.door(door)) { world.carry(item, to: .recipient) }
                    after(1_000) { [self] in
                        world.shut(door)
                        leave()
                    }
                }
            }
        }
    }
}

extension World {
    /// Something that a villager sends.
    func newShipment() -> Int {
        truth.addShipment(label: Waybill(rawValue: "JT" + chance.digits(13)), owner: chance.count(1...40))
    }
}
