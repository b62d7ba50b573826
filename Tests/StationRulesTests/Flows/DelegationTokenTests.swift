import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("One delegation token fetches all of a recipient")
struct DelegationTokenTests: Parcels {
    private var cabinet = Cabinet()

    private var token: String { TestKeys.delegationToken("k1") }

    private mutating func bringTwo() { cabinet.bring(ManifestEntry(one, of: "k1"), ManifestEntry(two, of: "k1")) }

    @Test("door after door, each time it is scanned")
    mutating func scannedAgain() {
        bringTwo()
        cabinet.scan(token)
        #expect(cabinet.event(DoorUnlockRequested.self)?.authority == "delegation")
        #expect(cabinet.pulses == ["A02"])
        #expect(cabinet.answers == [.takeOutMore])
        cabinet.openAndShut("A02")
        #expect(cabinet.event(ParcelCollected.self)?.by == .delegate)
        #expect(cabinet.event(ParcelCollected.self)?.means == .token)
        #expect(cabinet.event(ParcelCollected.self)?.delegate == .token("0807060504030201"))
        cabinet.scan(token)
        #expect(cabinet.pulses == ["A03"])
        #expect(cabinet.answers == [.takeOut])
        cabinet.openAndShut("A03")
        #expect(cabinet.status(two) == .collected)
        cabinet.wait(Limits.reopenMilliseconds)
        cabinet.scan(token)
        #expect(cabinet.event(PickupFailed.self)?.reason == .noMatch)
        #expect(cabinet.answers == [.nothingWaits], "the token is right: whoever has it mistyped nothing")
    }

    @Test("or by Enter, or by the NEXT card", arguments: [true, false])
    mutating func followed(byEnter: Bool) {
        bringTwo()
        cabinet.scan(token)
        cabinet.openAndShut("A02")
        if byEnter { cabinet.type("") } else { cabinet.card(.next) }
        #expect(cabinet.pulses == ["A03"])
        cabinet.openAndShut("A03")
        #expect(cabinet.event(ParcelCollected.self)?.by == .delegate)
        cabinet.card(.next)
        #expect(cabinet.answers == [.nothingFollows])
    }

    @Test("scanned again while the first door is open it opens the other")
    mutating func whileOpen() {
        bringTwo()
        cabinet.scan(token)
        cabinet.open("A02")
        cabinet.scan(token)
        #expect(cabinet.pulses == ["A03"])
        cabinet.open("A03")
        cabinet.scan(token)
        #expect(cabinet.answers == [.doorBusy])
    }

    @Test("Enter while the next door is in use keeps it for the next Enter")
    mutating func nextInUse() {
        bringTwo()
        cabinet.scan(token)
        cabinet.openAndShut("A02")
        cabinet.scan(TestKeys.pickupToken(two))
        cabinet.pulseEnds("A03", fault: "stuck")
        #expect(cabinet.answers == [.doorFailed])
        cabinet.scan(token)
        #expect(cabinet.pulses == ["A03"])
    }

    @Test("without sensors the token goes round as well, since nobody saw which door opened")
    mutating func goesRound() {
        cabinet = Cabinet(doors: Cabinet.blindDoors, shelf: [])
        cabinet.announce([ManifestEntry(one, of: "k1"), ManifestEntry(two, of: "k1")])
        cabinet.begin(.courier, proven: false)
        for (waybill, door) in [(one, "B01"), (two, "B02")] as [(Waybill, DoorName)] {
            cabinet.scan(waybill.rawValue)
            cabinet.pulseEnds(door)
        }
        // The first ends the step.
        for _ in 1...2 { cabinet.end() }
        for door in ["B01", "B02", "B01", "B02"] as [DoorName] {
            cabinet.scan(token)
            #expect(cabinet.pulses == [door])
            cabinet.pulseEnds(door)
        }
    }

