import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("A recipient reports while somebody has a session")
struct ReportMeanwhileTests: Parcels {
    private var cabinet = Cabinet()
    private let ship: Waybill = "YT1111111111111"

    /// The keeper waits for the reference of a shipment on the counter.
    private mutating func atTheCounter() {
        cabinet.begin(.keeper)
        cabinet.card(.outbound)
        cabinet.scan(ship.rawValue)
        cabinet.card(.inspected)
        cabinet.card(.realName)
    }

    @Test("at the open door, or just after it was shut, the keeper's draft stays as it is", arguments: [true, false])
    mutating func draft(isOpen: Bool) {
        cabinet.bring(ManifestEntry(one))
        atTheCounter()
        let session = cabinet.state.session
        cabinet.typeCode(of: one)
        cabinet.open("A02")
        if !isOpen { cabinet.shut("A02") }
        cabinet.card(.report(.damaged))
        let report = cabinet.event(ParcelDamaged.self)?.report
        #expect(cabinet.types == [.parcelDamaged] && cabinet.event(ParcelDamaged.self)?.waybill == one)
        #expect(report?.by == .recipient && report?.person == nil)
        #expect(cabinet.state.session == session && session?.draft?.waybill == ship && session?.awaits == .realName)
        cabinet.scan("RN-2026-0001")
        #expect(cabinet.state.session?.draft?.realName == "RN-2026-0001")
    }

    @Test("the courier's exception card outlives the report of a recipient")
    mutating func exception() {
        cabinet.bring(ManifestEntry(one))
        cabinet.begin(.courier, proven: false)
        cabinet.typeCode(of: one)
        cabinet.open("A02")
        cabinet.card(.exception(.weight))
        cabinet.card(.report(.damaged))
        #expect(cabinet.event(ParcelDamaged.self)?.report.by == .recipient)
        cabinet.scan(two.rawValue)
        #expect(cabinet.pulses.isEmpty && cabinet.parcel(two)?.exception == .weight)
    }

    @Test("of several parcels the scan says which, and is no reference that the keeper waits for")
    mutating func several() {
        cabinet.bring(ManifestEntry(one, of: "k1"), ManifestEntry(two, of: "k1"))
        atTheCounter()
        cabinet.collect(one)
        cabinet.type("")
        cabinet.openAndShut("A03")
        cabinet.card(.report(.short))
        #expect(cabinet.answers == [.scanParcel])
        cabinet.scan(two.rawValue)
        #expect(cabinet.event(ParcelShort.self)?.waybill == two)
        #expect(cabinet.event(ParcelShort.self)?.report.by == .recipient)
        #expect(cabinet.state.session?.awaits == .realName)
    }

    @Test("once the courier goes on, and two minutes later, the card is theirs", arguments: [true, false])
    mutating func ofTheCourier(goesOn: Bool) {
        cabinet.bring(ManifestEntry(one), ManifestEntry(two))
        cabinet.begin(.courier, proven: false)
        cabinet.collect(one)
        if goesOn { cabinet.card(.receive) } else { cabinet.wait(Limits.followUpMilliseconds) }
        cabinet.card(.report(.damaged))
        #expect(cabinet.types == [.sessionWorkChanged] && cabinet.answers == [.scanParcel])
        cabinet.scan(two.rawValue)
        #expect(cabinet.event(ParcelDamaged.self)?.waybill == two)
        #expect(cabinet.event(ParcelDamaged.self)?.report.by == .courier)
    }

    @Test("what the keeper hands out, and what is lost, the keeper reports", arguments: [true, false])
    mutating func ofTheKeeper(isLost: Bool) {
        cabinet.bring(ManifestEntry(one, of: "k1"))
        cabinet.begin(.keeper)
        if isLost {
            cabinet.typeCode(of: one)
        } else {
            cabinet.card(.handOut)
            cabinet.scan(one.rawValue)
        }
        cabinet.open("A02")
        cabinet.card(.report(isLost ? .lost : .damaged))
        #expect(cabinet.types == [.sessionWorkChanged])
    }
}
