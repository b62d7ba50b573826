import LockerDomain
import StationBooks
import StationRules
import Testing

@Suite("Runs")
struct RunTests {
    private var cabinet = Cabinet()
    private let waybill: Waybill = "SF7444404156506"

    @Test("a run arrives by its card, once; the card of another one lets it depart")
    mutating func card() {
        cabinet.begin(.courier, proven: false)
        cabinet.card(.run("R1"))
        #expect(cabinet.types == [.runArrived])
        #expect(cabinet.event(RunArrived.self)?.how == .card)
        #expect(cabinet.answers == [.runWelcome])
        cabinet.card(.run("R1"))
        #expect(cabinet.reason == .doubled)
        cabinet.card(.run("R2"))
        #expect(cabinet.types == [.runDeparted, .runArrived])
        #expect(cabinet.event(RunDeparted.self)?.run == "R1")
    }

    @Test("the card of a run may name its route and its vehicle, also for whoever is back after a pause")
    mutating func routeAndVehicle() {
        cabinet.begin(.courier, proven: false)
        cabinet.card(.run("0700:XIN-3:A12345"))
        let arrived = cabinet.event(RunArrived.self)
        #expect(arrived?.run == "0700" && arrived?.route == "XIN-3" && arrived?.vehicle == "A12345")
        cabinet.card(.run("0700"))
        #expect(cabinet.reason == .doubled)
        cabinet.end()
        cabinet.begin(.courier, proven: false)
        cabinet.card(.run("0700"))
        #expect(cabinet.event(RunArrived.self)?.again == true)
        cabinet.end()
        let departed = cabinet.event(RunDeparted.self)
        #expect(departed?.run == "0700" && departed?.route == "XIN-3" && departed?.vehicle == "A12345")
        cabinet.begin(.courier, proven: false)
        cabinet.card(.run(":XIN-3"))
        #expect(cabinet.reason == .outOfContext, "a run without a name is none")
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("only who drives or keeps the station brings a run", arguments: [Role.agent, .technician, .inspector])
    mutating func notForThem(role: Role) {
        cabinet.begin(role, proven: false)
        cabinet.card(.run("R1"))
        #expect(cabinet.types == [.scanRejected])
        #expect(cabinet.answers == [.notForYou])
    }

    @Test("a courier's first parcel is a run; it departs with the session and tells what it brought")
    mutating func implied() {
        for index in 0..<3 { _ = cabinet.deposit(Waybill(rawValue: "YT896264678538\(index)")) }
        #expect(cabinet.journal.count { $0.event.type == .runArrived } == 1)
        #expect(cabinet.state.run?.id == "yc-beiliu-0231-1")
        cabinet.end()
        #expect(cabinet.types == [.runDeparted, .sessionClosed])
        #expect(cabinet.event(RunDeparted.self)?.parcelsIn == 3)
        #expect(cabinet.state.run == nil)
        cabinet.wait(Limits.sameRunMilliseconds)
        _ = cabinet.deposit(waybill)
        #expect(cabinet.state.run?.id == "yc-beiliu-0231-2")
    }

    @Test("the keeper's own parcels are no run")
    mutating func keeper() {
        cabinet.begin(.keeper, proven: false)
        _ = cabinet.deposit(waybill)
        #expect(cabinet.state.run == nil)
        #expect(cabinet.journal.allSatisfy { $0.event.type != .runArrived })
    }

    /// A shipment that the keeper accepted at the counter.
    private mutating func accept(_ shipment: String) {
        cabinet.begin(.keeper)
        cabinet.card(.outbound)
        cabinet.scan(shipment)
        cabinet.card(.realName)
        cabinet.scan("RN-20261121-001")
        cabinet.card(.inspected)
        cabinet.card(.screened)
        cabinet.card(.accept)
        #expect(cabinet.types == [.shipmentAccepted])
        cabinet.end()
    }

    @Test("it departs with bags, seals, and the numbers of parcels and shipments")
    mutating func figures() {
        accept("YT1111111111111")
        cabinet.begin(.courier)
        cabinet.card(.run("R1"))
        _ = cabinet.deposit(waybill)
        cabinet.card(.outbound)
        cabinet.card(.bag("B7"))
        cabinet.card(.seal("S7"))
        cabinet.scan("YT1111111111111")
        #expect(cabinet.event(ShipmentHandedOver.self)?.run == "R1")
        #expect(cabinet.event(ShipmentHandedOver.self)?.bag == "B7")
        cabinet.card(.retrieve)
        cabinet.scan(waybill.rawValue)
        cabinet.openAndShut("A02")
        #expect(cabinet.types == [.doorClosed, .parcelRetrieved])
        cabinet.end()
        #expect(cabinet.types == [.parcelReturned, .runDeparted, .sessionClosed])
        #expect(cabinet.status(waybill) == .returned)
        let departed = cabinet.event(RunDeparted.self)
        #expect(departed?.bags == ["B7"])
        #expect(departed?.seals == ["S7"])
        #expect(departed?.parcelsIn == 1)
        #expect(departed?.shipmentsOut == 1)
        #expect(departed?.parcelsBack == 1)
    }

    @Test("what the keeper took back goes with the run once the courier scans it")
    mutating func keeperTookBack() {
        _ = cabinet.deposit(waybill)
        cabinet.end()
        cabinet.begin(.keeper)
        cabinet.card(.retrieve)
        cabinet.scan(waybill.rawValue)
        cabinet.openAndShut("A02")
        cabinet.end()
        #expect(cabinet.status(waybill) == .retrieved)
        cabinet.begin(.courier)
        cabinet.card(.run("R2"))
        cabinet.end()
        #expect(cabinet.event(RunDeparted.self)?.parcelsBack == 0, "the courier does not have it")
        cabinet.begin(.courier)
        cabinet.card(.retrieve)
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.types == [.runArrived, .parcelReturned])
        #expect(cabinet.answers == [.handedBack])
    }

    @Test("after a power cut the same courier goes on with the same run")
    mutating func goesOn() {
        cabinet.begin(.courier, proven: false)
        cabinet.card(.run("R1"))
        cabinet.restart()
        _ = cabinet.deposit(waybill)
        #expect(cabinet.parcel(waybill)?.run == "R1")
    }

    @Test("a run that a power cut left on the books departs when another day's or another's begins", arguments: [1, 0])
    mutating func stale(days: Int64) {
        cabinet.begin(days == 0 ? .keeper : .courier, proven: false)
        cabinet.card(.run("R1"))
        cabinet.restart()
        cabinet.passHours(24 * days)
        cabinet.begin(.courier, proven: false)
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.types.prefix(3) == [.runDeparted, .runArrived, .parcelReceived])
        #expect(cabinet.event(RunDeparted.self)?.run == "R1")
        // The keeper's card of a moment ago and the courier's badge are one van.
        #expect(cabinet.event(RunArrived.self)?.again == (days == 0 ? true : nil))
        #expect(cabinet.parcel(waybill)?.run == (days == 0 ? "R1" : "yc-beiliu-0231-1"))
    }

    @Test("the day of a run counts only by a clock that can be believed", arguments: [ClockTrust.ntp, .fake])
    mutating func day(clock: ClockTrust) {
        cabinet.now.clock = clock
        cabinet.begin(.courier, proven: false)
        cabinet.card(.run("R1"))
        #expect(cabinet.state.lastRunDay == (clock == .ntp ? cabinet.now.shanghaiDay : 0))
    }
}
