import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("A run is counted once")
struct RunOnceTests {
    private var cabinet = Cabinet()
    private let waybills: [Waybill] = ["YT8962646785380", "YT8962646785381", "YT8962646785382"]

    /// Runs that the county counts.
    private var counted: [String] {
        cabinet.journal.compactMap { entry in
            guard case .runArrived(let fact) = entry.event, fact.again != true else { return nil }
            return fact.run
        }
    }

    @Test("a courier who idles out, ends or is interrupted, and comes again soon", arguments: 0...3)
    mutating func comesAgain(how: Int) {
        _ = cabinet.deposit(waybills[0])
        switch how {
        case 0:
            cabinet.wait(Limits.sessionIdleMilliseconds)
            cabinet.send(.timer(.sessionIdle(cabinet.state.session?.id ?? 0)))
        case 1: cabinet.end()
        case 2:
            cabinet.begin(.keeper)
            cabinet.end()
        default:
            cabinet.end()
            cabinet.restart()
        }
        #expect(cabinet.state.session == nil && cabinet.state.run == nil)
        cabinet.begin(.courier)
        _ = cabinet.deposit(waybills[1])
        #expect(cabinet.parcel(waybills[1])?.run == cabinet.parcel(waybills[0])?.run)
        #expect(counted == ["yc-beiliu-0231-1"])
        cabinet.end()
        #expect(cabinet.event(RunDeparted.self)?.parcelsIn == 1, "what came with the first part is counted there")
        cabinet.wait(Limits.sameRunMilliseconds + 1)
        _ = cabinet.deposit(waybills[2])
        #expect(counted == ["yc-beiliu-0231-1", "yc-beiliu-0231-2"])
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("the keeper's card of a run and the courier's badge are one van, in either order", arguments: [true, false])
    mutating func cardAndBadge(cardFirst: Bool) {
        for isCard in [cardFirst, !cardFirst] {
            cabinet.begin(isCard ? .keeper : .courier)
            if isCard { cabinet.card(.run("R1")) } else { _ = cabinet.deposit(waybills[0]) }
        }
        #expect(counted.count == 1)
        #expect(cabinet.state.run?.id == "R1")
    }

    @Test("a courier's card after the first parcel names the same run; another card is another run")
    mutating func lateCard() {
        _ = cabinet.deposit(waybills[0])
        cabinet.card(.run("R1"))
        #expect(counted == ["yc-beiliu-0231-1"])
        cabinet.card(.run("R2"))
        #expect(counted == ["yc-beiliu-0231-1", "R2"])
    }

    @Test("a courier who goes on for an hour after a power cut is the same run all the time")
    mutating func goesOn() {
        _ = cabinet.deposit(waybills[0])
        cabinet.restart()
        for waybill in waybills.dropFirst() {
            cabinet.wait(Limits.sameRunMilliseconds - 60_000)
            _ = cabinet.deposit(waybill)
        }
        #expect(counted == ["yc-beiliu-0231-1"])
        #expect(cabinet.state.run?.parcelsIn == 3)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("a run that a power cut left on the books is not kept alive by its keeper's own parcels")
    mutating func keepersParcels() {
        cabinet.begin(.keeper)
        cabinet.card(.run("R1"))
        cabinet.restart()
        cabinet.wait(Limits.sameRunMilliseconds + 60_000)
        cabinet.begin(.keeper)
        _ = cabinet.deposit(waybills[0])
        cabinet.card(.run("R1"))
        #expect(counted == ["R1", "R1"])
    }

    @Test("two couriers who take turns are two runs, and a card that named a run names no other one")
    mutating func takingTurns() {
        let other = badge(of: 99)
        cabinet.begin(.courier)
        _ = cabinet.deposit(waybills[0])
        cabinet.scan(other)
        _ = cabinet.deposit(waybills[1])
        cabinet.scan(cabinet.badge(.courier, expiry: .max))
        _ = cabinet.deposit(waybills[2])
        #expect(counted == ["yc-beiliu-0231-1", "yc-beiliu-0231-2"])
        #expect(cabinet.parcel(waybills[2])?.run == cabinet.parcel(waybills[0])?.run)
        cabinet.card(.run("R1"))
        cabinet.begin(.keeper)
        cabinet.card(.run("R2"))
        #expect(counted.count == 2, "the other courier's van may well be R2")
        cabinet.card(.run("R3"))
        #expect(counted == ["yc-beiliu-0231-1", "yc-beiliu-0231-2", "R3"])
        #expect(cabinet.replayed == cabinet.state)
    }

    /// The badge of another courier.
    private func badge(of person: UInt8) -> String {
        let number = PersonNumber(wire: "00000000000004" + Hex.encode([person]))
        let expiry = UInt32(Cabinet.newYear / 1_000) + 30 * 86_400
        return TestKeys.badge(.courier, expiry: expiry, of: number, id: [0, 0, 0, 0, 0, 0, 0, person])
    }

    @Test("another courier is another run", arguments: [true, false])
    mutating func another(afterPowerCut: Bool) {
        cabinet.begin(.keeper)
        cabinet.card(.run("R1"))
        _ = cabinet.deposit(waybills[0])
        cabinet.begin(.courier)
        _ = cabinet.deposit(waybills[1])
        #expect(cabinet.state.run?.id == "R1")
        if afterPowerCut { cabinet.restart() } else { cabinet.end() }
        // A second badge of the same role.
        var other = cabinet.state
        other.run?.person = "0000000000000499"
        for index in other.lastRuns.indices { other.lastRuns[index].person = "0000000000000499" }
        cabinet.station = Station(
            settings: cabinet.station.settings,
            state: other,
            credentials: cabinet.station.credentials
        ) { $0 == $1.hash }
        cabinet.begin(.courier)
        _ = cabinet.deposit(waybills[2])
        #expect(cabinet.event(RunArrived.self)?.again == nil)
        #expect(counted == ["R1", "yc-beiliu-0231-1"])
    }

    @Test(
        "the same printed card counts again next day and in the afternoon, also after a power cut",
        arguments: [5, 24]
    )
    mutating func sameCard(hours: Int64) {
        for part in 0..<2 {
            cabinet.begin(.courier)
            cabinet.card(.run("R1"))
            #expect(cabinet.answers == [.runWelcome])
            #expect(counted.count == part + 1)
            cabinet.restart()
            cabinet.passHours(hours)
        }
    }

    @Test("after a power cut the keeper hands over for a courier's run, once its card is scanned")
    mutating func handsOver() {
        let ship: Waybill = "SF7444404156506"
        accept(ship)
        cabinet.begin(.courier)
        cabinet.card(.run("R1"))
        cabinet.restart()
        cabinet.begin(.keeper)
        cabinet.card(.run("R1"))
        #expect(cabinet.types == [.runDeparted, .runArrived])
        cabinet.card(.outbound)
        cabinet.scan(ship.rawValue)
        #expect(cabinet.event(ShipmentHandedOver.self)?.run == "R1")
        #expect(counted == ["R1"])
    }

    /// The keeper accepts a shipment at the counter.
    private mutating func accept(_ ship: Waybill) {
        cabinet.begin(.keeper)
        cabinet.card(.outbound)
        cabinet.scan(ship.rawValue)
        for step in ["VLK1:REALNAME", "RN-2026-0001", "VLK1:INSPECTED", "VLK1:SCREENED", "VLK1:ACCEPT"] {
            cabinet.scan(step)
        }
    }

    @Test("after a power cut the keeper goes on handing over to the driver, however long it takes")
    mutating func goesOnHandingOver() {
        let ships: [Waybill] = ["SF7444404156506", "SF7444404156514"]
        for ship in ships { accept(ship) }
        cabinet.card(.run("R1"))
        cabinet.restart()
        cabinet.begin(.keeper)
        cabinet.card(.outbound)
        for ship in ships {
            cabinet.wait(Limits.sameRunMilliseconds - 60_000)
            cabinet.scan(ship.rawValue)
            #expect(cabinet.event(ShipmentHandedOver.self)?.run == "R1")
        }
        #expect(counted == ["R1"])
    }

    @Test("a clock that starts at 1970 counts from the first moment that is known")
    mutating func clock() {
        cabinet.now = Moment(wall: 5_000, uptime: 0, clock: .none)
        _ = cabinet.deposit(waybills[0])
        cabinet.end()
        cabinet.now = Moment(wall: Cabinet.newYear + 3_600_000, uptime: 9_000, clock: .ntp)
        cabinet.send(.clockChanged(before: .none, after: .ntp, jumpMilliseconds: Cabinet.newYear))
        cabinet.begin(.courier)
        _ = cabinet.deposit(waybills[1])
        #expect(counted.count == 2, "the day of the first is not known")
        #expect(cabinet.replayed == cabinet.state)
    }
}
