import LockerDomain
import StationBooks

/// A courier with a badge and a load: scans, puts in, shuts, next.
final class Courier: Visitor {
    /// How a courier goes about it.
    struct Manners {
        /// Scans of a thousand that garble one character.
        var garbles = 0
        /// Scans of a thousand that are done twice.
        var doubles = 0
        /// Doors of a thousand that are shut without anything inside.
        var forgets = 0
        /// Doors of a thousand that are shut only after the next scan.
        var shutsLate = 0
        /// Visits of a thousand that end without the END card.
        var walksOff = 0
        /// Parcels of a thousand whose recipient's phone is typed.
        var typesPhone = 0
        var walk: Int64 = 2_000
        var scan: Int64 = 1_500
        var putIn: Int64 = 4_000
    }

    private let badge: Badge
    override var badgeID: String? { badge.id }
    private let manners: Manners
    private(set) var load: [Int]
    /// Parcels that found a place in this visit.
    private(set) var placed = 0
    private var tries = 0
    private var lastText = ""
    /// Numbers that the station may have read for the parcel in hand.
    private var tried: Set<Waybill> = []
    /// Rises with each parcel: what was meant for the one before does nothing.
    private var turn = 0
    /// Under which number the last parcel lies behind a door that the station may give up meanwhile.
    private var put: Waybill?
    private var openDoor: DoorName?
    private var patience = 12
    var done: (() -> Void)?

    init(_ world: World, badge: Badge, load: [Int], manners: Manners) {
        self.badge = badge
        self.load = load
        self.manners = manners
        super.init(world)
        for item in load { world.carry(item, to: .hands(id)) }
    }

    override func begin() { showBadge() }

    private func showBadge() {
        patience -= 1
        guard patience > 0 else { return goHome() }
        let mine = next()
        scan(badge.text) { [self] answers in
            guard mine == turn else { return }
            switch answers.last?.id {
            case .welcome, .askPIN:
                // A keeper puts away what came in bags; with the PIN also behind doors of the same recipient.
                if answers.last?.id == .askPIN, world.chance.happens(600) { type(badge.pin) }
                let mine = next()
                after(manners.walk) { [self] in if mine == turn { scanNext() } }
            // The badge of an open session ends it.
            case .goodbye: after(2_500) { [self] in showBadge() }
            case .doubled: after(2_500) { [self] in showBadge() }
            default: goHome()
            }
        }
        impatient(mine) { [self] in showBadge() }
    }

    private func next() -> Int {
        turn += 1
        return turn
    }

    private func impatient(_ mine: Int, _ act: @escaping () -> Void) {
        after(6_000) { [self] in if mine == turn { act() } }
    }

    private func scanNext() {
        guard let item = load.first else { return finish() }
        (tries, put) = (0, nil)
        let label = world.truth.items[item].label
        let isGarbled = world.chance.happens(manners.garbles)
        // Some labels carry two barcodes; the scanner reads either.
        lastText = isGarbled ? world.garbled(label.rawValue) : world.truth.items[item].barcodes[turn % 2]
        guard let flaw = world.truth.items[item].flaw else { return scanAgain(item) }
        declare(flaw, item)
    }

    /// The card of what a locker may not take, or only as agreed, comes before the parcel.
    private func declare(_ flaw: ParcelException, _ item: Int) {
        tries += 1
        guard tries <= 4 else { return setAside() }
        let mine = next()
        scan(Card.exception(flaw).text) { [self] answers in
            guard mine == turn else { return }
            switch answers.last?.id {
            case .exceptionNoted: after(1_000) { [self] in if mine == turn { scanAgain(item) } }
            case .doubled:
                after(2_500) { [self] in if mine == turn { declare(flaw, item) } }
            default: after(1_000) { [self] in if mine == turn { showBadge() } }
            }
        }
        impatient(mine) { [self] in declare(flaw, item) }
    }

    private func scanAgain(_ item: Int) {
        tries += 1
        if let scanned { tried.insert(scanned) }
        patience = max(patience, 4)
        guard tries <= 4 else { return setAside() }
        let mine = next()
        scan(lastText) { [self] answers in
            shutLateDoor()
            guard mine == turn, let answer = answers.last else { return }
            told(answer, item)
        }
        let text = lastText
        if world.chance.happens(manners.doubles) { after(world.chance.within(50...900)) { [self] in scan(text) } }
        impatient(mine) { [self] in scanAgain(item) }
    }

