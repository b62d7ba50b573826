import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Chilled goods nobody was told of")
struct ChilledTests {
    private var cabinet = Cabinet()
    private let waybill: Waybill = "SF7444404156506"
    private var hours: Int64 { Int64(cabinet.station.settings.policy.chilledHoldHours) }

    private mutating func bring() {
        cabinet.bring(
            ManifestEntry("YT8962646785389", of: "k2", phone: "13900000000"),
            ManifestEntry(waybill, of: "k1", phone: "13812345678", size: .large) { $0.chilled = true }
        )
        #expect(cabinet.place(of: waybill) == "A05")
    }

    private var listed: [TellInPerson.Entry] {
        TellInPerson(cabinet.state, at: cabinet.now).hamlets.flatMap(\.entries)
    }

    @Test("without a free chilled door the answer says so, whatever else is free")
    mutating func noChilledDoor() {
        bring()
        cabinet.announce([ManifestEntry("SF7444404156507", of: "k3") { $0.chilled = true }])
        cabinet.begin(.courier, proven: false)
        cabinet.scan("SF7444404156507")
        #expect(cabinet.reason == .full && cabinet.answers == [.fullChilled])
    }

    @Test("they are told in person at once, and first")
    mutating func told() {
        bring()
        #expect(listed.map(\.reason) == [.chilled])
        cabinet.passHours(5)
        #expect(listed.map(\.reason) == [.chilled, .notTold])
    }

    @Test("after their set time from the deposit they are a retrieval task, and never overdue")
    mutating func task() {
        bring()
        cabinet.passHours(hours - 1)
        cabinet.keepHouse()
        #expect(cabinet.state.retrievals.isEmpty)
        cabinet.passHours(1)
        cabinet.keepHouse()
        #expect(cabinet.types == [.parcelRecalled])
        #expect(cabinet.event(ParcelRecalled.self)?.reason == .chilled)
        #expect(cabinet.state.retrievals.map(\.waybill) == [waybill])
        #expect(listed.first?.reason == .chilled)
        cabinet.passHours(1)
        cabinet.keepHouse()
        #expect(cabinet.types.isEmpty)
        cabinet.begin(.courier)
        cabinet.card(.retrieve)
        #expect(cabinet.pulses == ["A05"])
        cabinet.openAndShut("A05")
        #expect(cabinet.event(ParcelRetrieved.self)?.reason == .recalled)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("who is told by then, or asks for longer, gets it", arguments: [true, false])
    mutating func ended(byTelling: Bool) {
        bring()
        cabinet.passHours(hours + 2)
        cabinet.keepHouse()
        cabinet.begin(.keeper)
        cabinet.card(byTelling ? .told : .extend)
        cabinet.card(.door("A05"))
        #expect(cabinet.state.retrievals.isEmpty)
        cabinet.end()
        cabinet.keepHouse()
        #expect(cabinet.types.isEmpty)
        cabinet.passHours(1 + (byTelling ? hours : Int64(Limits.extensionHours)))
        cabinet.keepHouse()
        #expect(cabinet.types == [byTelling ? .parcelOverdue : .parcelRecalled])
    }

    @Test("what the county wants back stays so, whoever is told")
    mutating func recalled() {
        bring()
        cabinet.command(.recall([waybill]))
        #expect(cabinet.event(ParcelRecalled.self)?.reason == nil)
        cabinet.begin(.keeper)
        cabinet.card(.extend)
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.state.retrievals.map(\.waybill) == [waybill])
    }
}
