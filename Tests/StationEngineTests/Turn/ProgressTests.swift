import LockerDomain
import StationEngine
import StationRules
import Synchronization
import Testing

@Suite("What the watchdog hears of a turn")
struct ProgressTests {
    private final class Counter: Sendable {
        private let count = Mutex(0)
        var value: Int { count.withLock { $0 } }
        func add() { count.withLock { $0 += 1 } }
    }

    @Test("the engine says before and behind each commit that it goes on, also while nobody behind it can come round")
    func commits() async throws {
        let counter = Counter()
        let bench = try await Bench(progressed: counter.add).started()
        let start = counter.value
        #expect(start >= 2, "the first events of a start")
        await bench.scan("RUBBISH-1")
        #expect(counter.value >= start + 2)
        // A card that takes its time: before the commit is through there is no sign but the one before it.
        bench.journal.hold()
        let before = counter.value
        #expect(bench.engine.post(.text("RUBBISH-2", from: TextSource(device: "sim-1", role: .scanner))))
        try await eventually("the commit waits for the card") { bench.journal.isBlocked }
        #expect(counter.value == before + 1)
        bench.journal.release()
        await bench.engine.ping()
        #expect(counter.value >= before + 2)
    }
}