    private func told(_ answer: Answer, _ item: Int) {
        switch (answer.id, place(in: answer)) {
        case (.putIn, .door(let door)?): goTo(door, item)
        case (.putOnShelf, .shelf(let place)?): putOn(place, item)
        // The answer to the first scan was lost; the books have it on the shelf already.
        case (.alreadyStored, .shelf(let place)?) where world.truth.inside(.shelf(place)).isEmpty: putOn(place, item)
        case (.scanBadgeFirst, _), (.needsPIN, _): after(1_000) { [self] in showBadge() }
        case (.askInside, .door(let door)?), (.askInsideOf, .door(let door)?): tellInside(door, item)
        case (.doubled, _): again(item, after: 2_500)
        case (.unreadable, _), (.unknownCode, _), (.goods, _):
            lastText = world.truth.items[item].label.rawValue
            again(item, after: 2_500)
        case (.askChecklist, _): confirm(item)
        case (.noConsent, _), (.notForLocker, _), (.wrongStation, _): takeAlong()
        case (.full, _), (.fullChilled, _), (.storageFailed, _), (.storageReserve, _), (.notEnrolled, _): goHome()
        default: setAside()
        }
    }

    /// A deposit was cut short: the courier knows, or looks through the slit, and says the truth.
    private func tellInside(_ door: DoorName, _ item: Int) {
        let asked = world.proven.door(door).asksInside
        let inside = world.truth.inside(.door(door)).map(\.booked)
        let known = world.proven.booked(behind: door)
        // What else lies there only a keeper can sort out.
        let others = world.proven.door(door).asksNext
        guard inside.allSatisfy({ $0 == asked || others.contains($0) || known.contains($0) }),
            !world.cabinet.isOpen(door)
        else {
            return setAside()
        }
        let isInside = asked.map(inside.contains) ?? false
        let mine = next()
        scan(isInside ? Card.yes.text : Card.no.text) { [self] _ in if mine == turn { again(item, after: 2_500) } }
        impatient(mine) { [self] in scanAgain(item) }
    }

    private func again(_ item: Int, after milliseconds: Int64) {
        let mine = next()
        after(milliseconds) { [self] in if mine == turn { scanAgain(item) } }
    }

    /// The number that the station read in the last scan.
    private var scanned: Waybill? { (try? WaybillReading(lastText)).map { Waybill(rawValue: $0.normalized) } }

    private func record(_ item: Int) {
        let isOther = scanned != world.truth.items[item].label
        world.truth.record(item, as: isOther ? scanned : nil)
        if let scanned { tried.remove(scanned) }
        giveUpOthers(item)
    }

    /// What the station made of scans whose answers nobody heard.
    private func giveUpOthers(_ item: Int) {
        for number in tried.sorted() { world.neverTold(item, scannedAs: number) }
        tried = []
    }

    /// The parcel in hand is settled. Until the next is scanned no place that the station tells is for this person: somebody
    /// else may scan the same label.
    private func letGo() {
        load.removeFirst()
        (tries, lastText) = (0, "")
    }

    private func goTo(_ door: DoorName, _ item: Int) {
        let mine = next()
        wait(for: door, milliseconds: 12_000) { [self] isOpen in
            guard mine == turn else { return }
            guard isOpen else { return setAside() }
            guard !world.chance.happens(manners.forgets) else { return shutEmpty(door) }
            after(manners.putIn / 2) { [self] in
                guard mine == turn else { return }
                putIn(door, item)
            }
        }
    }

    private func putIn(_ door: DoorName, _ item: Int) {
        // Somebody shut it again, or the station has offered another door meanwhile: not into a shut one.
        guard world.cabinet.isOpen(door) else { return setAside() }
        put = scanned
        record(item)
        world.carry(item, to: .at(.door(door)))
        placed += 1
        letGo()
        typePhone(item)
        let mine = next()
        if world.chance.happens(manners.shutsLate), !load.isEmpty {
            openDoor = door
            after(manners.walk) { [self] in if mine == turn { scanNext() } }
        } else {
            after(manners.putIn - manners.putIn / 2) { [self] in
                world.shut(door)
                guard mine == turn else { return }
                after(manners.walk + manners.scan) { [self] in if mine == turn { scanNext() } }
            }
        }
    }

