import LockerDomain
import LockerTestKit
import StationBooks
import StationRules

extension Cabinet {
    /// The county announces parcels, a courier brings them one after the other and leaves.
    mutating func bring(_ entries: ManifestEntry...) {
        announce(entries)
        begin(.courier, proven: false)
        for entry in entries { _ = deposit(entry.waybill) }
        end()
    }

    /// Two small parcels of a recipient go through the one door that is still open.
    mutating func bringTogether(_ first: Waybill, _ second: Waybill, of recipient: String) {
        announce([first, second].map { ManifestEntry($0, of: recipient, size: .small) })
        begin(.courier, proven: false)
        scan(first.rawValue)
        let door = pulses.first ?? ""
        open(door)
        scan(second.rawValue)
        shut(door)
        end()
    }

    /// The keeper writes down that the agent may take the parcels of a villager.
    mutating func delegateToAgent(_ waybill: Waybill) {
        begin(.keeper)
        card(.delegate(.agent))
        scan(waybill.rawValue)
        scan(badge(.agent, expiry: .max))
        end()
    }

    /// What the hotline dictates.
    func supportCode(_ door: DoorName, for requester: String, counter: UInt32) -> String {
        TestKeys.supportCode(counter: counter, door: door, requester: PersonNumber(wire: requester))
    }

    /// The code by which the sender of a shipment gets it back.
    func takeBackCode(of waybill: Waybill) -> String { TestKeys.code(waybill, n: state.shipments[waybill]?.n ?? 0) }

    /// A villager leaves a shipment behind a door that a camera sees.
    mutating func dropOff(_ waybill: Waybill) {
        send(.camera("front", .good))
        card(.dropOff)
        scan(waybill.rawValue)
        for door in pulses { openAndShut(door) }
    }

    /// A villager leaves a shipment behind the first of two doors without a sensor; the pulse is over.
    mutating func dropOffUnseen(_ waybill: Waybill) {
        self = Cabinet(doors: Cabinet.blindDoors)
        send(.camera("front", .good))
        card(.dropOff)
        scan(waybill.rawValue)
        pulseEnds("B01")
    }

    /// A parcel of a courier lies behind A02, and its recipient opens that with the code.
    mutating func openForPickup(_ waybill: Waybill) {
        _ = deposit(waybill)
        typeCode(of: waybill)
        open("A02")
    }

    /// What is said of a shipment that goes out before it is accepted.
    static let inspection = ["VLK1:REALNAME", "RN-2026-0001", "VLK1:INSPECTED", "VLK1:SCREENED"]

    /// The same station with other settings and an empty journal.
    mutating func rebuild(_ change: (inout StationSettings) -> Void) {
        var settings = station.settings
        change(&settings)
        journal = []
        station = Station(settings: settings) { $0 == $1.hash }
        send(.enrolled(credentials, by: "tester"))
        start()
    }

    /// Chinese words of the last answer.
    var words: String {
        actions.compactMap { if case .answer(let answer) = $0 { answer.zh } else { nil } }.last ?? ""
    }
}
