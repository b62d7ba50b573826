import FoundationEssentials
import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("A phone number typed at the station")
struct ContactTests {
    private var cabinet = Cabinet()
    private let waybill: Waybill = "SF7444404156506"

    @Test("it is kept for the parcel before it, and no event carries it", arguments: [Role.courier, .keeper])
    mutating func kept(role: Role) throws {
        cabinet.begin(role, proven: false)
        cabinet.scan(waybill.rawValue)
        cabinet.type("13812345678")
        #expect(cabinet.types == [.parcelContactGiven])
        #expect(cabinet.event(ParcelContactGiven.self)?.phoneMasked == "1******5678")
        #expect(cabinet.event(ParcelContactGiven.self)?.person == cabinet.state.session?.person)
        #expect(cabinet.actions.contains(.keepContact(waybill, phone: "13812345678", recipientKey: nil)))
        #expect(cabinet.answers == [.contactKept])
        #expect(cabinet.parcel(waybill)?.lastFour == "5678")
        #expect(cabinet.journal.allSatisfy { !"\($0.event)".contains("13812345678") })
        let bytes = try JSONEncoder().encode(cabinet.state)
        #expect(!String(decoding: bytes, as: UTF8.self).contains("13812345678"))
    }

    @Test("its last four then find the parcel")
    mutating func found() {
        _ = cabinet.deposit(waybill)
        cabinet.type("13812345678")
        cabinet.end()
        cabinet.type("5678")
        #expect(cabinet.answers == [.peopleWaiting])
        cabinet.begin(.keeper)
        cabinet.card(.handOut)
        cabinet.type("5678")
        #expect(cabinet.pulses == ["A02"])
    }

    @Test("without a session, without a parcel, too late, or by others it is only refused, without the digits")
    mutating func refused() {
        let expectRefusal = { (cabinet: Cabinet) in
            #expect(cabinet.types == [.scanRejected])
            #expect(cabinet.event(ScanRejected.self)?.text == nil)
            #expect(!cabinet.actions.contains { if case .keepContact = $0 { true } else { false } })
        }
        cabinet.type("13812345678")
        expectRefusal(cabinet)
        cabinet.begin(.courier, proven: false)
        cabinet.type("13812345678")
        expectRefusal(cabinet)
        _ = cabinet.deposit(waybill)
        cabinet.wait(Limits.followUpMilliseconds)
        cabinet.type("13812345678")
        expectRefusal(cabinet)
        cabinet.end()
        cabinet.begin(.agent, proven: false)
        cabinet.scan("YT8962646785389")
        cabinet.type("13812345678")
        expectRefusal(cabinet)
    }

    @Test(
        "a number of another form is no phone",
        arguments: ["23812345678", "138123456", "138123456789", "1381234567a"]
    )
    mutating func otherForms(text: String) {
        _ = cabinet.deposit(waybill)
        cabinet.type(text)
        #expect(cabinet.event(ParcelContactGiven.self) == nil)
        #expect(cabinet.journal.allSatisfy { !"\($0.event)".contains(text) })
    }

    @Test("scanned instead of typed it is not kept either")
    mutating func scanned() {
        cabinet.begin(.courier, proven: false)
        cabinet.scan("13812345678")
        #expect(cabinet.types == [.scanRejected])
        #expect(cabinet.journal.allSatisfy { !"\($0.event)".contains("13812345678") })
    }

    @Test("the keeper who tells somebody in person, and who scans a parcel again, may add it later")
    mutating func later() {
        for card in [Card.told, .receive] {
            cabinet = Cabinet()
            cabinet.bring(ManifestEntry(waybill, phone: "13900000000"))
            cabinet.passHours(5)
            cabinet.begin(.keeper, proven: false)
            cabinet.card(card)
            cabinet.scan(waybill.rawValue)
            cabinet.type("13812345678")
            #expect(cabinet.event(ParcelContactGiven.self)?.waybill == waybill)
            #expect(cabinet.parcel(waybill)?.lastFour == "5678")
        }
    }

    @Test("a courier adds it later only where nobody knows the recipient's phone", arguments: [true, false])
    mutating func courierLater(isKnown: Bool) {
        cabinet.bring(ManifestEntry(waybill, phone: isKnown ? "13900000000" : nil))
        cabinet.passHours(5)
        cabinet.begin(.courier, proven: false)
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.answers == [.alreadyStored])
        cabinet.type("13812345678")
        #expect((cabinet.event(ParcelContactGiven.self) == nil) == isKnown)
    }

    @Test("a courier gives no other phone for a recipient whom the county knows, but mends their own")
    mutating func strangersPhone() {
        cabinet.announce([ManifestEntry(waybill, of: "zhang", phone: "13900000000")])
        _ = cabinet.deposit(waybill)
        cabinet.type("13812345678")
        #expect(cabinet.answers == [.notForYou] && cabinet.types == [.scanRejected])
        #expect(cabinet.event(ScanRejected.self)?.text == nil)
        #expect(cabinet.parcel(waybill)?.lastFour == "0000")
        #expect(!cabinet.actions.contains { if case .keepContact = $0 { true } else { false } })
        _ = cabinet.deposit("YT8962646785389")
        for phone in ["13812345678", "13812345679"] { cabinet.type(phone) }
        #expect(cabinet.answers == [.contactKept])
        #expect(cabinet.parcel("YT8962646785389")?.lastFour == "5679")
    }

    @Test("who comes next gives no phone for the parcel of the one before", arguments: [true, false])
    mutating func nextPerson(isTold: Bool) {
        _ = cabinet.deposit(waybill)
        if isTold {
            cabinet.begin(.keeper, proven: false)
            cabinet.card(.told)
            cabinet.scan(waybill.rawValue)
            #expect(cabinet.types == [.parcelNoticed])
        }
        cabinet.begin(isTold ? .courier : .keeper, proven: false)
        cabinet.type("13812345678")
        #expect(cabinet.types == [.scanRejected])
        #expect(cabinet.parcel(waybill)?.phoneMasked == nil)
    }

    @Test("it is about the parcel that was named last")
    mutating func namedLast() {
        cabinet.bring(ManifestEntry(waybill))
        cabinet.begin(.courier, proven: false)
        cabinet.scan(waybill.rawValue)
        _ = cabinet.deposit("YT8962646785389")
        cabinet.type("13812345678")
        #expect(cabinet.event(ParcelContactGiven.self)?.waybill == "YT8962646785389")
    }
}