    private func shutLateDoor() {
        guard let door = openDoor else { return }
        openDoor = nil
        after(world.chance.within(300...2_000)) { [self] in world.shut(door) }
    }

    /// Nothing in it, and shut: the sensor cannot tell.
    private func shutEmpty(_ door: DoorName) {
        after(manners.putIn) { [self] in
            world.shut(door)
            setAside()
        }
    }

    private func putOn(_ place: ShelfPlace, _ item: Int) {
        let mine = next()
        after(manners.putIn) { [self] in
            guard mine == turn, load.first == item else { return }
            record(item)
            world.carry(item, to: .at(.shelf(place)))
            let excuse = world.truth.excuses[.shelf(place)]
            if excuse == .neverTold || excuse == .givenUnasked { world.truth.settle(.shelf(place)) }
            placed += 1
            letGo()
            typePhone(item)
            after(manners.walk + manners.scan) { [self] in if mine == turn { scanNext() } }
        }
    }

    /// The station offers another door, or gives up, while the courier stands at the first.
    override func saw(_ answer: Answer) {
        guard [.putIn, .putOnShelf, .putInstead, .shelveInstead].contains(answer.id), let place = place(in: answer)
        else { return }
        if let put {
            guard case .door(let other) = place, openDoor == nil, isFor(put, place) else { return }
            // The parcel went into the first door, whose sensor did not see it open; the other is shut again, empty.
            wait(for: other, milliseconds: 8_000) { [self] isOpen in
                guard isOpen, world.truth.inside(place).isEmpty else { return }
                after(1_000) { [self] in world.shut(other) }
            }
        } else if let item = load.first, tries > 0, isFor(scanned, place) {
            if case .door(let door) = place { goTo(door, item) }
            if case .shelf(let shelf) = place { putOn(shelf, item) }
        }
    }

    /// The answer does not say which parcel it is for; this courier knows, a real one may guess.
    private func isFor(_ booked: Waybill?, _ place: Place) -> Bool {
        guard let booked, case .door(let door) = place else {
            return booked.flatMap { world.proven.parcels[$0]?.place } == place
        }
        return world.proven.door(door).cycle?.waybills.contains(booked) == true
    }

    /// RECEIVE says that the parcels were looked at.
    private func confirm(_ item: Int) {
        let mine = next()
        after(1_000) { [self] in
            guard mine == turn else { return }
            scan(Card.receive.text) { [self] _ in
                guard mine == turn else { return }
                after(2_500) { [self] in if mine == turn { scanNext() } }
            }
            impatient(mine) { [self] in scanNext() }
        }
    }

    /// It goes to the address, or to the station that it is for.
    private func takeAlong() {
        let mine = next()
        guard let item = load.first else { return finish() }
        world.carry(item, to: .recipient)
        world.neverTold(item)
        giveUpOthers(item)
        letGo()
        after(manners.walk) { [self] in if mine == turn { scanNext() } }
    }

    /// For a recipient whom the county cannot reach: the last four digits are those of the owner.
    private func typePhone(_ item: Int) {
        guard world.chance.happens(manners.typesPhone) else { return }
        let phone = world.phone(of: world.truth.items[item].owner)
        after(800) { [self] in type(phone) }
    }

    private func setAside() {
        let mine = next()
        guard let item = load.first else { return finish() }
        world.carry(item, to: .van)
        world.lostItem(item)
        giveUpOthers(item)
        letGo()
        after(manners.walk) { [self] in if mine == turn { scanNext() } }
    }

    private func finish() {
        let mine = next()
        guard !world.chance.happens(manners.walksOff) else { return goHome() }
        scan("VLK1:END") { [self] _ in if mine == turn { goHome() } }
        after(5_000) { [self] in if mine == turn { goHome() } }
    }

    private func goHome() {
        shutLateDoor()
        _ = next()
        for item in load {
            world.carry(item, to: .van)
            world.lostItem(item)
        }
        if let item = load.first { giveUpOthers(item) }
        load = []
        after(3_000) { [self] in
            leave()
            done?()
        }
    }
}
