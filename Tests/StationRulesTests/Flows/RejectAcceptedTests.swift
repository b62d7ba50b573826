import LockerDomain
import StationBooks
import StationRules
import Testing

@Suite("Accepted shipments that do not leave")
struct RejectAcceptedTests {
    private var cabinet = Cabinet()
    private let ship: Waybill = "SF7444404156506"
    private let other: Waybill = "YT8962646785389"
    private let steps = ["VLK1:REALNAME", "RN-2026-0001", "VLK1:INSPECTED", "VLK1:SCREENED", "VLK1:ACCEPT"]

    private mutating func accept(isDroppedOff: Bool = false) {
        if isDroppedOff { cabinet.dropOff(ship) }
        cabinet.begin(.keeper)
        cabinet.card(.outbound)
        cabinet.scan(isDroppedOff ? Card.door("A02").text : ship.rawValue)
        for door in cabinet.pulses { cabinet.openAndShut(door) }
        for step in steps { cabinet.scan(step) }
        #expect(cabinet.state.shipments[ship]?.status == .accepted)
    }

    @Test("its sender withdraws it at the counter", arguments: [true, false])
    mutating func withdrawn(isDroppedOff: Bool) {
        accept(isDroppedOff: isDroppedOff)
        cabinet.scan(ship.rawValue)
        cabinet.card(.reject(.sender))
        #expect(cabinet.types == [.shipmentRejected, .shipmentReturned])
        #expect(cabinet.event(ShipmentRejected.self)?.wasAccepted == true)
        #expect(cabinet.answers == [.givenBack])
        #expect(cabinet.state.shipments[ship]?.status == .returned)
        cabinet.begin(.courier)
        cabinet.card(.outbound)
        cabinet.scan(ship.rawValue)
        #expect(cabinet.state.run == nil, "it is no shipment to take along")
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("what was dropped off goes behind a door, and the code of its sender opens it")
    mutating func behindDoor() {
        accept(isDroppedOff: true)
        let code = cabinet.takeBackCode(of: ship)
        cabinet.scan(ship.rawValue)
        cabinet.card(.reject(.forbidden))
        #expect(cabinet.types == [.shipmentRejected, .doorUnlockRequested])
        #expect(cabinet.answers == [.putIn])
        cabinet.openAndShut("A02")
        cabinet.end()
        cabinet.restart()
        cabinet.type(code)
        cabinet.openAndShut("A02")
        #expect(cabinet.answers == [.givenBack])
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("what came over the counter has no code: it stays there for its sender")
    mutating func atCounter() {
        accept()
        cabinet.scan(ship.rawValue)
        cabinet.card(.reject(.screening))
        #expect(cabinet.types == [.shipmentRejected] && cabinet.answers == [.keepForSender])
        #expect(cabinet.state.shipments[ship]?.status == .rejected)
        cabinet.begin(.courier)
        cabinet.card(.outbound)
        cabinet.scan(ship.rawValue)
        #expect(cabinet.answers == [.notAccepted])
        cabinet.begin(.keeper)
        cabinet.card(.outbound)
        cabinet.scan(ship.rawValue)
        #expect(cabinet.answers == [.givenBack])
    }

    @Test("REJECT is about the scan right before it alone", arguments: [0, 1, 2])
    mutating func rightAfter(what: Int) {
        accept()
        cabinet.scan(ship.rawValue)
        switch what {
        case 0: cabinet.card(.outbound)
        case 1: cabinet.scan(other.rawValue)
        default: cabinet.begin(.courier)
        }
        cabinet.card(.reject(.packaging))
        #expect(cabinet.state.shipments[ship]?.status == .accepted)
        #expect(cabinet.event(ShipmentRejected.self)?.waybill == (what == 1 ? other : nil))
    }

    @Test("without that scan REJECT asks for one, and a shipment half done comes first")
    mutating func halfDone() {
        accept()
        cabinet.card(.reject(.packaging))
        #expect(cabinet.answers == [.scanShipment])
        cabinet.scan(other.rawValue)
        cabinet.card(.inspected)
        cabinet.scan(ship.rawValue)
        #expect(cabinet.answers == [.finishFirst])
        cabinet.card(.reject(.packaging))
        #expect(cabinet.event(ShipmentRejected.self)?.waybill == other)
        #expect(cabinet.event(ShipmentRejected.self)?.wasAccepted == nil)
        #expect(cabinet.state.shipments[ship]?.status == .accepted)
    }

    @Test("brought again after its sender had it back it came over the counter")
    mutating func broughtAgain() {
        accept(isDroppedOff: true)
        cabinet.scan(ship.rawValue)
        cabinet.card(.reject(.sender))
        cabinet.scan(ship.rawValue)
        for step in steps { cabinet.scan(step) }
        #expect(cabinet.event(ShipmentAccepted.self)?.waybill == ship)
        #expect(cabinet.event(ShipmentAccepted.self)?.place == nil)
    }
}
