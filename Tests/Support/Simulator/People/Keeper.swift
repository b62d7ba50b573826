import LockerDomain
import StationBooks

/// The shopkeeper with badge and PIN: looks behind every door whose contents nobody knows, and mends what can be mended.
final class Keeper: Visitor {
    private let badge: Badge
    override var badgeID: String? { badge.id }
    /// Whether the AUDIT card opens the doors in turn; else each door has its own card.
    private let looksAtAll: Bool
    private var doors: [DoorName] = []
    /// The door of the AUDIT card that was opened last.
    private var opened: DoorName?
    /// The screen named a door that was not seen open: NEXT leads on.
    private var isStuck = false
    /// The door behind which the keeper has looked last.
    private(set) var looksInto: DoorName?
    private var patience = 6

    init(_ world: World, badge: Badge, looksAtAll: Bool = false) {
        self.badge = badge
        self.looksAtAll = looksAtAll
        super.init(world)
    }

    override func begin() {
        shutOpenDoors()
        let state = world.machine.state
        doors = world.cabinet.names.filter { name in
            let door = state.door(name)
            let isDoubtful = state.parcels(at: .door(name)).contains { $0.isDoubtful }
            return door.contents == .unknown || door.outOfService != nil || isDoubtful
                || world.truth.excuses[.door(name)] != nil
        }
        for name in doors where world.chance.happens(800) { mend(name) }
        showBadge()
    }

    private func shutOpenDoors() {
        for name in world.cabinet.names where world.cabinet.isOpen(name) && world.present.count < 2 {
            world.shut(name)
        }
    }

    private func mend(_ name: DoorName) {
        world.cabinet.doors[name]?.stuckPulses = 0
        if world.cabinet.doors[name]?.sensor != .good { world.change(.good, of: name) }
    }

    private func showBadge() {
        patience -= 1
        guard patience > 0 else { return leave() }
        scan(badge.text) { [self] answers in
            switch answers.last?.id {
            case .askPIN: after(4_000) { [self] in typePIN() }
            case .goodbye, .doubled: after(3_000) { [self] in showBadge() }
            default: leave()
            }
        }
        let left = patience
        after(10 * Span.minute) { [self] in if left == patience { leave() } }
    }

    private func typePIN() {
        let pin = world.chance.happens(100) ? world.chance.digits(6) : badge.pin
        typeOrScan(pin) { [self] answers in
            switch answers.last?.id {
            case .pinRight: after(2_000) { [self] in if looksAtAll { giveReason() } else { sayWhy() } }
            case .pinWrong: after(3_000) { [self] in typePIN() }
            default: leave()
            }
        }
    }

    /// Without a reason no occupied door opens.
    private func sayWhy() {
        scan(Card.reason(AuditReason.powerCut.rawValue).text) { _ in }
        after(2_500) { [self] in nextDoor() }
    }

    // MARK: All doors in turn

    /// Another keeper may look at all doors, too: their badge ends this session.
    private var hasSession: Bool { world.proven.session?.badge == badge.id }

    /// Occupied doors are opened only with a reason.
    private func giveReason() {
        guard world.chance.happens(500) else { return lookAtAll() }
        scan(Card.reason(world.chance.count(1...9)).text) { [self] _ in after(2_000) { [self] in lookAtAll() } }
        after(10_000) { [self] in if opened == nil, doors.isEmpty { leave() } }
    }

    private func lookAtAll() {
        scan(Card.audit.text) { [self] answers in
            guard answers.contains(where: { $0.id == .auditing }) else { return end() }
            after(1_000) { [self] in goOn() }
        }
    }

    override func saw(_ answer: Answer) {
        guard looksAtAll, hasSession, case .door(let door)? = place(in: answer) else { return }
        if answer.id == .auditStuck { isStuck = true }
        if answer.id == .auditOpened { opened = door }
    }

    /// The next door: the one that the station has opened, or the one on the keeper's own list.
    private func goOn(looks: Int = 5) {
        guard looksAtAll else { return nextDoor() }
        guard let door = opened else {
            if isStuck { return leadOn() }
            guard looks > 0 else { return end() }
            return after(2_000) { [self] in goOn(looks: looks - 1) }
        }
        opened = nil
        wait(for: door, milliseconds: 8_000) { [self] isOpen in
            // One that stays shut is skipped; which door is being looked at the screen says.
            guard isOpen, hasSession, world.proven.session?.auditing == door else { return goOn() }
            after(2_000) { [self] in look(into: door) }
        }
    }

