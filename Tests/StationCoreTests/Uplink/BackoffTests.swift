import LockerDomain
import StationCore
import Testing

@Suite("Pauses between tries")
struct BackoffTests {
    @Test(
        "the longest pause doubles from 1 s and stops at 300 s",
        arguments: [(1, 1_000), (2, 2_000), (3, 4_000), (5, 16_000), (9, 256_000), (10, 300_000), (11, 300_000)]
    )
    func ceiling(_ row: (failures: Int, milliseconds: Int64)) {
        var backoff = Backoff()
        var pause: Int64 = 0
        for _ in 0..<row.failures { pause = backoff.pause(random: .max) }
        #expect(pause == row.milliseconds)
        #expect(backoff.failures == row.failures)
    }

    @Test("jitter is full: from 1 ms to the ceiling, even in the middle", arguments: [0, 1, 4, 40])
    func jitter(_ failures: Int) {
        var backoff = Backoff()
        for _ in 0..<failures { _ = backoff.pause(random: 0) }
        var (low, middle, high) = (backoff, backoff, backoff)
        let ceiling = high.pause(random: .max)
        #expect(low.pause(random: 0) == 1)
        #expect(abs(middle.pause(random: .max / 2) - ceiling / 2) <= 1)
    }

    @Test("it never gives up and never overflows")
    func forever() {
        var backoff = Backoff()
        for _ in 0..<100_000 {
            let pause = backoff.pause(random: .max)
            #expect((1...Limits.backoffMillisecondsMax).contains(pause))
        }
    }

    @Test("a success starts the table anew")
    func reset() {
        var backoff = Backoff()
        for _ in 0..<8 { _ = backoff.pause(random: .max) }
        backoff.reset()
        #expect(backoff == Backoff())
        #expect(backoff.pause(random: .max) == 1_000)
    }
}
