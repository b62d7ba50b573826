import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Mistakes at the counter")
struct OutboundMistakeTests {
    private var cabinet = Cabinet()
    private let ship: Waybill = "SF7444404156506"
    private let other: Waybill = "YT8962646785389"

    private mutating func counter(_ role: Role = .keeper) { cabinet.begin(role, by: .outbound) }

    private mutating func accept(_ waybill: Waybill) {
        cabinet.scan(waybill.rawValue)
        for step in Cabinet.inspection + ["VLK1:ACCEPT"] { cabinet.scan(step) }
    }

    private mutating func leaveWithRun() {
        counter()
        accept(ship)
        counter(.courier)
        cabinet.scan(ship.rawValue)
        #expect(cabinet.answers == [.handedOver])
    }

    @Test("another number is refused while a shipment is half done, and the same one keeps its steps")
    mutating func halfDone() {
        counter()
        cabinet.scan(ship.rawValue)
        for step in Cabinet.inspection { cabinet.scan(step) }
        cabinet.scan(other.rawValue)
        #expect(cabinet.reason == .outOfContext && cabinet.answers == [.finishFirst])
        #expect(cabinet.words.contains(ship.rawValue))
        cabinet.card(.label)
        #expect(cabinet.answers == [.finishFirst])
        cabinet.scan(ship.rawValue)
        #expect(cabinet.answers == [.shipmentSteps])
        cabinet.card(.accept)
        #expect(cabinet.event(ShipmentAccepted.self)?.waybill == ship)
        cabinet.scan(other.rawValue)
        #expect(cabinet.answers == [.shipmentSteps])
    }

    @Test("to a courier a shipment that nobody accepted sounds like a refusal, also the second time")
    mutating func notAccepted() {
        counter(.courier)
        for _ in 0..<2 {
            cabinet.scan(ship.rawValue)
            #expect(cabinet.answers == [.notAccepted])
            cabinet.card(.inspected)
        }
        #expect(Answer(.notAccepted).light == .red && Answer(.notAccepted).beep == .double)
    }

    @Test("a take-out that ends late leaves the shipment that is looked at by now alone")
    mutating func lateTakeOut() {
        cabinet.dropOff(ship)
        counter()
        cabinet.card(.door("A02"))
        cabinet.open("A02")
        cabinet.scan(other.rawValue)
        cabinet.shut("A02")
        #expect(cabinet.state.shipments[ship]?.status == .onCounter)
        #expect(cabinet.state.session?.draft?.waybill == other)
        #expect(cabinet.answers == [.finishFirst])
    }

    @Test("a take-out by a person who has left begins nothing for the next one")
    mutating func takeOutOfAnother() {
        cabinet.dropOff(ship)
        counter()
        cabinet.card(.door("A02"))
        cabinet.open("A02")
        counter(.courier)
        cabinet.shut("A02")
        #expect(cabinet.state.shipments[ship]?.status == .onCounter)
        #expect(cabinet.state.session?.draft == nil)
    }

    @Test("what left with a run is not taken in again", arguments: [Role.keeper, .courier])
    mutating func again(role: Role) {
        leaveWithRun()
        counter(role)
        cabinet.scan(ship.rawValue)
        #expect(cabinet.reason == .doubled && cabinet.answers == [.leftAlready])
        #expect(cabinet.state.session?.draft == nil)
    }

    @Test("a new bag has a seal of its own")
    mutating func newBag() {
        counter()
        for waybill in [ship, other] { accept(waybill) }
        counter(.courier)
        cabinet.card(.seal("S1"))
        cabinet.card(.bag("B1"))
        cabinet.card(.bag("B1"))
        cabinet.scan(ship.rawValue)
        #expect(cabinet.event(ShipmentHandedOver.self)?.seal == "S1")
        cabinet.card(.bag("B2"))
        cabinet.scan(other.rawValue)
        let fact = cabinet.event(ShipmentHandedOver.self)
        #expect(fact?.bag == "B2" && fact?.seal == nil)
    }

    @Test("a brand stands in the books only where the number fits it well", arguments: [("YT8962646785389", "YTO")])
    mutating func brand(number: String, brand: String) throws {
        counter()
        let vague = Waybill(rawValue: "5923456789123")
        let reading = try WaybillReading(vague.rawValue)
        try #require(!reading.brands.isEmpty && reading.likelyBrand == nil)
        accept(vague)
        let without = cabinet.event(ShipmentAccepted.self)?.parties
        #expect(without == cabinet.station.settings.parties(brand: nil))
        accept(Waybill(rawValue: number))
        #expect(cabinet.event(ShipmentAccepted.self)?.parties.brand == brand)
    }

