import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Pickup")
struct PickupTests {
    private var cabinet = Cabinet()

    @Test("the code opens the door, the shut door collects the parcel")
    mutating func byCode() {
        _ = cabinet.deposit("SF7444404156506")
        cabinet.type("18081673")
        #expect(cabinet.types == [.doorUnlockRequested])
        #expect(cabinet.event(DoorUnlockRequested.self)?.authority == "code")
        #expect(cabinet.answers == [.takeOut])
        cabinet.open("A02")
        #expect(cabinet.status("SF7444404156506") == .stored)
        cabinet.shut("A02")
        #expect(cabinet.types == [.doorClosed, .parcelCollected])
        #expect(cabinet.event(ParcelCollected.self)?.evidence == .sensor)
        #expect(cabinet.event(ParcelCollected.self)?.means == .code)
        #expect(cabinet.answers == [.collected])
        #expect(cabinet.state.door("A02").contents == .empty)
        cabinet.wait(Limits.reopenMilliseconds)
        cabinet.type("18081673")
        #expect(cabinet.answers == [.askKeeper])
    }

    @Test("a pickup token does the same, and says so")
    mutating func byToken() {
        _ = cabinet.deposit("SF7444404156506")
        cabinet.scan(TestKeys.pickupToken("SF7444404156506"))
        #expect(cabinet.answers == [.takeOut])
        cabinet.open("A02")
        cabinet.shut("A02")
        #expect(cabinet.event(ParcelCollected.self)?.means == .token)
        cabinet.wait(Limits.reopenMilliseconds)
        cabinet.scan(TestKeys.pickupToken("SF7444404156506"))
        #expect(cabinet.event(PickupFailed.self)?.reason == .notStored)
    }

    @Test("an expired token and one for another n open nothing")
    mutating func badTokens() {
        _ = cabinet.deposit("SF7444404156506")
        cabinet.scan(TestKeys.pickupToken("SF7444404156506", expiry: UInt32(Cabinet.newYear / 1_000) - 1))
        #expect(cabinet.event(ScanRejected.self)?.reason == .expired)
        cabinet.scan(TestKeys.pickupToken("SF7444404156506", n: 1))
        #expect(cabinet.event(PickupFailed.self)?.reason == .noMatch)
        #expect(cabinet.pulses.isEmpty)
    }

    @Test("an expired QR code of a pickup or a delegation is not called a badge", arguments: [true, false])
    mutating func expiredWords(isDelegation: Bool) {
        cabinet.bring(ManifestEntry("SF7444404156506", of: "k1"))
        let expiry = UInt32(Cabinet.newYear / 1_000) - 1
        let token =
            isDelegation
            ? TestKeys.delegationToken("k1", expiry: expiry)
            : TestKeys.pickupToken("SF7444404156506", expiry: expiry)
        cabinet.scan(token)
        #expect(cabinet.reason == .expired)
        #expect(cabinet.answers == [.pickupExpired])
    }

    @Test("the right code of a parcel that went back is no guess: it locks nothing and opens nothing")
    mutating func wentBack() {
        _ = cabinet.deposit("SF7444404156506")
        cabinet.begin(.keeper)
        cabinet.card(.retrieve)
        cabinet.scan("SF7444404156506")
        cabinet.openAndShut("A02")
        #expect(cabinet.status("SF7444404156506") == .retrieved)
        for _ in 0...Limits.wrongCodesMax {
            cabinet.typeCode(of: "SF7444404156506")
            #expect(cabinet.event(PickupFailed.self)?.reason == .notStored)
            #expect(cabinet.answers == [.askKeeper])
        }
        cabinet.scan(TestKeys.pickupToken("SF7444404156506"))
        #expect(cabinet.answers == [.askKeeper])
        #expect(cabinet.state.codeLock.wrongToday == 0)
    }

    @Test("a wrong code is on record without the digits")
    mutating func wrong() {
        cabinet.type("00000000")
        #expect(cabinet.types == [.pickupFailed])
        #expect(cabinet.event(PickupFailed.self)?.reason == .noMatch)
        #expect(cabinet.answers == [.wrongCode])
    }