    @Test("too late, also by a clock that fell back to 1970")
    mutating func expired() {
        bringTwo()
        let old = TestKeys.delegationToken("k1", expiry: UInt32(Cabinet.newYear / 1_000) - 1)
        cabinet.scan(old)
        #expect(cabinet.reason == .expired)
        cabinet.now = Moment(wall: 5_000, uptime: 0, clock: .none)
        cabinet.restart()
        cabinet.scan(old)
        #expect(cabinet.reason == .expired)
        #expect(cabinet.pulses.isEmpty)
    }

    @Test("never a parcel of somebody else")
    mutating func others() {
        cabinet.bring(ManifestEntry(one, of: "k1"), ManifestEntry(two, of: "k2"))
        cabinet.scan(token)
        #expect(cabinet.pulses == ["A02"])
        #expect(cabinet.answers == [.takeOut])
        cabinet.openAndShut("A02")
        cabinet.card(.next)
        #expect(cabinet.answers == [.nothingFollows])
        cabinet.wait(Limits.reopenMilliseconds)
        cabinet.scan(token)
        #expect(cabinet.pulses.isEmpty)
        #expect(cabinet.status(two) == .stored)
    }

    @Test("from the shelf: place after place, and the delegate is on record")
    mutating func shelf() {
        cabinet = Cabinet(doors: [])
        bringTwo()
        cabinet.scan(token)
        #expect(cabinet.words.contains("S1-01"))
        cabinet.scan(token)
        #expect(cabinet.words.contains("S1-02"))
        cabinet.scan(one.rawValue)
        #expect(cabinet.event(ParcelCollected.self)?.by == .delegate)
        #expect(cabinet.event(ParcelCollected.self)?.means == .token)
        cabinet.scan(two.rawValue)
        #expect(cabinet.status(two) == .collected)
    }

    @Test("what the recipient refused, and what nobody knows, stays")
    mutating func refused() {
        cabinet.bring(ManifestEntry(one, of: "k1"))
        cabinet.typeCode(of: one)
        cabinet.open("A02")
        cabinet.card(.refuse)
        cabinet.shut("A02")
        cabinet.scan(token)
        #expect(cabinet.event(PickupFailed.self)?.reason == .noMatch)
        cabinet.scan(TestKeys.delegationToken("nobody"))
        #expect(cabinet.event(PickupFailed.self)?.reason == .noMatch)
        #expect(cabinet.pulses.isEmpty)
        #expect(cabinet.state.codeLock.wrongToday == 0)
    }

    @Test("the door was shut on the parcel: the token opens it again, twice within a minute")
    mutating func shutOnIt() {
        cabinet.bring(ManifestEntry(one, of: "k1"))
        cabinet.scan(token)
        cabinet.openAndShut("A02")
        for _ in 0..<Limits.reopensMax {
            cabinet.scan(token)
            #expect(cabinet.event(DoorUnlockRequested.self)?.purpose == .reopen)
            #expect(cabinet.event(DoorUnlockRequested.self)?.authority == "delegation")
            cabinet.openAndShut("A02")
        }
        cabinet.scan(token)
        #expect(cabinet.pulses.isEmpty)
    }

    @Test("after a pickup that nobody saw it works again for a day")
    mutating func blind() {
        cabinet = Cabinet(doors: Cabinet.blindDoors)
        cabinet.bring(ManifestEntry(one, of: "k1"))
        cabinet.scan(token)
        cabinet.pulseEnds("B01")
        cabinet.end()
        #expect(cabinet.status(one) == .collected)
        cabinet.passHours(23)
        cabinet.scan(token)
        #expect(cabinet.event(DoorUnlockRequested.self)?.purpose == .pickup)
        #expect(cabinet.pulses == ["B01"])
        cabinet.pulseEnds("B01")
        cabinet.end()
        #expect(cabinet.event(ParcelCollected.self)?.by == .delegate)
    }

    @Test("it works after a power cut")
    mutating func afterRestart() {
        bringTwo()
        cabinet.restart()
        cabinet.scan(token)
        #expect(cabinet.pulses == ["A02"])
    }
}
