import LockerDomain

/// The shopkeeper with badge and PIN: looks behind every door whose contents nobody knows, and mends what can be mended.
final class Keeper: Visitor {
    private let badge: Badge
    private var doors: [DoorName] = []
    private var patience = 6

    init(_ world: World, badge: Badge) {
        self.badge = badge
        super.init(world)
    }

    override func begin() {
        shutOpenDoors()
        let state = world.machine.station.state
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
        type(pin) { [self] answers in
            switch answers.last?.id {
            case .pinRight: after(2_000) { [self] in sayWhy() }
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

    private func nextDoor() {
        guard !doors.isEmpty else { return end() }
        let door = doors.removeFirst()
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
        let inside = world.truth.inside(.door(door))
        let booked = world.proven.booked(behind: door)
        let known = inside.filter { booked.contains($0.label) }
        let kept = known.isEmpty ? Array(inside.prefix(1)) : known
        for extra in inside where !kept.contains(where: { $0.id == extra.id }) {
            world.carry(extra.id, to: .van)
            if !extra.isShipment { world.lostItem(extra.id) }
        }
        count(kept, behind: door, scanned: [])
    }

    /// Each parcel is scanned; EMPTY says that there are no more.
    private func count(_ rest: [Item], behind door: DoorName, scanned: [Item]) {
        let (item, all) = (rest.first, scanned + rest)
        var isAnswered = false
        scan(item.map(\.label.rawValue) ?? Card.empty.text) { [self] answers in
            isAnswered = true
            guard let answer = answers.last else { return }
            switch answer.id {
            case .doubled: return after(2_500) { [self] in count(rest, behind: door, scanned: scanned) }
            case .scanParcels where item != nil:
                return after(1_500) { [self] in
                    count(Array(rest.dropFirst()), behind: door, scanned: scanned + rest.prefix(1))
                }
            case .auditEmpty, .auditHolds:
                for item in all { world.truth.record(item.id, as: nil) }
                world.settled(door)
            default: if let item { obey(answer, item.id) }
            }
            after(1_500) { [self] in
                world.shut(door)
                after(8_000) { [self] in nextDoor() }
            }
        }
        // The station fell silent: the keeper leaves everything as it is.
        after(10_000) { [self] in
            guard !isAnswered else { return }
            for item in all { world.neverTold(item.id) }
            leave()
        }
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
