import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("What may lie in a locker")
struct IntakeRulesTests {
    private var cabinet = Cabinet()
    private let waybill: Waybill = "SF7444404156506"

    private mutating func announce(_ change: (inout ManifestEntry) -> Void) {
        cabinet.announce([ManifestEntry(waybill, change)])
        cabinet.begin(.courier, proven: false)
    }

    @Test("a recipient who did not agree: refused or flagged, by policy", arguments: Policy.WithoutConsent.allCases)
    mutating func consent(policy: Policy.WithoutConsent) {
        var settings = Policy()
        settings.withoutConsent = policy
        cabinet = Cabinet(policy: settings)
        announce { $0.consent = .none }
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.reason == (policy == .refuse ? .noConsent : nil))
        #expect(cabinet.answers == (policy == .refuse ? [.noConsent] : [.putIn]))
        #expect(cabinet.status(waybill) == (policy == .refuse ? .expected : .received))
        #expect(cabinet.event(ParcelReceived.self)?.consent == (policy == .refuse ? nil : Consent.none))
    }

    @Test(
        "agreed, named by the sender, or not known: taken, and on record",
        arguments: [Consent.userConsent, .senderNamedLocker, .unknown]
    )
    mutating func taken(consent: Consent) {
        announce { $0.consent = consent }
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.event(ParcelReceived.self)?.consent == consent)
        #expect(cabinet.pulses == ["A02"])
    }

    @Test("a parcel that came with a bag, without consent, stays out of the doors")
    mutating func bagWithoutConsent() {
        announce {
            $0.consent = .none
            $0.bag = "BAG-7"
        }
        cabinet.scan("BAG-7")
        #expect(cabinet.status(waybill) == .received)
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.reason == .noConsent)
        #expect(cabinet.pulses.isEmpty)
    }

    @Test("the checklist is implied by the first parcel, or needs its card by policy")
    mutating func checklist() {
        cabinet.begin(.courier, proven: false)
        #expect(cabinet.state.session?.checked == false)
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.state.session?.checked == true)
        var policy = Policy()
        policy.checklistNeedsCard = true
        cabinet = Cabinet(policy: policy)
        cabinet.begin(.courier, proven: false)
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.reason == .notChecked)
        #expect(cabinet.answers == [.askChecklist])
        cabinet.card(.receive)
        #expect(cabinet.types == [.sessionWorkChanged, .sessionNoted])
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.pulses == ["A02"])
        cabinet.end()
        cabinet.begin(.courier, proven: false)
        cabinet.scan("YT8962646785389")
        #expect(cabinet.reason == .notChecked, "once in each session")
    }

    @Test("damaged goods and those of another weight go to the shelf", arguments: [ParcelException.damaged, .weight])
    mutating func toTheShelf(exception: ParcelException) {
        cabinet.begin(.courier, proven: false)
        cabinet.card(.exception(exception))
        #expect(cabinet.types == [.sessionNoted])
        #expect(cabinet.answers == [.exceptionNoted])
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.pulses.isEmpty)
        #expect(cabinet.event(ParcelReceived.self)?.exception == exception)
        #expect(cabinet.types.contains(.parcelDamaged) == (exception == .damaged))
        #expect(cabinet.place(of: waybill) == "S1-01")
        cabinet.scan("YT8962646785389")
        #expect(cabinet.pulses == ["A02"], "the card is about one parcel")
    }

    @Test(
        "fresh and valuable goods lie in a locker only as agreed with the sender",
        arguments: [ParcelException.fresh, .valuable],
        [true, false]
    )
    mutating func onlyAsAgreed(exception: ParcelException, agreed: Bool) {
        announce { $0.senderAgreement = agreed }
        cabinet.card(.exception(exception))
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.pulses == (agreed ? [exception == .fresh ? "A05" : "A02"] : []))
        #expect(cabinet.answers == (agreed ? [.putIn] : [.putOnShelf]))
        #expect(cabinet.parcel(waybill)?.exception == exception)
    }

    @Test("where there is no shelf they are handed over, and the next parcel is an ordinary one")
    mutating func noShelf() {
        cabinet = Cabinet(shelf: [])
        cabinet.begin(.courier, proven: false)
        cabinet.card(.exception(.damaged))
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.reason == .notForLocker)
        #expect(cabinet.answers == [.notForLocker])
        #expect(cabinet.parcel(waybill) == nil)
        #expect(cabinet.state.session?.exception == nil)
        cabinet.scan("YT8962646785389")
        #expect(cabinet.pulses == ["A02"])
    }

    @Test("an exception of a parcel that came with a bag does not stick to the next one")
    mutating func bagException() {
        announce { $0.bag = "BAG-7" }
        cabinet.scan("BAG-7")
        cabinet.card(.exception(.weight))
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.types == [.sessionNoted, .parcelStored])
        #expect(cabinet.place(of: waybill) == "S1-01")
        #expect(cabinet.state.session?.exception == nil)
    }

    @Test("an exception of a parcel that came with a bag stays with it", arguments: [ParcelException.damaged, .weight])
    mutating func bagExceptionKept(exception: ParcelException) {
        announce { $0.bag = "BAG-7" }
        cabinet.scan("BAG-7")
        cabinet.card(.exception(exception))
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.types.count { $0 == .parcelDamaged } == (exception == .damaged ? 1 : 0))
        #expect(cabinet.parcel(waybill)?.exception == exception)
        cabinet.begin(.keeper)
        cabinet.card(.move)
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.pulses.isEmpty)
        #expect(cabinet.place(of: waybill) == "S1-02", "to another shelf place, behind no door")
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("where there is no shelf the exception stays with a parcel that came with a bag all the same")
    mutating func bagExceptionWithoutShelf() {
        cabinet = Cabinet(shelf: [])
        announce { $0.bag = "BAG-7" }
        cabinet.scan("BAG-7")
        cabinet.card(.exception(.weight))
        for _ in 0..<2 {
            cabinet.scan(waybill.rawValue)
            #expect(cabinet.reason == .notForLocker)
        }
        cabinet.scan("YT8962646785389")
        #expect(cabinet.pulses == ["A02"], "the card is about one parcel")
    }

    @Test("what came damaged with its bag is reported once, also where no place is free for it")
    mutating func bagDamagedWithoutShelf() {
        cabinet = Cabinet(shelf: [])
        announce { $0.bag = "BAG-7" }
        cabinet.scan("BAG-7")
        cabinet.card(.exception(.damaged))
        for _ in 0..<2 { cabinet.scan(waybill.rawValue) }
        #expect(cabinet.reason == .notForLocker)
        #expect(cabinet.journal.count { $0.event.type == .parcelDamaged } == 1)
    }

    @Test("a parcel of another station is shown its station")
    mutating func wrongStation() {
        announce { $0.station = "yc-shangzhuang-0007" }
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.reason == .wrongStation)
        #expect(cabinet.actions.contains(.answer(Answer(.wrongStation, "yc-shangzhuang-0007"))))
        announce { $0.station = "yc-beiliu-0231" }
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.pulses == ["A02"])
    }

    @Test("chilled goods go behind chilled doors alone, never on a shelf; others never behind a chilled one")
    mutating func chilled() {
        announce { $0.chilled = true }
        #expect(cabinet.deposit(waybill) == .door("A05"))
        cabinet.announce([ManifestEntry("YT8962646785389") { $0.chilled = true }])
        cabinet.scan("YT8962646785389")
        #expect(cabinet.reason == .full)
        cabinet.announce([ManifestEntry("YT8962646785388", size: .extraLarge)])
        #expect(cabinet.deposit("YT8962646785388") == .shelf("S1-01"))
    }

    @Test("who needs a low door gets one, or a place on the shelf")
    mutating func reach() {
        announce { $0.reach = .low }
        #expect(cabinet.deposit(waybill) == .door("A03"))
        cabinet.announce([ManifestEntry("YT8962646785389") { $0.reach = .low }])
        #expect(cabinet.deposit("YT8962646785389") == .shelf("S1-01"))
    }

    @Test("a shipment that lies here is not taken in as a parcel")
    mutating func shipment() {
        cabinet.send(.camera("front", .good))
        cabinet.card(.dropOff)
        cabinet.scan(waybill.rawValue)
        cabinet.openAndShut("A02")
        #expect(cabinet.types.contains(.shipmentDroppedOff))
        cabinet.begin(.courier, proven: false)
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.reason == .alreadyStored)
        #expect(cabinet.pulses.isEmpty)
    }
}
