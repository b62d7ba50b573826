import LockerDomain
import StationBooks
import StationCore
import StationRules

/// What people of any kind do to the world.
extension World {
    /// What the station cannot know about who scans what.
    func excuse(_ event: Event, _ cause: Post) {
        var place: Place?
        if case .parcelStored(let fact) = event { place = fact.place }
        if case .parcelRelocated(let fact) = event { place = fact.place }
        if let place, case .shelf = place {
            guard case .text = cause.input else { return excuse(place, .givenUnasked) }
            if cause.visitor == nil { excuse(place, .strangeScan) }
        } else if case .auditDifference(let fact) = event, fact.finding == .found, let waybill = fact.waybill {
            // The books have its right number from here on, whether or not the keeper hears the answer.
            let place = fact.door.map(Place.door) ?? fact.shelf.map(Place.shelf)
            for item in place.map(truth.inside) ?? [] where item.label == waybill { truth.record(item.id, as: nil) }
        } else if case .auditFinished(let fact) = event {
            if !mayFinishAudit(of: fact.door, cause) { excuse(.door(fact.door), .strangeScan) }
        } else if case .parcelCollected(let fact) = event, case .shelf = fact.place, fact.means != .badge,
            cause.visitor.flatMap({ present[$0] })?.badgeID != nil,
            truth.inside(fact.place).contains(where: { $0.booked == fact.waybill })
        {
            // A code had released it, and its recipient went without it: whoever names it takes it, for all that the
            // station can know. Better so than a parcel that is gone and waits in the books.
            excuse(fact.place, .releasedBefore)
        }
    }

    /// Whether what settles an audit is said by who looks behind this door: another keeper may look behind another one, and
    /// the answer that tells them so may be lost.
    private func mayFinishAudit(of door: DoorName, _ cause: Post) -> Bool {
        if let keeper = cause.visitor.flatMap({ present[$0] }) as? Keeper {
            return keeper.badgeID == proven.session?.badge && keeper.looksInto == door
        }
        // The YES and NO of a courier answer a question; any other scan goes into a keeper's session.
        guard case .text(let text, _) = cause.input, cause.visitor != nil else { return false }
        return text == Card.yes.text || text == Card.no.text
    }

    /// Who scanned a label for something else hears that the parcel is collected: it comes in once more.
    func bringAgain(_ item: Int, from location: Item.Location) {
        let isBooked = proven.parcels[truth.items[item].booked]?.status == .collected
        guard isBooked, truth.items[item].location == location, location != .recipient else { return }
        carry(item, to: .van)
        if case .at(let place) = location, truth.excuses[place] == .releasedBefore { truth.settle(place) }
        lostItem(item)
    }

    /// The scanner does not tell who holds it: what somebody scans into another person's session goes by that session, and
    /// the books may be wrong about where the parcel lies. Asked before the event is taken into the books.
    func excuseStranger(_ event: Event, _ cause: Post) {
        guard case .text = cause.input, let session = proven.session, let visitor = cause.visitor,
            present[visitor]?.badgeID != session.badge
        else { return }
        let places: [Place?] =
            switch event {
            case .parcelReceived(let fact): [proven.parcels[fact.waybill]?.place]
            case .parcelStored(let fact): [fact.place]
            case .parcelRelocated(let fact): [fact.from, fact.place]
            case .parcelRetrieved(let fact): [fact.place]
            case .parcelHandedToAgent(let fact): [fact.place]
            case .parcelCollected(let fact): fact.means == .badge ? [fact.place] : []
            default: []
            }
        for case .shelf(let place)? in places { excuse(.shelf(place), .strangeScan) }
    }

    /// Somebody moves a parcel.
    func carry(_ item: Int, to location: Item.Location) {
        log.note(clock.now, .word("\(truth.items[item].label) to \(location)"))
        moves += 1
        truth.move(item, to: location, at: clock.now)
    }

    /// From here on the books may be wrong about a place, and the station is not to blame.
    func excuse(_ place: Place, _ excuse: Excuse) {
        log.note(clock.now, .word("\(place): \(excuse)"))
        truth.excuse(place, excuse)
    }

    /// Somebody pushes a door shut, whatever is inside or is not: no sensor tells.
    func shut(_ door: DoorName) {
        guard cabinet.isOpen(door) else { return }
        if machine.isRunning, let cycle = machine.state.door(door).cycle {
            let inside = truth.inside(.door(door)).flatMap { [$0.booked, $0.label] }
            let areInside = cycle.waybills.allSatisfy { inside.contains($0) }
            let isAnyInside = cycle.waybills.contains { inside.contains($0) }
            switch cycle.purpose {
            case .deposit, .dropOff, .shipment, .putBack:
                if !areInside { excuse(.door(door), .shutWithoutPuttingIn) }
            case .pickup, .handOut, .agent, .retrieval, .takeOut, .senderPickup, .move:
                if isAnyInside { excuse(.door(door), .shutWithParcelInside) }
            case .audit, .reopen, .support: break
            }
        }
        move(door, open: false)
    }

