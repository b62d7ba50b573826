import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("A recipient refuses a parcel")
struct RefuseTests: Parcels {
    private var cabinet = Cabinet()

    private mutating func refuse() {
        cabinet.bring(ManifestEntry(one, of: "k1"))
        cabinet.typeCode(of: one)
        cabinet.open("A02")
        cabinet.card(.refuse)
    }

    @Test("at the open door: put back, on record, and its code opens nothing more")
    mutating func atTheDoor() {
        refuse()
        #expect(cabinet.types == [.doorPurposeChanged])
        #expect(cabinet.answers == [.putBack])
        cabinet.shut("A02")
        #expect(cabinet.types == [.doorClosed, .parcelRefused])
        #expect(cabinet.event(ParcelRefused.self)?.evidence == .sensor)
        #expect(cabinet.event(ParcelRefused.self)?.doorOpenedAt != nil)
        #expect(cabinet.state.door("A02").contents == .occupied)
        #expect(cabinet.state.retrievals.map(\.waybill) == [one])
        cabinet.typeCode(of: one)
        #expect(cabinet.answers == [.askKeeper])
        cabinet.scan(TestKeys.pickupToken(one))
        #expect(cabinet.event(PickupFailed.self)?.reason == .notStored)
    }

    @Test("a courier takes it back", arguments: [Role.courier, .keeper])
    mutating func retrieved(role: Role) {
        refuse()
        cabinet.shut("A02")
        cabinet.begin(role)
        cabinet.card(.retrieve)
        #expect(cabinet.pulses == ["A02"])
        cabinet.openAndShut("A02")
        #expect(cabinet.event(ParcelRetrieved.self)?.reason == .refused)
        #expect(cabinet.event(ParcelRetrieved.self)?.person == TestKeys.person(role))
        #expect(cabinet.state.door("A02").contents == .empty)
    }

    @Test("with no door open, and with one that is only unlocked, the answer says how")
    mutating func nothingOpen() {
        cabinet.bring(ManifestEntry(one))
        cabinet.card(.refuse)
        #expect(cabinet.answers == [.refuseHow])
        cabinet.typeCode(of: one)
        cabinet.card(.refuse)
        #expect(cabinet.answers == [.refuseHow])
        cabinet.openAndShut("A02")
        #expect(cabinet.status(one) == .collected)
    }

    @Test("the code again within a minute, then the card")
    mutating func afterwards() {
        cabinet.bring(ManifestEntry(one))
        cabinet.collect(one)
        cabinet.typeCode(of: one)
        cabinet.open("A02")
        cabinet.card(.refuse)
        #expect(cabinet.answers == [.putBack])
        cabinet.shut("A02")
        #expect(cabinet.status(one) == .refused)
        #expect(cabinet.state.door("A02").contents == .occupied)
    }

