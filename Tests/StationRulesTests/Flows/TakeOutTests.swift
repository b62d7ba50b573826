import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Shipments taken out of their doors")
struct TakeOutTests {
    private var cabinet = Cabinet()
    private let ship: Waybill = "SF7444404156506"
    private let other: Waybill = "YT8962646785389"

    private mutating func counter(_ role: Role = .keeper) { cabinet.begin(role, by: .outbound) }

    private mutating func rejectBehindDoor() {
        cabinet.dropOff(ship)
        counter()
        cabinet.card(.door("A02"))
        cabinet.openAndShut("A02")
        cabinet.card(.reject(.packaging))
        cabinet.openAndShut("A02")
        cabinet.end()
    }

    @Test("the label is behind the door: the card of the door opens it, and what is accepted names door and time")
    mutating func byDoor() {
        cabinet.dropOff(ship)
        counter()
        cabinet.card(.door("A02"))
        #expect(cabinet.event(DoorUnlockRequested.self)?.purpose == .takeOut)
        #expect(cabinet.event(DoorUnlockRequested.self)?.waybills == [ship])
        #expect(cabinet.answers == [.takeBack])
        cabinet.openAndShut("A02")
        #expect(cabinet.types == [.doorClosed, .shipmentTakenOut, .sessionNoted])
        for step in Cabinet.inspection { cabinet.scan(step) }
        cabinet.card(.accept)
        let fact = cabinet.event(ShipmentAccepted.self)
        #expect(fact?.waybill == ship && fact?.place == .door("A02") && fact?.doorOpenedAt != nil)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("OUTBOUND names the doors, and NEXT opens one after the other")
    mutating func inTurn() {
        cabinet.dropOff(ship)
        cabinet.dropOff(other)
        counter()
        #expect(cabinet.answers == [.scanShipmentOrNext])
        #expect(cabinet.words.contains("A02 A03"))
        for (door, waybill) in [("A02", ship), ("A03", other)] as [(DoorName, Waybill)] {
            cabinet.card(.next)
            #expect(cabinet.pulses == [door])
            cabinet.open(door)
            cabinet.card(.next)
            #expect(cabinet.answers == [door == "A02" ? .shutDoor : .nothingFollows])
            cabinet.shut(door)
            #expect(cabinet.state.session?.draft?.waybill == waybill)
            for step in Cabinet.inspection { cabinet.scan(step) }
            cabinet.card(.accept)
        }
        cabinet.card(.next)
        #expect(cabinet.answers == [.nothingFollows])
        #expect(cabinet.state.shipments.values.allSatisfy { $0.status == .accepted })
    }

    @Test("a door that does not open is passed over, and comes again after the others")
    mutating func stuck() {
        cabinet.dropOff(ship)
        cabinet.dropOff(other)
        counter()
        for door in ["A02", "A03", "A02"] as [DoorName] {
            cabinet.card(.next)
            #expect(cabinet.pulses == [door])
            cabinet.pulseEnds(door, fault: "stuck")
        }
    }

    @Test("what was begun comes first, by card, NEXT and number", arguments: [0, 1, 2])
    mutating func begun(how: Int) {
        cabinet.dropOff(ship)
        counter()
        cabinet.scan(other.rawValue)
        cabinet.card(.inspected)
        cabinet.scan([Card.door("A02").text, Card.next.text, ship.rawValue][how])
        #expect(cabinet.pulses.isEmpty && cabinet.answers == [.finishFirst])
        #expect(cabinet.words.contains(other.rawValue))
    }

    @Test("without the PIN, and at other works, nothing is taken out")
    mutating func needsPIN() {
        cabinet.dropOff(ship)
        cabinet.begin(.keeper, proven: false)
        cabinet.card(.outbound)
        for card in [Card.door("A02"), .next] {
            cabinet.card(card)
            #expect(cabinet.reason == .needsPIN && cabinet.pulses.isEmpty)
        }
        cabinet.begin(.keeper)
        cabinet.card(.receive)
        cabinet.card(.next)
        #expect(cabinet.answers == [.nothingFollows])
        cabinet.card(.door("A02"))
        #expect(cabinet.answers == [.askReason])
    }

    @Test("NEXT of a recipient opens their next place, not the keeper's next door")
    mutating func nextOfRecipient() {
        cabinet.bring(ManifestEntry("YT8962646785391", of: "k1"), ManifestEntry("YT8962646785392", of: "k1"))
        cabinet.dropOff(ship)
        counter()
        cabinet.typeCode(of: "YT8962646785391")
        for door in cabinet.pulses { cabinet.openAndShut(door) }
        cabinet.card(.next)
        #expect(cabinet.event(DoorUnlockRequested.self)?.purpose == .pickup)
    }

    @Test("a sender without a code has what was rejected from the keeper, by the card of its door")
    mutating func rejected() {
        rejectBehindDoor()
        counter(.courier)
        cabinet.card(.door("A02"))
        #expect(cabinet.answers == [.notAccepted] && cabinet.pulses.isEmpty)
        counter()
        #expect(cabinet.answers == [.scanShipment], "it waits for its sender")
        cabinet.card(.door("A02"))
        #expect(cabinet.event(DoorUnlockRequested.self)?.purpose == .senderPickup)
        cabinet.openAndShut("A02")
        #expect(cabinet.event(ShipmentReturned.self)?.person == TestKeys.person(.keeper))
        #expect(cabinet.answers == [.givenBack])
    }

    @Test("any other door is looked into, as in other works")
    mutating func audit() {
        cabinet.dropOff(ship)
        counter()
        cabinet.card(.door("A03"))
        #expect(cabinet.event(DoorUnlockRequested.self)?.purpose == .audit)
    }
}
