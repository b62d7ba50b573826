import LockerDomain
import StationBooks

/// Somebody who fetches a parcel: types the code, opens, takes it, shuts the door, more or less.
final class Recipient: Visitor {
    /// How a recipient goes about it; of a thousand.
    struct Manners {
        /// Types a wrong code first.
        var mistypes = 0
        /// Types a number that is no code at all.
        var guesses = 0
        /// Walks off with the door open.
        var leavesOpen = 0
        /// Shuts the door with the parcel inside.
        var forgetsParcel = 0
        /// Takes a parcel from the shelf and scans nothing.
        var forgetsScan = 0
        /// Types the code again afterwards.
        var triesAgain = 0
        /// Scans a token instead of typing the code.
        var usesToken = 0
        /// Looks at it and puts it back.
        var refuses = 0
        /// Somebody else comes with the token for all that waits for the recipient (代取码).
        var sends = 0
        /// Says something of it afterwards: a report, a complaint, the survey.
        var speaks = 0
    }

    private let item: Int
    private let manners: Manners
    /// Counter of a code that the county has replaced, when this person knows no other.
    private let replaced: UInt32?
    private var tries = 3

    init(_ world: World, item: Int, manners: Manners, replaced: UInt32? = nil) {
        self.item = item
        self.manners = manners
        self.replaced = replaced
        super.init(world)
    }

    private var parcel: Item { world.truth.items[item] }
    private var code: PickupCode? { world.county.code(of: parcel.label, n: replaced) }

    override func begin() {
        after(15 * Span.minute) { [self] in leave() }
        if world.chance.happens(manners.guesses) { type(world.chance.digits(4)) }
        if world.chance.happens(manners.mistypes), let code {
            typeOrScan(world.mistyped(code.description)) { [self] _ in
                after(world.chance.within(3_000...9_000)) { [self] in ask() }
            }
        } else {
            ask()
        }
    }

    private func ask() {
        tries -= 1
        guard tries >= 0, let code else { return leave() }
        let heard: ([Answer]) -> Void = { [self] answers in
            guard let answer = answers.last else { return leave() }
            told(answer)
        }
        var isScanned = false
        if world.chance.happens(manners.sends) {
            scan(world.delegationToken(of: parcel.owner), heard)
        } else if world.chance.happens(manners.usesToken), let token = world.pickupToken(of: parcel.label, n: replaced)
        {
            scan(token, heard)
        } else {
            isScanned = typeOrScan(code.description, heard)
        }
        let left = tries
        after(isScanned ? Span.minute : 20_000) { [self] in if left == tries { leave() } }
    }

    private func told(_ answer: Answer) {
        let goesOn = answer.id == .takeOutMore || answer.id == .takeFromShelfMore
        switch (answer.id, place(in: answer)) {
        case (.takeOut, .door(let door)?), (.takeOutMore, .door(let door)?):
            wait(for: door, milliseconds: 10_000) { [self] isOpen in
                if isOpen { atOpen(door, goesOn: goesOn) } else { leave() }
            }
        case (.takeFromShelf, .shelf(let shelf)?), (.takeFromShelfMore, .shelf(let shelf)?):
            atShelf(shelf, goesOn: goesOn)
        case (.askLastFour, _):
            after(5_000) { [self] in
                typeOrScan(world.lastFour(of: parcel.owner)) { [self] answers in
                    if let answer = answers.last { told(answer) } else { leave() }
                }
            }
        case (.doorBusy, _): after(15_000) { [self] in ask() }
        default: leave()
        }
    }

    private func atOpen(_ door: DoorName, goesOn: Bool) {
        tries = -1
        guard !world.chance.happens(manners.refuses) else { return refuse(door) }
        if world.chance.happens(manners.forgetsParcel) {
            return shut(door, goesOn: goesOn, after: world.chance.within(1_000...4_000))
        }
        after(world.chance.within(1_000...6_000)) { [self] in
            takeMine(from: .door(door))
            guard !world.chance.happens(manners.leavesOpen) else {
                // Somebody passes by and shuts it.
                world.after(world.chance.within(20_000...40 * Span.minute)) { $0.shut(door) }
                return leave()
            }
            shut(door, goesOn: goesOn, after: world.chance.within(500...20_000))
        }
    }

