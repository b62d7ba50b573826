import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Shipments over the counter")
struct OutboundTests {
    private var cabinet = Cabinet()
    private let ship: Waybill = "SF7444404156506"

    private mutating func draft(_ role: Role = .keeper) {
        cabinet.begin(role, proven: false)
        cabinet.card(.outbound)
        cabinet.scan(ship.rawValue)
    }

    private mutating func accept() {
        draft()
        for step in ["VLK1:REALNAME", "RN-2026-0001", "VLK1:INSPECTED", "VLK1:SCREENED", "VLK1:ACCEPT"] {
            cabinet.scan(step)
        }
    }

    @Test(
        "accepted once all three systems are met, in any order",
        arguments: [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
    )
    mutating func anyOrder(order: [Int]) {
        draft()
        #expect(cabinet.answers == [.shipmentSteps])
        let steps = [["VLK1:REALNAME", "RN-2026-0001"], ["VLK1:INSPECTED"], ["VLK1:SCREENED"]]
        for (number, step) in order.enumerated() {
            cabinet.card(.accept)
            #expect(cabinet.reason == .incomplete && cabinet.answers == [.missingStep], "after \(number) steps")
            for text in steps[step] { cabinet.scan(text) }
        }
        cabinet.card(.accept)
        let fact = cabinet.event(ShipmentAccepted.self)
        #expect(fact?.realName == "RN-2026-0001" && fact?.screened == true)
        #expect(fact?.inspectedBy == TestKeys.person(.keeper) && fact?.person == TestKeys.person(.keeper))
        #expect(cabinet.answers == [.shipmentAccepted])
        #expect(cabinet.state.shipments[ship]?.status == .accepted)
    }

    @Test("what is missing is named")
    mutating func missing() {
        draft()
        for (word, steps) in [
            ("实名", ["VLK1:REALNAME", "RN-2026-0001"]), ("验视", ["VLK1:INSPECTED"]), ("安检", ["VLK1:SCREENED"]),
        ] {
            cabinet.card(.accept)
            #expect(cabinet.words.contains(word))
            for step in steps { cabinet.scan(step) }
        }
    }

    @Test("kind, category, platform, order, weight, destination, packaging and photo go along")
    mutating func details() {
        draft()
        for step in [
            "VLK1:KIND:PRODUCE", "VLK1:CATEGORY:PEARS", "VLK1:PLATFORM:PDD", "VLK1:ORDER", "260101-123456789012345",
            "VLK1:OUTSIDE", "VLK1:REUSE", "VLK1:PHOTO", "photo-17", "VLK1:REALNAME", "RN-2026-0001", "VLK1:INSPECTED",
            "VLK1:SCREENED",
        ] {
            cabinet.scan(step)
        }
        cabinet.type("1250")
        #expect(cabinet.answers == [.noted])
        cabinet.card(.accept)
        let fact = cabinet.event(ShipmentAccepted.self)
        #expect(fact?.kind == .produce && fact?.category == "PEARS" && fact?.platform == "PDD")
        #expect(fact?.order == "260101-123456789012345" && fact?.photo == "photo-17" && fact?.weightGrams == 1_250)
        #expect(fact?.outsideCounty == true && fact?.reusedPackaging == true)
    }

    @Test("an identity number is never kept", arguments: ["11010519491231002X", "11010519491231002x"])
    mutating func identity(number: String) {
        cabinet.scan(number)
        draft()
        cabinet.card(.realName)
        cabinet.scan(number)
        #expect(cabinet.answers == [.scanReference])
        #expect(cabinet.reason == .unreadable)
        cabinet.type(number)
        #expect(!"\(cabinet.journal)".uppercased().contains(number.uppercased()))
        cabinet.scan("RN-2026-0001")
        #expect(cabinet.state.session?.draft?.realName == "RN-2026-0001")
    }

    @Test("an order number of eighteen digits is none", arguments: 0...9)
    mutating func orderNumber(last: Int) {
        draft()
        cabinet.card(.order)
        cabinet.scan("12345678901234567\(last)")
        #expect(cabinet.answers == [.noted])
    }

    @Test("a card is a card, also when a reference is awaited")
    mutating func cardWhileAwaited() {
        draft()
        cabinet.card(.order)
        cabinet.card(.inspected)
        #expect(cabinet.state.session?.draft?.inspected == true)
        cabinet.card(.order)
        cabinet.card(.end)
        #expect(cabinet.state.session == nil)
    }

    @Test("a weight of nothing or of a cow is not taken", arguments: ["0", "50001", "99999"])
    mutating func weight(grams: String) {
        draft()
        cabinet.type(grams)
        #expect(cabinet.answers == [.unreadable])
        #expect(cabinet.state.session?.draft?.weightGrams == nil)
    }

    @Test("without a shipment its cards ask for one", arguments: [Card.accept, .inspected, .kind(.ordinary)])
    mutating func noDraft(card: Card) {
        cabinet.begin(.keeper)
        cabinet.card(card)
        // Scanned now it would be taken for a parcel.
        #expect(cabinet.answers == [.scanOutbound])
        cabinet.card(.outbound)
        cabinet.card(card)
        #expect(cabinet.answers == [.scanShipment])
        #expect(cabinet.reason == .outOfContext)
    }

    @Test("too long a word is not taken")
    mutating func tooLong() {
        draft()
        cabinet.scan("VLK1:CATEGORY:" + String(repeating: "A", count: Limits.noteCharactersMax + 1))
        #expect(cabinet.answers == [.unreadable])
        #expect(cabinet.state.session?.draft?.category == nil)
    }

    @Test("rejected at the counter its sender has it back at once", arguments: ShipmentRefusal.allCases)
    mutating func rejected(reason: ShipmentRefusal) {
        draft()
        cabinet.card(.reject(reason))
        #expect(cabinet.types == [.shipmentRejected, .shipmentReturned])
        #expect(cabinet.event(ShipmentRejected.self)?.reason == reason)
        #expect(cabinet.event(ShipmentReturned.self)?.person == TestKeys.person(.keeper))
        #expect(cabinet.answers == [.givenBack])
        cabinet.card(.accept)
        #expect(cabinet.answers == [.scanShipment])
    }

    @Test("a courier takes it along with bag and seal, and the run says so")
    mutating func handedOver() {
        accept()
        cabinet.scan(ship.rawValue)
        #expect(cabinet.answers == [.shipmentAccepted], "the keeper has it already")
        cabinet.begin(.courier, proven: false)
        cabinet.card(.outbound)
        cabinet.card(.bag("B7"))
        cabinet.card(.seal("S9"))
        cabinet.scan(ship.rawValue)
        #expect(cabinet.types == [.runArrived, .shipmentHandedOver])
        let fact = cabinet.event(ShipmentHandedOver.self)
        #expect(fact?.bag == "B7" && fact?.seal == "S9" && fact?.run == cabinet.state.run?.id)
        cabinet.end()
        let run = cabinet.event(RunDeparted.self)
        #expect(run?.shipmentsOut == 1 && run?.bags == ["B7"] && run?.seals == ["S9"])
    }

    @Test("outside the filed area nothing is taken", arguments: ["140523", "1405221"])
    mutating func filedArea(prefix: String) {
        var policy = Policy()
        policy.filedArea = [prefix]
        cabinet = Cabinet(policy: policy)
        draft()
        #expect((cabinet.state.session?.draft == nil) == (prefix == "140523"))
        cabinet.card(.outbound)
        #expect(cabinet.reason == (prefix == "140523" ? .outOfArea : nil))
    }

    @Test("with little storage nothing is taken, and what lies here as a parcel is not shipped")
    mutating func notTaken() {
        cabinet.send(.storage(.reserve))
        draft()
        #expect(cabinet.answers == [.storageReserve])
        cabinet = Cabinet()
        cabinet.bring(ManifestEntry(ship))
        draft()
        #expect(cabinet.answers == [.alreadyStored])
        #expect(cabinet.words.contains("A02"))
    }

    @Test("a shipment that comes back as a parcel has a code that works, also after a power cut")
    mutating func comesBack() {
        accept()
        cabinet.begin(.courier, proven: false)
        cabinet.card(.outbound)
        cabinet.scan(ship.rawValue)
        cabinet.end()
        cabinet.bring(ManifestEntry(ship))
        #expect(cabinet.parcel(ship)?.n == 128)
        cabinet.restart()
        cabinet.typeCode(of: ship)
        #expect(cabinet.answers == [.takeOut])
    }
}
