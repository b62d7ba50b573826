import LockerDomain
import LockerTestKit
import Testing

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

    @Test("a short order does not overtake a long one of its own door")
    mutating func ownDoor() {
        add(order("A01", cycle: 1, 1_000))
        add(order("A01", cycle: 2, 900))
        add(order("A01", cycle: 3, 1_000))
        add(order("A01", cycle: 4, 50))
        for (cycle, now) in [(1, 0), (2, 1_300), (3, 10_000), (4, 11_300)] as [(Int, Int64)] {
            #expect(queue.nextStart(now: now) == now)
            let next = queue.begin(now: now)
            #expect(next?.cycle == cycle)
            queue.ended(now: now + (next?.milliseconds ?? 0))
        }
    }

    @Test("nothing begins while a pulse runs, however late it ends")
    mutating func overdue() {
        add(order("A01"))
        add(order("A02"))
        _ = queue.begin(now: 0)
        #expect(queue.nextStart(now: 5_000) == nil)
        #expect(queue.begin(now: 5_000) == nil)
        queue.ended(now: 5_000)
        #expect(queue.begin(now: 5_299) == nil)
        #expect(queue.begin(now: 5_300)?.door == "A02")
    }

    @Test("dropping what waits ends no pulse that runs")
    mutating func dropped() {
        add(order("A01"))
        _ = queue.begin(now: 0)
        add(order("A02"))
        queue.removeAll()
        #expect(queue.isEmpty)
        add(order("A03"))
        #expect(queue.begin(now: 5_000) == nil)
        queue.ended(now: 5_000)
        #expect(queue.begin(now: 5_300)?.door == "A03")
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
        #expect(queue.removeUndrivable { $0 == "A02" }?.door == "A02")
        #expect(queue.removeUndrivable { $0 == "A02" } == nil)
        #expect(queue.begin(now: 0)?.door == "A01")
    }

    @Test(
        "a random walk never has two doors on, never skips the rest, never heats a coil",
        arguments: Seeds.all(fixed: 5)
    )
    mutating func walk(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        var now: Int64 = 0
        var lastEnd: Int64 = -1_000
        var pulses: [(door: DoorName, start: Int64, length: Int64)] = []
        for _ in 0..<3_000 {
            let door = DoorName(rawValue: "A0\(generator.next() % 3)")
            _ = queue.add(order(door, Int64(generator.next() % 1_500)))
            now += Int64(generator.next() % 700)
            guard let next = queue.begin(now: now) else { continue }
            let length = PulseGovernor.capped(next.milliseconds)
            #expect(now >= lastEnd + Limits.pulseGapMilliseconds, "seed \(seed)")
            pulses.append((next.door, now, length))
            let window = pulses.suffix(60).filter {
                $0.door == next.door && $0.start > now - Limits.dutyWindowMilliseconds
            }
            let energised = window.reduce(0) { $0 + $1.length }
            #expect(energised <= Limits.dutyEnergisedMillisecondsMax, "seed \(seed)")
            // A thread may wake late; the rest counts from there.
            now += length + Int64(generator.next() % 400)
            #expect(queue.begin(now: now) == nil, "seed \(seed): one door is on")
            queue.ended(now: now)
            lastEnd = now
        }
        #expect(pulses.count > 100)
    }
}
