import LockerDomain
import StationBooks
import Testing

@testable import Simulator

@Suite("Commands while the disk cannot be read")
struct UnreadableDiskTests {
    @Test("a command that did not become durable counts as open, keeps its number, and is done when the disk is well")
    func keepsNumber() {
        let world = World(seed: 1, profile: Profile(doors: [], shelf: []))
        world.begin()
        world.run(until: world.clock.now + Span.minute)
        world.county.order(.revokeBadge("0102030405060708"))
        world.mood = .unreadable
        world.fetchCommands()
        #expect(world.machine.settledCommands.highest == 0)
        world.fetchCommands()
        #expect(world.county.open.map(\.number) == [1])
        world.mood = .well
        world.windUp()
        #expect(world.failure == nil && world.machine.settledCommands.through == 1)
    }
}