    @Test("of several parcels behind one door the scan says which one is refused; it goes to the shelf")
    mutating func several() {
        cabinet = Cabinet(doors: [DoorSettings(name: "A02", size: .medium)])
        cabinet.bringTogether(one, two, of: "k1")
        #expect(cabinet.place(of: one) == "A02" && cabinet.place(of: two) == "A02")
        cabinet.typeCode(of: one)
        cabinet.open("A02")
        cabinet.card(.refuse)
        #expect(cabinet.answers == [.refuseSeveral])
        cabinet.shut("A02")
        #expect(cabinet.status(one) == .collected && cabinet.status(two) == .collected)
        cabinet.card(.refuse)
        #expect(cabinet.answers == [.scanParcel])
        cabinet.scan(two.rawValue)
        #expect(cabinet.types == [.parcelRefused])
        #expect(cabinet.answers == [.refusedShelf])
        #expect(cabinet.event(ParcelRefused.self)?.evidence == .scanned)
        #expect(cabinet.status(one) == .collected && cabinet.status(two) == .refused)
        #expect(cabinet.place(of: two) == "S1-01" && cabinet.state.door("A02").contents == .empty)
        #expect(cabinet.state.retrievals.map(\.waybill) == [two])
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test(
        "without a free shelf place, and a minute later, a parcel that is out is not refused so",
        arguments: [true, false]
    )
    mutating func notToTheShelf(isLate: Bool) {
        cabinet = Cabinet(shelf: isLate ? ["S1-01"] : [])
        cabinet.bring(ManifestEntry(one))
        cabinet.collect(one)
        if isLate { cabinet.wait(Limits.reopenMilliseconds) }
        cabinet.card(.refuse)
        #expect(cabinet.answers == [.refuseHow])
        cabinet.scan(one.rawValue)
        #expect(cabinet.status(one) == .collected)
    }

    @Test("with two recipients at open doors nobody can see who refuses")
    mutating func twoDoors() {
        cabinet.bring(ManifestEntry(one, of: "k1"), ManifestEntry(two, of: "k2"))
        cabinet.typeCode(of: one)
        cabinet.open("A02")
        cabinet.typeCode(of: two)
        cabinet.open("A03")
        cabinet.card(.refuse)
        #expect(cabinet.answers == [.askKeeper])
        cabinet.shut("A02")
        cabinet.card(.refuse)
        #expect(cabinet.answers == [.scanParcel], "it may be who has just shut theirs")
        cabinet.scan(two.rawValue)
        cabinet.shut("A03")
        #expect(cabinet.status(one) == .collected && cabinet.status(two) == .refused)
    }

    @Test(
        "while somebody else's door is open, who has just shut theirs says by the parcel who refuses",
        arguments: [1, 2]
    )
    mutating func justShut(who: Int) {
        cabinet.bring(ManifestEntry(one, of: "k1"), ManifestEntry(two, of: "k2"))
        cabinet.collect(one)
        cabinet.typeCode(of: two)
        cabinet.open("A03")
        cabinet.card(.refuse)
        #expect(cabinet.types == [.scanRejected])
        #expect(cabinet.answers == [.scanParcel])
        cabinet.scan((who == 1 ? one : two).rawValue)
        #expect(cabinet.answers == [who == 1 ? .refusedShelf : .putBack])
        cabinet.shut("A03")
        #expect(cabinet.status(one) == (who == 1 ? .refused : .collected))
        #expect(cabinet.status(two) == (who == 1 ? .collected : .refused))
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("who goes on to another door of their own, or comes a minute later, need not scan", arguments: [true, false])
    mutating func ownDoorBefore(isLate: Bool) {
        cabinet.bring(ManifestEntry(one, of: "k1"), ManifestEntry(two, of: isLate ? "k2" : "k1"))
        cabinet.collect(one)
        if isLate { cabinet.wait(Limits.reopenMilliseconds) }
        cabinet.typeCode(of: two)
        cabinet.open("A03")
        cabinet.card(.refuse)
        #expect(cabinet.answers == [.putBack])
        cabinet.shut("A03")
        #expect(cabinet.status(two) == .refused)
    }

    @Test("who got it from the keeper may refuse as well")
    mutating func handedOut() {
        cabinet.bring(ManifestEntry(one))
        cabinet.begin(.keeper, by: .handOut)
        cabinet.scan(one.rawValue)
        cabinet.open("A02")
        cabinet.card(.refuse)
        cabinet.shut("A02")
        #expect(cabinet.status(one) == .refused)
    }

    @Test("a door that staff opened again is not a recipient's")
    mutating func staff() {
        cabinet.begin(.courier)
        _ = cabinet.deposit(one)
        cabinet.card(.reopen)
        cabinet.open("A02")
        cabinet.card(.refuse)
        #expect(cabinet.answers == [.refuseHow])
    }

    @Test("without a sensor the card goes on with the step; a scan or 60 s end it", arguments: [true, false])
    mutating func blind(byTimer: Bool) {
        cabinet = Cabinet(doors: Cabinet.blindDoors)
        cabinet.bring(ManifestEntry(one))
        cabinet.typeCode(of: one)
        cabinet.pulseEnds("B01")
        cabinet.card(.refuse)
        #expect(cabinet.types == [.doorPurposeChanged])
        let cycle = cabinet.state.door("B01").cycle?.id ?? 0
        if byTimer { cabinet.send(.timer(.assumed("B01", cycle: cycle))) } else { cabinet.card(.next) }
        #expect(cabinet.event(ParcelRefused.self)?.evidence == .assumed)
        #expect(cabinet.status(one) == .refused)
        #expect(cabinet.state.door("B01").contents == .unknown)
    }

    @Test("a power cut at the open door: stored as before, contents unknown")
    mutating func restarted() {
        refuse()
        cabinet.restart()
        #expect(cabinet.status(one) == .stored)
        #expect(cabinet.state.door("A02").contents == .unknown)
        cabinet.typeCode(of: one)
        #expect(cabinet.pulses == ["A02"])
    }

    // MARK: From the shelf

    private mutating func takeFromShelf(_ waybills: Waybill...) {
        cabinet = Cabinet(doors: [])
        cabinet.bring(ManifestEntry(one, of: "k1"), ManifestEntry(two, of: "k1"))
        for waybill in waybills {
            cabinet.typeCode(of: waybill)
            cabinet.scan(waybill.rawValue)
            #expect(cabinet.status(waybill) == .collected)
        }
    }

    @Test("who took it from the shelf scans REFUSE, then the parcel: back on its place, a retrieval task")
    mutating func shelf() {
        takeFromShelf(one)
        cabinet.card(.refuse)
        #expect(cabinet.answers == [.scanParcel])
        cabinet.scan(one.rawValue)
        #expect(cabinet.types == [.parcelRefused])
        #expect(cabinet.event(ParcelRefused.self)?.place == .shelf("S1-01"))
        #expect(cabinet.event(ParcelRefused.self)?.evidence == .scanned)
        #expect(cabinet.answers == [.refusedShelf])
        #expect(cabinet.words.contains("S1-01"))
        #expect(cabinet.state.retrievals.map(\.waybill) == [one])
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("of two from the shelf the scan says which one")
    mutating func twoFromShelf() {
        takeFromShelf(one, two)
        cabinet.card(.refuse)
        cabinet.scan(two.rawValue)
        #expect(cabinet.status(one) == .collected && cabinet.status(two) == .refused)
    }

    @Test("a minute later, and after another card, a scan refuses nothing", arguments: [true, false])
    mutating func shelfTooLate(isLate: Bool) {
        takeFromShelf(one)
        if isLate { cabinet.wait(Limits.reopenMilliseconds) }
        cabinet.card(.refuse)
        #expect(cabinet.answers == [isLate ? .refuseHow : .scanParcel])
        if !isLate { cabinet.card(.next) }
        cabinet.scan(one.rawValue)
        #expect(cabinet.status(one) == .collected)
    }

    @Test("when its place is taken by then, it gets another one")
    mutating func shelfTaken() {
        takeFromShelf(one)
        cabinet.begin(.courier)
        _ = cabinet.deposit("YT8962646785390")
        #expect(cabinet.place(of: "YT8962646785390") == "S1-01")
        cabinet.typeCode(of: two)
        cabinet.scan(two.rawValue)
        cabinet.card(.refuse)
        cabinet.scan(one.rawValue)
        #expect(cabinet.place(of: one) == "S1-02" && cabinet.status(one) == .refused)
    }
}
