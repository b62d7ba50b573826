import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

/// After a power cut or a theft the books name what is gone.
@Suite("Nothing was inside")
struct NothingInsideTests {
    private var cabinet = Cabinet()
    private let parcels: [Waybill] = ["YT8962646785380", "YT8962646785381"]

    /// Behind A02 and A03, recalled, and the first of the batch is being opened.
    private mutating func retrieve() {
        cabinet.bring(ManifestEntry(parcels[0], of: "k1"), ManifestEntry(parcels[1], of: "k2"))
        cabinet.command(.recall(parcels))
        cabinet.begin(.courier)
        cabinet.card(.retrieve)
    }

    private var missing: [Waybill] {
        cabinet.events.compactMap { ($0.payload as? AuditDifference)?.waybill }
    }

    @Test("NO at the open door: missing, the door is empty, the batch goes on")
    mutating func open() {
        retrieve()
        cabinet.open("A02")
        cabinet.card(.no)
        #expect(cabinet.types == [.auditDifference, .auditFinished, .doorUnlockRequested])
        #expect(cabinet.answers == [.nothingInside, .takeBack])
        #expect(cabinet.status(parcels[0]) == .missing)
        #expect(cabinet.state.door("A02").contents == .empty && cabinet.state.door("A02").cycle == nil)
        cabinet.shut("A02")
        #expect(cabinet.types == [.doorClosed])
        cabinet.openAndShut("A03")
        #expect(cabinet.status(parcels[1]) == .retrieved)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("right after it was shut", arguments: [true, false])
    mutating func shut(isLate: Bool) {
        retrieve()
        cabinet.openAndShut("A02")
        cabinet.openAndShut("A03")
        #expect(cabinet.status(parcels[1]) == .retrieved)
        if isLate { cabinet.wait(Limits.nothingInsideMilliseconds) }
        cabinet.card(.no)
        #expect(cabinet.answers == [isLate ? .unknownCode : .nothingInside])
        #expect(cabinet.status(parcels[1]) == (isLate ? .retrieved : .missing))
        #expect(cabinet.status(parcels[0]) == .retrieved)
        #expect(cabinet.state.door("A03").contents == .empty)
        cabinet.typeCode(of: parcels[1])
        #expect(cabinet.answers == [.askKeeper])
    }

    @Test("with the next door of the batch open, the card of the door says which", arguments: ["A02", "A03"])
    mutating func which(door: String) {
        retrieve()
        cabinet.openAndShut("A02")
        cabinet.open("A03")
        cabinet.card(.no)
        #expect(cabinet.answers == [.whichDoor] && cabinet.reason == .awaitsScan)
        cabinet.card(.door(door))
        #expect(missing == [door == "A02" ? parcels[0] : parcels[1]])
        #expect(cabinet.answers == [.nothingInside])
        if door == "A02" { cabinet.shut("A03") }
        #expect(cabinet.status(door == "A02" ? parcels[1] : parcels[0]) == .retrieved)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("another card in between forgets the question: DOOR is a door to look into again")
    mutating func forgotten() {
        retrieve()
        cabinet.openAndShut("A02")
        cabinet.open("A03")
        cabinet.card(.no)
        cabinet.card(.survey)
        cabinet.card(.door("A03"))
        #expect(missing.isEmpty)
        #expect(cabinet.status(parcels[1]) == .stored)
    }

    @Test("an agent does not answer for what was not there", arguments: [true, false])
    mutating func agent(isOpen: Bool) {
        cabinet.bring(ManifestEntry(parcels[0], of: "k1"))
        cabinet.delegateToAgent(parcels[0])
        cabinet.begin(.agent)
        cabinet.card(.take)
        if isOpen { cabinet.open("A02") } else { cabinet.openAndShut("A02") }
        cabinet.card(.no)
        #expect(cabinet.answers == [.nothingInside])
        #expect(cabinet.status(parcels[0]) == .missing)
    }

    @Test("nor does the keeper who hands out", arguments: [true, false])
    mutating func handOut(isOpen: Bool) {
        cabinet.bring(ManifestEntry(parcels[0], of: "k1"))
        cabinet.begin(.keeper)
        cabinet.card(.handOut)
        cabinet.scan(parcels[0].rawValue)
        if isOpen { cabinet.open("A02") } else { cabinet.openAndShut("A02") }
        cabinet.card(.no)
        #expect(cabinet.status(parcels[0]) == .missing)
        #expect(cabinet.state.door("A02").contents == .empty)
        if isOpen { cabinet.shut("A02") }
        cabinet.end()
        #expect(cabinet.deposit("YT8962646785399") == .door("A02"))
    }

    @Test("NO at a recipient's door, and by another person, is about no door of theirs")
    mutating func others() {
        cabinet.bring(ManifestEntry(parcels[0], of: "k1"))
        cabinet.command(.recall(parcels))
        cabinet.begin(.courier)
        cabinet.typeCode(of: parcels[0])
        cabinet.open("A02")
        cabinet.card(.no)
        #expect(cabinet.reason == .outOfContext)
        cabinet.shut("A02")
        #expect(cabinet.status(parcels[0]) == .collected)
        cabinet = Cabinet()
        retrieve()
        cabinet.openAndShut("A02")
        cabinet.openAndShut("A03")
        cabinet.begin(.keeper)
        cabinet.card(.retrieve)
        cabinet.card(.no)
        #expect(cabinet.status(parcels[1]) == .returned, "the courier left with it")
    }

    @Test("without a sensor NO ends the step instead of completing it")
    mutating func blind() {
        cabinet = Cabinet(doors: Cabinet.blindDoors)
        cabinet.begin(.courier)
        cabinet.scan(parcels[0].rawValue)
        cabinet.pulseEnds("B01")
        cabinet.scan("nonsense")
        cabinet.command(.recall([parcels[0]]))
        cabinet.card(.retrieve)
        cabinet.pulseEnds("B01")
        cabinet.card(.no)
        #expect(cabinet.journal.allSatisfy { $0.event.type != .parcelRetrieved })
        #expect(cabinet.status(parcels[0]) == .missing)
        #expect(cabinet.state.door("B01").contents == .empty)
    }

    @Test("a door that the keeper looks into meanwhile is still theirs to settle")
    mutating func audit() {
        cabinet.bring(ManifestEntry(parcels[0], of: "k1"))
        cabinet.audit("A03")
        cabinet.open("A03")
        cabinet.card(.handOut)
        cabinet.card(.door("A02"))
        cabinet.open("A02")
        cabinet.card(.no)
        #expect(cabinet.status(parcels[0]) == .missing)
        cabinet.card(.empty)
        #expect(cabinet.answers == [.auditEmpty])
    }

    @Test("of several in the books behind one door the rest is unknown, not gone")
    mutating func shared() {
        cabinet = Cabinet(doors: [DoorSettings(name: "A04", size: .large)])
        cabinet.bringTogether(parcels[0], parcels[1], of: "k1")
        cabinet.command(.recall([parcels[0]]))
        cabinet.begin(.courier)
        cabinet.card(.retrieve)
        cabinet.open("A04")
        cabinet.card(.no)
        #expect(cabinet.status(parcels[0]) == .missing && cabinet.status(parcels[1]) == .stored)
        #expect(cabinet.state.door("A04").contents == .unknown)
    }

    @Test("a door that stands open for somebody else's parcel is not meant by who puts another in")
    mutating func handedOutMeanwhile() {
        cabinet.bring(ManifestEntry(parcels[0], of: "k1", size: .small))
        cabinet.begin(.keeper)
        cabinet.card(.handOut)
        cabinet.scan(parcels[0].rawValue)
        cabinet.open("A01")
        cabinet.card(.receive)
        cabinet.scan(parcels[1].rawValue)
        cabinet.open("A02")
        cabinet.card(.no)
        #expect(missing.isEmpty)
        #expect(cabinet.event(DoorPurposeChanged.self)?.notPutIn == parcels[1])
        #expect(cabinet.event(DoorPurposeChanged.self)?.person == TestKeys.person(.keeper))
        #expect(cabinet.pulses == ["A04"])
        cabinet.shut("A01")
        #expect(cabinet.status(parcels[0]) == .collected)
        cabinet.shut("A02")
        cabinet.openAndShut("A04")
        #expect(cabinet.place(of: parcels[1]) == "A04")
        #expect(cabinet.replayed == cabinet.state)
    }

    /// A02 asks about a deposit that was cut short, A01 stands open to hand out.
    private mutating func handOutBesideQuestion() {
        cabinet.bring(ManifestEntry(parcels[0], of: "k1", size: .small))
        cabinet.begin(.courier)
        cabinet.scan(parcels[1].rawValue)
        cabinet.open("A02")
        cabinet.restart(levels: .closed)
        cabinet.begin(.keeper)
        cabinet.card(.handOut)
        cabinet.scan(parcels[0].rawValue)
        cabinet.open("A01")
    }

    @Test("NO to what the station asked is about that, also while a door is open to hand out")
    mutating func asked() {
        handOutBesideQuestion()
        cabinet.card(.receive)
        cabinet.scan("YT8962646785399")
        #expect(cabinet.answers == [.askInside])
        cabinet.card(.no)
        #expect(cabinet.event(AuditFinished.self)?.door == "A02")
        #expect(cabinet.status(parcels[0]) == .stored)
        cabinet.shut("A01")
        #expect(cabinet.status(parcels[0]) == .collected)
    }

    @Test("a question that was not put just now is not answered by the way")
    mutating func notAsked() {
        handOutBesideQuestion()
        cabinet.card(.no)
        #expect(missing == [parcels[0]])
        #expect(cabinet.state.door("A02").asksInside == parcels[1])
    }

    @Test("it says who found nothing")
    mutating func person() {
        retrieve()
        cabinet.openAndShut("A02")
        cabinet.openAndShut("A03")
        cabinet.card(.no)
        #expect(cabinet.event(AuditDifference.self)?.person == TestKeys.person(.courier))
    }
}
