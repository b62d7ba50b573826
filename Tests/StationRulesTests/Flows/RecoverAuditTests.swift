import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

/// Books that are not whole yet have things where they were long ago: who looks there and finds nothing proves nothing missing.
@Suite("An audit while the county's copy comes back")
struct RecoverAuditTests {
    private let one: Waybill = "SF7444404156506"
    private let two: Waybill = "YT8962646785389"
    /// The station before it lost its journal, and after.
    private var before = Cabinet()
    private var cabinet = Cabinet()
    /// Lines of the first page.
    private var first = 0
    private let lost = JournalReplaced(previous: nil, lastSequence: nil, lastHash: nil, reason: .damaged)

    /// The first page tells what was done until now, the second the rest.
    private mutating func endPage() { first = before.journal.count }

    private mutating func giveFirstPage() { cabinet.getBack(before.journal[..<first]) }

    private mutating func giveRest() {
        cabinet.getBack(before.journal[first...])
        cabinet.getNoMoreBack()
    }

    private mutating func findEmpty(_ door: DoorName) {
        cabinet.audit(door)
        cabinet.open(door)
        cabinet.card(.empty)
    }

    private mutating func leave(_ door: DoorName) {
        cabinet.shut(door)
        cabinet.end()
    }

    private func missing() -> [Waybill] {
        cabinet.journal.compactMap { line in
            (line.event.payload as? AuditDifference).flatMap { $0.finding == .missing ? $0.waybill : nil }
        }
    }

    /// As a start reads it: what came back lies beside the events.
    private func replayed() -> StationState {
        var (state, pages) = (StationState(), [before.journal[..<first], before.journal[first...]])
        for line in cabinet.journal {
            state.apply(line.event, at: line.at)
            guard case .stationBooksRecovered(let fact) = line.event, fact.incarnation != nil else { continue }
            let page = pages.removeFirst()
            if fact.kept > 0 { state.recover(page.map { RecoveredEvent($0.event, at: $0.at) }) }
        }
        return state
    }

    @Test("a parcel that the next page says was fetched is fetched, and never was missing")
    mutating func fetched() {
        _ = before.deposit(one)
        before.end()
        endPage()
        before.collect(one)
        cabinet.send(.journalReplaced(lost))
        giveFirstPage()
        findEmpty("A02")
        #expect(cabinet.answers == [.auditEmpty])
        #expect(cabinet.status(one) == .missing && cabinet.state.door("A02").contents == .empty)
        leave("A02")
        giveRest()
        #expect(cabinet.status(one) == .collected)
        #expect(missing().isEmpty)
        #expect(cabinet.state.door("A02").contents == .empty)
        #expect(replayed() == cabinet.state)
    }

    @Test("one that was moved before is where the next page has it, for the keeper until somebody looks")
    mutating func moved() {
        _ = before.deposit(one)
        before.end()
        endPage()
        before.begin(.keeper, by: .move)
        before.scan(one.rawValue)
        before.openAndShut("A02")
        before.openAndShut("A03")
        #expect(before.place(of: one) == "A03")
        cabinet.send(.journalReplaced(lost))
        giveFirstPage()
        findEmpty("A02")
        leave("A02")
        giveRest()
        #expect(cabinet.status(one) == .stored && cabinet.place(of: one) == "A03")
        #expect(missing().isEmpty)
        cabinet.typeCode(of: one)
        #expect(cabinet.pulses == ["A03"])
    }

    @Test("one of which nothing more comes is missing once all is back, by who looked")
    mutating func missed() throws {
        _ = before.deposit(one)
        before.end()
        endPage()
        _ = before.deposit(two)
        before.end()
        cabinet.send(.journalReplaced(lost))
        giveFirstPage()
        findEmpty("A02")
        leave("A02")
        #expect(missing().isEmpty)
        giveRest()
        #expect(cabinet.types == [.stationBooksRecovered, .auditDifference])
        let difference = try #require(cabinet.event(AuditDifference.self))
        #expect(difference.finding == .missing && difference.waybill == one && difference.door == "A02")
        #expect(difference.person == TestKeys.person(.keeper))
        #expect(cabinet.status(one) == .missing && cabinet.status(two) == .stored)
        #expect(replayed() == cabinet.state)
    }

    @Test("one that the keeper finds elsewhere meanwhile is there, whatever the next page says")
    mutating func found() {
        _ = before.deposit(one)
        before.end()
        endPage()
        before.collect(one)
        cabinet.send(.journalReplaced(lost))
        giveFirstPage()
        findEmpty("A02")
        leave("A02")
        cabinet.audit("A04")
        cabinet.open("A04")
        cabinet.scan(one.rawValue)
        leave("A04")
        giveRest()
        #expect(cabinet.status(one) == .stored && cabinet.place(of: one) == "A04")
        #expect(missing().isEmpty)
        #expect(replayed() == cabinet.state)
    }

