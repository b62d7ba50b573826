import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("The keeper hands out")
struct HandOutTests: Parcels {
    private var cabinet = Cabinet()

    @Test("by the waybill, with badge and PIN; the keeper is on record")
    mutating func byWaybill() {
        cabinet.bring(ManifestEntry(one))
        cabinet.begin(.keeper, by: .handOut)
        #expect(cabinet.answers == [.askRecipient])
        cabinet.scan(one.rawValue)
        #expect(cabinet.event(DoorUnlockRequested.self)?.purpose == .handOut)
        #expect(cabinet.event(DoorUnlockRequested.self)?.authority == "badge \(TestKeys.person(.keeper))")
        cabinet.openAndShut("A02")
        let collected = cabinet.event(ParcelCollected.self)
        #expect(collected?.by == .keeper && collected?.means == .badge && collected?.evidence == .sensor)
        #expect(collected?.person == TestKeys.person(.keeper))
        #expect(cabinet.state.door("A02").contents == .empty)
    }

    @Test("without the PIN nothing opens")
    mutating func withoutPIN() {
        cabinet.bring(ManifestEntry(one, phone: "13812345678"))
        cabinet.begin(.keeper, proven: false)
        cabinet.card(.handOut)
        #expect(cabinet.reason == .needsPIN)
        cabinet.scan(one.rawValue)
        #expect(cabinet.reason == .alreadyStored)
        cabinet.type("5678")
        #expect(cabinet.answers == [.peopleWaiting])
        #expect(cabinet.pulses.isEmpty)
    }

    @Test("nobody else hands out, with or without a PIN", arguments: [Role.courier, .technician, .inspector, .agent])
    mutating func otherRoles(role: Role) {
        cabinet.bring(ManifestEntry(one))
        cabinet.begin(role, by: .handOut)
        #expect(cabinet.answers == [.notForYou])
        cabinet.scan(one.rawValue)
        #expect(cabinet.pulses.isEmpty)
    }

    @Test("by the last four digits, for people without a code")
    mutating func byLastFour() {
        cabinet.bring(ManifestEntry(one, phone: "13812345678"))
        cabinet.begin(.keeper, by: .handOut)
        cabinet.type("5678")
        #expect(cabinet.pulses == ["A02"])
        cabinet.openAndShut("A02")
        #expect(cabinet.event(ParcelCollected.self)?.person == TestKeys.person(.keeper))
    }

    /// Two parcels whose phones end alike; the keeper types the last four digits to hand out.
    private mutating func askForTwo(secondOf recipient: String, phone: String) {
        let first = ManifestEntry(one, of: "k1", phone: "13812345678")
        cabinet.bring(first, ManifestEntry(two, of: recipient, phone: phone))
        cabinet.begin(.keeper, by: .handOut)
        cabinet.type("5678")
    }

    @Test("last four digits of two people open nothing: the keeper scans the parcel")
    mutating func twoPeople() {
        askForTwo(secondOf: "k2", phone: "13912345678")
        #expect(cabinet.answers == [.peopleWaiting])
        #expect(cabinet.words.contains("2"))
        #expect(cabinet.pulses.isEmpty)
        cabinet.scan(two.rawValue)
        #expect(cabinet.pulses == ["A03"])
    }

    @Test("several parcels of one recipient follow each other by the NEXT card")
    mutating func several() {
        askForTwo(secondOf: "k1", phone: "13812345678")
        #expect(cabinet.answers == [.takeOutMore])
        cabinet.openAndShut("A02")
        cabinet.card(.next)
        #expect(cabinet.pulses == ["A03"])
        cabinet.openAndShut("A03")
        #expect(cabinet.event(ParcelCollected.self)?.waybill == two)
        #expect(cabinet.event(ParcelCollected.self)?.means == .badge)
    }

    @Test("the right of the badge ends with its session: Enter opens no further door")
    mutating func rightEnds() {
        cabinet.bring(ManifestEntry(one, of: "k1"), ManifestEntry(two, of: "k1"))
        cabinet.begin(.keeper, by: .handOut)
        cabinet.scan(one.rawValue)
        cabinet.openAndShut("A02")
        cabinet.end()
        cabinet.type("")
        #expect(cabinet.answers == [.nothingFollows])
        #expect(cabinet.pulses.isEmpty)
        #expect(cabinet.status(two) == .stored)
    }

