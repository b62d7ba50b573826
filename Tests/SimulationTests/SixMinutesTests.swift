import LockerDomain
import Testing

@testable import Simulator

@Suite("Six minutes")
struct SixMinutesTests {
    @Test("a driver brings forty parcels into twelve doors and onto twenty-eight shelf places within six minutes")
    func forty() throws {
        let doors = (1...12).map { DoorSettings(name: DoorName(rawValue: "A\($0 + 10)"), size: .large) }
        let shelf = (1...28).map { ShelfPlace(rawValue: "S1-\($0 + 10)") }
        let world = World(seed: 40, profile: Profile(doors: doors, shelf: shelf))
        world.begin()
        let badge = world.issue(.courier, days: 1)
        let load = (0..<40).map { number in
            let label = Waybill(rawValue: "SF10000000\(10_000 + number)")
            return world.truth.add(label: label, owner: number, size: .medium, isAnnounced: false)
        }
        // Every third door is shut only after the next scan: the station takes it while a door stands open.
        let manners = Courier.Manners(shutsLate: 300)
        let courier = Courier(world, badge: badge, load: load, manners: manners)
        let start = world.clock.now
        var end: Int64?
        courier.done = { end = world.clock.now }
        courier.come()
        world.run(until: start + 600_000)
        let seconds = try #require(end.map { ($0 - start) / 1_000 })
        print("six minutes: 40 parcels in \(seconds) s of the driver's time")
        #expect(seconds <= 360)
        #expect(courier.placed == 40)
        #expect(world.machine.state.waiting.count == 40)
        world.windUp()
        #expect(world.failure == nil)
    }
}
