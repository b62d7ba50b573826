import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("What the books say of shipments left behind a door")
struct DropOffBooksTests {
    private var cabinet = Cabinet()
    private let ship: Waybill = "SF7444404156506"

    private mutating func interrupt() {
        cabinet.send(.camera("front", .good))
        cabinet.card(.dropOff)
        cabinet.scan(ship.rawValue)
        cabinet.open("A02")
        cabinet.restart()
    }

    @Test(
        "a power cut in the middle: nobody who deposits is asked, only an audit tells",
        arguments: [Role.courier, .keeper, .agent]
    )
    mutating func interrupted(role: Role) {
        interrupt()
        #expect(cabinet.event(AuditDifference.self)?.waybill == ship)
        #expect(cabinet.state.door("A02").contents == .unknown)
        #expect(cabinet.state.shipments[ship] == nil)
        cabinet.begin(role, proven: false)
        cabinet.scan("YT8962646785389")
        #expect(cabinet.pulses == ["A03"])
        cabinet.openAndShut("A03")
        // Later than a NO about the parcel just put in.
        cabinet.wait(Limits.followUpMilliseconds)
        for card in [Card.no, .yes] {
            cabinet.card(card)
            #expect(cabinet.reason == .outOfContext)
        }
        #expect(cabinet.state.door("A02").contents == .unknown)
    }

    @Test("a power cut in the middle: the keeper who finds it has found a shipment")
    mutating func interruptedAndFound() {
        interrupt()
        cabinet.audit("A02")
        cabinet.open("A02")
        cabinet.scan(ship.rawValue)
        #expect(cabinet.event(ShipmentDroppedOff.self)?.place == .door("A02"))
        #expect(cabinet.parcel(ship) == nil)
        #expect(cabinet.state.door("A02").contents == .occupied)
        #expect(cabinet.state.door("A02").asksInside == nil)
    }

    @Test("an audit that finds it confirms it, one that does not ends its code", arguments: [true, false])
    mutating func audited(isThere: Bool) {
        cabinet.dropOff(ship)
        cabinet.audit("A02")
        cabinet.open("A02")
        if isThere { cabinet.scan(ship.rawValue) } else { cabinet.card(.empty) }
        #expect(cabinet.parcel(ship) == nil)
        #expect(cabinet.event(AuditDifference.self)?.finding == (isThere ? nil : .missing))
        #expect(cabinet.state.door("A02").contents == (isThere ? .occupied : .empty))
        cabinet.shut("A02")
        cabinet.end()
        cabinet.type(cabinet.takeBackCode(of: ship))
        #expect(cabinet.pulses == (isThere ? ["A02"] : []))
    }

    @Test("its number may be that of a parcel on its way: each has its own code")
    mutating func sameNumber() {
        cabinet.announce([ManifestEntry(ship)])
        cabinet.dropOff(ship)
        #expect(cabinet.state.shipments[ship]?.n == 128)
        for _ in 0..<2 {
            cabinet.type(cabinet.code(of: ship))
            #expect(cabinet.answers == [.notStoredYet])
            cabinet.restart()
        }
        cabinet.type(cabinet.takeBackCode(of: ship))
        #expect(cabinet.event(DoorUnlockRequested.self)?.purpose == .senderPickup)
    }

    @Test("a code that fits a parcel and a shipment opens neither")
    mutating func sameCode() throws {
        let (parcel, shipment) = try #require(TestKeys.twins)
        cabinet.bring(ManifestEntry(parcel))
        cabinet.dropOff(shipment)
        #expect(cabinet.takeBackCode(of: shipment) == cabinet.code(of: parcel))
        cabinet.typeCode(of: parcel)
        #expect(cabinet.event(PickupFailed.self)?.reason == .ambiguous)
        #expect(cabinet.answers == [.codeAmbiguous])
        #expect(cabinet.pulses.isEmpty)
    }

    @Test("at a door without a sensor it is assumed, its contents unknown, and its code works")
    mutating func blind() {
        cabinet.dropOffUnseen(ship)
        cabinet.send(.timer(.assumed("B01", cycle: cabinet.state.door("B01").cycle?.id ?? 0)))
        #expect(cabinet.event(ShipmentDroppedOff.self)?.evidence == .assumed)
        #expect(cabinet.state.door("B01").contents == .unknown)
        cabinet.type(cabinet.takeBackCode(of: ship))
        #expect(cabinet.pulses == ["B01"])
    }

    @Test("taken back unseen its code works again for a day, until somebody has looked", arguments: [0, 1, 2])
    mutating func takenBackBlind(what: Int) {
        cabinet = Cabinet(doors: Cabinet.blindDoors)
        cabinet.dropOff(ship)
        cabinet.pulseEnds("B01")
        cabinet.end()
        for _ in 0..<2 {
            cabinet.type(cabinet.takeBackCode(of: ship))
            #expect(cabinet.pulses == ["B01"])
            #expect(cabinet.event(DoorUnlockRequested.self)?.purpose == .senderPickup)
            cabinet.pulseEnds("B01")
            cabinet.end()
            #expect(cabinet.event(ShipmentReturned.self)?.evidence == .assumed)
            #expect(cabinet.state.door("B01").contents == .unknown)
        }
        switch what {
        case 0: cabinet.restart()
        case 1: cabinet.wait(Limits.assumedReuseMilliseconds)
        default:
            cabinet.audit("B01")
            cabinet.pulseEnds("B01")
            cabinet.card(.empty)
            cabinet.end()
        }
        cabinet.type(cabinet.takeBackCode(of: ship))
        #expect(cabinet.pulses == (what == 0 ? ["B01"] : []))
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("a power cut while the sender takes it back leaves it to the sender")
    mutating func interruptedTakeBack() {
        cabinet.dropOff(ship)
        cabinet.type(cabinet.takeBackCode(of: ship))
        cabinet.open("A02")
        cabinet.restart()
        #expect(cabinet.state.shipments[ship]?.status == .droppedOff)
        #expect(cabinet.state.door("A02").asksInside == nil)
        cabinet.type(cabinet.takeBackCode(of: ship))
        #expect(cabinet.pulses == ["A02"])
    }

    @Test("taken back and left again it has another code")
    mutating func leftAgain() {
        cabinet.dropOff(ship)
        let code = cabinet.takeBackCode(of: ship)
        cabinet.type(code)
        cabinet.openAndShut("A02")
        cabinet.dropOff(ship)
        #expect(cabinet.state.shipments[ship]?.n == 128)
        cabinet.type(code)
        #expect(cabinet.answers == [.wrongCode])
    }
}