    @Test("from the shelf the scanned parcel is handed out at once")
    mutating func shelf() {
        cabinet = Cabinet(doors: [])
        cabinet.bring(ManifestEntry(one))
        cabinet.begin(.keeper, by: .handOut)
        cabinet.scan(one.rawValue)
        #expect(cabinet.types == [.parcelCollected])
        #expect(cabinet.event(ParcelCollected.self)?.evidence == .scanned)
        #expect(cabinet.event(ParcelCollected.self)?.person == TestKeys.person(.keeper))
        #expect(cabinet.answers == [.collected])
    }

    @Test("from the shelf by the last four: the place, then the keeper's scan alone", arguments: [true, false])
    mutating func shelfByLastFour(inSession: Bool) {
        cabinet = Cabinet(doors: [])
        cabinet.bring(ManifestEntry(one, phone: "13812345678"))
        cabinet.begin(.keeper, by: .handOut)
        cabinet.type("5678")
        #expect(cabinet.types == [.pickupAuthorised])
        #expect(cabinet.words.contains("S1-01"))
        if !inSession { cabinet.end() }
        cabinet.scan(one.rawValue)
        #expect(cabinet.event(ParcelCollected.self)?.by == (inSession ? .keeper : nil))
        #expect(cabinet.event(ParcelCollected.self)?.person == (inSession ? TestKeys.person(.keeper) : nil))
        #expect(cabinet.answers == [inSession ? .collected : .scanBadgeFirst])
    }

    @Test("digits of nobody and a parcel that is still on its way are said so, and count as no wrong code")
    mutating func notHere() {
        cabinet.announce([ManifestEntry(one, phone: "13812345678")])
        cabinet.begin(.keeper, by: .handOut)
        cabinet.type("5678")
        #expect(cabinet.answers == [.notHere])
        #expect(cabinet.event(ScanRejected.self)?.text == nil)
        cabinet.scan(one.rawValue)
        #expect(cabinet.answers == [.notHere])
        #expect(cabinet.state.codeLock.wrongToday == 0)
    }

    @Test(
        "what came with its bag and is not stored yet goes from hand to hand, with badge and PIN",
        arguments: [true, false]
    )
    mutating func notStoredYet(isProven: Bool) {
        cabinet = Cabinet(doors: [], shelf: [])
        cabinet.announce([ManifestEntry(one, of: "k1", bag: "yc-bag-20261121-01")])
        cabinet.begin(.courier, proven: false)
        cabinet.scan("YC-BAG-20261121-01")
        cabinet.begin(.keeper, proven: isProven)
        cabinet.card(.handOut)
        cabinet.scan(one.rawValue)
        guard isProven else { return #expect(cabinet.status(one) == .received) }
        #expect(cabinet.types == [.parcelCollected])
        let collected = cabinet.event(ParcelCollected.self)
        #expect(collected?.by == .keeper && collected?.means == .badge && collected?.evidence == .scanned)
        #expect(collected?.place == .shelf(.counter) && collected?.person == TestKeys.person(.keeper))
        #expect(cabinet.answers == [.collected])
        #expect(cabinet.status(one) == .collected && cabinet.parcel(one)?.place == nil)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("what was handed out over the counter is put on the shelf by REFUSE and its scan")
    mutating func refusedAtTheCounter() {
        cabinet = Cabinet(doors: [])
        cabinet.announce([ManifestEntry(one, of: "k1", bag: "yc-bag-20261121-01")])
        cabinet.begin(.courier, proven: false)
        cabinet.scan("YC-BAG-20261121-01")
        cabinet.begin(.keeper, by: .handOut)
        cabinet.scan(one.rawValue)
        cabinet.card(.refuse)
        cabinet.scan(one.rawValue)
        #expect(cabinet.answers == [.refusedShelf] && cabinet.status(one) == .refused)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("a parcel that is just going out is not opened twice")
    mutating func busy() {
        cabinet.bring(ManifestEntry(one))
        cabinet.begin(.keeper, by: .handOut)
        cabinet.scan(one.rawValue)
        cabinet.scan(one.rawValue)
        #expect(cabinet.answers == [.doorBusy])
        #expect(cabinet.pulses.isEmpty)
    }
}
