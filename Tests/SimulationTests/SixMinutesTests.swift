import LockerDomain
import Simulator
import Testing

@Suite("Six minutes")
struct SixMinutesTests {
    @Test("a driver brings forty parcels into twelve doors and onto twenty-eight shelf places within six minutes")
    func forty() throws {
        let doors = (1...12).map { DoorSettings(name: DoorName(rawValue: "A\($0 + 10)"), size: .large) }
        let shelf = (1...28).map { ShelfPlace(rawValue: "S1-\($0 + 10)") }
        // Every third door is shut only after the next scan: the station takes it while a door stands open.
        let delivery = Delivery(parcels: 40, doors: doors, shelf: shelf, shutsLate: 300, seed: 40)
        let seconds = try #require(delivery.milliseconds) / 1_000
        print("six minutes: 40 parcels in \(seconds) s of the driver's time")
        #expect(seconds <= 360)
        #expect(delivery.placed == 40)
        #expect(delivery.waiting == 40)
        #expect(delivery.failure == nil)
    }
}
