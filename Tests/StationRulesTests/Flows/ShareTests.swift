import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Several parcels of one recipient")
struct ShareTests {
    private var cabinet = Cabinet()
    private let first: Waybill = "YT8962646785380"
    private let second: Waybill = "YT8962646785381"
    private let third: Waybill = "YT8962646785382"

    private static let largeDoors = ["A04", "A05"].map { DoorSettings(name: $0, size: .large) }

    /// Parcels of Zhang, in that order, of a size.
    private mutating func announce(_ size: Size = .small, _ change: (inout ManifestEntry) -> Void = { _ in }) {
        cabinet.announce(
            [first, second, third].map { ManifestEntry($0, of: "zhang", phone: "13812345678", size: size, change) }
        )
    }

    /// Parcels of Zhang at two large doors: the courier puts the first one behind A04.
    private mutating func putFirst() {
        cabinet = Cabinet(doors: Self.largeDoors)
        announce()
        cabinet.begin(.courier)
        _ = cabinet.deposit(first)
    }

    @Test("through the door that still stands open for them, without a pulse")
    mutating func openDoor() {
        cabinet = Cabinet(doors: Self.largeDoors)
        announce()
        cabinet.begin(.courier, proven: false)
        cabinet.scan(first.rawValue)
        cabinet.open("A04")
        cabinet.scan(second.rawValue)
        #expect(cabinet.types == [.parcelReceived, .doorParcelAdded])
        #expect(cabinet.pulses.isEmpty)
        #expect(cabinet.answers == [.putIn])
        cabinet.shut("A04")
        #expect(cabinet.types == [.doorClosed, .parcelStored, .parcelStored])
        #expect([first, second].allSatisfy { cabinet.place(of: $0) == "A04" })
        #expect(cabinet.state.door("A04").cycle == nil)
    }

    @Test("somebody else's parcel never shares, and a parcel without a known recipient shares with none")
    mutating func others() {
        cabinet = Cabinet(doors: Self.largeDoors)
        announce()
        cabinet.announce([ManifestEntry("SF7444404156506", of: "li", size: .small)])
        for other in ["SF7444404156506", "JT5261988016578"] {
            cabinet.begin(.courier)
            cabinet.scan(first.rawValue)
            cabinet.open("A04")
            cabinet.scan(other)
            #expect(cabinet.pulses == ["A05"])
            cabinet.openAndShut("A05")
            cabinet.shut("A04")
            for waybill in [first, Waybill(rawValue: other)] { cabinet.collect(waybill) }
            cabinet.wait(Limits.reopenMilliseconds)
        }
    }

    @Test("an occupied door opens only for who typed a PIN", arguments: [true, false])
    mutating func occupied(proven: Bool) {
        cabinet = Cabinet(doors: Self.largeDoors)
        announce()
        cabinet.begin(.courier, proven: proven)
        _ = cabinet.deposit(first)
        cabinet.scan(second.rawValue)
        #expect(cabinet.pulses == (proven ? ["A04"] : ["A05"]))
        guard proven else { return }
        cabinet.openAndShut("A04")
        #expect(cabinet.state.parcels(at: .door("A04")).map(\.waybill) == [first, second])
    }

    @Test("only as many as fit: two middle ones fill a large door")
    mutating func capacity() {
        cabinet = Cabinet(doors: Self.largeDoors)
        announce(.medium)
        cabinet.begin(.courier)
        for waybill in [first, second, third] { _ = cabinet.deposit(waybill) }
        #expect([first, second, third].map { cabinet.place(of: $0) } == ["A04", "A04", "A05"])
    }

    @Test("a door that is out of service, or whose contents nobody knows, is not shared")
    mutating func doubtfulDoor() {
        putFirst()
        cabinet.send(.level("A04", .open))
        cabinet.send(.level("A04", .closed))
        cabinet.scan(second.rawValue)
        #expect(cabinet.pulses == ["A05"])
    }

