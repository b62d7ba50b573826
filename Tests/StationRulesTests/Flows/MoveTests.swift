import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Parcels that move within the station")
struct MoveTests {
    private var cabinet = Cabinet()
    private let waybill: Waybill = "SF7444404156506"

    private mutating func takeOut() {
        _ = cabinet.deposit(waybill)
        cabinet.end()
        cabinet.begin(.keeper)
        cabinet.card(.move)
        cabinet.scan(waybill.rawValue)
    }

    @Test("out of one door into another: the code stays, the first door is free again")
    mutating func toAnotherDoor() {
        takeOut()
        #expect(cabinet.event(DoorUnlockRequested.self)?.purpose == .move)
        #expect(cabinet.pulses == ["A02"])
        let code = cabinet.code(of: waybill)
        cabinet.openAndShut("A02")
        #expect(cabinet.types == [.doorClosed, .parcelReceived, .doorUnlockRequested])
        #expect(cabinet.event(ParcelReceived.self)?.how == .move)
        #expect(cabinet.pulses == ["A03"])
        #expect(cabinet.state.door("A02").cycle == nil)
        #expect(cabinet.state.door("A02").contents == .empty)
        cabinet.openAndShut("A03")
        #expect(cabinet.types == [.doorClosed, .parcelRelocated])
        let moved = cabinet.event(ParcelRelocated.self)
        #expect(moved?.from == .door("A02"))
        #expect(moved?.place == .door("A03"))
        #expect(moved?.person == "0000000000000402")
        #expect(cabinet.code(of: waybill) == code)
        cabinet.type(code)
        #expect(cabinet.pulses == ["A03"])
    }

