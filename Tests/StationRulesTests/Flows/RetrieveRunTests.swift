import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("What is taken back leaves with a run")
struct RetrieveRunTests: Parcels {
    private var cabinet = Cabinet()

    /// One parcel to take back, an hour after the run that brought it left.
    private mutating func bring(doors: [DoorSettings] = Cabinet.doors) {
        cabinet = Cabinet(doors: doors)
        cabinet.bring(ManifestEntry(one, of: "k1"))
        cabinet.command(.recall([one]))
        cabinet.wait(Limits.sameRunMilliseconds + 1)
    }

    private var runs: [RunArrived] { cabinet.journal.compactMap { $0.event.payload as? RunArrived } }

    @Test("a courier who only takes back is a run, and what they take leaves with it", arguments: [true, false])
    mutating func implied(isBatch: Bool) {
        bring()
        cabinet.begin(.courier)
        cabinet.card(.retrieve)
        if !isBatch {
            cabinet.pulseEnds("A02", fault: "stuck")
            cabinet.scan(one.rawValue)
        }
        cabinet.openAndShut("A02")
        #expect(cabinet.status(one) == .retrieved)
        #expect(runs.map(\.again) == [nil, nil] && runs.last?.how == .implied)
        cabinet.end()
        #expect(cabinet.types == [.parcelReturned, .runDeparted, .sessionClosed])
        #expect(cabinet.event(ParcelReturned.self)?.run == runs.last?.run)
        #expect(cabinet.event(RunDeparted.self)?.parcelsBack == 1)
        #expect(cabinet.status(one) == .returned)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("also from the shelf, by the parcel's scan or by the card of its place", arguments: [true, false])
    mutating func shelf(byCard: Bool) {
        bring(doors: [])
        cabinet.begin(.courier, proven: false)
        cabinet.card(.retrieve)
        #expect(cabinet.types == [.sessionWorkChanged], "nothing is done yet")
        if byCard { cabinet.card(.shelf("S1-01")) } else { cabinet.scan(one.rawValue) }
        #expect(cabinet.types == [.runArrived, .parcelRetrieved])
        cabinet.end()
        #expect(cabinet.status(one) == .returned)
    }

    @Test("what the keeper takes back is no run and waits for a courier; after three days it is on the list")
    mutating func keeper() {
        bring()
        cabinet.begin(.keeper)
        cabinet.card(.retrieve)
        cabinet.openAndShut("A02")
        cabinet.end()
        #expect(runs.count == 1 && cabinet.status(one) == .retrieved)
        #expect(TellInPerson(cabinet.state, at: cabinet.now).hamlets.isEmpty)
        cabinet.wait(Limits.overlookedMilliseconds + 1)
        let left = TellInPerson(cabinet.state, at: cabinet.now).hamlets.flatMap(\.entries)
        #expect(left.map(\.reason) == [.overlooked])
        cabinet.begin(.courier, proven: false)
        cabinet.card(.retrieve)
        cabinet.scan(one.rawValue)
        #expect(cabinet.types == [.runArrived, .parcelReturned])
        #expect(TellInPerson(cabinet.state, at: cabinet.now).hamlets.isEmpty)
    }

    @Test("a door that is shut after the session was over: the parcel left with that run")
    mutating func shutLate() {
        bring()
        cabinet.begin(.courier)
        cabinet.card(.retrieve)
        cabinet.open("A02")
        cabinet.end()
        #expect(cabinet.state.session == nil && cabinet.state.run == nil)
        cabinet.shut("A02")
        #expect(cabinet.types == [.doorClosed, .parcelRetrieved, .parcelReturned])
        #expect(cabinet.event(ParcelReturned.self)?.run == runs.last?.run)
        #expect(cabinet.event(ParcelReturned.self)?.person == TestKeys.person(.courier))
        #expect(cabinet.replayed == cabinet.state)
    }
}
