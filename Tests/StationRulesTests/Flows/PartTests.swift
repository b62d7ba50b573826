import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

/// Two barcodes, one parcel, and several parcels of one waybill (子母件).
@Suite("Parts of a waybill")
struct PartTests: TwoParts {
    private var cabinet = Cabinet()

    private var line: ManifestEntry {
        ManifestEntry(whole, of: "zhang", phone: "13812345678", size: .small, bag: "B7", run: "R7") { $0.n = 3 }
    }

    private mutating func bringParts() -> [String?] {
        bringFirst()
        _ = cabinet.deposit(second)
        cabinet.end()
        return [first, second].map { cabinet.place(of: $0) }
    }

    private func code(_ n: UInt32 = 3) -> String {
        TestKeys.code(whole, n: n)
    }

    /// The whole is announced, and its first part comes.
    private mutating func bringFirst() {
        cabinet.announce([line])
        cabinet.begin(.courier, proven: false)
        _ = cabinet.deposit(first)
    }

    // MARK: One of one

    @Test("one of one is its parent: announced under one number, scanned by the other", arguments: [true, false])
    mutating func oneOfOne(isAnnouncedBare: Bool) {
        let both: [Waybill] = [whole, "JD0118080218877-1-1-"]
        let (announced, scanned) = isAnnouncedBare ? (both[0], both[1]) : (both[1], both[0])
        cabinet.announce([ManifestEntry(announced, of: "zhang", phone: "13812345678", size: .large)])
        cabinet.begin(.courier, proven: false)
        cabinet.scan(scanned.rawValue)
        #expect(cabinet.pulses == ["A04"] && cabinet.state.parcels.count == 1)
        cabinet.openAndShut("A04")
        cabinet.scan(announced.rawValue)
        #expect(cabinet.answers == [.alreadyStored])
        cabinet.end()
        cabinet.begin(.keeper)
        cabinet.card(.told)
        for number in both {
            cabinet.scan(number.rawValue)
            #expect(cabinet.answers == [.told])
        }
        for command: Command.Kind in both.flatMap({
            [.extendHold($0, hours: 5), .recall([$0]), .notices([Notice(waybill: $0)])]
        }) {
            cabinet.command(command)
            #expect(cabinet.types.count == 3 && cabinet.types.last == .commandCompleted)
        }
        cabinet.collect(whole)
        #expect(cabinet.status(whole) == .collected)
        #expect(cabinet.replayed == cabinet.state)
    }

    // MARK: Parts of an announced parcel

