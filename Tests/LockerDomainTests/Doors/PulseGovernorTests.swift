import LockerDomain
import LockerTestKit
import Testing

@Suite("Pulses never burn a coil")
struct PulseGovernorTests {
    private struct Pulse {
        var door: DoorName
        var start: Int64
        var end: Int64
    }

    @Test(
        "no length but those between 1 ms and the cap is driven",
        arguments: [(-5, 1), (0, 1), (200, 200), (1_000, 1_000), (1_001, 1_000), (.max, 1_000)] as [(Int64, Int64)]
    )
    func cap(wanted: Int64, driven: Int64) {
        #expect(PulseGovernor.capped(wanted) == driven)
    }

    @Test("the first pulse starts at once, the next door waits for its end and the rest")
    func gap() {
        var governor = PulseGovernor()
        #expect(governor.earliestStart(of: "A01", length: 200, now: 50) == 50)
        governor.started("A01", length: 200, now: 50)
        #expect(governor.earliestStart(of: "A02", length: 200, now: 60) == 550)
        #expect(governor.earliestStart(of: "A02", length: 200, now: 900) == 900)
    }

    @Test("three attempts at one door fit its duty, a fourth long one waits for the window")
    func duty() {
        var governor = PulseGovernor()
        var now: Int64 = 0
        for length in Limits.pulseMilliseconds + [500, 500] {
            now = governor.earliestStart(of: "A01", length: length, now: now)
            governor.started("A01", length: length, now: now)
        }
        #expect(now == 500 + 600 + 800 + 800)
        #expect(governor.earliestStart(of: "A01", length: 1, now: now + 800) == 10_000)
        #expect(governor.earliestStart(of: "A02", length: 1_000, now: now + 800) == now + 800)
    }

    @Test(
        "random orders: never two at once, always the rest, the cap, the duty of any window",
        arguments: Seeds.all(fixed: 5)
    )
    func walk(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var governor = PulseGovernor()
        let doors: [DoorName] = ["A01", "A02", "A03"]
        var pulses: [Pulse] = []
        var now: Int64 = 0
        for _ in 0..<400 {
            now += Int64.random(in: 0...1_500, using: &random)
            let door = doors.randomElement(using: &random) ?? "A01"
            let length = Int64.random(in: -10...2_000, using: &random)
            let start = governor.earliestStart(of: door, length: length, now: now)
            #expect(start >= now, "seed \(seed)")
            #expect(start - now <= Limits.dutyWindowMilliseconds + 2_000, "seed \(seed): nobody waits for ever")
            now = start
            governor.started(door, length: length, now: now)
            pulses.append(Pulse(door: door, start: now, end: now + PulseGovernor.capped(length)))
        }
        for (one, next) in zip(pulses, pulses.dropFirst()) {
            #expect(next.start >= one.end + Limits.pulseGapMilliseconds, "seed \(seed)")
        }
        for door in doors { checkDuty(pulses.filter { $0.door == door }, seed) }
    }

    /// Energised time is greatest in a window that begins or ends at an edge of a pulse.
    private func checkDuty(_ pulses: [Pulse], _ seed: UInt64) {
        let edges = pulses.flatMap { [$0.start, $0.end] }
        for begin in edges.flatMap({ [$0, $0 - Limits.dutyWindowMilliseconds] }) {
            let end = begin + Limits.dutyWindowMilliseconds
            let energised = pulses.reduce(Int64(0)) { $0 + max(0, min($1.end, end) - max($1.start, begin)) }
            #expect(energised <= Limits.dutyEnergisedMillisecondsMax, "seed \(seed)")
        }
    }
}
