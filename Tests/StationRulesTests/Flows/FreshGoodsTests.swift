import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Fresh goods whose sender agreed to a locker")
struct FreshGoodsTests {
    private var cabinet = Cabinet()
    private let waybill: Waybill = "SF7444404156506"
    private let other: Waybill = "YT8962646785389"
    private static let coldDoors: [DoorSettings] = [
        DoorSettings(name: "A01", size: .medium), DoorSettings(name: "A02", size: .large),
        DoorSettings(name: "C01", size: .medium, chilled: true), DoorSettings(name: "C02", size: .large, chilled: true),
    ]

    private mutating func declare(_ waybill: Waybill) {
        cabinet.announce([ManifestEntry(waybill, of: "k1", phone: "13812345678") { $0.senderAgreement = true }])
        cabinet.begin(.courier, proven: false)
        cabinet.card(.exception(.fresh))
        cabinet.scan(waybill.rawValue)
    }

    @Test("they go behind a chilled door, and are held as long as chilled goods")
    mutating func held() {
        declare(waybill)
        cabinet.openAndShut("A05")
        #expect(cabinet.event(ParcelStored.self)?.chilled == true)
        cabinet.end()
        let hours = Int64(cabinet.station.settings.policy.chilledHoldHours)
        cabinet.passHours(hours)
        cabinet.keepHouse()
        #expect(cabinet.event(ParcelRecalled.self)?.reason == .chilled)
        #expect(cabinet.state.retrievals.map(\.waybill) == [waybill])
        cabinet.command(.notices([Notice(waybill: waybill)]))
        cabinet.passHours(hours)
        cabinet.keepHouse()
        #expect(cabinet.event(ParcelOverdue.self)?.hours == Int(hours))
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("where every chilled door is taken they lie on the shelf, and spoil there as fast")
    mutating func shelf() {
        cabinet.announce([ManifestEntry(other) { $0.chilled = true }])
        cabinet.begin(.courier, proven: false)
        #expect(cabinet.deposit(other) == .door("A05"))
        declare(waybill)
        #expect(cabinet.pulses.isEmpty)
        #expect(cabinet.answers == [.putOnShelf])
        #expect(cabinet.parcel(waybill)?.isCold == true)
    }

    @Test("whose sender's word comes later are chilled goods from when they are moved")
    mutating func agreedLater() {
        cabinet.begin(.courier, proven: false)
        cabinet.card(.exception(.fresh))
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.answers == [.putOnShelf] && cabinet.parcel(waybill)?.isCold == false)
        cabinet.announce([ManifestEntry(waybill) { $0.senderAgreement = true }])
        cabinet.begin(.keeper)
        cabinet.card(.move)
        cabinet.scan(waybill.rawValue)
        cabinet.openAndShut("A05")
        #expect(cabinet.event(ParcelRelocated.self)?.chilled == true)
        #expect(cabinet.parcel(waybill)?.isCold == true)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("a station without a chilled door keeps them behind any door, as long as other goods")
    mutating func noneChilled() {
        cabinet = Cabinet(doors: Cabinet.doors.filter { !$0.chilled })
        declare(waybill)
        #expect(cabinet.pulses == ["A02"])
        cabinet.openAndShut("A02")
        #expect(cabinet.event(ParcelStored.self)?.chilled == nil)
        #expect(cabinet.parcel(waybill)?.isCold == false)
    }

    @Test("from a door that does not open, or is too small, to another chilled one", arguments: [true, false])
    mutating func another(isStuck: Bool) {
        cabinet = Cabinet(doors: Self.coldDoors)
        declare(waybill)
        #expect(cabinet.pulses == ["C01"])
        if isStuck {
            cabinet.pulseEnds("C01", fault: "stuck")
        } else {
            cabinet.open("C01")
            cabinet.card(.no)
        }
        #expect(cabinet.pulses == ["C02"])
    }

    @Test("moved they stay cold")
    mutating func moved() {
        cabinet = Cabinet(doors: Self.coldDoors)
        declare(waybill)
        cabinet.openAndShut("C01")
        cabinet.end()
        cabinet.begin(.keeper)
        cabinet.card(.move)
        cabinet.card(.door("C01"))
        cabinet.openAndShut("C01")
        #expect(cabinet.pulses == ["C02"])
        cabinet.openAndShut("C02")
        #expect(cabinet.place(of: waybill) == "C02")
        #expect(cabinet.parcel(waybill)?.isCold == true)
    }

    @Test("declared after their bag was checked in they go there too")
    mutating func ofABag() {
        cabinet = Cabinet(doors: Self.coldDoors)
        cabinet.announce([ManifestEntry(waybill, bag: "BAG-7") { $0.senderAgreement = true }])
        cabinet.begin(.courier, proven: false)
        cabinet.scan("BAG-7")
        cabinet.card(.exception(.fresh))
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.pulses == ["C01"])
        cabinet.pulseEnds("C01", fault: "stuck")
        #expect(cabinet.pulses == ["C02"])
        cabinet.openAndShut("C02")
        #expect(cabinet.parcel(waybill)?.isCold == true)
    }

    @Test("what came back without the card is an ordinary parcel again")
    mutating func again() {
        declare(waybill)
        cabinet.openAndShut("A05")
        cabinet.begin(.courier)
        cabinet.card(.retrieve)
        cabinet.scan(waybill.rawValue)
        cabinet.openAndShut("A05")
        #expect(cabinet.status(waybill) == .retrieved)
        cabinet.card(.receive)
        #expect(cabinet.deposit(waybill) == .door("A02"))
        #expect(cabinet.parcel(waybill)?.isCold == false)
    }
}
