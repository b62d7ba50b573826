import LockerDomain
import PortFakes
import SimulatedDevices
import StationCore
import StationEngine
import StationPorts
import Synchronization
import Testing

@Suite("Bare connects of a running uplink")
struct ReachLoopTests {
    private let pace = PaceClock()
    /// With the entropy of these tests every gap is the longest.
    private let gap = Limits.reachMilliseconds + Limits.reachJitterMilliseconds

    private func failing(_ fault: LinkFault, _ reach: Reachability, jitter: UInt8 = 255) async throws -> Linked {
        let linked = Linked(try await Bench().started(), jitter: jitter, pace: pace)
        linked.county.change {
            $0.linkFault = fault
            $0.reach = reach
        }
        return linked
    }

    private func reaches(_ linked: Linked) -> Int { linked.county.state.withLock { $0.reaches } }

    private func tries(_ linked: Linked) async -> Int { await linked.runner.currentStatus().trouble?.tries ?? 0 }

    /// Waits until each of the six loops has ordered its next call of the clock: only then may it move on.
    private func allWait(_ linked: Linked) async throws {
        // The bell of the connects keeps its first call until that is due, beside the one of the connect.
        let isEarly = pace.now().uptime < 60_000
        try await eventually("all loops wait") {
            let isConnecting = await tries(linked) >= Limits.reachFailuresMin
            return pace.waiting >= (isEarly && isConnecting ? 7 : 6)
        }
    }

    /// Lets calls fail three times; then the first connect is ordered.
    private func failThrice(_ linked: Linked) async throws {
        for pause: Int64 in [1_000, 2_000] {
            try await allWait(linked)
            pace.inner.advance(by: pause)
        }
        try await eventually("a connect is ordered") { pace.waiting >= 7 }
        #expect(await tries(linked) == 3)
    }

    /// Moves on to the next connect and waits until the one after it is ordered.
    private func nextConnect(_ linked: Linked) async throws {
        let before = reaches(linked)
        pace.inner.advance(by: gap)
        try await eventually("a connect") { reaches(linked) == before + 1 && pace.hasWake(in: gap) }
    }

    /// Goes on until the longest pause has begun: less than two connects ago.
    private func reachLongestPause(_ linked: Linked) async throws {
        try await failThrice(linked)
        for _ in 0..<100 {
            let status = await linked.runner.currentStatus()
            if status.retryInMilliseconds == Limits.backoffMillisecondsMax { return }
            try await nextConnect(linked)
        }
        Issue.record("no pause of five minutes")
    }

    @Test("a county that listens again is noticed by the next connect, long before the pause is over")
    func noticed() async throws {
        let linked = try await failing(.refused, .notAccepted)
        try await linked.run {
            try await reachLongestPause(linked)
            let status = await linked.runner.currentStatus()
            #expect(status.trouble?.fault == .refused && (status.trouble?.tries ?? 0) >= 9)
            #expect(status.reach?.isAccepting == false && (status.reach?.tries ?? 0) > 0)
            linked.county.change {
                $0.linkFault = nil
                $0.reach = .accepted
            }
            pace.inner.advance(by: gap)
            try await linked.allArrives()
        }
        #expect(await linked.runner.currentStatus().reach?.isAccepting == true)
    }

    @Test("a portal that accepts every connection ends no pause")
    func portal() async throws {
        let linked = try await failing(.notHTTP, .accepted)
        try await linked.run {
            try await reachLongestPause(linked)
            let before = await tries(linked)
            for _ in 0..<5 { try await nextConnect(linked) }
            #expect(await tries(linked) == before)
        }
    }

    @Test("two failures are no reason to connect")
    func twoFailures() async throws {
        let linked = try await failing(.refused, .notAccepted)
        try await linked.run {
            try await allWait(linked)
            pace.inner.advance(by: 1_000)
            try await allWait(linked)
            #expect(await tries(linked) == 2)
            linked.county.change { $0.linkFault = nil }
            pace.inner.advance(by: 2_000)
            try await linked.allArrives()
            pace.inner.advance(by: 10 * gap)
        }
        #expect(reaches(linked) == 0)
    }

    @Test("when a login page is gone, the minute's status gets through and ends the pause of the events")
    func paid() async throws {
        let linked = try await failing(.notHTTP, .accepted)
        try await linked.run {
            try await reachLongestPause(linked)
            try await allWait(linked)
            linked.county.change { $0.linkFault = nil }
            pace.inner.advance(by: Limits.statusIntervalMilliseconds)
            try await linked.allArrives()
        }
    }

    @Test("the running uplink: the first batch goes within 20 s after the county listens again, 99 times of 100")
    func outages() async throws {
        var delays: [Int64] = []
        for seed: UInt64 in 1...200 { delays.append(try await ReachLoopTests().outage(seed: seed)) }
        delays.sort()
        let (p50, p99) = (delays[100], delays[197])
        print("first batch after an outage, 200 tries: p50 \(p50) ms, p99 \(p99) ms, the longest \(delays[199]) ms")
        #expect(p99 <= 20_000)
        // A connect, and another one whose first fell into the moment before.
        #expect(delays[199] <= 2 * gap)
    }

    /// Milliseconds from the moment at which the county listens again until the first batch may go.
    private func outage(seed: UInt64) async throws -> Int64 {
        let random = SeededEntropy(seed: seed).bytes(3).map { Int64($0) }
        // A pause is shorter than the longest one; an outage is half a minute to ten.
        let linked = try await failing(.refused, .notAccepted, jitter: UInt8(127 + random[0] / 2))
        let back = 30_000 + (random[1] << 8 | random[2]) * 570 / 65 / 1_000 * 1_000
        var delay: Int64 = 0
        try await linked.run {
            try await allWait(linked)
            while let next = pace.inner.nextCall, next < back { try await step(linked, to: next) }
            try await step(linked, to: back)
            linked.county.change {
                $0.linkFault = nil
                $0.reach = .accepted
            }
            let before = reaches(linked)
            while reaches(linked) == before, try linked.bench.journal.waiting() > 0, let next = pace.inner.nextCall {
                pace.inner.advance(by: max(0, next - pace.now().uptime))
                try await eventually("a step") {
                    let isOver = try linked.bench.journal.waiting() == 0
                    return reaches(linked) > before || isOver || pace.waiting >= 6
                }
            }
            delay = pace.now().uptime - back
            try await linked.allArrives()
        }
        return delay
    }

    private func step(_ linked: Linked, to uptime: Int64) async throws {
        pace.inner.advance(by: max(0, uptime - pace.now().uptime))
        try await allWait(linked)
    }
}
