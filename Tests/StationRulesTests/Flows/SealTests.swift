import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Bags and seals by their own barcodes")
struct SealTests {
    private var cabinet = Cabinet()
    private let ship: Waybill = "SF7444404156506"

    private mutating func accept() {
        cabinet.begin(.keeper)
        cabinet.card(.outbound)
        cabinet.scan(ship.rawValue)
        for step in ["VLK1:REALNAME", "RN-2026-0001", "VLK1:INSPECTED", "VLK1:SCREENED", "VLK1:ACCEPT"] {
            cabinet.scan(step)
        }
        cabinet.end()
    }

    @Test("while parcels come in, BAG asks for the bag, whose scan checks it in")
    mutating func comingIn() {
        cabinet.announce([ManifestEntry(ship, bag: "ZB-0018")])
        cabinet.begin(.courier, proven: false)
        cabinet.card(.nextBag)
        #expect(cabinet.reason == .awaitsScan)
        cabinet.scan("ZB-0018")
        #expect(cabinet.answers == [.checkedIn] && cabinet.status(ship) == .received)
    }

    @Test("the scan after BAG or SEAL is the number, in capitals, and the run says so")
    mutating func scanned() {
        accept()
        cabinet.begin(.courier)
        cabinet.card(.run("R1"))
        cabinet.card(.outbound)
        for (card, number) in [(Card.nextBag, "zb-0017"), (.nextSeal, "f0041873")] {
            cabinet.card(card)
            #expect(cabinet.answers == [.scanReference])
            cabinet.scan(number)
            #expect(cabinet.types == [.sessionNoted] && cabinet.answers == [.noted])
            #expect(cabinet.words.contains(number.uppercased()))
        }
        // The same bag by a card, in capitals, keeps its seal.
        cabinet.card(.bag("zb-0017"))
        cabinet.scan(ship.rawValue)
        let fact = cabinet.event(ShipmentHandedOver.self)
        #expect(fact?.bag == "ZB-0017" && fact?.seal == "F0041873")
        cabinet.end()
        let run = cabinet.event(RunDeparted.self)
        #expect(run?.bags == ["ZB-0017"] && run?.seals == ["F0041873"])
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("it may be typed", arguments: ["0041873", "123456"])
    mutating func typed(number: String) {
        cabinet.begin(.keeper)
        cabinet.card(.outbound)
        cabinet.card(.nextSeal)
        cabinet.type(number)
        #expect(cabinet.state.session?.seal == number)
    }

    @Test("a label that was scanned too early is no seal")
    mutating func label() {
        accept()
        cabinet.begin(.courier)
        cabinet.card(.outbound)
        cabinet.card(.nextSeal)
        cabinet.scan(ship.rawValue)
        #expect(cabinet.reason == .unreadable && cabinet.answers == [.scanReference])
        #expect(cabinet.state.session?.seal == nil)
        cabinet.scan("F1")
        #expect(cabinet.state.session?.seal == "F1")
    }

    @Test("who hands nothing over seals nothing", arguments: [Role.agent, .technician, .inspector])
    mutating func notForThem(role: Role) {
        cabinet.begin(role)
        for card in [Card.nextBag, .nextSeal] {
            cabinet.card(card)
            // An agent may check a bag in.
            #expect(cabinet.answers == [role == .agent && card == .nextBag ? .scanParcels : .notForYou])
        }
        #expect(cabinet.state.session?.awaits == nil)
    }

    @Test("the cards say VLK1:BAG and VLK1:SEAL, and hang at the counter")
    func cards() {
        for (card, text) in [(Card.nextBag, "VLK1:BAG"), (.nextSeal, "VLK1:SEAL")] {
            #expect(card.text == text && Card(text: text) == card)
            #expect(CardGroup.outbound.cards.contains(card))
        }
        #expect(Card(text: "VLK1:SEAL:F1") == .seal("F1"))
    }
}