    private func leadOn() {
        isStuck = false
        scan(Card.next.text) { _ in }
        after(3_000) { [self] in goOn() }
    }

    private func nextDoor() {
        guard !doors.isEmpty else { return end() }
        let door = doors.removeFirst()
        // Nobody looks behind a door before which a recipient stands.
        guard !world.cabinet.isOpen(door) || world.proven.door(door).cycle?.purpose != .pickup else {
            return after(3_000) { [self] in nextDoor() }
        }
        scan("VLK1:DOOR:\(door)") { [self] answers in
            guard answers.last?.id == .auditOpened else {
                return after(3_000) { [self] in nextDoor() }
            }
            wait(for: door, milliseconds: 8_000) { [self] isOpen in
                // The mechanical key opens what the lock does not.
                if !isOpen { world.move(door, open: true) }
                after(2_000) { [self] in look(into: door) }
            }
        }
    }

    private func look(into door: DoorName) {
        looksInto = door
        let inside = world.truth.inside(.door(door))
        let booked = world.proven.booked(behind: door)
        let known = inside.filter { booked.contains($0.label) }
        let kept = known.isEmpty ? Array(inside.prefix(1)) : known
        for extra in inside where !kept.contains(where: { $0.id == extra.id }) { takeOut(extra) }
        count(kept, behind: door, scanned: [])
    }

    /// What may not stay there: a parcel comes again another day.
    private func takeOut(_ item: Item) {
        world.carry(item.id, to: .van)
        if !item.isShipment { world.lostItem(item.id) }
    }

    /// Each parcel is scanned; EMPTY says that there are no more.
    private func count(_ rest: [Item], behind door: DoorName, scanned: [Item]) {
        let (item, all) = (rest.first, scanned + rest)
        // The screen says which door is being looked into: a sensor that does not see one sends the keeper to the next.
        guard !looksAtAll || hasSession && world.proven.session?.auditing == door else {
            world.shut(door)
            return after(2_000) { [self] in goOn() }
        }
        var isAnswered = false
        scan(item.map(\.label.rawValue) ?? Card.empty.text) { [self] answers in
            isAnswered = true
            guard let answer = answers.last else { return }
            switch answer.id {
            case .doubled: return after(2_500) { [self] in count(rest, behind: door, scanned: scanned) }
            case .scanRest where item != nil:
                return after(1_500) { [self] in
                    count(Array(rest.dropFirst()), behind: door, scanned: scanned + rest.prefix(1))
                }
            case .anothersParcel:
                guard let item, place(in: answer) == .door(door) else { break }
                takeOut(item)
                return after(1_500) { [self] in count(Array(rest.dropFirst()), behind: door, scanned: scanned) }
            // With the AUDIT card the next door is opened by the same scan.
            case _ where answers.contains { $0.id == .auditEmpty || $0.id == .auditHolds }:
                settle(door, with: all, answers)
            default: if let item { obey(answer, item.id) }
            }
            after(1_500) { [self] in
                world.shut(door)
                after(looksAtAll ? 3_000 : 8_000) { [self] in goOn() }
            }
        }
        // The station fell silent: the keeper leaves everything as it is.
        after(10_000) { [self] in
            guard !isAnswered else { return }
            for item in all { world.neverTold(item.id) }
            leave()
        }
    }

    private func settle(_ door: DoorName, with items: [Item], _ answers: [Answer]) {
        let settled = answers.first { $0.id == .auditEmpty || $0.id == .auditHolds }.flatMap { place(in: $0) }
        // Somebody else's scan was faster: what was scanned here is booked behind the next door.
        guard settled == .door(door) else {
            for place in [settled, .door(door)].compactMap(\.self) { world.excuse(place, .strangeScan) }
            return
        }
        for item in items { world.truth.record(item.id, as: nil) }
        world.settled(door)
    }

    /// The audit was over already, and the station took the scan for a parcel that is brought.
    private func obey(_ answer: Answer, _ item: Int) {
        switch (answer.id, place(in: answer)) {
        case (.putOnShelf, .shelf(let shelf)?):
            world.truth.record(item, as: nil)
            world.carry(item, to: .at(.shelf(shelf)))
        case (.putIn, .door(let door)?):
            wait(for: door, milliseconds: 6_000) { [self] isOpen in
                guard isOpen else { return }
                world.truth.record(item, as: nil)
                world.carry(item, to: .at(.door(door)))
                after(500) { [self] in world.shut(door) }
            }
        default: break
        }
    }

    private func end() {
        scan("VLK1:END") { [self] _ in leave() }
        after(10_000) { [self] in leave() }
    }
}
