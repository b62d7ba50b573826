import LockerDomain
import StationBooks
import StationCore
import StationRules
import Testing

@testable import Simulator

/// More pulses than any day asks for, at three doors: coils get hot, doors overtake each other. The station did not ask
/// for them, so that only what holds of coils is judged.
@Suite("A rush at the doors of a played cabinet")
struct RushTests {
    private static let seeds: ClosedRange<UInt64> = 1...5

    /// Writes down what happened at the doors and when.
    private struct Diary: Invariant {
        final class Page {
            var begun: [(order: PulseOrder, at: Int64)] = []
            var released: [Int64] = []
            var told: [(door: DoorName, level: DoorLevel, at: Int64)] = []
        }

        let sentence = "a diary takes everything"
        let page = Page()

        func judge(_ step: Step, in world: World) -> String? {
            switch step {
            case .energised(let order, _): page.begun.append((order, world.clock.now))
            case .released: page.released.append(world.clock.now)
            case .decided(let post, _):
                if case .level(let door, let level) = post.input { page.told.append((door, level, world.clock.now)) }
            default: break
            }
            return nil
        }
    }

    private static func world(_ seed: UInt64, _ rules: Rules = Rules(), _ diary: Diary = Diary()) -> World {
        let doors = (["A01", "A02", "A03"] as [DoorName]).map { DoorSettings(name: $0, size: .medium) }
        let world = World(seed: seed, profile: Profile(doors: doors, shelf: []), rules: rules)
        world.begin()
        world.invariants = [OneCoil(), CoolCoils(), OwedPulses(), diary]
        return world
    }

    private static func rush(_ seed: UInt64, _ rules: Rules = Rules()) -> World {
        let world = world(seed, rules)
        for cycle in 1...120 where world.failure == nil {
            guard let door = world.chance.pick(world.cabinet.names) else { break }
            let length = world.chance.within(1...1_200)
            world.order(PulseOrder(door: door, cycle: cycle, milliseconds: length))
            world.run(until: world.clock.now + world.chance.within(0...1_500))
        }
        world.run(until: world.clock.now + 20 * Span.minute)
        world.judge(.lookedAt)
        return world
    }

    @Test("never two at once, no coil too hot, no order lost", arguments: seeds)
    func holds(seed: UInt64) {
        let world = Self.rush(seed)
        #expect(world.failure == nil)
        #expect(world.outputs.isQuiet)
    }

    @Test("a broken queue is found, and by the sentence that it breaks", arguments: Mutant.ofPulses + Mutant.ofRushes)
    func found(mutant: Mutant) throws {
        let failure = try #require(Self.seeds.lazy.compactMap { Self.rush($0, mutant.rules).failure }.first)
        #expect(mutant.sentences.contains(failure.invariant), "\(failure)")
    }

    @Test("a ready door overtakes one whose coil has to cool, and the rest counts from the real end", arguments: seeds)
    func overtakes(seed: UInt64) {
        let diary = Diary()
        let world = Self.world(seed, Rules(), diary)
        for cycle in 1...3 { world.order(PulseOrder(door: "A01", cycle: cycle, milliseconds: 1_000)) }
        world.order(PulseOrder(door: "A02", cycle: 1, milliseconds: 200))
        world.run(until: world.clock.now + 12 * Span.second)
        #expect(world.failure == nil)
        let page = diary.page
        #expect(page.begun.map { "\($0.order.door).\($0.order.cycle)" } == ["A01.1", "A01.2", "A02.1", "A01.3"])
        #expect(page.begun.last?.at == page.begun.first.map { $0.at + Limits.dutyWindowMilliseconds })
        for (end, next) in zip(page.released, page.begun.dropFirst()) where next.order.cycle < 3 {
            #expect(next.at == end + Limits.pulseGapMilliseconds)
        }
        let isLate = zip(page.begun, page.released).contains { $1 - $0.at > $0.order.milliseconds }
        #expect(isLate, "a thread that always wakes in time proves nothing about the real end")
    }

    @Test("no sensor is read while a coil is on; a level counts once it was the same for 30 ms", arguments: seeds)
    func sensors(seed: UInt64) throws {
        let diary = Diary()
        let world = Self.world(seed, Rules(), diary)
        world.order(PulseOrder(door: "A01", cycle: 1, milliseconds: 200))
        world.run(until: world.clock.now + Span.second)
        let (end, told) = (try #require(diary.page.released.first), try #require(diary.page.told.first))
        #expect(diary.page.told.count == 1)
        #expect(told.door == "A01" && told.level == .open)
        // A bounce begins the 30 ms again, and a turn takes its time.
        let wait = told.at - end
        #expect(wait >= Limits.sensorSettleMilliseconds && wait <= 2 * Limits.sensorSettleMilliseconds + 25)
    }
}
