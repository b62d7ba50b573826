import LockerDomain
import PortFakes
import SimulatedDevices
import StationEngine
import StationPorts
import Testing

@Suite("Bells of the uplink")
struct BellTests {
    @Test("a busy station leaves no call of the clock behind for each of its commits")
    func calls() async throws {
        let pace = PaceClock()
        let linked = Linked(try await Bench().started(), pace: pace)
        try await linked.run {
            for number in 0..<100 {
                await linked.bench.type("99\(number)")
                try await linked.allArrives()
            }
        }
        #expect(pace.waiting <= 10, "\(pace.waiting)")
    }

    @Test("a pause that ends later than the call that stands for it ends in time, not earlier")
    func later() async throws {
        let pace = PaceClock()
        let bell = Bell(pace)
        for end: Int64 in [300_000, 310_000] {
            let wait = Task { await bell.wait(milliseconds: 300_000) }
            try await eventually("it waits") { await bell.isWaiting(until: end) }
            if end == 310_000 {
                pace.inner.advance(by: 290_000)
                try await eventually("the rest of it is ordered") { pace.hasWake(in: 10_000) }
                #expect(await bell.isWaiting(until: end))
                pace.inner.advance(by: 10_000)
            } else {
                pace.inner.advance(by: 10_000)
                await bell.notify()
            }
            await wait.value
        }
    }

    @Test("a sleep that is cancelled before it begins orders no call of the clock; one in the midst of it ends")
    func cancelledSleep() async throws {
        let pace = PaceClock()
        let late = Task {
            while !Task.isCancelled { await Task.yield() }
            await pace.sleep(milliseconds: 60_000)
        }
        late.cancel()
        await late.value
        #expect(pace.waiting == 0)
        let sleeping = Task { await pace.sleep(milliseconds: 60_000) }
        try await eventually("it sleeps") { pace.waiting == 1 }
        sleeping.cancel()
        await sleeping.value
        pace.inner.advance(by: 60_000)
    }

    @Test("a sleep ends when its time has come, and not before")
    func sleep() async throws {
        let pace = PaceClock()
        let start = pace.now().uptime
        let sleeping = Task {
            await pace.sleep(milliseconds: 60_000)
            return pace.now().uptime
        }
        try await eventually("it sleeps") { pace.waiting == 1 }
        pace.inner.advance(by: 59_999)
        // Whoever were awake would have come to its end long before these.
        for _ in 0..<100 { await Task.yield() }
        pace.inner.advance(by: 1)
        #expect(await sleeping.value == start + 60_000)
    }
}