    private mutating func shareOneDoor() {
        cabinet = Cabinet(doors: Self.largeDoors)
        announce()
        cabinet.begin(.courier)
        for waybill in [first, second] { _ = cabinet.deposit(waybill) }
        cabinet.end()
    }

    @Test("any of their codes collects all behind the door", arguments: [0, 1])
    mutating func anyCode(index: Int) {
        shareOneDoor()
        cabinet.typeCode(of: [first, second][index])
        #expect(cabinet.answers == [.takeOut])
        #expect(Set(cabinet.event(DoorUnlockRequested.self)?.waybills ?? []) == [first, second])
        cabinet.openAndShut("A04")
        #expect(cabinet.types == [.doorClosed, .parcelCollected, .parcelCollected])
        #expect(cabinet.state.door("A04").contents == .empty)
        #expect(cabinet.state.door("A04").cycle == nil)
    }

    @Test("other doors follow with Enter or the NEXT card", arguments: [true, false])
    mutating func otherDoors(byEnter: Bool) {
        cabinet = Cabinet(doors: ["A01", "A02", "A03"].map { DoorSettings(name: $0, size: .small) })
        announce()
        for waybill in [first, second, third] { _ = cabinet.deposit(waybill) }
        cabinet.end()
        cabinet.typeCode(of: second)
        #expect(cabinet.pulses == ["A02"])
        #expect(cabinet.answers == [.takeOutMore])
        cabinet.openAndShut("A02")
        for (door, answer) in [(DoorName("A01"), Answer.ID.takeOutMore), ("A03", .takeOut)] {
            if byEnter { cabinet.type("") } else { cabinet.card(.next) }
            #expect(cabinet.pulses == [door])
            #expect(cabinet.answers == [answer])
            cabinet.openAndShut(door)
        }
        #expect([first, second, third].allSatisfy { cabinet.status($0) == .collected })
        cabinet.card(.next)
        #expect(cabinet.answers == [.nothingFollows])
    }

    @Test("Enter while the door before still stands open opens the next one, and says no more than there is")
    mutating func impatient() {
        cabinet = Cabinet(doors: ["A01", "A02"].map { DoorSettings(name: $0, size: .small) })
        announce()
        for waybill in [first, second] { _ = cabinet.deposit(waybill) }
        cabinet.typeCode(of: first)
        cabinet.open("A01")
        cabinet.type("")
        #expect(cabinet.pulses == ["A02"])
        #expect(cabinet.answers == [.takeOut])
    }

    /// One of two parcels is taken, the other waits behind A02.
    private mutating func takeFirst() {
        openFirstOfTwo()
        cabinet.shut("A01")
    }

    /// A small door for each of two parcels; the recipient opens that of the first.
    private mutating func openFirstOfTwo() {
        cabinet = Cabinet(doors: ["A01", "A02"].map { DoorSettings(name: $0, size: .small) })
        announce()
        for waybill in [first, second] { _ = cabinet.deposit(waybill) }
        cabinet.end()
        cabinet.typeCode(of: first)
        cabinet.open("A01")
    }

    @Test("the row is forgotten after a minute: who comes then is somebody else", arguments: [true, false])
    mutating func tooLate(byEnter: Bool) {
        takeFirst()
        cabinet.wait(Limits.nextPlaceMilliseconds)
        if byEnter { cabinet.type("") } else { cabinet.card(.next) }
        #expect(cabinet.answers == [.nothingFollows])
        #expect(cabinet.pulses.isEmpty)
    }

    @Test("the minute counts from the first parcel taken: old hands are slow")
    mutating func slow() {
        openFirstOfTwo()
        cabinet.wait(Limits.nextPlaceMilliseconds - 5_000)
        cabinet.shut("A01")
        cabinet.wait(Limits.nextPlaceMilliseconds - 5_000)
        cabinet.type("")
        #expect(cabinet.pulses == ["A02"])
    }

