import LockerDomain
import StationBooks
import StationCore
import StationRules
import SyncWire
import Testing

@testable import Simulator

@Suite("Commands of a county that comes back from its backup")
struct RestoredCountyTests {
    private let world: World
    private var sentence = OrderedCommands()

    init() {
        var rules = Rules()
        rules.knowsEnd = { _, _ in true }
        world = World(seed: 1, profile: Profile(doors: [], shelf: []), rules: rules)
        world.county.order(.recall(["SF1000000000001"]))
        world.county.backUp()
    }

    /// The station says up to which number everything is settled: what waits below gets a new one.
    private func ask(after number: Int) {
        let end = CommandQuery.End(incarnation: "f1", last: 1)
        world.county.hear(CommandQuery(wait: 0, after: number, highest: number, end: end), rules: world.rules)
    }

    private mutating func receives() throws -> String? {
        let command = try #require(world.county.open.last)
        let fact = CommandReceived(id: command.id, number: command.number, type: command.kind.wireName)
        return sentence.judge(.event(world.line(of: .commandReceived(fact)), cause: Post(.command(command))), in: world)
    }

    @Test("one command under two numbers is done once")
    mutating func twice() throws {
        ask(after: 1)
        #expect(try receives() == nil)
        ask(after: 2)
        #expect(try receives() != nil)
    }

    @Test("a number that the county gave since its backup it does not know, and what it stands for is done again")
    mutating func forgotten() throws {
        ask(after: 1)
        #expect(try receives() == nil)
        let isBack = world.county.restore { _ in false }
        #expect(isBack)
        #expect(sentence.judge(.countyRestored, in: world) == nil)
        ask(after: 2)
        #expect(try receives() == nil)
    }
}
