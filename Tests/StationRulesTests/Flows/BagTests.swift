import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Whole bags and the driver's hand-over card")
struct BagTests {
    private var cabinet = Cabinet()
    private let parcels: [Waybill] = ["YT8962646785380", "YT8962646785381", "YT8962646785382"]

    private mutating func announce(_ change: (inout ManifestEntry) -> Void = { _ in }) {
        cabinet.announce(parcels.map { ManifestEntry($0, bag: "yc-bag-20261121-01", run: "r1", change) })
    }

    @Test("one scan of a bag checks in all that the manifest says is inside")
    mutating func bag() {
        announce()
        cabinet.begin(.courier, proven: false)
        cabinet.scan("YC-BAG-20261121-01")
        #expect(cabinet.types == [.runArrived] + Array(repeating: .parcelReceived, count: 3))
        #expect(cabinet.event(ParcelReceived.self)?.how == .bag)
        #expect(cabinet.event(ParcelReceived.self)?.bag == "yc-bag-20261121-01")
        #expect(cabinet.answers == [.checkedIn])
        #expect(parcels.allSatisfy { cabinet.status($0) == .received })
        #expect(cabinet.state.run?.parcelsIn == 3)
    }

    @Test("small letters and capitals are the same bag", arguments: ["b0017", "B0017"], ["b0017", "B0017"])
    mutating func smallLetters(announced: String, scanned: String) {
        cabinet.announce(parcels.map { ManifestEntry($0, bag: announced, run: "r-" + announced) })
        cabinet.begin(.courier, proven: false)
        cabinet.scan(scanned)
        #expect(cabinet.answers == [.checkedIn])
        #expect(parcels.allSatisfy { cabinet.status($0) == .received })
        cabinet = Cabinet()
        cabinet.announce(parcels.map { ManifestEntry($0, bag: announced, run: "r-" + announced) })
        cabinet.begin(.courier, proven: false)
        cabinet.scan("VLK1:HANDOVER:R-" + scanned)
        #expect(cabinet.answers == [.runWelcome, .checkedIn])
    }

    @Test("a line sent twice with its bag in other letters is the same line")
    mutating func sentTwice() {
        cabinet.announce([ManifestEntry(parcels[0], bag: "b0017", run: "r1")])
        _ = cabinet.deposit(parcels[0])
        cabinet.begin(.courier)
        cabinet.card(.retrieve)
        cabinet.scan(parcels[0].rawValue)
        cabinet.openAndShut("A02")
        cabinet.end()
        #expect(cabinet.status(parcels[0]) == .returned)
        cabinet.announce([ManifestEntry(parcels[0], bag: "B0017", run: "R1")])
        #expect(cabinet.status(parcels[0]) == .returned)
        cabinet.announce([ManifestEntry(parcels[0], bag: "B0018", run: "R1")])
        #expect(cabinet.status(parcels[0]) == .expected)
    }

    @Test("the printed card of a bag checks it in too, and says when nothing was announced for it")
    mutating func card() {
        announce()
        cabinet.begin(.courier, proven: false)
        cabinet.card(.bag("yc-bag-20261121-01"))
        #expect(cabinet.types == [.runArrived] + Array(repeating: .parcelReceived, count: 3))
        #expect(cabinet.event(ParcelReceived.self)?.how == .bag && cabinet.answers == [.checkedIn])
        cabinet.card(.bag("yc-bag-20261121-01"))
        #expect(cabinet.reason == .doubled)
        cabinet.card(.bag("B9"))
        #expect(cabinet.types == [.scanRejected] && cabinet.answers == [.nothingAnnounced])
        #expect(cabinet.state.session?.bag == nil)
        cabinet.card(.outbound)
        cabinet.card(.bag("B9"))
        #expect(cabinet.answers == [.noted] && cabinet.state.session?.bag == "B9")
    }

    @Test("the keeper stores them later, and they are received once only")
    mutating func storedLater() {
        announce()
        cabinet.begin(.courier, proven: false)
        cabinet.scan("YC-BAG-20261121-01")
        cabinet.end()
        cabinet.begin(.keeper, proven: false)
        cabinet.scan(parcels[0].rawValue)
        #expect(cabinet.types == [.doorUnlockRequested])
        cabinet.openAndShut("A02")
        #expect(cabinet.status(parcels[0]) == .stored)
        #expect(cabinet.event(ParcelStored.self)?.waybill == parcels[0])
    }

    @Test("whose consent nobody knows is flagged as if it were scanned by itself")
    mutating func consentUnknown() {
        announce { $0.consent = .unknown }
        cabinet.begin(.courier, proven: false)
        cabinet.scan("YC-BAG-20261121-01")
        let received = cabinet.events.compactMap { $0.payload as? ParcelReceived }
        #expect(received.count == 3 && received.allSatisfy { $0.consent == .unknown })
    }

