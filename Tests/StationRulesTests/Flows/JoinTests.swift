import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

/// Two numbers, one parcel (转单号).
@Suite("A forwarded parcel with a second number")
struct JoinTests {
    private var cabinet = Cabinet()
    private let old: Waybill = "YT8962646785389"
    private let new: Waybill = "SF7444404156506"

    private func line(_ waybill: Waybill, of recipient: String? = "zhang", formerly: Waybill? = nil) -> ManifestEntry {
        ManifestEntry(waybill, of: recipient, phone: recipient == "li" ? "13912340000" : "13812345678", size: .large) {
            $0.formerly = formerly
            $0.n = 2
        }
    }

    private func code(_ waybill: Waybill, _ n: UInt32 = 2) -> String {
        TestKeys.code(waybill, n: n)
    }

    private mutating func join(_ first: Waybill, _ second: Waybill) {
        cabinet.begin(.keeper)
        cabinet.card(.join)
        cabinet.scan(first.rawValue)
        #expect(cabinet.answers == [.scanNewNumber])
        cabinet.scan(second.rawValue)
    }

    /// One parcel under `name`, opened by the code of `opener` and by no other.
    private mutating func expectOne(_ name: Waybill, openedBy opener: Waybill, _ n: UInt32 = 2, not others: [Waybill]) {
        #expect(cabinet.state.parcels.count == 1)
        #expect(cabinet.status(name) == .stored)
        #expect(cabinet.replayed == cabinet.state)
        if cabinet.state.session != nil { cabinet.end() }
        for restarted in [false, true] {
            if restarted { cabinet.restart() }
            for other in others where other != opener {
                cabinet.type(code(other, n))
                #expect(cabinet.answers == [.wrongCode], "\(other)")
            }
        }
        cabinet.type(code(opener, n))
        #expect(cabinet.pulses.count == 1)
    }

    // MARK: By a manifest

    @Test("the line of a manifest joins it to what was announced: that code stays", arguments: [true, false])
    mutating func announcedBefore(isInside: Bool) {
        cabinet.announce([line(old)])
        if isInside {
            cabinet.begin(.courier, proven: false)
            _ = cabinet.deposit(old)
            cabinet.end()
        }
        cabinet.announce([line(new, formerly: old)])
        #expect(cabinet.types.contains(.parcelJoined) && cabinet.types.last == .commandCompleted)
        let fact = cabinet.event(ParcelJoined.self)
        #expect(fact?.waybill == new && fact?.formerly == old && fact?.codeOf == old && fact?.n == 2)
        cabinet.announce([line(new, formerly: old)])
        #expect(!cabinet.types.contains(.parcelJoined), "sent twice")
        cabinet.announce([line(old)])
        #expect(cabinet.state.parcels.count == 1, "the line before it sent again")
        cabinet.begin(.courier, proven: false)
        let place = cabinet.deposit(new)
        #expect(place != nil)
        cabinet.scan(old.rawValue)
        #expect(cabinet.answers == [.alreadyStored])
        expectOne(new, openedBy: old, not: [new])
    }

    @Test("of two numbers nobody has heard of, the one on the line has the code")
    mutating func neitherKnown() {
        cabinet.announce([line(new, formerly: old)])
        #expect(cabinet.event(ParcelJoined.self)?.codeOf == nil)
        cabinet.begin(.courier, proven: false)
        cabinet.scan(old.rawValue)
        #expect(cabinet.pulses == ["A04"], "the label still shows the old one")
        cabinet.openAndShut("A04")
        expectOne(new, openedBy: new, not: [old])
    }