    @Test("without another door to the shelf, and from the shelf into a door")
    mutating func shelf() {
        cabinet = Cabinet(doors: [DoorSettings(name: "A02", size: .medium)])
        takeOut()
        cabinet.openAndShut("A02")
        #expect(cabinet.types == [.doorClosed, .parcelReceived, .parcelRelocated])
        #expect(cabinet.place(of: waybill) == "S1-01")
        #expect(cabinet.answers == [.putOnShelf])
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.pulses == ["A02"])
        cabinet.openAndShut("A02")
        #expect(cabinet.place(of: waybill) == "A02")
        #expect(!cabinet.state.parcels.isTaken(.shelf("S1-01")))
    }

    @Test("the hold period goes on, and the parcel is stored once only")
    mutating func holdGoesOn() {
        _ = cabinet.deposit(waybill)
        cabinet.end()
        cabinet.command(.notices([Notice(waybill: waybill)]))
        let began = cabinet.now.wall
        cabinet.passHours(10)
        takeOut()
        cabinet.openAndShut("A02")
        cabinet.openAndShut("A03")
        #expect(cabinet.parcel(waybill)?.hold.began == began)
        #expect(cabinet.journal.count { $0.event.type == .parcelStored } == 1)
    }

    @Test("END after a door that nobody saw open moves nothing: the parcel may still lie there")
    mutating func endedUnseen() {
        cabinet = Cabinet(doors: [DoorSettings(name: "B01", size: .medium, hasSensor: false)])
        _ = cabinet.deposit(waybill)
        cabinet.end()
        cabinet.begin(.keeper)
        cabinet.card(.move)
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.pulses == ["B01"])
        cabinet.end()
        #expect(cabinet.event(ParcelRelocated.self) == nil)
        #expect(cabinet.event(AuditDifference.self)?.finding == .interrupted)
        #expect(cabinet.place(of: waybill) == "B01")
        #expect(cabinet.state.door("B01").contents == .unknown)
    }

    @Test("what may not lie in a locker is not moved behind a door")
    mutating func damaged() {
        cabinet.scan(cabinet.badge(.courier))
        cabinet.card(.exception(.damaged))
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.place(of: waybill) == "S1-01")
        cabinet.end()
        cabinet.begin(.keeper)
        cabinet.card(.move)
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.pulses.isEmpty)
        #expect(cabinet.place(of: waybill) == "S1-02", "another place than before")
        #expect(cabinet.parcel(waybill)?.exception == .damaged)
    }

    @Test("it needs the keeper's PIN, and storage that takes it")
    mutating func guarded() {
        _ = cabinet.deposit(waybill)
        cabinet.end()
        cabinet.begin(.keeper, proven: false)
        cabinet.card(.move)
        #expect(cabinet.reason == .needsPIN)
        cabinet.begin(.keeper)
        cabinet.card(.move)
        cabinet.send(.storage(.reserve))
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.reason == .storage)
        cabinet.end()
        cabinet.begin(.courier)
        cabinet.card(.move)
        #expect(cabinet.answers == [.notForYou])
    }

    @Test("what is not here, was refused or is going out does not move")
    mutating func notHere() {
        takeOut()
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.answers == [.doorBusy])
        cabinet.scan("YT8962646785389")
        #expect(cabinet.answers == [.notHere])
        cabinet = Cabinet()
        _ = cabinet.deposit(waybill)
        cabinet.end()
        cabinet.typeCode(of: waybill)
        cabinet.open("A02")
        cabinet.card(.refuse)
        cabinet.shut("A02")
        cabinet.begin(.keeper)
        cabinet.card(.move)
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.answers == [.notHere])
        #expect(cabinet.status(waybill) == .refused)
    }

    @Test("a power cut while it is in hand: the keeper says whether it is inside")
    mutating func interrupted() {
        takeOut()
        cabinet.openAndShut("A02")
        cabinet.open("A03")
        cabinet.restart()
        #expect(cabinet.state.door("A03").asksInside == waybill)
        cabinet.begin(.keeper)
        cabinet.card(.yes)
        #expect(cabinet.types == [.parcelRelocated])
        #expect(cabinet.event(ParcelRelocated.self)?.from == .door("A02"))
        #expect(cabinet.place(of: waybill) == "A03")
    }

    @Test("a door without a sensor: its contents are unknown afterwards")
    mutating func blind() {
        cabinet = Cabinet(doors: Cabinet.blindDoors)
        cabinet.begin(.keeper)
        cabinet.scan(waybill.rawValue)
        cabinet.pulseEnds("B01")
        cabinet.card(.move)
        cabinet.scan(waybill.rawValue)
        cabinet.pulseEnds("B01")
        cabinet.wait(Limits.assumedStepMilliseconds)
        cabinet.send(.timer(.assumed("B01", cycle: 2)))
        #expect(cabinet.pulses == ["B02"])
        #expect(cabinet.state.door("B01").contents == .unknown)
        #expect(cabinet.state.door("B01").cycle == nil)
    }

    @Test("where no other place is free it goes back to where it was")
    mutating func backAgain() {
        cabinet = Cabinet(doors: [DoorSettings(name: "A02", size: .medium)], shelf: [])
        takeOut()
        cabinet.openAndShut("A02")
        #expect(cabinet.pulses == ["A02"])
        cabinet.openAndShut("A02")
        #expect(cabinet.status(waybill) == .stored)
        #expect(cabinet.place(of: waybill) == "A02")
    }

    @Test(
        "what was declared of it stays, and keeps it out of the doors",
        arguments: [ParcelException.damaged, .weight]
    )
    mutating func exception(exception: ParcelException) {
        cabinet.begin(.courier)
        cabinet.card(.exception(exception))
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.place(of: waybill) == "S1-01")
        cabinet.begin(.keeper)
        cabinet.card(.move)
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.pulses.isEmpty)
        #expect(cabinet.place(of: waybill) == "S1-02")
        #expect(cabinet.parcel(waybill)?.exception == exception)
    }

    @Test(
        "whose recipient did not agree to a locker, as a later manifest said, moves to the shelf",
        arguments: [true, false]
    )
    mutating func consent(isRefused: Bool) {
        var policy = Policy()
        policy.withoutConsent = isRefused ? .refuse : .flag
        cabinet = Cabinet(policy: policy)
        _ = cabinet.deposit(waybill)
        cabinet.announce([ManifestEntry(waybill) { $0.consent = .none }])
        cabinet.end()
        cabinet.begin(.keeper)
        cabinet.card(.move)
        cabinet.scan(waybill.rawValue)
        cabinet.openAndShut("A02")
        #expect(cabinet.answers == (isRefused ? [.putOnShelf] : [.putIn]))
    }

    // MARK: Shelf cards

    @Test("the card of a shelf place says where the parcel really lies")
    mutating func shelfCard() {
        cabinet = Cabinet(doors: [])
        cabinet.begin(.keeper)
        cabinet.scan(waybill.rawValue)
        cabinet.card(.shelf("S1-02"))
        #expect(cabinet.types == [.parcelRelocated])
        #expect(cabinet.answers == [.putOnShelf])
        #expect(cabinet.place(of: waybill) == "S1-02")
        cabinet.scan("YT8962646785389")
        #expect(cabinet.place(of: "YT8962646785389") == "S1-01", "the first place is free again")
        cabinet.typeCode(of: waybill)
        #expect(cabinet.actions.contains(.answer(Answer(.takeFromShelf, "S1-02"))))
    }

    @Test("a place that is taken, unknown, or of no parcel just put there, is refused", arguments: ["S1-01", "S9-99"])
    mutating func wrongPlace(place: String) {
        cabinet = Cabinet(doors: [])
        cabinet.begin(.keeper)
        cabinet.card(.shelf("S1-02"))
        #expect(cabinet.reason == .outOfContext)
        cabinet.scan("YT8962646785389")
        cabinet.scan(waybill.rawValue)
        cabinet.card(.shelf(place))
        #expect(cabinet.reason == .outOfContext)
        #expect(cabinet.place(of: waybill) == "S1-02")
        cabinet.wait(Limits.followUpMilliseconds)
        cabinet.card(.shelf("S1-02"))
        #expect(cabinet.reason == .outOfContext)
    }

    @Test("after a move to the shelf the card works too")
    mutating func shelfCardAfterMove() {
        cabinet = Cabinet(doors: [DoorSettings(name: "A02", size: .medium)])
        takeOut()
        cabinet.openAndShut("A02")
        cabinet.card(.shelf("S1-02"))
        #expect(cabinet.place(of: waybill) == "S1-02")
    }

    // MARK: Nothing there

    @Test("NO with the next door open could mean either: the card of the door tells", arguments: ["A02", "A03"])
    mutating func nothingInside(door: String) {
        takeOut()
        cabinet.openAndShut("A02")
        cabinet.open("A03")
        cabinet.card(.no)
        #expect(cabinet.answers == [.whichDoor] && cabinet.reason == .awaitsScan)
        cabinet.card(.door(door))
        if door == "A02" {
            #expect(cabinet.types == [.doorPurposeChanged, .auditDifference, .auditFinished])
            #expect(cabinet.event(AuditDifference.self)?.door == "A02")
            #expect(cabinet.status(waybill) == .missing)
        } else {
            #expect(cabinet.pulses == ["A04"])
            #expect(cabinet.status(waybill) == .received)
        }
        cabinet.shut("A03")
        #expect(cabinet.state.door("A03").contents == .empty && cabinet.state.door("A03").cycle == nil)
        #expect(cabinet.state.door("A02").contents == .empty)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("nothing there and no other door: the books do not leave it on the shelf")
    mutating func nothingForShelf() {
        cabinet = Cabinet(doors: [DoorSettings(name: "A02", size: .medium)])
        takeOut()
        cabinet.openAndShut("A02")
        #expect(cabinet.place(of: waybill) == "S1-01")
        cabinet.card(.no)
        #expect(cabinet.answers == [.nothingInside])
        #expect(cabinet.status(waybill) == .missing)
        #expect(cabinet.state.door("A02").contents == .empty)
        #expect(!cabinet.state.parcels.isTaken(.shelf("S1-01")))
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("what does not fit long after is in hand, not missing")
    mutating func doesNotFit() {
        takeOut()
        cabinet.openAndShut("A02")
        cabinet.open("A03")
        cabinet.wait(Limits.nothingInsideMilliseconds)
        cabinet.card(.no)
        #expect(cabinet.pulses == ["A04"])
        #expect(cabinet.status(waybill) == .received)
    }

    @Test("shut under another badge it goes no further: no door opens for who showed no PIN")
    mutating func otherBadge() {
        takeOut()
        cabinet.open("A02")
        cabinet.begin(.courier, proven: false)
        cabinet.shut("A02")
        #expect(cabinet.pulses.isEmpty)
        #expect(cabinet.event(ParcelReceived.self) == nil)
        #expect(cabinet.event(AuditDifference.self)?.finding == .interrupted)
        #expect(cabinet.place(of: waybill) == "A02")
        #expect(cabinet.state.door("A02").contents == .unknown)
        #expect(cabinet.replayed == cabinet.state)
    }
}