    @Test("what fits nowhere goes back with a courier", arguments: [Role.courier, .keeper])
    mutating func goesBack(role: Role) {
        cabinet = Cabinet(doors: [], shelf: [])
        announce()
        cabinet.begin(.courier, proven: false)
        cabinet.scan("YC-BAG-20261121-01")
        cabinet.scan(parcels[0].rawValue)
        #expect(cabinet.reason == .full)
        cabinet.end()
        cabinet.begin(role)
        cabinet.card(.retrieve)
        cabinet.scan(parcels[0].rawValue)
        guard role == .courier else { return #expect(cabinet.answers == [.notHere]) }
        #expect(cabinet.types == [.runArrived, .parcelReturned])
        #expect(cabinet.answers == [.handedBack])
        #expect(cabinet.status(parcels[0]) == .returned)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("a bag that is scanned again is not a parcel, whatever its number looks like")
    mutating func again() {
        announce()
        cabinet.begin(.courier, proven: false)
        for round in 0..<2 {
            cabinet.scan("YC-BAG-20261121-01")
            #expect(cabinet.reason == (round == 0 ? nil : .doubled))
            #expect(cabinet.pulses.isEmpty)
        }
    }

    @Test("what was scanned by itself before is not counted again")
    mutating func rest() {
        announce()
        _ = cabinet.deposit(parcels[1])
        cabinet.scan("YC-BAG-20261121-01")
        #expect(cabinet.types == [.parcelReceived, .parcelReceived])
        #expect(cabinet.status(parcels[1]) == .stored)
    }

    @Test("parcels of another station in the bag are left out")
    mutating func otherStation() {
        announce { if $0.waybill == "YT8962646785380" { $0.station = "yc-shangzhuang-0007" } }
        cabinet.begin(.courier, proven: false)
        cabinet.scan("YC-BAG-20261121-01")
        #expect(cabinet.status(parcels[0]) == .expected)
        #expect(cabinet.status(parcels[1]) == .received)
        #expect(cabinet.answers == [.checkedInSome])
        #expect(cabinet.words.contains("2 件，另 1 件"))
        cabinet.scan("YC-BAG-20261121-01")
        #expect(cabinet.reason == .wrongStation)
    }

    @Test("an exception card before a bag is about no parcel in it")
    mutating func exception() {
        announce()
        cabinet.begin(.courier, proven: false)
        cabinet.card(.exception(.damaged))
        cabinet.scan("YC-BAG-20261121-01")
        #expect(parcels.allSatisfy { cabinet.status($0) == .received && cabinet.parcel($0)?.exception == nil })
        #expect(cabinet.deposit(parcels[0]) == .door("A02"))
    }

    @Test("on the reserve no bag is taken in")
    mutating func reserve() {
        announce()
        cabinet.begin(.courier, proven: false)
        cabinet.send(.storage(.reserve))
        cabinet.scan("YC-BAG-20261121-01")
        #expect(cabinet.types == [.scanRejected])
        #expect(cabinet.reason == .storage)
    }

    @Test("without a session, and in other work, the number of a bag is only a barcode")
    mutating func outOfContext() {
        announce()
        cabinet.scan("YC-BAG-20261121-01")
        #expect(cabinet.types == [.scanRejected])
        cabinet.begin(.keeper)
        cabinet.card(.told)
        cabinet.scan("YC-BAG-20261121-01")
        #expect(cabinet.reason == .outOfContext)
        #expect(parcels.allSatisfy { cabinet.status($0) == .expected })
    }

    @Test(
        "the hand-over card of a run checks in all of it, and the run has arrived",
        arguments: [Role.courier, .keeper]
    )
    mutating func handOver(role: Role) {
        announce()
        cabinet.begin(role, proven: false)
        cabinet.card(.handOver("R1"))
        #expect(cabinet.types == [.runArrived] + Array(repeating: .parcelReceived, count: 3))
        #expect(cabinet.event(RunArrived.self)?.how == .card)
        #expect(cabinet.event(ParcelReceived.self)?.how == .handOver)
        #expect(cabinet.event(ParcelReceived.self)?.run == "R1")
        #expect(cabinet.answers == [.runWelcome, .checkedIn])
    }

    @Test("a run of which nothing was announced is said so and does not arrive")
    mutating func nothingAnnounced() {
        cabinet.begin(.courier, proven: false)
        cabinet.card(.handOver("R9"))
        #expect(cabinet.types == [.scanRejected])
        #expect(cabinet.answers == [.nothingAnnounced])
        #expect(cabinet.state.run == nil)
    }

    @Test("who drives no run hands none over", arguments: [Role.agent, .technician, .inspector])
    mutating func notForThem(role: Role) {
        announce()
        cabinet.begin(role, proven: false)
        cabinet.card(.handOver("R1"))
        #expect(cabinet.types == [.scanRejected])
        #expect(cabinet.answers == [.notForYou])
    }

    @Test("where the checklist needs its card, a bag asks for it too")
    mutating func checklist() {
        var policy = Policy()
        policy.checklistNeedsCard = true
        cabinet = Cabinet(policy: policy)
        announce()
        cabinet.begin(.courier, proven: false)
        cabinet.scan("YC-BAG-20261121-01")
        #expect(cabinet.reason == .notChecked)
        cabinet.card(.receive)
        cabinet.scan("YC-BAG-20261121-01")
        #expect(cabinet.answers == [.checkedIn])
    }
}
