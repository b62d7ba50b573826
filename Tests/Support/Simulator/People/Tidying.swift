import LockerDomain
import StationBooks

/// The keeper moves a parcel to another place: out of its door or off its shelf, and where the station says.
final class Mover: Staffer {
    private var current: Int?
    override var putsOnShelf: Bool { true }

    override func work() {
        ask(Card.move.text) { [self] answer in
            let items = world.truth.items.filter { item in
                guard case .at(let place) = item.location, let parcel = world.proven.parcels[item.booked] else {
                    return false
                }
                return parcel.status == .stored && parcel.place == place
            }
            guard answer.id == .scanParcel, let item = world.chance.pick(items) else { return end() }
            move(item)
        }
    }

    private func move(_ item: Item) {
        current = item.id
        guard case .at(.shelf(let shelf)) = item.location else {
            return ask(item.booked.rawValue) { [self] answer in
                guard answer.id == .takeBack, case .door(let door)? = place(in: answer) else { return end() }
                empty(door, of: { $0.id == item.id }) { [self] taken in
                    // Without a sensor the station takes a minute to believe it.
                    if taken.isEmpty { end() } else { after(75_000) { [self] in end() } }
                }
            }
        }
        world.carry(item.id, to: .hands(id))
        onSilence = { [self] in
            world.excuse(.shelf(shelf), .takenUnscanned)
            world.neverTold(item.id, scannedAs: item.booked)
        }
        ask(item.booked.rawValue) { [self] answer in
            switch answer.id {
            case .putIn, .putOnShelf, .full, .fullChilled: after(20_000) { [self] in end() }
            case _ where answer.isCollected:
                world.bringAgain(item.id, from: .hands(id))
                end()
            default:
                // A manifest that came since may say that it lies nowhere: it is handed over.
                let isInHand = world.proven.parcels[item.booked]?.status == .received
                world.carry(item.id, to: isInHand ? .counter : .at(.shelf(shelf)))
                end()
            }
        }
    }

    /// The station tells the new place when the parcel is out of the old one, and another when a door stays shut.
    override func saw(_ answer: Answer) {
        guard let current, answer.id == .putIn || answer.id == .putOnShelf, let place = place(in: answer) else {
            return
        }
        let item = world.truth.items[current]
        switch place {
        case .shelf(let shelf):
            guard world.proven.parcels[item.booked]?.place == place else { return }
            after(2_000) { [self] in
                guard isInHand else { return world.excuse(.shelf(shelf), .givenUnasked) }
                world.carry(current, to: .at(place))
            }
        case .door(let door):
            guard world.proven.door(door).cycle?.waybills.contains(item.booked) == true else { return }
            wait(for: door, milliseconds: 12_000) { [self] isOpen in
                guard isOpen, isInHand else { return }
                after(2_000) { [self] in
                    guard isInHand, world.cabinet.isOpen(door) else { return }
                    world.carry(current, to: .at(place))
                    after(1_500) { [self] in world.shut(door) }
                }
            }
        }
    }

    private var isInHand: Bool { current.map { world.truth.items[$0].location == .hands(id) } ?? false }

    override func goHome() {
        if isHere, isInHand, let current { world.neverTold(current, scannedAs: world.truth.items[current].booked) }
        super.goHome()
    }
}

/// The keeper gives up what is not to be found.
final class Searcher: Staffer {
    override func work() {
        let gone = world.truth.items.filter { item in
            guard let parcel = world.proven.parcels[item.booked], item.location == .recipient || item.location == .van
            else { return false }
            guard parcel.isInside, let place = parcel.place else { return parcel.status == .missing }
            return !world.truth.inside(place).contains { $0.booked == item.booked }
        }
        guard let item = gone.first else { return end() }
        ask(Card.report(.lost).text) { [self] answer in
            guard answer.id == .scanParcel else { return end() }
            ask(item.booked.rawValue) { [self] _ in end() }
        }
    }
}

/// The keeper calls the county about a door that only a support code opens (客服开箱码).
final class Caller: Staffer {
    override func work() {
        let doors = world.cabinet.names.filter { world.proven.door($0).isAbnormal }
        guard hasSession, let door = world.chance.pick(doors), let person = world.proven.session?.person else {
            return end()
        }
        let code = SupportCode.text(
            counter: world.county.books.ledger.supportNext + UInt32(world.chance.count(0...1)),
            door: door,
            // The code of a call that somebody else made fits nobody.
            requester: world.chance.happens(900) ? PersonNumber(wire: person) : nil,
            key: world.county.codeKey
        )
        ask(code, isTyped: true) { [self] answer in
            guard answer.id == .reopened else { return end() }
            empty(door, of: { _ in false }) { [self] _ in
                guard world.chance.happens(600) else { return end() }
                ask(code, isTyped: true) { [self] _ in end() }
            }
        }
    }
}
