import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("What ends, and what a person may not do")
struct SessionEndTests {
    private var cabinet = Cabinet()
    private let waybill: Waybill = "SF7444404156506"

    /// A courier ends a deposit at a door without a sensor.
    private mutating func endsBlindDeposit() {
        cabinet = Cabinet(doors: Cabinet.blindDoors)
        cabinet.begin(.courier, proven: false)
        cabinet.scan(waybill.rawValue)
        cabinet.pulseEnds("B01")
        cabinet.end()
    }

    @Test("END at a door without a sensor ends the step, a second one the session")
    mutating func blindStep() {
        endsBlindDeposit()
        #expect(cabinet.types == [.parcelStored])
        #expect(cabinet.answers == [.stored])
        #expect(cabinet.state.session != nil)
        cabinet.end()
        #expect(cabinet.types == [.runDeparted, .sessionClosed])
        #expect(cabinet.answers == [.goodbye])
    }

    @Test("END while a recipient stands at a door without a sensor ends the session too")
    mutating func blindStepOfAnother() {
        endsBlindDeposit()
        cabinet.typeCode(of: waybill)
        cabinet.pulseEnds("B01")
        cabinet.end()
        #expect(cabinet.types.contains(.parcelCollected))
        #expect(cabinet.state.session == nil)
    }

    @Test("END of a recipient ends the step there without a red light; with nothing to end it says what is missing")
    mutating func withoutSession() {
        endsBlindDeposit()
        cabinet.end()
        cabinet.typeCode(of: waybill)
        cabinet.pulseEnds("B01")
        cabinet.end()
        #expect(cabinet.types == [.parcelCollected])
        #expect(cabinet.answers == [.collected])
        cabinet.end()
        #expect(cabinet.types == [.scanRejected])
        #expect(cabinet.answers == [.scanBadgeFirst])
        cabinet.card(.survey)
        cabinet.end()
        #expect(cabinet.types == [.scanRejected])
        #expect(cabinet.answers == [.goodbye])
        cabinet.card(.digit(5))
        #expect(cabinet.answers == [.digits], "the survey is given up")
    }

    @Test("whose badge is withdrawn in the middle of work is told so, and the books say why")
    mutating func revoked() {
        cabinet.begin(.courier)
        cabinet.command(.revokeBadge(TestKeys.badgeID(.courier)))
        #expect(cabinet.event(SessionClosed.self)?.reason == .revoked)
        #expect(cabinet.answers == [.badgeRefused])
    }

    @Test("who is signed in is not told to sign in", arguments: [Role.technician, .inspector])
    mutating func wrongRole(role: Role) {
        cabinet.begin(role)
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.answers == [.notForYou])
        cabinet.card(.empty)
        #expect(cabinet.answers == [role == .technician ? .openDoorFirst : .notForYou])
    }

    @Test("EMPTY asks for what is missing: the PIN, then an open door")
    mutating func empty() {
        cabinet.begin(.keeper, proven: false)
        cabinet.card(.empty)
        #expect(cabinet.answers == [.needsPIN])
        cabinet.begin(.keeper)
        cabinet.card(.empty)
        #expect(cabinet.answers == [.openDoorFirst])
        #expect(cabinet.types == [.scanRejected])
    }

    @Test("a bag that is scanned again is answered with its number")
    mutating func bag() {
        cabinet.announce([ManifestEntry(waybill, bag: "BAG-7")])
        cabinet.begin(.courier)
        cabinet.scan("BAG-7")
        cabinet.scan("BAG-7")
        #expect(cabinet.reason == .doubled && cabinet.answers == [.doubled])
        #expect(cabinet.words.contains("BAG-7"))
    }

    @Test("an agent with nothing to take is told so")
    mutating func nothingToTake() {
        cabinet.begin(.agent)
        cabinet.card(.take)
        #expect(cabinet.answers == [.nothingToTake])
        #expect(cabinet.state.session?.work == .take)
    }

    @Test("what is noted is said in the words of the reader, and no reference is shown")
    mutating func noted() {
        cabinet.begin(.keeper)
        #expect(!cabinet.words.contains("keeper"))
        cabinet.card(.outbound)
        cabinet.scan(waybill.rawValue)
        cabinet.card(.realName)
        cabinet.scan("RN-20261121-001")
        #expect(cabinet.answers == [.noted])
        #expect(cabinet.words == "已记下 实名")
        cabinet.card(.kind(.produce))
        #expect(cabinet.words == "已记下 农副产品")
        cabinet.card(.receive)
        cabinet.scan(waybill.rawValue)
        cabinet.openAndShut("A02")
        cabinet.card(.outbound)
        cabinet.scan("YT8962646785389")
        for step in ["VLK1:REALNAME", "RN-2026-0001", "VLK1:INSPECTED", "VLK1:SCREENED", "VLK1:ACCEPT"] {
            cabinet.scan(step)
        }
        cabinet.card(.receive)
        cabinet.scan("YT8962646785389")
        #expect(cabinet.answers == [.alreadyStored])
        #expect(cabinet.words == "这件已在 柜台")
    }

    @Test("the label of the next shipment is no reference of a real-name record", arguments: ["JT5261988016578"])
    mutating func earlyLabel(text: String) {
        cabinet.begin(.keeper)
        cabinet.card(.outbound)
        cabinet.scan(waybill.rawValue)
        cabinet.card(.realName)
        cabinet.scan(text)
        #expect(cabinet.reason == .unreadable && cabinet.answers == [.scanReference])
        cabinet.scan("RN-2026-0001")
        #expect(cabinet.state.session?.draft?.realName == "RN-2026-0001")
        cabinet.card(.order)
        cabinet.scan(text)
        #expect(cabinet.state.session?.draft?.order == text)
    }

    @Test("labels differ between stations, and after a journal was lost")
    func labels() throws {
        let wall = Cabinet.newYear
        let first = ShipmentLabel.waybill(station: "yc-beiliu-0231", number: 1, wall: wall)
        let stations = (0..<5_000).map { ShipmentLabel.waybill(station: "yc-\($0)", number: 1, wall: wall) }
        #expect(Set(stations).count == stations.count)
        #expect(ShipmentLabel.waybill(station: "yc-beiliu-0231", number: 1, wall: wall + 1_000) != first)
        #expect(first.rawValue.utf8.count <= Limits.waybillCharactersMax)
        let reading = try WaybillReading(first.rawValue)
        #expect(reading.isWaybill && reading.warnings.isEmpty)
    }
}