    @Test("a shipment that the next page says was taken out is no shipment at the counter")
    mutating func shipment() {
        before.dropOff(one)
        endPage()
        before.type(before.takeBackCode(of: one))
        before.openAndShut("A02")
        #expect(before.state.shipments[one]?.status == .returned)
        cabinet.send(.journalReplaced(lost))
        giveFirstPage()
        findEmpty("A02")
        leave("A02")
        giveRest()
        #expect(cabinet.state.shipments[one]?.status == .returned)
        #expect(missing().isEmpty)
        #expect(replayed() == cabinet.state)
    }

    @Test("a shipment of which nothing more comes is at the counter, as one that an audit misses")
    mutating func shipmentMissed() {
        before.dropOff(one)
        endPage()
        cabinet.send(.journalReplaced(lost))
        giveFirstPage()
        findEmpty("A02")
        leave("A02")
        giveRest()
        #expect(cabinet.state.shipments[one]?.status == .onCounter && cabinet.state.shipments[one]?.place == nil)
        #expect(missing() == [one])
        #expect(replayed() == cabinet.state)
    }

    @Test("a shelf place that was empty says no more", arguments: [true, false])
    mutating func shelf(isFetched: Bool) {
        (before, cabinet) = (Cabinet(doors: []), Cabinet(doors: []))
        _ = before.deposit(one)
        before.end()
        endPage()
        if isFetched {
            before.typeCode(of: one)
            before.scan(one.rawValue)
        }
        cabinet.send(.journalReplaced(lost))
        giveFirstPage()
        cabinet.begin(.keeper)
        cabinet.card(.reason(6))
        cabinet.card(.shelf("S1-01"))
        cabinet.card(.empty)
        #expect(cabinet.status(one) == .missing && missing().isEmpty)
        cabinet.end()
        giveRest()
        #expect(cabinet.status(one) == (isFetched ? .collected : .missing))
        #expect(missing() == (isFetched ? [] : [one]))
        #expect(replayed() == cabinet.state)
    }

    /// Lines behind this moment are lost: the station that goes on from it has seen nothing of them.
    private mutating func cutShort(_ act: (inout Cabinet) -> Void, lost rest: (inout Cabinet) -> Void) {
        act(&before)
        act(&cabinet)
        let kept = before.journal.count
        rest(&before)
        before.journal.removeFirst(kept)
        endPage()
        var fact = lost
        fact.recoverAfter = "\(String(repeating: "a", count: 32))/000000000007"
        cabinet.send(.journalReplaced(fact))
    }

    @Test("behind a damaged end, too: what the books still have and the keeper does not find was fetched")
    mutating func damaged() {
        let one = one
        cutShort {
            _ = $0.deposit(one)
            $0.end()
        } lost: {
            $0.collect(one)
        }
        findEmpty("A02")
        leave("A02")
        giveFirstPage()
        cabinet.getNoMoreBack()
        #expect(cabinet.status(one) == .collected)
        #expect(missing().isEmpty)
    }

    @Test("what the keeper finds where the books have it is there, whatever comes back")
    mutating func confirmed() {
        let one = one
        cutShort {
            _ = $0.deposit(one)
            $0.end()
        } lost: {
            $0.collect(one)
        }
        cabinet.audit("A02")
        cabinet.open("A02")
        cabinet.scan(one.rawValue)
        leave("A02")
        giveFirstPage()
        cabinet.getNoMoreBack()
        #expect(cabinet.status(one) == .stored && cabinet.state.door("A02").contents == .occupied)
        cabinet.typeCode(of: one)
        #expect(cabinet.pulses == ["A02"])
    }

    @Test("that it was recalled, or its recipient told, is no look at it: what was fetched before is fetched")
    mutating func hearsay() {
        for kind in [Command.Kind.notices([Notice(waybill: one)]), .recall([one]), .extendHold(one, hours: 24)] {
            (before, cabinet) = (Cabinet(), Cabinet())
            _ = before.deposit(one)
            before.end()
            endPage()
            before.collect(one)
            cabinet.send(.journalReplaced(lost))
            giveFirstPage()
            cabinet.command(kind)
            #expect(cabinet.types.last == .commandCompleted && cabinet.status(one) == .stored)
            giveRest()
            #expect(cabinet.status(one) == .collected)
            #expect(replayed() == cabinet.state)
        }
    }

    @Test("a part that the keeper finds has the code that was made anew for all parts once all is back")
    mutating func partOfReissued() {
        let whole: Waybill = "JD0118080218877"
        let parts: [Waybill] = ["JD0118080218877-1-2-", "JD0118080218877-2-2-"]
        before.announce([ManifestEntry(whole, of: "k1")])
        before.begin(.courier, proven: false)
        for part in parts { _ = before.deposit(part) }
        before.end()
        endPage()
        before.command(.reissue(whole, n: 2))
        cabinet.send(.journalReplaced(lost))
        giveFirstPage()
        cabinet.audit("A03")
        cabinet.open("A03")
        cabinet.scan(parts[1].rawValue)
        leave("A03")
        cabinet.getBack(before.journal[first...])
        #expect(([whole] + parts).map { cabinet.parcel($0)?.n } == [2, 2, 0])
        cabinet.getNoMoreBack()
        #expect(cabinet.types == [.stationBooksRecovered, .parcelCodeReissued])
        let anew = cabinet.event(ParcelCodeReissued.self)
        #expect(anew?.waybill == parts[1] && anew?.codeOf == whole && anew?.n == 2)
        #expect(([whole] + parts).allSatisfy { cabinet.parcel($0)?.n == 2 })
        #expect(replayed() == cabinet.state)
        cabinet.type(TestKeys.code(whole, n: 0))
        #expect(cabinet.answers == [.wrongCode])
        for door in ["A02", "A03"] as [DoorName] {
            cabinet.type(TestKeys.code(whole, n: 2))
            #expect(cabinet.pulses == [door])
            cabinet.openAndShut(door)
        }
    }

