import LockerDomain
import StationPorts
import Testing

@testable import GPIODoors

@Suite("Pulses that wait")
struct PulseQueueTests {
    private var queue = PulseQueue()

    private func order(_ door: DoorName, cycle: Int = 1, _ milliseconds: Int64 = 200) -> PulseOrder {
        PulseOrder(door: door, cycle: cycle, milliseconds: milliseconds)
    }

    private mutating func add(_ order: PulseOrder) {
        let isTaken = queue.add(order)
        #expect(isTaken)
    }

    @Test("they go in order, one at a time, with a rest in between")
    mutating func order() {
        add(order("A01"))
        add(order("A02"))
        #expect(queue.begin(now: 1_000)?.door == "A01")
        #expect(queue.begin(now: 1_200) == nil)
        queue.ended(now: 1_200)
        #expect(queue.nextStart(now: 1_200) == 1_500)
        #expect(queue.begin(now: 1_499) == nil)
        #expect(queue.begin(now: 1_500)?.door == "A02")
        #expect(queue.nextStart(now: 1_500) == nil)
    }

    @Test("the rest counts from where a late pulse really ended")
    mutating func late() {
        add(order("A01"))
        add(order("A02"))
        _ = queue.begin(now: 0)
        queue.ended(now: 900)
        #expect(queue.nextStart(now: 900) == 1_200)
    }

    @Test("a coil that has to cool does not hold up other doors")
    mutating func cooling() {
        var now: Int64 = 0
        for cycle in 1...3 { add(order("A01", cycle: cycle, 1_000)) }
        add(order("A02", 200))
        var begun: [String] = []
        while let start = queue.nextStart(now: now) {
            now = start
            guard let next = queue.begin(now: now) else { break }
            begun.append("\(next.door).\(next.cycle)@\(now)")
            now += PulseGovernor.capped(next.milliseconds)
            queue.ended(now: now)
        }
        #expect(begun == ["A01.1@0", "A01.2@1300", "A02.1@2600", "A01.3@10000"])
    }

    @Test("no more than the limit wait")
    mutating func full() {
        for _ in 0..<Limits.pulseOrdersMax { add(order("A01")) }
        let isTaken = queue.add(order("A02"))
        #expect(!isTaken)
        _ = queue.begin(now: 0)
        add(order("A02"))
        queue.removeAll()
        #expect(queue.nextStart(now: 0) == nil)
    }

    @Test("an order of a dead door is taken out at once")
    mutating func hopeless() {
        add(order("A01"))
        add(order("A02"))
        #expect(queue.takeHopeless { $0 == "A02" }?.door == "A02")
        #expect(queue.takeHopeless { $0 == "A02" } == nil)
        #expect(queue.begin(now: 0)?.door == "A01")
    }

    @Test("a random walk never has two doors on, never skips the rest, never heats a coil")
    mutating func walk() {
        var random = SystemRandomNumberGenerator()
        let seed = UInt64.random(in: 0...UInt64.max, using: &random)
        var generator = SplitMix(state: seed)
        var now: Int64 = 0
        var pulses: [(door: DoorName, start: Int64, end: Int64)] = []
        for _ in 0..<3_000 {
            let door = DoorName(rawValue: "A0\(generator.next() % 3)")
            _ = queue.add(order(door, Int64(generator.next() % 1_500)))
            now += Int64(generator.next() % 700)
            guard let next = queue.begin(now: now) else { continue }
            let end = now + PulseGovernor.capped(next.milliseconds)
            if let last = pulses.last { #expect(now >= last.end + Limits.pulseGapMilliseconds, "seed \(seed)") }
            pulses.append((next.door, now, end))
            let window = pulses.suffix(60).filter {
                $0.door == next.door && $0.start > now - Limits.dutyWindowMilliseconds
            }
            let energised = window.reduce(0) { $0 + $1.end - $1.start }
            #expect(energised <= Limits.dutyEnergisedMillisecondsMax, "seed \(seed)")
            now = end
            queue.ended(now: now)
        }
        #expect(pulses.count > 100)
    }
}

struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

@Suite("Lights and buzzer")
struct SignalPlayerTests {
    private typealias Outputs = SignalPlayer.Outputs
    private var player = SignalPlayer()

    @Test("a light stays three seconds, a double beep sounds twice")
    mutating func double() {
        player.show(.green, .double, at: 1_000)
        #expect(player.outputs(at: 1_000) == Outputs(green: true, buzzer: true))
        var changes: [Int64] = []
        var now: Int64 = 1_000
        while let next = player.nextChange(after: now) {
            now = next
            changes.append(now)
        }
        #expect(changes == [1_120, 1_240, 1_360, 4_000])
        #expect(player.outputs(at: 1_120) == Outputs(green: true))
        #expect(player.outputs(at: 1_240) == Outputs(green: true, buzzer: true))
        #expect(player.outputs(at: 3_999) == Outputs(green: true))
        #expect(player.outputs(at: 4_000) == Outputs())
    }

    @Test("a question has both lights and sounds three times")
    mutating func question() {
        player.show(.both, .triple, at: 0)
        for start: Int64 in [0, 240, 480] {
            #expect(player.outputs(at: start) == Outputs(green: true, red: true, buzzer: true))
            #expect(player.outputs(at: start + 120) == Outputs(green: true, red: true))
        }
        #expect(player.outputs(at: 3_000) == Outputs())
    }

    @Test("the next answer takes the light at once; without a beep the running one ends by itself")
    mutating func replaced() {
        player.show(.green, .long, at: 0)
        player.show(.red, .none, at: 100)
        #expect(player.outputs(at: 100) == Outputs(red: true, buzzer: true))
        player.show(.off, .short, at: 200)
        #expect(player.outputs(at: 200) == Outputs(buzzer: true))
        #expect(player.outputs(at: 320) == Outputs())
        #expect(player.nextChange(after: 320) == nil)
    }

    @Test("nothing is on before the first answer")
    func silence() {
        #expect(player.outputs(at: 0) == Outputs())
        #expect(player.nextChange(after: 0) == nil)
    }
}