    @Test("what came unannounced under the old number is the parcel of the line")
    mutating func insideUnannounced() {
        cabinet.begin(.courier, proven: false)
        _ = cabinet.deposit(old)
        cabinet.end()
        cabinet.announce([line(new, formerly: old)])
        #expect(cabinet.parcel(new)?.recipientKey == "zhang" && cabinet.parcel(new)?.announced == true)
        #expect(cabinet.parcel(old) == nil)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("both inside are two parcels: the county hears so, and the rest of the manifest is announced")
    mutating func bothInside() {
        cabinet.begin(.courier, proven: false)
        for waybill in [old, new] { _ = cabinet.deposit(waybill) }
        cabinet.end()
        cabinet.announce([line(new, formerly: old), line("JT5261988016578")])
        #expect(cabinet.event(CommandFailed.self)?.reason.contains("two parcels") == true)
        #expect(cabinet.status("JT5261988016578") == .expected)
        #expect(cabinet.status(old) == .stored && cabinet.status(new) == .stored)
    }

    // MARK: By the keeper

    @Test("JOIN and both scans: announced is the old number, on the label is the new one", arguments: [true, false])
    mutating func keeper(isInsideAsNew: Bool) {
        cabinet.announce([line(old)])
        cabinet.begin(.courier, proven: false)
        _ = cabinet.deposit(isInsideAsNew ? new : old)
        cabinet.end()
        join(old, new)
        #expect(cabinet.answers == [.joined])
        #expect(cabinet.event(ParcelJoined.self)?.person == TestKeys.person(.keeper))
        #expect(cabinet.state.session?.work == .receive, "what was at hand before goes on")
        #expect(cabinet.parcel(new)?.recipientKey == "zhang" && cabinet.parcel(new)?.lastFour == "5678")
        expectOne(new, openedBy: old, not: [new])
    }

    @Test("the code of a number that its recipient was told of stays")
    mutating func told() {
        cabinet.announce([line(old), line(new)])
        cabinet.begin(.courier, proven: false)
        _ = cabinet.deposit(new)
        cabinet.end()
        cabinet.command(.notices([Notice(waybill: new)]))
        join(old, new)
        expectOne(new, openedBy: new, not: [old])
    }

    @Test("every call by either number is about the one parcel")
    mutating func calls() {
        cabinet.bring(line(old))
        join(old, new)
        cabinet.end()
        for number in [old, new] {
            cabinet.command(.notices([Notice(waybill: number)]))
            #expect(cabinet.event(ParcelNoticed.self)?.waybill == new)
            cabinet.command(.extendHold(number, hours: 5))
            #expect(cabinet.event(ParcelHoldExtended.self)?.waybill == new)
            cabinet.command(.recall([number]))
            #expect(cabinet.event(ParcelRecalled.self)?.waybill == new)
            cabinet.command(.reissue(number, n: number == old ? 7 : 8))
            #expect(cabinet.event(ParcelCodeReissued.self)?.codeOf == old)
        }
        cabinet.begin(.keeper)
        cabinet.card(.told)
        cabinet.scan(old.rawValue)
        #expect(cabinet.event(ParcelNoticed.self)?.waybill == new)
        expectOne(new, openedBy: old, 8, not: [new])
    }

    @Test("a third number: the code of the first stays through all of them")
    mutating func chain() {
        let third: Waybill = "JT5261988016578"
        cabinet.bring(line(old))
        join(old, new)
        join(new, third)
        #expect(cabinet.answers == [.joined])
        #expect(cabinet.parcel(third)?.formerly == [old, new])
        join(old, third)
        #expect(cabinet.answers == [.joinedAlready])
        cabinet.card(.end)
        expectOne(third, openedBy: old, not: [new, third])
    }

    @Test("scanned the wrong way round, JOIN the other way puts it right")
    mutating func wrongWayRound() {
        cabinet.announce([line(old)])
        cabinet.begin(.courier, proven: false)
        _ = cabinet.deposit(new)
        cabinet.end()
        join(new, old)
        #expect(cabinet.status(old) == .stored)
        join(old, new)
        #expect(cabinet.answers == [.joined])
        expectOne(new, openedBy: old, not: [new])
    }

    @Test("what cannot be one parcel is refused: both here, neither known, collected, of somebody else")
    mutating func refused() {
        let (li, collected): (Waybill, Waybill) = ("JT5261988016578", "JT0006968326954")
        cabinet.announce([line(new), line(li, of: "li")])
        cabinet.begin(.courier, proven: false)
        for waybill in [old, new, collected] { _ = cabinet.deposit(waybill) }
        cabinet.end()
        cabinet.collect(collected)
        let cases: [(Waybill, Waybill, Answer.ID)] = [
            (old, new, .twoParcels), ("ZT1234567890", "ZT1234567891", .notHere), (collected, new, .cannotJoin),
            (li, new, .cannotJoin),
        ]
        for (one, other, answer) in cases {
            let before = cabinet.state.parcels
            join(one, other)
            #expect(cabinet.answers == [answer], "\(one) \(other)")
            #expect(cabinet.state.parcels == before)
            #expect(cabinet.state.session?.work == .receive, "what was at hand before goes on")
        }
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("after a refusal the next scan means what it meant before JOIN", arguments: [true, false])
    mutating func goesOn(isStorageLow: Bool) {
        cabinet.announce([line(old), line(new)])
        cabinet.begin(.courier, proven: false)
        for waybill in [old, new] { _ = cabinet.deposit(waybill) }
        cabinet.end()
        cabinet.begin(.keeper)
        cabinet.card(.told)
        cabinet.card(.join)
        cabinet.scan(old.rawValue)
        if isStorageLow { cabinet.send(.storage(.reserve)) }
        cabinet.scan(new.rawValue)
        #expect(cabinet.answers == [isStorageLow ? .storageReserve : .twoParcels])
        #expect(cabinet.state.session?.work == .told)
    }

    @Test("a parcel that went back comes again under another number: the books know both, its old code is dead")
    mutating func cameBack() {
        cabinet.announce([line(old)])
        cabinet.begin(.courier)
        _ = cabinet.deposit(old)
        cabinet.card(.retrieve)
        cabinet.scan(old.rawValue)
        for door in cabinet.pulses { cabinet.openAndShut(door) }
        cabinet.end()
        #expect(cabinet.status(old) == .returned)
        cabinet.announce([line(new, formerly: old)])
        cabinet.begin(.courier, proven: false)
        _ = cabinet.deposit(new)
        expectOne(new, openedBy: new, not: [old])
    }

    @Test("JOIN needs the PIN, and no parcel may be at an open door")
    mutating func guarded() {
        cabinet.announce([line(old)])
        cabinet.begin(.keeper, proven: false)
        cabinet.card(.join)
        #expect(cabinet.answers == [.needsPIN])
        cabinet.begin(.keeper)
        cabinet.scan(new.rawValue)
        cabinet.open("A02")
        join(old, new)
        #expect(cabinet.answers == [.doorBusy])
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("n never falls for either number, and the books forget both at once")
    mutating func forgotten() {
        cabinet.bring(line(old))
        join(old, new)
        cabinet.end()
        cabinet.type(code(old))
        for door in cabinet.pulses { cabinet.openAndShut(door) }
        for _ in 0..<10 {
            cabinet.passHours(24)
            cabinet.card(.complaint(1))
        }
        #expect(cabinet.state.parcels.isEmpty)
        cabinet.announce([line(old), line(new)])
        #expect(cabinet.parcel(old)?.n == 128 && cabinet.parcel(new)?.n == 128)
    }
}
