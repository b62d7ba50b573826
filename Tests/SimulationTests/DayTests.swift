import LockerDomain
import PortFakes
import StationBooks
import SyncWire
import Testing

@testable import Simulator

@Suite("Station-days")
struct DayTests {
    @Test("thousands of days that nobody has seen before break nothing")
    func fresh() {
        let seed = Seeds.fresh
        let (start, own) = (ContinuousClock().now, ProcessorTime.seconds)
        let report = Simulation(seed: seed, days: Seeds.days).run()
        let spent = start.duration(to: .now).components
        let seconds = Double(spent.seconds) + Double(spent.attoseconds) / 1e18
        let (rate, core) = (rate(report.days, seconds), rate(report.days, ProcessorTime.seconds - own))
        print(
            "simulation: \(report.days) station-days, seed \(seed), \(rate) days/min, \(core) a minute of one core; "
                + "\(report.events) events, \(report.crashes) crashes"
        )
        if let failure = report.failure { Issue.record("\(failure)") }
    }

    private func rate(_ days: Int, _ seconds: Double) -> Int { Int(Double(days) / max(0.001, seconds) * 60) }

    @Test("no seed that failed once fails again", arguments: Seeds.failed)
    func failedOnce(seed: UInt64) {
        if let failure = World(seed: seed).run(days: Simulation.daysPerWorld) { Issue.record("\(failure)") }
    }

    @Test("the same seed gives the same days, to the last byte of the journal")
    func repeats() {
        for seed: UInt64 in [7, 8, 9] {
            let (one, two) = (World(seed: seed), World(seed: seed))
            one.run(days: 4)
            two.run(days: 4)
            #expect(one.fingerprint == two.fingerprint)
            #expect(one.steps == two.steps)
        }
        #expect(World(seed: 7).fingerprint == World(seed: 8).fingerprint, "nothing has happened yet")
    }

    @Test("the days bring what was announced as one in parts, and one code fetches them")
    func parts() {
        var (isWhole, isFetched) = (false, false)
        for seed: UInt64 in 1...12 where !isWhole || !isFetched {
            let world = World(seed: seed)
            if let failure = world.run(days: 6) { Issue.record("\(failure)") }
            for parcel in world.provenParcels {
                isWhole = isWhole || parcel.status == .inParts
                isFetched = isFetched || parcel.codeOf != nil && parcel.status == .collected
            }
        }
        #expect(isWhole && isFetched)
    }

    @Test("the days bring forwarded parcels, joined by a manifest and by a keeper, fetched by the announced code")
    func forwarded() {
        var joiners: Set<Bool> = []
        var isFetched = false
        for seed: UInt64 in 1...60 where joiners.count < 2 || !isFetched {
            let world = World(seed: seed)
            if let failure = world.run(days: 6) { Issue.record("\(failure)") }
            for case .parcelJoined(let fact) in world.durableEvents {
                joiners.insert(fact.manifest != nil)
            }
            for parcel in world.provenParcels where parcel.formerly != nil {
                isFetched = isFetched || parcel.codeOf != nil && parcel.status == .collected
            }
        }
        #expect(joiners == [true, false] && isFetched)
    }

    @Test("the days say all that can be said of a shipment, and type codes by cards")
    func said() {
        let all: Set = [
            "kind", "category", "platform", "order", "photo", "weight", "outside", "reuse", "nothing",
            "size", "no size", "code by cards",
        ]
        var seen: Set<String> = []
        for seed: UInt64 in 1...40 where !all.isSubset(of: seen) {
            let world = World(seed: seed)
            if let failure = world.run(days: 6) { Issue.record("\(failure)") }
            let events = world.durableEvents
            for event in events { seen.formUnion(words(of: event)) }
            for (before, event) in zip(events, events.dropFirst()) where isDigitCard(before) && opensByCode(event) {
                seen.insert("code by cards")
            }
        }
        #expect(all.subtracting(seen).isEmpty)
    }

    @Test("the days meet a stale journal, a stop while somebody waits, and phone numbers that are kept")
    func rarities() throws {
        var met: Set<String> = []
        for seed: UInt64 in 1...60 where met.count < 3 {
            let world = World(seed: seed)
            if let failure = world.run(days: 8) { Issue.record("\(failure)") }
            met.formUnion(world.met)
            if try !world.keystore.contacts.waybills().isEmpty { met.insert("a number that is kept") }
        }
        #expect(met == ["a stale journal", "a reply at a stop", "a number that is kept"])
    }

    private func words(of event: Event) -> [String] {
        switch event {
        case .shipmentDroppedOff(let fact): return [fact.size == nil ? "no size" : "size"]
        case .shipmentAccepted(let fact):
            let said: [(String, Bool)] = [
                ("kind", fact.kind != .ordinary), ("category", fact.category != nil),
                ("platform", fact.platform != nil), ("order", fact.order != nil), ("photo", fact.photo != nil),
                ("weight", fact.weightGrams != nil), ("outside", fact.outsideCounty),
                ("reuse", fact.reusedPackaging),
            ]
            let words = said.filter(\.1).map(\.0)
            return words.isEmpty ? ["nothing"] : words
        default: return []
        }
    }

    /// Of all cards that are answered and not recorded by their text, only those of digits are as long.
    private func isDigitCard(_ event: Event) -> Bool {
        guard case .scanRejected(let fact) = event else { return false }
        return fact.reason == .awaitsScan && fact.text == nil && fact.length == Card.digit(0).text.utf8.count
    }

    private func opensByCode(_ event: Event) -> Bool {
        switch event {
        case .doorUnlockRequested(let fact): fact.isByCode && fact.attempt == 1
        case .pickupAuthorised(let fact): fact.isByCode
        default: false
        }
    }

    @Test("the days visit every kind of event that the station makes by itself")
    func visits() {
        let kinds = Simulation(seed: 2, days: 150).run().kinds
        for kind in [
            "parcel.stored", "parcel.collected", "pickup.failed", "pickup.lockedOut", "door.openFailed",
            "door.leftOpen", "door.openedUnexpectedly", "door.sensorFault", "audit.finished", "audit.difference",
            "station.clockChanged", "station.storageLow", "session.refused", "camera.offline",
            "parcel.noticed", "parcel.noticeFailed", "parcel.noticeDue", "parcel.overdue", "parcel.refused",
            "parcel.retrieved", "parcel.returned", "parcel.handedToAgent", "delegate.recorded", "run.departed",
            "shipment.droppedOff", "shipment.takenOut", "shipment.accepted", "shipment.rejected", "shipment.stored",
            "shipment.handedOver", "shipment.returned", "door.purposeChanged", "parcel.holdExtended",
            "parcel.relocated", "parcel.contactGiven", "parcel.damaged", "parcel.lost", "delegate.withdrawn",
            "support.codeUsed", "service.complaintFiled", "service.surveyAnswered",
        ] {
            #expect(kinds[kind, default: 0] > 0, "\(kind)")
        }
    }
}