    @Test("and once somebody else types a code or shows a badge, a token or a card", arguments: 0..<5)
    mutating func somebodyElse(number: Int) {
        takeFirst()
        switch number {
        case 0: cabinet.type(cabinet.wrongCodes(1)[0])
        case 1: cabinet.scan(cabinet.badge(.courier))
        case 2: cabinet.scan(TestKeys.pickupToken("YT0000000000000"))
        case 3: cabinet.card(.survey)
        default: cabinet.scan("VLK1:NONSENSE")
        }
        cabinet.type("")
        #expect(cabinet.answers == [.nothingFollows])
        #expect(cabinet.pulses.isEmpty)
    }

    @Test("who refuses the first goes on to the second")
    mutating func refuses() {
        takeFirst()
        cabinet.typeCode(of: first)
        cabinet.open("A01")
        cabinet.typeCode(of: second)
        #expect(cabinet.pulses == ["A02"])
        openFirstOfTwo()
        cabinet.card(.refuse)
        cabinet.shut("A01")
        cabinet.type("")
        #expect(cabinet.pulses == ["A02"])
    }

    private mutating func cutShortTogether() {
        cabinet = Cabinet(doors: Self.largeDoors)
        announce()
        cabinet.begin(.courier)
        cabinet.scan(first.rawValue)
        cabinet.open("A04")
        cabinet.scan(second.rawValue)
        cabinet.restart()
        cabinet.begin(.courier, proven: false)
    }

    @Test(
        "two parcels cut short in one door are asked about one after the other",
        arguments: [true, false],
        [true, false]
    )
    mutating func cutShort(isFirstInside: Bool, isSecondInside: Bool) {
        cutShortTogether()
        #expect(cabinet.state.door("A04").asksInside == first)
        #expect(cabinet.state.door("A04").asksNext == [second])
        cabinet.scan(third.rawValue)
        #expect(cabinet.reason == .asksInside)
        #expect(cabinet.actions.contains(.answer(Answer(.askInsideOf, "5380 -> A04"))))
        cabinet.card(isFirstInside ? .yes : .no)
        #expect(cabinet.answers.last == (isFirstInside ? .askInsideOf : .askInside))
        #expect(cabinet.state.door("A04").asksInside == second)
        cabinet.scan(third.rawValue)
        #expect(cabinet.reason == .asksInside)
        cabinet.card(isSecondInside ? .yes : .no)
        #expect(cabinet.state.door("A04").asksInside == nil)
        #expect(cabinet.status(first) == (isFirstInside ? .stored : .received))
        #expect(cabinet.status(second) == (isSecondInside ? .stored : .received))
        let isAnyInside = isFirstInside || isSecondInside
        #expect(cabinet.state.door("A04").contents == (isAnyInside ? .occupied : .empty))
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("the rest of the question outlives another power cut, and a look of the keeper ends it")
    mutating func cutShortTwice() {
        cutShortTogether()
        cabinet.card(.yes)
        #expect(cabinet.event(ParcelStored.self)?.person == cabinet.state.session?.person)
        cabinet.restart()
        #expect(cabinet.state.door("A04").asksInside == second)
        cabinet.audit("A04")
        cabinet.open("A04")
        cabinet.scan(first.rawValue)
        #expect(cabinet.answers == [.scanRest], "one scan does not answer for the other")
        #expect(cabinet.state.door("A04").asksInside == second)
        cabinet.card(.empty)
        #expect(cabinet.state.door("A04").asksInside == nil)
        #expect(cabinet.status(first) == .stored && cabinet.status(second) == .received)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("a second parcel cut short in a shared door does not make the door empty by a NO")
    mutating func interrupted() {
        putFirst()
        cabinet.scan(second.rawValue)
        cabinet.open("A04")
        cabinet.restart()
        cabinet.begin(.courier, proven: false)
        cabinet.card(.no)
        #expect(cabinet.state.door("A04").contents == .occupied)
        #expect(cabinet.deposit("SF7444404156506") == .door("A05"))
    }
}
