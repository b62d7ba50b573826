import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Recipients are told")
struct ToldTests {
    private var cabinet = Cabinet()
    private let waybill: Waybill = "SF7444404156506"

    @Test("the keeper's TOLD card and a scan begin the hold period, without a PIN")
    mutating func told() {
        cabinet.bring(ManifestEntry(waybill))
        cabinet.begin(.keeper, proven: false)
        cabinet.card(.told)
        #expect(cabinet.answers == [.askRecipient])
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.types == [.parcelNoticed])
        #expect(cabinet.event(ParcelNoticed.self)?.by == .keeper)
        #expect(cabinet.event(ParcelNoticed.self)?.person == TestKeys.person(.keeper))
        #expect(cabinet.parcel(waybill)?.hold.began == cabinet.now.wall)
        #expect(cabinet.answers == [.told])
    }

    /// The keeper tells the recipient under a clock that cannot be believed.
    private mutating func tellUnderFakeClock() {
        cabinet.bring(ManifestEntry(waybill))
        cabinet.now.clock = .fake
        cabinet.begin(.keeper, by: .told)
        cabinet.scan(waybill.rawValue)
    }

    @Test("told under a clock that cannot be believed, the keeper stays the one who told")
    mutating func teller() {
        tellUnderFakeClock()
        cabinet.now.clock = .ntp
        cabinet.keepHouse()
        #expect(cabinet.event(ParcelNoticed.self)?.by == .keeper)
        #expect(cabinet.event(ParcelNoticed.self)?.person == TestKeys.person(.keeper))
    }

    @Test("a message that fails after it was sent is the keeper's to mend, unless the keeper told them")
    mutating func failedLater() {
        cabinet.bring(ManifestEntry(waybill, phone: "13812345678"))
        cabinet.command(.notices([Notice(waybill: waybill)]))
        cabinet.command(.notices([Notice(waybill: waybill, failure: "no signal")]))
        let listed = TellInPerson(cabinet.state, at: cabinet.now).hamlets.flatMap(\.entries)
        #expect(listed.map(\.reason) == [.noticeFailed])
        cabinet.begin(.keeper, by: .told)
        cabinet.scan(waybill.rawValue)
        cabinet.command(.notices([Notice(waybill: waybill, failure: "no signal")]))
        #expect(TellInPerson(cabinet.state, at: cabinet.now).hamlets.isEmpty)
    }

    @Test("whom no phone reaches is listed at each reminder until TOLD", arguments: [true, false])
    mutating func reminded(hasPhone: Bool) {
        cabinet.passHours(10)
        cabinet.bring(ManifestEntry(waybill, phone: hasPhone ? "13812345678" : nil))
        cabinet.begin(.keeper, by: .told)
        for number in 0..<3 {
            if number > 0 {
                #expect(cabinet.parcel(waybill)?.hold.reminders == number)
                let listed = TellInPerson(cabinet.state, at: cabinet.now).hamlets.flatMap(\.entries)
                #expect(listed.map(\.reason) == [.reminder] && listed.map(\.place) == [.door("A02")])
            }
            cabinet.scan(waybill.rawValue)
            #expect(cabinet.answers == [.told])
            #expect(TellInPerson(cabinet.state, at: cabinet.now).hamlets.isEmpty)
            cabinet.passHours(23)
            cabinet.keepHouse()
            #expect(TellInPerson(cabinet.state, at: cabinet.now).hamlets.isEmpty)
            cabinet.passHours(1)
            cabinet.keepHouse()
        }
        #expect(cabinet.parcel(waybill)?.hold.isOverdue == true)
        #expect(TellInPerson(cabinet.state, at: cabinet.now).hamlets.isEmpty, "now a courier takes it back")
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("whom the county reaches it reminds, and the keeper need not", arguments: [true, false])
    mutating func remindedByTheCounty(wasToldByKeeper: Bool) {
        cabinet.passHours(10)
        cabinet.bring(ManifestEntry(waybill, phone: "13812345678"))
        cabinet.command(.notices([Notice(waybill: waybill)]))
        if wasToldByKeeper {
            cabinet.begin(.keeper, by: .told)
            cabinet.scan(waybill.rawValue)
        }
        cabinet.passHours(25)
        cabinet.keepHouse()
        #expect(cabinet.parcel(waybill)?.hold.reminders == 1)
        #expect(TellInPerson(cabinet.state, at: cabinet.now).hamlets.isEmpty == !wasToldByKeeper)
        cabinet.command(.notices([Notice(waybill: waybill)]))
        #expect(TellInPerson(cabinet.state, at: cabinet.now).hamlets.isEmpty)
    }

    @Test("TOLD and EXTEND take the last four digits for all that waits for one recipient", arguments: [true, false])
    mutating func lastFour(told: Bool) {
        cabinet.bring(
            ManifestEntry(waybill, of: "k1", phone: "13812345678"),
            ManifestEntry("YT8962646785389", of: "k1", phone: "13812345678"),
            ManifestEntry("JT5261988016578", of: "k2", phone: "13812340000")
        )
        cabinet.begin(.keeper)
        cabinet.card(told ? .told : .extend)
        #expect(cabinet.answers == [.askRecipient])
        cabinet.type("5678")
        let effect: EventType = told ? .parcelNoticed : .parcelHoldExtended
        #expect(cabinet.types == [effect, effect])
        #expect(cabinet.answers == [told ? .told : .extended, told ? .told : .extended])
        cabinet.type("9999")
        #expect(cabinet.answers == [.notHere])
    }

    @Test("last four digits of two people name nobody", arguments: [true, false])
    mutating func twoPeople(told: Bool) {
        cabinet.bring(
            ManifestEntry(waybill, of: "k1", phone: "13812345678"),
            ManifestEntry("YT8962646785389", of: "k2", phone: "13912345678")
        )
        cabinet.begin(.keeper)
        cabinet.card(told ? .told : .extend)
        cabinet.type("5678")
        #expect(cabinet.types == [.scanRejected])
        #expect(cabinet.answers == [.peopleWaiting])
    }

    @Test("nobody else tells", arguments: [Role.courier, .technician, .inspector, .agent])
    mutating func otherRoles(role: Role) {
        cabinet.begin(role, by: .told)
        #expect(cabinet.answers == [.notForYou])
    }

    @Test("of a parcel that does not lie here nobody is told")
    mutating func notHere() {
        cabinet.announce([ManifestEntry(waybill)])
        cabinet.begin(.keeper, by: .told)
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.answers == [.notHere])
        #expect(cabinet.parcel(waybill)?.hold.noticed == false)
    }

    @Test("told twice: the hold period begins once")
    mutating func twice() {
        cabinet.bring(ManifestEntry(waybill))
        cabinet.command(.notices([Notice(waybill: waybill)]))
        #expect(cabinet.event(ParcelNoticed.self)?.by == .county)
        let began = cabinet.parcel(waybill)?.hold.began
        #expect(began == cabinet.now.wall)
        cabinet.passHours(10)
        cabinet.begin(.keeper, by: .told)
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.parcel(waybill)?.hold.began == began)
    }

    @Test("a failed notice is on record until somebody tells them")
    mutating func failed() {
        cabinet.bring(ManifestEntry(waybill))
        cabinet.command(.notices([Notice(waybill: waybill, failure: "no such number")]))
        #expect(cabinet.event(ParcelNoticeFailed.self)?.reason == "no such number")
        #expect(cabinet.parcel(waybill)?.hold.noticeFailed == true)
        #expect(cabinet.parcel(waybill)?.hold.began == nil)
        cabinet.begin(.keeper, by: .told)
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.parcel(waybill)?.hold.noticeFailed == false)
        #expect(cabinet.parcel(waybill)?.hold.began != nil)
    }

    @Test("notices of parcels that are unknown, on their way or gone change nothing")
    mutating func stray() {
        cabinet.bring(ManifestEntry(waybill))
        cabinet.collect(waybill)
        cabinet.announce([ManifestEntry("YT8962646785389")])
        cabinet.command(
            .notices([
                Notice(waybill: waybill), Notice(waybill: "YT8962646785389"), Notice(waybill: "ZT000000", failure: "x"),
            ])
        )
        #expect(cabinet.types == [.commandReceived, .commandCompleted])
    }

    @Test("under a clock that cannot be believed they are told, and the period begins when it can")
    mutating func untrusted() {
        tellUnderFakeClock()
        #expect(cabinet.parcel(waybill)?.hold.noticed == true)
        #expect(cabinet.parcel(waybill)?.hold.began == nil)
        cabinet.keepHouse()
        #expect(cabinet.parcel(waybill)?.hold.began == nil)
        cabinet.now.clock = .ntp
        cabinet.keepHouse()
        #expect(cabinet.parcel(waybill)?.hold.began == cabinet.now.wall)
    }
}