    @Test("a code that fits two parcels, one only announced, opens neither")
    mutating func ambiguous() throws {
        let (first, second) = try #require(TestKeys.twins)
        let entries = [ManifestEntry(waybill: second, brand: "YTO", operatorName: "yto")]
        let one = [ManifestEntry(waybill: first, brand: "YTO", operatorName: "yto")]
        cabinet.send(.command(Command(id: "c1", number: 1, kind: .manifest(id: "m1", entries: entries + one))))
        _ = cabinet.deposit(first)
        cabinet.typeCode(of: first)
        #expect(cabinet.event(PickupFailed.self)?.reason == .ambiguous)
        #expect(cabinet.answers == [.codeAmbiguous])
        #expect(cabinet.pulses.isEmpty)
    }

    @Test("a parcel that is announced but not here yet says so and does not count as a wrong code")
    mutating func notHere() {
        let entry = ManifestEntry(waybill: "SF7444404156506", brand: "SF", operatorName: "sf")
        cabinet.send(.command(Command(id: "c1", number: 1, kind: .manifest(id: "m1", entries: [entry]))))
        cabinet.type("18081673")
        #expect(cabinet.event(PickupFailed.self)?.reason == .notStored)
        #expect(cabinet.answers == [.notStoredYet])
        #expect(cabinet.state.codeLock.wrongToday == 0)
    }

    @Test("a door in use is not opened twice")
    mutating func busy() {
        _ = cabinet.deposit("SF7444404156506")
        cabinet.type("18081673")
        cabinet.type("18081673")
        #expect(cabinet.event(PickupFailed.self)?.reason == .doorBusy)
        #expect(cabinet.answers == [.doorBusy])
    }

    @Test("on a shelf the code shows the place, and scanning the parcel out collects it")
    mutating func shelf() {
        cabinet = Cabinet(doors: [])
        _ = cabinet.deposit("SF7444404156506")
        cabinet.scan("VLK1:END")
        cabinet.scan("SF7444404156506")
        #expect(cabinet.answers == [.scanBadgeFirst])
        cabinet.type("18081673")
        #expect(cabinet.types == [.pickupAuthorised])
        #expect(cabinet.answers == [.takeFromShelf])
        cabinet.scan("SF7444404156506")
        #expect(cabinet.types == [.parcelCollected])
        #expect(cabinet.event(ParcelCollected.self)?.evidence == .scanned)
        #expect(cabinet.answers == [.collected])
    }

    @Test("ten minutes after the code the shelf parcel is not handed out by its number alone")
    mutating func shelfTooLate() {
        cabinet = Cabinet(doors: [])
        _ = cabinet.deposit("SF7444404156506")
        cabinet.scan("VLK1:END")
        cabinet.type("18081673")
        cabinet.wait(Limits.shelfPickupMilliseconds)
        cabinet.scan("SF7444404156506")
        #expect(cabinet.answers == [.scanBadgeFirst])
        #expect(cabinet.status("SF7444404156506") == .stored)
    }

    @Test("four digits of a phone tell how many parcels wait, and nothing else")
    mutating func lastFour() {
        let entry = ManifestEntry(
            waybill: "SF7444404156506",
            brand: "SF",
            operatorName: "sf",
            phoneMasked: Masking.phone("13812345678")
        )
        cabinet.send(.command(Command(id: "c1", number: 1, kind: .manifest(id: "m1", entries: [entry]))))
        cabinet.type("5678")
        #expect(cabinet.answers == [.wrongCode])
        _ = cabinet.deposit("SF7444404156506")
        cabinet.type("5678")
        #expect(cabinet.answers == [.peopleWaiting])
        #expect(cabinet.event(ScanRejected.self)?.text == nil)
        #expect(cabinet.pulses.isEmpty)
        cabinet.type("0000")
        #expect(cabinet.event(PickupFailed.self)?.reason == .noMatch)
    }
}