    @Test("a part that was found and fetched before the page with the new code counts for its whole")
    mutating func fetchedPartOfReissued() {
        let whole: Waybill = "JD0118080218877"
        let parts: [Waybill] = ["JD0118080218877-1-2-", "JD0118080218877-2-2-"]
        before.announce([ManifestEntry(whole, of: "k1")])
        before.begin(.courier, proven: false)
        _ = before.deposit(parts[1])
        before.end()
        endPage()
        before.command(.reissue(whole, n: 2))
        before.begin(.courier, proven: false)
        _ = before.deposit(parts[0])
        before.end()
        cabinet.send(.journalReplaced(lost))
        giveFirstPage()
        cabinet.audit("A02")
        cabinet.open("A02")
        cabinet.scan(parts[1].rawValue)
        leave("A02")
        cabinet.type(TestKeys.code(whole, n: 0))
        #expect(cabinet.pulses == ["A02"])
        cabinet.openAndShut("A02")
        #expect(cabinet.status(parts[1]) == .collected)
        cabinet.getBack(before.journal[first...])
        cabinet.getNoMoreBack()
        #expect(cabinet.types == [.stationBooksRecovered, .parcelCodeReissued])
        #expect(([whole] + parts).map { cabinet.parcel($0)?.n } == [2, 2, 2])
        #expect(cabinet.status(whole) == .inParts)
        #expect(replayed() == cabinet.state)
    }

    @Test(
        "what a villager left and a parcel do not stay behind one door: EMPTY alone makes the second missing",
        arguments: [true, false]
    )
    mutating func leftBesideParcel(isShipmentFirst: Bool) {
        before.dropOff(one)
        endPage()
        cabinet.send(.journalReplaced(lost))
        findEmpty("A02")
        leave("A02")
        #expect(cabinet.deposit(two) == .door("A02"))
        cabinet.end()
        giveFirstPage()
        giveRest()
        #expect(cabinet.state.shipments[one]?.place == .door("A02") && cabinet.place(of: two) == "A02")
        cabinet.type(cabinet.takeBackCode(of: one))
        #expect(cabinet.pulses.isEmpty && cabinet.answers == [.codeAmbiguous])
        let (stays, goes) = isShipmentFirst ? (one, two) : (two, one)
        cabinet.audit("A02")
        cabinet.open("A02")
        cabinet.scan(stays.rawValue)
        #expect(cabinet.types == [.doorParcelAdded] && cabinet.answers == [.scanRest])
        cabinet.scan(goes.rawValue)
        #expect(cabinet.types == [.scanRejected] && cabinet.answers == [.anothersParcel])
        #expect(missing().isEmpty)
        cabinet.card(.empty)
        #expect(cabinet.answers == [.auditHolds] && missing() == [goes])
        #expect(cabinet.state.door("A02").contents == .occupied)
        #expect(cabinet.state.shipments[one]?.status == (isShipmentFirst ? .droppedOff : .onCounter))
        #expect(cabinet.status(two) == (isShipmentFirst ? .missing : .stored))
        leave("A02")
        // No other door is known to be empty: what was taken out comes in anew on the shelf, under its own code.
        if isShipmentFirst { #expect(cabinet.deposit(two) == .shelf("S1-01") && cabinet.parcel(two)?.n == 0) }
        #expect(replayed() == cabinet.state)
    }

    @Test("what waits longer since is not overdue by a line of before")
    mutating func extended() {
        _ = before.deposit(one)
        before.end()
        before.command(.notices([Notice(waybill: one)]))
        endPage()
        before.passHours(24 * 30)
        before.keepHouse()
        #expect(before.parcel(one)?.hold.isOverdue == true)
        cabinet.send(.journalReplaced(lost))
        giveFirstPage()
        cabinet.command(.extendHold(one, hours: 24))
        giveRest()
        #expect(cabinet.parcel(one)?.hold.isOverdue == false && cabinet.parcel(one)?.hold.extraHours ?? 0 >= 24)
        #expect(replayed() == cabinet.state)
    }

    @Test("what the station itself has stored since is missing at once")
    mutating func storedSince() {
        cabinet.send(.journalReplaced(lost))
        findEmpty("A02")
        leave("A02")
        #expect(cabinet.deposit(one) == .door("A02"))
        cabinet.end()
        findEmpty("A02")
        #expect(missing() == [one])
    }
}
