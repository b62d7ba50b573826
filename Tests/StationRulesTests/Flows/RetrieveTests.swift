import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Parcels that are taken back")
struct RetrieveTests {
    private var cabinet = Cabinet()
    private let parcels: [Waybill] = ["YT8962646785380", "YT8962646785381", "YT8962646785382"]

    /// Behind A02, A03 and A04, told and overdue.
    private mutating func makeOverdue() {
        for waybill in parcels { _ = cabinet.deposit(waybill) }
        cabinet.end()
        cabinet.command(.notices(parcels.map { Notice(waybill: $0) }))
        cabinet.passHours(73)
        cabinet.keepHouse()
        #expect(cabinet.state.retrievals.map(\.waybill) == parcels)
    }

    @Test("one by its number, with badge and PIN", arguments: [Role.courier, .keeper])
    mutating func single(role: Role) {
        _ = cabinet.deposit(parcels[0])
        cabinet.end()
        cabinet.begin(role, proven: false)
        cabinet.card(.retrieve)
        cabinet.scan(parcels[0].rawValue)
        #expect(cabinet.reason == .needsPIN)
        cabinet.begin(role)
        cabinet.scan(parcels[0].rawValue)
        #expect(cabinet.pulses == ["A02"])
        #expect(cabinet.event(DoorUnlockRequested.self)?.purpose == .retrieval)
        #expect(cabinet.answers == [.takeBack])
        cabinet.openAndShut("A02")
        #expect(cabinet.types == [.doorClosed, .parcelRetrieved])
        #expect(cabinet.event(ParcelRetrieved.self)?.reason == .asked)
        #expect(cabinet.event(ParcelRetrieved.self)?.evidence == .sensor)
        #expect(cabinet.state.door("A02").contents == .empty)
        cabinet.typeCode(of: parcels[0])
        #expect(cabinet.answers == [.askKeeper])
    }

    @Test("RETRIEVE opens all that are due, one door after the other")
    mutating func batch() {
        makeOverdue()
        cabinet.begin(.courier)
        cabinet.card(.retrieve)
        #expect(cabinet.types == [.sessionWorkChanged, .runArrived, .doorUnlockRequested])
        #expect(cabinet.answers == [.retrieving, .takeBack])
        for (door, next) in [(DoorName("A02"), [DoorName("A03")]), ("A03", ["A04"]), ("A04", [])] {
            cabinet.open(door)
            #expect(cabinet.pulses.isEmpty, "one door at a time")
            cabinet.shut(door)
            #expect(cabinet.event(ParcelRetrieved.self)?.reason == .overdue)
            #expect(cabinet.pulses == next)
        }
        #expect(parcels.allSatisfy { cabinet.status($0) == .retrieved })
        #expect(cabinet.state.session?.queue == [])
    }