    /// Somebody opens a door with the mechanical key, and may take out what is inside.
    func openByKey(_ door: DoorName, takes: Bool) {
        guard !cabinet.isOpen(door) else { return }
        let (spells, wasRunning) = (keystore.blindSpells, machine.isRunning)
        move(door, open: true)
        after(chance.within(2_000...40_000)) { world in
            if takes, world.cabinet.isOpen(door) {
                for item in world.truth.inside(.door(door)) {
                    world.carry(item.id, to: .recipient)
                }
            }
            world.shut(door)
            world.after(2_000) { world in
                // Nobody could see it: no eye on the door, off, crashed meanwhile, or nothing could be written.
                let real = world.cabinet.doors[door]
                let isWatched = real?.settings.hasSensor == true && real?.sensor == .good
                if !wasRunning || !isWatched || world.keystore.blindSpells != spells || world.machine.isBehind {
                    world.excuse(.door(door), .unseen)
                }
            }
        }
    }

    /// The county's keyed hash of a villager's phone, and its last four digits; two villagers may share those.
    func recipientKey(of owner: Int) -> String { "key-\(owner)" }
    func lastFour(of owner: Int) -> String { String(2_000 + owner % 37 * 11) }
    func phone(of owner: Int) -> String { "139\(1_000 + owner)" + lastFour(of: owner) }

    /// People of a role whose badges the county has issued.
    func person(_ role: Role) -> Badge? { chance.pick(staff.filter { $0.role == role }) }

    /// Whether the bearer stands at the cabinet: nobody is there twice.
    func isHere(_ badge: Badge) -> Bool { present.values.contains { $0.badgeID == badge.id } }

    func settled(_ door: DoorName) {
        guard cabinet.doors[door]?.sensor == .good else { return }
        truth.settle(.door(door))
    }

    func show(_ answer: Answer) {
        log.note(clock.now, .answer(answer))
        for (_, visitor) in present.sorted(by: { $0.key < $1.key }) { visitor.saw(answer) }
    }

    /// The parcel found no place: it comes again another day.
    func lostItem(_ item: Int) {
        returned.append(item)
        neverTold(item)
    }

    /// Nobody heard where the station has recorded the parcel.
    func neverTold(_ item: Int, scannedAs number: Waybill? = nil) {
        guard let parcel = proven.parcels[number ?? truth.items[item].label], parcel.status == .stored,
            case .shelf(let place)? = parcel.place
        else { return }
        excuse(.shelf(place), .neverTold)
    }

    /// The number of a new parcel; now and then one that was here before and was delivered.
    func newLabel() -> Waybill {
        let abroad = Set(truth.items.filter { $0.location != .recipient }.map(\.label))
        let delivered = truth.items.map(\.label).filter { !abroad.contains($0) && !$0.hasParts }
        if chance.happens(25), let old = chance.pick(delivered) { return old }
        switch chance.count(0...5) {
        case 0: return Waybill(rawValue: "SF1" + chance.digits(12))
        case 1: return Waybill(rawValue: "YT" + chance.digits(13))
        case 2: return Waybill(rawValue: "75" + chance.digits(12))
        case 3: return Waybill(rawValue: "JT" + chance.digits(13))
        case 4: return Waybill(rawValue: "JD0" + chance.digits(12))
        default: return Waybill(rawValue: "77" + chance.digits(13))
        }
    }

    /// One character of a scan is read wrong: mostly that is somebody's number too.
    func garbled(_ text: String) -> String {
        var characters = Array(text)
        characters[chance.count(0...characters.count - 1)] = chance.pick(Array("0123456789AZ#")) ?? "0"
        return String(characters)
    }

    /// A code as tired eyes type it: two digits changed over, or one wrong.
    func mistyped(_ code: String) -> String {
        var digits = Array(code)
        let index = chance.count(0...digits.count - 2)
        if chance.happens(500) { digits.swapAt(index, index + 1) } else { digits[index] = Character(chance.digits(1)) }
        return String(digits)
    }

    /// The token by which somebody else takes all that waits for a villager (代取码).
    func delegationToken(of owner: Int) -> String {
        let token = Token(
            kind: .delegation,
            keyID: county.codeKey.tokenKeyID,
            id: Token.id(issued: UInt32(clock.now / 1_000), random: Array(chance.bytes(8).prefix(4))),
            expiry: UInt32(clock.now / 1_000) + 10 * 86_400,
            subject: Token.subject(ofRecipient: recipientKey(of: owner)),
            grants: Token.dated
        )
        return token.authenticated(with: county.codeKey)
    }

    /// The token that the county sends beside the code.
    func pickupToken(of waybill: Waybill, n: UInt32? = nil) -> String? {
        guard let entry = county.books.ledger.parcels[waybill] else { return nil }
        let token = Token(
            kind: .pickup,
            keyID: county.codeKey.tokenKeyID,
            id: chance.bytes(8),
            expiry: UInt32(clock.now / 1_000) + 10 * 86_400,
            subject: Token.subject(of: entry.codeOf ?? waybill, n: n ?? entry.n),
            grants: 0
        )
        return token.authenticated(with: county.codeKey)
    }
}

extension Waybill {
    /// Whether its carrier sends several parcels under one number (子母件), each with a suffix of its own.
    var hasParts: Bool { rawValue.hasPrefix("JD") }
}
