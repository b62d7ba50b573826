import LockerDomain
import LockerTestKit
import StationBooks
import StationRules

extension Cabinet {
    /// Everybody's PIN is the keeper's, so that any role can prove itself.
    mutating func givePINs() {
        command(.pins(Role.allCases.map { TestKeys.pin($0, Cabinet.keeperPIN) }))
    }

    /// A session of a role, its badge never too old, with the PIN typed unless told otherwise.
    mutating func begin(_ role: Role, proven: Bool = true) {
        if state.session?.role != role { scan(badge(role, expiry: .max)) }
        guard proven, state.session?.proven == false else { return }
        if role != .keeper { givePINs() }
        type(Cabinet.keeperPIN)
    }

    /// A session of a role, with the PIN, in which these cards are scanned first.
    mutating func begin(_ role: Role, by cards: Card...) {
        begin(role)
        for card in cards { self.card(card) }
    }

    mutating func end() { scan("VLK1:END") }

    /// Scans a command card.
    mutating func card(_ card: Card) { scan(card.text) }

    /// The door opens and is shut again.
    mutating func openAndShut(_ door: DoorName) {
        open(door)
        shut(door)
    }

    /// The recipient comes with the code and takes all that the door shows.
    mutating func collect(_ waybill: Waybill) {
        typeCode(of: waybill)
        for door in pulses { openAndShut(door) }
    }

    mutating func passHours(_ hours: Int64) { wait(hours * 3_600_000) }

    /// The timer of the hold periods runs out.
    mutating func keepHouse() { send(.timer(.housekeeping)) }

    func parcel(_ waybill: Waybill) -> Parcel? { state.parcels[waybill] }

    func place(of waybill: Waybill) -> String? { state.parcels[waybill]?.place?.description }

    /// Words of the answers to the last input.
    var reason: ScanRejected.Reason? { event(ScanRejected.self)?.reason }
}