    @Test("what has left takes no room", arguments: [Shipment.Status.handedOver, .onCounter])
    mutating func room(status: Shipment.Status) {
        var state = cabinet.state
        for number in 0..<Limits.shipmentsMax {
            let waybill = Waybill(rawValue: "YT\(8_000_000_000_000 + number)")
            state.shipments[waybill] = Shipment(
                waybill: waybill,
                parties: cabinet.station.settings.parties(brand: nil),
                status: status,
                place: nil,
                n: 0,
                keyID: nil,
                changed: Cabinet.newYear
            )
        }
        cabinet.station = Station(
            settings: cabinet.station.settings,
            state: state,
            credentials: cabinet.station.credentials
        ) { $0 == $1.hash }
        cabinet.start()
        counter()
        cabinet.scan(ship.rawValue)
        #expect(cabinet.answers == [status == .handedOver ? .shipmentSteps : .full])
    }

    @Test("a courier is not told to take a rejected shipment along; its keeper gives it back")
    mutating func rejected() {
        cabinet = Cabinet(doors: [DoorSettings(name: "A02", size: .medium)])
        cabinet.dropOff(ship)
        counter()
        cabinet.card(.door("A02"))
        cabinet.openAndShut("A02")
        cabinet.send(.level("A02", .open))
        cabinet.card(.reject(.packaging))
        counter(.courier)
        cabinet.scan(ship.rawValue)
        #expect(cabinet.reason == .outOfContext && cabinet.answers == [.notAccepted])
        #expect(cabinet.state.shipments[ship]?.status == .rejected)
        counter()
        cabinet.scan(ship.rawValue)
        #expect(cabinet.answers == [.givenBack])
    }

    @Test(
        "no reference holds a telephone or identity number",
        arguments: [
            "13812345678", "138-1234-5678", "RN-13812345678", "RN13812345678X", "TEL8613812345678",
            "RN-11010519491231002X", "A11010519491231002X7", "SF7444404156506", "yt8962646785389",
        ],
        [Card.realName, .order, .photo]
    )
    mutating func personal(text: String, card: Card) {
        cabinet.announce([ManifestEntry(other)])
        counter()
        cabinet.scan(ship.rawValue)
        let before = cabinet.state.session?.draft
        cabinet.card(card)
        cabinet.scan(text)
        #expect(cabinet.reason == .unreadable && cabinet.answers == [.scanReference])
        #expect(cabinet.state.session?.draft == before)
        #expect(cabinet.event(ScanRejected.self)?.text == nil)
    }

    @Test("long numbers of orders and photos are references", arguments: ["99138123456785", "IMG_20260101_123456"])
    mutating func orders(text: String) {
        counter()
        cabinet.scan(ship.rawValue)
        cabinet.card(.order)
        cabinet.scan(text)
        #expect(cabinet.state.session?.draft?.order == text)
    }

    @Test("a number awaited for a shipment is awaited no more once that is settled", arguments: [true, false])
    mutating func settled(isAccepted: Bool) {
        for card in [Card.order, .photo, .realName] {
            counter()
            cabinet.scan(ship.rawValue)
            for step in ["VLK1:REALNAME", "RN-2026-0001", "VLK1:INSPECTED", "VLK1:SCREENED"] { cabinet.scan(step) }
            cabinet.card(card)
            cabinet.card(isAccepted ? .accept : .reject(.sender))
            cabinet.scan(other.rawValue)
            #expect(cabinet.answers == [.shipmentSteps])
            #expect(cabinet.state.session?.draft?.waybill == other)
            cabinet = Cabinet()
        }
    }

    @Test("a keeper hands over to a driver without a badge, by the card of the run")
    mutating func keeperHandsOver() {
        counter()
        accept(ship)
        cabinet.scan(ship.rawValue)
        #expect(cabinet.reason == .alreadyStored)
        cabinet.card(.run("BUS-7"))
        cabinet.scan(ship.rawValue)
        let fact = cabinet.event(ShipmentHandedOver.self)
        #expect(fact?.run == "BUS-7" && fact?.person == TestKeys.person(.keeper))
        cabinet.end()
        #expect(cabinet.event(RunDeparted.self)?.shipmentsOut == 1)
    }

    @Test("the run of a courier that a power cut left on the books is not the keeper's")
    mutating func runOfAnother() {
        counter()
        accept(ship)
        cabinet.begin(.courier)
        cabinet.card(.run("R1"))
        cabinet.restart()
        counter()
        cabinet.scan(ship.rawValue)
        #expect(cabinet.reason == .alreadyStored)
    }

    @Test("a sender whose shipment is on the counter is sent to the keeper, and no wrong code is counted")
    mutating func onCounter() {
        cabinet.dropOff(ship)
        let code = cabinet.takeBackCode(of: ship)
        counter()
        cabinet.card(.door("A02"))
        cabinet.openAndShut("A02")
        for _ in 0...Limits.wrongCodesMax {
            cabinet.type(code)
            #expect(cabinet.answers == [.askKeeper])
            #expect(cabinet.event(PickupFailed.self)?.reason == .notStored)
        }
    }

    @Test("an agent who is asked what is inside may answer")
    mutating func agentAnswers() {
        cabinet.begin(.agent)
        cabinet.scan(ship.rawValue)
        cabinet.open("A02")
        cabinet.restart()
        cabinet.begin(.agent)
        cabinet.scan(other.rawValue)
        #expect(cabinet.answers == [.askInside])
        cabinet.card(.yes)
        #expect(cabinet.answers == [.stored])
    }
}
