import LockerDomain
import SimulatedStation
import StationEngine
import StationPorts
import Synchronization
import Testing

@Suite("Bare connects while calls fail")
struct ReachProbeTests {
    @Test("only a change from not accepted to accepted ends a pause")
    func changes() {
        let rows: [(findings: [Reachability], ends: [Bool])] = [
            ([.accepted, .accepted, .accepted], [false, false, false]),
            ([.notAccepted, .accepted, .accepted], [false, true, false]),
            ([.noRoute, .notAccepted, .accepted], [false, false, true]),
            ([.notAccepted, .accepted, .notAccepted, .accepted], [false, true, false, true]),
        ]
        for row in rows {
            var probe = ReachProbe()
            let ends = row.findings.map { probe.tried($0, at: 0) }
            #expect(ends == row.ends)
        }
    }

    @Test("a call that was refused counts as not accepted, one that was answered as accepted")
    func calls() {
        var probe = ReachProbe()
        let ends = [
            probe.observed(accepting: false), probe.tried(.accepted, at: 0), probe.observed(accepting: true),
            probe.tried(.accepted, at: 0),
        ]
        #expect(ends == [false, true, false, false])
    }

    @Test("connects are 10 to 20 s apart, spread evenly")
    func gaps() {
        var probe = ReachProbe()
        let gaps = [0, .max / 2, .max].map { probe.gap(at: 0, random: $0) }
        #expect(gaps == [10_000, 14_999, 20_000])
        #expect(Limits.reachConnectSeconds * 1_000 < gaps[0])
    }

    @Test("a month of connects costs 3 MB, then they are five minutes apart; the next month has its own budget")
    func budget() {
        var random = SeededEntropy(seed: 12)
        var probe = ReachProbe()
        var uptime: Int64 = 0
        var quickBytes = 0
        while uptime < Limits.reachMonthMilliseconds {
            let gap = probe.gap(at: uptime, random: word(&random))
            if gap < Limits.reachSlowMilliseconds {
                quickBytes += Limits.reachTryBytes
            } else {
                #expect(gap == 300_000)
            }
            uptime += gap
            _ = probe.tried(.notAccepted, at: uptime)
        }
        #expect(quickBytes <= Limits.reachMonthBytesMax)
        #expect(quickBytes > Limits.reachMonthBytesMax - 2 * Limits.reachTryBytes)
        let gap = probe.gap(at: uptime, random: 0)
        #expect(gap == 10_000)
    }

    @Test("without a route nothing is sent, and nothing counted")
    func noRoute() {
        var probe = ReachProbe()
        for _ in 0..<10_000 { _ = probe.tried(.noRoute, at: 0) }
        #expect(probe.spentBytes == 0 && probe.tries == 10_000)
        let gap = probe.gap(at: 0, random: 0)
        #expect(gap == 10_000)
    }

    // MARK: On the virtual clock

    /// The county is down from 0 to `back`; then its address accepts, and a call succeeds. Calls pause as `Backoff`
    /// says, connects are made as `ReachProbe` says. Returns when the first call got through, and how many failed.
    private func outage(until back: Int64, accepts: Bool, seed: UInt64) -> (through: Int64, failed: [Int64]) {
        var random = SeededEntropy(seed: seed)
        var (backoff, probe) = (Backoff(), ReachProbe())
        var call: Int64 = 0
        var connect: Int64?
        var failed: [Int64] = []
        while true {
            if let due = connect, due < call {
                let isEnd = probe.tried(due >= back || accepts ? .accepted : .notAccepted, at: due)
                connect = due + probe.gap(at: due, random: word(&random))
                if isEnd { call = due }
                continue
            }
            guard call < back else { return (call, failed) }
            failed.append(call)
            if !accepts { _ = probe.observed(accepting: false) }
            if connect == nil, backoff.failures + 1 >= Limits.reachFailuresMin {
                connect = call + probe.gap(at: call, random: word(&random))
            }
            call += backoff.pause(random: word(&random))
        }
    }

    private func word(_ random: inout SeededEntropy) -> UInt32 { random.bytes(4).reduce(0) { $0 << 8 | UInt32($1) } }

    @Test("the first batch goes within 20 s after the county listens again: 99 of 100 tries, and all")
    func delays() {
        var random = SeededEntropy(seed: 20_260_601)
        let delays = (0..<200).map { number -> Int64 in
            let back = 30_000 + Int64(word(&random)) % (6 * 3_600_000)
            return outage(until: back, accepts: false, seed: UInt64(number)).through - back
        }.sorted()
        #expect(delays[197] <= 20_000, "p99 \(delays[197]) ms, median \(delays[100]) ms")
        #expect(delays[199] <= 20_000)
    }

    @Test("where somebody accepts every connection the pauses are what they were", arguments: 0..<20)
    func portal(seed: UInt64) {
        let back: Int64 = 4 * 3_600_000
        let (_, failed) = outage(until: back, accepts: true, seed: seed)
        var backoff = Backoff()
        // Ten tries reach the longest pause; with full jitter it is 150 s in the mean.
        #expect(failed.count < 10 + Int(back / 150_000) * 3 / 2, "\(failed.count)")
        for _ in 0..<10 { _ = backoff.pause(random: 0) }
        #expect(zip(failed, failed.dropFirst()).contains { $1 - $0 > 200_000 })
    }
}

@Suite("Bare connects of a running uplink")
struct ReachLoopTests {
    private let pace = PaceClock()
    /// With the entropy of these tests every gap is the longest.
    private let gap = Limits.reachMilliseconds + Limits.reachJitterMilliseconds

    private func failing(_ fault: LinkFault, _ reach: Reachability) async throws -> Linked {
        let linked = Linked(try await Bench().started(), jitter: 255, pace: pace)
        linked.county.change {
            $0.linkFault = fault
            $0.reach = reach
        }
        return linked
    }

    private func reaches(_ linked: Linked) -> Int { linked.county.state.withLock { $0.reaches } }

    private func tries(_ linked: Linked) async -> Int { await linked.runner.currentStatus().trouble?.tries ?? 0 }

    /// Lets calls fail three times; then the first connect is ordered.
    private func failThrice(_ linked: Linked) async throws {
        for (failures, pause) in [(1, 1_000), (2, 2_000)] {
            try await eventually("it fails and pauses") {
                await tries(linked) == failures && pace.hasWake(in: Int64(pause))
            }
            pace.inner.advance(by: Int64(pause))
        }
        try await eventually("a connect is ordered") { pace.hasWake(in: gap) }
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
            try await eventually("it fails and pauses") { await tries(linked) == 1 && pace.hasWake(in: 1_000) }
            linked.county.change { $0.linkFault = nil }
            pace.inner.advance(by: 1_000)
            try await linked.allArrives()
            pace.inner.advance(by: 10 * gap)
        }
        #expect(reaches(linked) == 0)
    }
}

/// A virtual clock that tells whether somebody has ordered a call.
private final class PaceClock: ClockPort {
    let inner = VirtualClock()
    private let wakes = Mutex<[Int64]>([])

    var bootID: String { inner.bootID }
    func now() -> Moment { inner.now() }

    func wake(atUptime milliseconds: Int64, _ call: @escaping @Sendable () -> Void) {
        inner.wake(atUptime: milliseconds, call)
        wakes.withLock { $0.append(milliseconds) }
    }

    /// Whether a call so many milliseconds from now was ordered.
    func hasWake(in milliseconds: Int64) -> Bool {
        let due = now().uptime + milliseconds
        return wakes.withLock { $0.contains(due) }
    }
}