    /// Looks at it, puts it back; what cannot be refused is taken after all.
    private func refuse(_ door: DoorName) {
        let left = world.truth.inside(.door(door)).map(\.id)
        scan(Card.refuse.text) { [self] answers in
            guard answers.last?.id == .putBack, world.cabinet.isOpen(door) else {
                if world.cabinet.isOpen(door) { takeMine(from: .door(door)) }
                return shut(door, goesOn: false, after: 2_000)
            }
            for item in left { world.truth.refuse(item) }
            after(3_000) { [self] in
                world.shut(door)
                leave()
            }
        }
        after(20_000) { [self] in
            world.shut(door)
            leave()
        }
    }

    private func shut(_ door: DoorName, goesOn: Bool, after milliseconds: Int64) {
        after(milliseconds) { [self] in
            world.shut(door)
            if goesOn { return enter() }
            // Where nothing clicks people look twice.
            let real = world.cabinet.doors[door]
            let isSilent = real?.settings.hasSensor == false || real?.sensor != .good
            guard world.chance.happens(manners.triesAgain * (isSilent ? 6 : 1)), let code else {
                return after(1_000) { [self] in sayAndLeave() }
            }
            after(world.chance.within(1_000...90_000)) { [self] in
                typeOrScan(code.description) { [self] answers in lookAgain(answers.last) }
                after(60_000) { [self] in leave() }
            }
        }
    }

    private func sayAndLeave() {
        leave()
        if world.chance.happens(manners.speaks) { Speaker(world).come() }
    }

    /// The same code opens the door again for a minute: something was forgotten, or not.
    private func lookAgain(_ answer: Answer?) {
        guard let answer, answer.id == .takeOut, case .door(let door)? = place(in: answer) else { return leave() }
        wait(for: door, milliseconds: 10_000) { [self] isOpen in
            guard isOpen else { return leave() }
            after(world.chance.within(1_000...9_000)) { [self] in
                takeMine(from: .door(door))
                world.shut(door)
                after(1_000) { [self] in leave() }
            }
        }
    }

    /// Enter opens the next place of the same recipient.
    private func enter() {
        guard world.chance.happens(800) else { return leave() }
        after(world.chance.within(1_000...20_000)) { [self] in
            enterOrNext { [self] answers in
                if let answer = answers.last { told(answer) } else { leave() }
            }
        }
    }

    private func atShelf(_ shelf: ShelfPlace, goesOn: Bool) {
        tries = -1
        after(world.chance.within(2_000...8_000)) { [self] in
            let taken = takeMine(from: .shelf(shelf))
            guard let first = taken.first, !world.chance.happens(manners.forgetsScan) else {
                world.excuse(.shelf(shelf), .takenUnscanned)
                return leave()
            }
            var isAnswered = false
            scan(first.label.rawValue) { [self] answers in
                isAnswered = true
                if answers.last?.isCollected != true { world.excuse(.shelf(shelf), .takenUnscanned) }
                if goesOn { enter() } else { sayAndLeave() }
            }
            // The station crashed: nobody waits for ever.
            after(20_000) { [self] in
                guard !isAnswered else { return }
                world.excuse(.shelf(shelf), .takenUnscanned)
                leave()
            }
        }
    }

    /// Only what is theirs, or what a relative lets them take: a label with another name stays, and so does what they
    /// refused.
    @discardableResult
    private func takeMine(from place: Place) -> [Item] {
        let mine = world.truth.inside(place).filter {
            ($0.owner == parcel.owner || isLent($0, at: place)) && !$0.isRefused && !$0.isShipment
        }
        for item in mine { take(item.id) }
        return mine
    }

    private func isLent(_ item: Item, at place: Place) -> Bool {
        switch place {
        case .door(let door):
            let cycle = world.proven.door(door).cycle
            return cycle?.authority.isRelative == true && cycle?.waybills.contains(item.booked) == true
        case .shelf:
            guard let lent = world.proven.parcels[item.booked] else { return false }
            return lent.isForDelegate && lent.releasedUntil > world.moment.wall
        }
    }

    private func take(_ item: Int) {
        world.carry(item, to: .recipient)
    }
}