    @Test("a report on the way is about one parcel, and the batch goes on")
    mutating func reportOnTheWay() {
        makeOverdue()
        cabinet.begin(.courier)
        cabinet.card(.retrieve)
        cabinet.openAndShut("A02")
        cabinet.open("A03")
        cabinet.card(.report(.damaged))
        cabinet.scan(parcels[0].rawValue)
        #expect(cabinet.event(ParcelDamaged.self)?.waybill == parcels[0])
        #expect(cabinet.state.session?.work == .retrieve && cabinet.state.session?.queue == ["A04"])
        cabinet.shut("A03")
        #expect(cabinet.pulses == ["A04"])
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("the batch needs the PIN")
    mutating func batchNeedsPIN() {
        makeOverdue()
        cabinet.begin(.courier, proven: false)
        cabinet.card(.retrieve)
        #expect(cabinet.types == [.scanRejected])
        #expect(cabinet.answers == [.needsPIN])
    }

    @Test("a stuck door does not stop the batch; its parcel stays a task")
    mutating func stuck() {
        makeOverdue()
        cabinet.begin(.courier)
        cabinet.card(.retrieve)
        cabinet.pulseEnds("A02", fault: "the line cannot be set")
        #expect(cabinet.types == [.doorOpenFailed, .doorUnlockRequested])
        #expect(cabinet.answers == [.doorFailed, .takeBack])
        #expect(cabinet.pulses == ["A03"])
        for door: DoorName in ["A03", "A04"] { cabinet.openAndShut(door) }
        #expect(cabinet.state.retrievals.map(\.waybill) == [parcels[0]])
        #expect(cabinet.state.session?.queue == [])
    }

    @Test("a door that the recipient just opened is passed over")
    mutating func recipientIsFaster() {
        makeOverdue()
        cabinet.begin(.courier)
        cabinet.card(.retrieve)
        cabinet.typeCode(of: parcels[1])
        cabinet.openAndShut("A02")
        #expect(cabinet.pulses == ["A04"])
        cabinet.openAndShut("A03")
        #expect(cabinet.status(parcels[1]) == .collected)
    }

    @Test("refused and recalled ones are in the batch, with their reasons")
    mutating func refusedAndRecalled() {
        for waybill in parcels { _ = cabinet.deposit(waybill) }
        cabinet.end()
        cabinet.typeCode(of: parcels[0])
        cabinet.open("A02")
        cabinet.card(.refuse)
        cabinet.shut("A02")
        #expect(cabinet.status(parcels[0]) == .refused)
        cabinet.command(.recall([parcels[2]]))
        cabinet.begin(.keeper)
        cabinet.card(.retrieve)
        cabinet.openAndShut("A02")
        #expect(cabinet.event(ParcelRetrieved.self)?.reason == .refused)
        cabinet.openAndShut("A04")
        #expect(cabinet.event(ParcelRetrieved.self)?.reason == .recalled)
        #expect(cabinet.status(parcels[1]) == .stored)
    }

    @Test("of a recipient's parcels in one door only the overdue one goes")
    mutating func shared() {
        cabinet = Cabinet(doors: [DoorSettings(name: "A04", size: .large)])
        cabinet.announce(parcels.prefix(2).map { ManifestEntry($0, of: "zhang", size: .small) })
        cabinet.begin(.courier)
        for waybill in parcels.prefix(2) { _ = cabinet.deposit(waybill) }
        cabinet.command(.recall([parcels[1]]))
        cabinet.card(.retrieve)
        #expect(cabinet.event(DoorUnlockRequested.self)?.waybills == [parcels[1]])
        // Two parcels of one person look alike.
        #expect(cabinet.answers == [.retrieving, .takeOnly])
        #expect(cabinet.words.contains("A04 5381"))
        cabinet.openAndShut("A04")
        #expect(cabinet.status(parcels[0]) == .stored)
        #expect(cabinet.state.door("A04").contents == .occupied)
    }

    @Test("from the shelf the scan alone takes it, without a PIN")
    mutating func shelf() {
        cabinet = Cabinet(doors: [])
        _ = cabinet.deposit(parcels[0])
        cabinet.card(.retrieve)
        #expect(cabinet.pulses.isEmpty)
        cabinet.scan(parcels[0].rawValue)
        #expect(cabinet.types == [.parcelRetrieved])
        #expect(cabinet.event(ParcelRetrieved.self)?.evidence == .scanned)
        cabinet.scan("YT8962646785389")
        #expect(cabinet.answers == [.notHere])
    }

    @Test("RETRIEVE names the shelf places, at once or after the last door; with nothing due it says so")
    mutating func shelfPlaces() {
        cabinet.begin(.courier)
        cabinet.card(.retrieve)
        #expect(cabinet.answers == [.nothingDue])
        cabinet = Cabinet(doors: [DoorSettings(name: "A02", size: .medium)], shelf: ["S1-01", "S1-02", "S1-03"])
        for waybill in parcels + ["YT8962646785383"] { _ = cabinet.deposit(waybill) }
        #expect(cabinet.place(of: parcels[1]) == "S1-01")
        cabinet.command(.recall(parcels))
        cabinet.begin(.courier)
        cabinet.card(.retrieve)
        #expect(cabinet.answers == [.retrieving, .takeBack])
        cabinet.openAndShut("A02")
        #expect(cabinet.answers == [.tookBack, .retrieving])
        #expect(cabinet.words.contains("S1-01 S1-02"))
        cabinet.command(.recall(["YT8962646785383"]))
        cabinet.card(.retrieve)
        #expect(cabinet.answers == [.retrieving])
        #expect(cabinet.words.hasSuffix("S1-01 S1-02 +1"))
    }

    @Test("what another person shuts opens no door of somebody else's batch, nor what the same person left open before")
    mutating func strangersDoor() {
        makeOverdue()
        cabinet.begin(.keeper)
        cabinet.card(.retrieve)
        cabinet.open("A02")
        cabinet.begin(.courier)
        cabinet.card(.retrieve)
        #expect(cabinet.pulses == ["A03"])
        cabinet.shut("A02")
        #expect(cabinet.types.contains(.parcelRetrieved))
        #expect(cabinet.pulses.isEmpty)
        cabinet.openAndShut("A03")
        #expect(cabinet.pulses == ["A04"])
        cabinet.open("A04")
        cabinet.command(.recall([parcels[0]]))
        cabinet.end()
        cabinet.begin(.courier)
        _ = cabinet.deposit("YT8962646785385")
        cabinet.command(.recall(["YT8962646785385"]))
        cabinet.shut("A04")
        #expect(cabinet.pulses.isEmpty)
    }

    @Test("END in the middle of a batch opens no further door", arguments: [true, false])
    mutating func ended(blind: Bool) {
        if blind { cabinet = Cabinet(doors: Cabinet.blindDoors) }
        let doors: [DoorName] = blind ? ["B01", "B02"] : ["A02", "A03"]
        cabinet.begin(.courier)
        for (waybill, door) in zip(parcels, doors) {
            cabinet.scan(waybill.rawValue)
            if blind { cabinet.pulseEnds(door) } else { cabinet.openAndShut(door) }
        }
        cabinet.scan("nonsense")
        cabinet.command(.recall(Array(parcels.prefix(2))))
        cabinet.card(.retrieve)
        if blind { cabinet.pulseEnds(doors[0]) } else { cabinet.open(doors[0]) }
        cabinet.end()
        #expect(cabinet.pulses.isEmpty)
        if blind {
            // There END ends the step; the session goes on without the batch.
            #expect(cabinet.types == [.parcelRetrieved, .sessionWorkChanged])
            #expect(cabinet.answers == [.tookBack])
            #expect(cabinet.state.session?.queue == [])
            cabinet.end()
        } else {
            cabinet.shut(doors[0])
        }
        #expect(cabinet.pulses.isEmpty)
        #expect(cabinet.state.session == nil)
        #expect(cabinet.journal.count { $0.event.type == .parcelRetrieved } == 1)
    }

    @Test("four digits name a shelf place; the parcel's own scan takes it", arguments: [Card.retrieve, .move])
    mutating func shelfByDigits(card: Card) {
        cabinet = Cabinet(doors: [])
        cabinet.bring(ManifestEntry(parcels[0], of: "k1", phone: "13812345678"))
        cabinet.begin(.keeper)
        cabinet.card(card)
        cabinet.type("5678")
        #expect(cabinet.types == [.scanRejected] && cabinet.reason == .awaitsScan)
        #expect(cabinet.answers == [.takeFromShelf])
        #expect(cabinet.words.contains("S1-01"))
        #expect(cabinet.status(parcels[0]) == .stored)
        cabinet.scan(parcels[0].rawValue)
        #expect(cabinet.types.contains(card == .retrieve ? .parcelRetrieved : .parcelRelocated))
    }

    @Test("the card of a shelf place takes back what is due there, nothing else")
    mutating func shelfCard() {
        cabinet = Cabinet(doors: [])
        cabinet.bring(ManifestEntry(parcels[0], of: "k1"), ManifestEntry(parcels[1], of: "k2"))
        cabinet.command(.recall([parcels[1]]))
        cabinet.begin(.courier)
        cabinet.card(.retrieve)
        cabinet.card(.shelf("S1-01"))
        #expect(cabinet.answers == [.takeFromShelf] && cabinet.reason == .awaitsScan)
        #expect(cabinet.status(parcels[0]) == .stored)
        cabinet.card(.shelf("S1-02"))
        #expect(cabinet.event(ParcelRetrieved.self)?.evidence == .stated)
        #expect(cabinet.status(parcels[1]) == .retrieved)
    }
}
