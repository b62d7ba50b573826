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

    /// Whether each of the six loops has ordered its next call of the clock.
    private func areWaiting(_ linked: Linked) async -> Bool {
        // Counted first: a loop that orders a connect has failed three times before.
        let waiting = pace.waiting
        let status = await linked.runner.currentStatus()
        let troubles = [status.trouble].compactMap(\.self) + status.further.map(\.trouble)
        let isConnecting = troubles.contains { $0.tries >= Limits.reachFailuresMin }
        // The bell of the connects keeps its first call until that is due, beside the one of the connect.
        return waiting >= (pace.now().uptime < 60_000 && isConnecting ? 7 : 6)
    }

    /// Only then may the clock move on: a loop that has still to order its call counts from where the clock is by then.
    private func allWait(_ linked: Linked) async throws {
        try await eventually("all loops wait") { await areWaiting(linked) }
    }

    private func step(_ linked: Linked, to uptime: Int64) async throws {
        pace.inner.advance(by: max(0, uptime - pace.now().uptime))
        try await allWait(linked)
    }

    /// Lets calls fail three times; then the first connect is ordered.
    private func failThrice(_ linked: Linked) async throws {
        for uptime: Int64 in [0, 1_000, 3_000] { try await step(linked, to: uptime) }
        #expect(await tries(linked) == 3)
    }

    /// Moves on to the next connect, call by call: those of other loops fall due at the same uptimes, so that none of them
    /// shows that the connect after it is ordered.
    private func nextConnect(_ linked: Linked) async throws {
        let before = reaches(linked)
        let end = pace.now().uptime + gap
        while let next = pace.inner.nextCall, next <= end { try await step(linked, to: next) }
        #expect(reaches(linked) == before + 1)
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
            // The county holds the question of the sixth.
            try await eventually("five loops wait") { pace.waiting >= 5 }
        }
        #expect(reaches(linked) == 0)
    }

    @Test("when a login page is gone, the minute's status gets through and ends the pause of the events")
    func paid() async throws {
        let linked = try await failing(.notHTTP, .accepted)
        try await linked.run {
            try await reachLongestPause(linked)
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
                $0.answersCommandsAtOnce = true
            }
            let before = reaches(linked)
            /// A connect or a call that gets through ends the pause.
            func isNoticed() -> Bool {
                reaches(linked) > before || linked.county.state.withLock { !$0.paths.isEmpty }
            }
            while !isNoticed(), let next = pace.inner.nextCall {
                pace.inner.advance(by: max(0, next - pace.now().uptime))
                try await eventually("a step") {
                    if isNoticed() { return true }
                    return await areWaiting(linked)
                }
            }
            delay = pace.now().uptime - back
            try await linked.allArrives()
        }
        return delay
    }
}