    @Test("parts take size, phone and code from the announcement, which waits until the last is in")
    mutating func announced() {
        bringFirst()
        #expect(cabinet.event(ParcelStored.self)?.codeOf == whole && cabinet.event(ParcelStored.self)?.n == 3)
        #expect(cabinet.place(of: first) == "A01")
        #expect(cabinet.status(whole) == .expected)
        _ = cabinet.deposit(second)
        #expect(cabinet.status(whole) == .inParts)
        for part in [first, second].compactMap({ cabinet.parcel($0) }) {
            #expect(part.announced && part.size == .small && part.recipientKey == "zhang" && part.lastFour == "5678")
            #expect(part.consent == .userConsent && part.codeOf == whole && part.n == 3 && part.bag == "B7")
        }
        #expect(cabinet.state.waiting.count == 2)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("one code opens the parts in turn: Enter, or the code again, opens the next", arguments: [true, false])
    mutating func inTurn(byEnter: Bool) {
        let doors = bringParts()
        #expect(doors == ["A01", "A02"])
        cabinet.type(code())
        #expect(cabinet.pulses == ["A01"] && cabinet.answers == [.takeOutMore])
        cabinet.openAndShut("A01")
        cabinet.type(byEnter ? "" : code())
        #expect(cabinet.pulses == ["A02"])
        cabinet.openAndShut("A02")
        #expect(cabinet.status(first) == .collected && cabinet.status(second) == .collected)
        cabinet.type(code())
        #expect(cabinet.pulses == ["A02"], "the door that was shut last opens again")
        #expect(cabinet.event(DoorUnlockRequested.self)?.purpose == .reopen)
    }

    @Test("without a phone the code opens them in turn too, by digits and by token")
    mutating func withoutPhone() {
        cabinet.announce([ManifestEntry(whole)])
        cabinet.begin(.courier, proven: false)
        for part in [first, second] { _ = cabinet.deposit(part) }
        cabinet.end()
        cabinet.scan(TestKeys.pickupToken(whole))
        cabinet.openAndShut("A02")
        #expect(cabinet.status(first) == .collected)
        cabinet.type(code(0))
        cabinet.openAndShut("A03")
        #expect(cabinet.status(second) == .collected)
    }

    @Test("a part's own number makes no code beside that of the announcement")
    mutating func noOwnCode() {
        _ = bringParts()
        for n in [0, 3] as [UInt32] {
            cabinet.type(TestKeys.code(first, n: n))
            #expect(cabinet.answers == [.wrongCode])
        }
    }

    @Test("the first part is fetched before the second comes, and the code is right for both")
    mutating func oneLater() {
        bringFirst()
        cabinet.end()
        cabinet.type(code())
        cabinet.openAndShut("A01")
        cabinet.passHours(30)
        cabinet.keepHouse()
        cabinet.begin(.courier, proven: false)
        _ = cabinet.deposit(second)
        cabinet.end()
        #expect(cabinet.status(whole) == .inParts)
        cabinet.type(code())
        #expect(cabinet.pulses.count == 1)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("a suffix that does not say how many there are fulfils with the first, and the next belongs to it too")
    mutating func uncounted() {
        let parent: Waybill = "DPK202252612836"
        cabinet.announce([ManifestEntry(parent, of: "zhang")])
        cabinet.begin(.courier, proven: false)
        _ = cabinet.deposit("DPK202252612836-0001")
        #expect(cabinet.status(parent) == .inParts)
        _ = cabinet.deposit("DPK202252612836-0002")
        #expect(cabinet.parcel("DPK202252612836-0002")?.codeOf == parent)
        _ = cabinet.deposit(parent)
        #expect(cabinet.status(parent) == .stored, "the first of them may carry the bare number")
        cabinet.end()
        for _ in 0..<3 {
            cabinet.typeCode(of: parent)
            for door in cabinet.pulses { cabinet.openAndShut(door) }
        }
        #expect(cabinet.state.waiting.isEmpty)
    }

    @Test("a part that nobody announced has a code of its own")
    mutating func unannounced() {
        cabinet.begin(.courier, proven: false)
        for part in [first, second] { _ = cabinet.deposit(part) }
        #expect(cabinet.parcel(first)?.codeOf == nil && cabinet.parcel(first)?.announced == false)
        cabinet.end()
        cabinet.collect(first)
        #expect(cabinet.status(first) == .collected && cabinet.status(second) == .stored)
    }

    // MARK: At the counter

    @Test("the bare number of what comes in parts is not taken in beside them")
    mutating func bareNumber() {
        bringFirst()
        cabinet.scan(whole.rawValue)
        #expect(cabinet.answers == [.scanPart] && cabinet.pulses.isEmpty)
        _ = cabinet.deposit(second)
        cabinet.scan(whole.rawValue)
        #expect(cabinet.answers == [.alreadyStored])
        #expect(cabinet.state.waiting.count == 2)
    }

    @Test("both barcodes of one label, one after the other, are one parcel while its door is open")
    mutating func sameLabel() {
        cabinet.announce([line])
        cabinet.begin(.courier, proven: false)
        cabinet.scan(whole.rawValue)
        cabinet.open("A01")
        cabinet.scan(first.rawValue)
        #expect(cabinet.answers == [.putIn] && cabinet.pulses.isEmpty)
        cabinet.shut("A01")
        _ = cabinet.deposit(second)
        #expect(cabinet.parcel(second)?.codeOf == whole)
        cabinet.end()
        cabinet.type(code())
        cabinet.openAndShut("A01")
        cabinet.type("")
        #expect(cabinet.pulses == ["A02"])
    }

    @Test("the keeper's scan of the bare number finds the parts", arguments: [Card.handOut, .move, .report(.damaged)])
    mutating func keeper(card: Card) {
        _ = bringParts()
        cabinet.begin(.keeper)
        cabinet.card(card)
        cabinet.scan(whole.rawValue)
        #expect(!cabinet.answers.contains(.notHere))
        #expect(cabinet.types.contains(card == .report(.damaged) ? .parcelDamaged : .doorUnlockRequested))
    }

    @Test("TOLD, EXTEND and the county's commands by the announced number are about every part")
    mutating func allParts() {
        _ = bringParts()
        cabinet.begin(.keeper)
        for (card, type) in [(Card.told, EventType.parcelNoticed), (.extend, .parcelHoldExtended)] {
            cabinet.card(card)
            cabinet.scan(whole.rawValue)
            #expect(cabinet.types == [type, type])
        }
        cabinet.command(.notices([Notice(waybill: whole)]))
        #expect(cabinet.types.count { $0 == .parcelNoticed } == 2)
        cabinet.command(.extendHold(whole, hours: 5))
        #expect(cabinet.types.count { $0 == .parcelHoldExtended } == 2)
        cabinet.command(.recall([whole]))
        #expect(cabinet.types.count { $0 == .parcelRecalled } == 2)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("a code made anew is that of all parts, asked for by either number", arguments: [true, false])
    mutating func reissued(byParent: Bool) {
        _ = bringParts()
        cabinet.command(.reissue(byParent ? whole : second, n: 9))
        #expect(cabinet.event(ParcelCodeReissued.self)?.waybill == whole)
        #expect([whole, first, second].allSatisfy { cabinet.parcel($0)?.n == 9 })
        #expect(cabinet.replayed == cabinet.state)
        cabinet.type(code(3))
        #expect(cabinet.answers == [.wrongCode])
        cabinet.type(code(9))
        #expect(cabinet.pulses == ["A01"])
        cabinet.restart()
        cabinet.type(code(9))
        #expect(cabinet.pulses.count == 1)
    }

    // MARK: Late, twice, with its bag

    @Test(
        "a manifest after its parts comes to the same, but for a code that somebody was told",
        arguments: [true, false]
    )
    mutating func late(isTold: Bool) {
        cabinet.begin(.courier, proven: false)
        for part in [first, second] { _ = cabinet.deposit(part) }
        cabinet.end()
        let doors = [first, second].compactMap { cabinet.place(of: $0) }
        if isTold { cabinet.command(.notices([Notice(waybill: first)])) }
        cabinet.announce([line])
        #expect(cabinet.status(whole) == .inParts)
        #expect(cabinet.parcel(first)?.recipientKey == "zhang" && cabinet.parcel(first)?.lastFour == "5678")
        #expect(cabinet.parcel(first)?.codeOf == (isTold ? nil : whole) && cabinet.parcel(second)?.codeOf == whole)
        #expect(cabinet.replayed == cabinet.state)
        cabinet.announce([line])
        #expect(cabinet.types == [.commandReceived, .commandCompleted], "sent twice")
        if isTold {
            cabinet.type(TestKeys.code(first))
        } else {
            cabinet.type(code())
        }
        #expect(cabinet.pulses.first?.rawValue == doors[0])
        for door in cabinet.pulses { cabinet.openAndShut(door) }
        cabinet.type(code())
        #expect(cabinet.pulses.first?.rawValue == doors[1])
    }

    @Test("a line sent again while parts are in changes neither whose they are nor their code")
    mutating func sentAgain() {
        bringFirst()
        var other = line
        (other.n, other.recipientKey) = (7, "li")
        cabinet.announce([other])
        #expect(cabinet.parcel(whole)?.n == 3 && cabinet.parcel(whole)?.recipientKey == "zhang")
        _ = cabinet.deposit(second)
        #expect(cabinet.status(whole) == .inParts && cabinet.parcel(second)?.n == 3)
    }

    @Test("what was checked in with its bag as one is counted once with its first part")
    mutating func bag() {
        cabinet.announce([line])
        cabinet.begin(.courier, proven: false)
        cabinet.scan("B7")
        #expect(cabinet.status(whole) == .received)
        #expect(cabinet.state.run?.parcelsIn == 1)
        _ = cabinet.deposit(first)
        #expect(cabinet.state.run?.parcelsIn == 1)
        _ = cabinet.deposit(second)
        #expect(cabinet.state.run?.parcelsIn == 2)
        #expect(cabinet.status(whole) == .inParts)
    }

    @Test("a part that is gone is remembered until the rest of what was checked in as one is in")
    mutating func restOfTheBag() {
        cabinet.announce([line])
        cabinet.begin(.courier, proven: false)
        cabinet.scan("B7")
        _ = cabinet.deposit(first)
        cabinet.end()
        cabinet.type(code())
        for door in cabinet.pulses { cabinet.openAndShut(door) }
        for _ in 1...10 {
            cabinet.passHours(24)
            cabinet.keepHouse()
            cabinet.card(.complaint(1))
        }
        #expect(cabinet.status(first) == .collected)
        cabinet.begin(.courier, proven: false)
        _ = cabinet.deposit(second)
        #expect(cabinet.status(whole) == .inParts)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("parts that went back and are announced anew have the new code, and n never falls")
    mutating func anew() {
        _ = bringParts()
        cabinet.begin(.courier)
        cabinet.card(.retrieve)
        for part in [first, second] {
            cabinet.scan(part.rawValue)
            for door in cabinet.pulses { cabinet.openAndShut(door) }
        }
        cabinet.end()
        #expect(cabinet.status(first) == .returned && cabinet.status(second) == .returned)
        var again = line
        again.bag = "B8"
        cabinet.announce([again])
        #expect(cabinet.status(whole) == .expected)
        #expect(cabinet.parcel(whole)?.n == 128)
        cabinet.begin(.courier, proven: false)
        _ = cabinet.deposit(first)
        #expect(cabinet.parcel(first)?.codeOf == whole && cabinet.parcel(first)?.n == 128)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("the books forget an announcement only after its parts, and what never comes whole goes as well")
    mutating func forgotten() {
        bringFirst()
        cabinet.end()
        for day in 1...40 {
            cabinet.passHours(24)
            cabinet.keepHouse()
            cabinet.card(.complaint(1))
            if day == 20 {
                #expect(cabinet.state.parcels.count == 2, "it still lies here")
                cabinet.type(code())
                #expect(cabinet.pulses == ["A01"])
                cabinet.openAndShut("A01")
            }
        }
        #expect(cabinet.state.parcels.isEmpty)
        #expect(cabinet.state.closed[whole]?.n == 3)
        #expect(cabinet.replayed == cabinet.state)
    }
}
