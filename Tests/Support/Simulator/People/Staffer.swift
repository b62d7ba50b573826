import LockerDomain
import StationBooks

/// Somebody with badge and PIN who has one thing to do: signs in, does it, ends the session.
class Staffer: Visitor {
    let badge: Badge
    override var badgeID: String? { badge.id }
    private var tries = 4
    private var step = 0
    /// What else has to be said of the world when no answer comes.
    var onSilence: (() -> Void)?
    /// The door of a batch that was opened last.
    private var offered: DoorName?
    /// Whether the person goes where the station sends what is in their hand.
    var putsOnShelf: Bool { false }

    init(_ world: World, badge: Badge) {
        self.badge = badge
        super.init(world)
    }

    override func begin() {
        after(20 * Span.minute) { [self] in goHome() }
        signIn()
    }

    private func signIn() {
        tries -= 1
        guard tries > 0 else { return goHome() }
        ask(badge.text) { [self] answer in
            switch answer.id {
            case .welcome, .askPIN:
                after(3_000) { [self] in
                    ask(badge.pin, isTyped: true) { [self] answer in
                        if answer.id == .pinRight { work() } else { goHome() }
                    }
                }
            case .goodbye, .doubled: after(2_500) { [self] in signIn() }
            default: goHome()
            }
        }
    }

    /// What the person came for.
    func work() { end() }

    /// One scan or typed line; without an answer the person goes home.
    func ask(_ text: String, isTyped: Bool = false, then: @escaping (Answer) -> Void) {
        step += 1
        let mine = step
        let heard: ([Answer]) -> Void = { [self] answers in
            guard mine == step else { return }
            step += 1
            guard let answer = answers.last else {
                onSilence?()
                return goHome()
            }
            onSilence = nil
            // What somebody else scanned has changed what this session does: the label that is shown for another reason is
            // taken for that of a parcel that comes in.
            if !putsOnShelf, answer.id == .putOnShelf, case .shelf(let shelf)? = place(in: answer) {
                world.excuse(.shelf(shelf), .strangeScan)
            }
            after(1_500) { then(answer) }
        }
        // Digit by digit it takes as long as it takes.
        if isTyped { if typeOrScan(text, heard) { return } } else { scan(text, heard) }
        silence(mine)
    }

    private func silence(_ mine: Int) {
        after(10_000) { [self] in
            guard mine == step else { return }
            onSilence?()
            goHome()
        }
    }

    /// Scans the label of a parcel that stays where it lies.
    func nameByLabel(_ item: Item, then: @escaping (Answer) -> Void) {
        ask(item.booked.rawValue) { [self] answer in
            if answer.isCollected { world.bringAgain(item.id, from: item.location) }
            then(answer)
        }
    }

    /// Whether the session at the station is this person's: somebody else's badge ends it.
    var hasSession: Bool { world.proven.session?.badge == badge.id }

    /// Takes what fits out of a door that is being opened, and shuts it.
    func empty(_ door: DoorName, of fits: @escaping (Item) -> Bool, then: @escaping ([Item]) -> Void) {
        wait(for: door, milliseconds: 12_000) { [self] isOpen in
            guard isOpen else { return then([]) }
            after(2_500) { [self] in
                guard world.cabinet.isOpen(door) else { return then([]) }
                let taken = world.truth.inside(.door(door)).filter(fits)
                for item in taken { world.carry(item.id, to: .hands(id)) }
                after(1_500) { [self] in
                    world.shut(door)
                    after(2_000) { then(taken) }
                }
            }
        }
    }

    // MARK: Batches

    override func saw(_ answer: Answer) {
        guard hasSession, [.takeBack, .takeOut, .takeOnly].contains(answer.id),
            case .door(let door)? = place(in: answer),
            let cycle = world.proven.door(door).cycle, cycle.purpose == .retrieval || cycle.purpose == .agent,
            let person = world.proven.session?.person, cycle.authority == .badge(person)
        else { return }
        offered = door
    }

    /// Empties one door of a batch after the other, until none is offered for a while.
    func emptyAll(looks: Int = 5, then: @escaping () -> Void) {
        guard looks > 0 else { return then() }
        guard let door = offered else {
            return after(2_000) { [self] in emptyAll(looks: looks - 1, then: then) }
        }
        offered = nil
        let named = world.proven.door(door).cycle?.waybills ?? []
        empty(door, of: { named.contains($0.booked) }) { [self] _ in emptyAll(then: then) }
    }

    /// Takes one parcel after the other from the shelf and scans each.
    func takeFromShelf(_ items: [Item], until done: Answer.ID, then: @escaping () -> Void) {
        guard let item = items.first, case .at(.shelf(let shelf)) = item.location else { return then() }
        world.carry(item.id, to: .hands(id))
        onSilence = { [self] in world.excuse(.shelf(shelf), .takenUnscanned) }
        ask(item.booked.rawValue) { [self] answer in
            let isDone = answer.id == done || done == .collected && answer.isCollected
            if !isDone { world.excuse(.shelf(shelf), .takenUnscanned) }
            after(2_000) { [self] in takeFromShelf(Array(items.dropFirst()), until: done, then: then) }
        }
    }

    /// Parcels on the shelf that the books have there.
    func onShelf(_ fits: (Parcel) -> Bool) -> [Item] {
        world.truth.items.filter { item in
            guard case .at(.shelf(let shelf)) = item.location, let parcel = world.proven.parcels[item.booked] else {
                return false
            }
            return parcel.place == .shelf(shelf) && parcel.isInside && fits(parcel)
        }
    }

    // MARK: Going

    /// What the person holds.
    var held: [Item] { world.truth.items.filter { $0.location == .hands(id) } }

    /// Where things are left when the person goes.
    var rest: Item.Location { .counter }

    func end() {
        ask(Card.end.text) { [self] _ in goHome() }
    }

    func goHome() {
        guard isHere else { return }
        for item in held { world.carry(item.id, to: rest) }
        leave()
    }
}
