import LockerDomain
import PortFakes
import StationCore
import StationPorts
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
            var probe = ReachProbe(at: 0)
            let ends = row.findings.map { probe.tried($0, at: 0) }
            #expect(ends == row.ends)
        }
    }

    @Test("a call that was refused counts as not accepted, one that was answered as accepted")
    func calls() {
        var probe = ReachProbe(at: 0)
        let ends = [
            probe.observed(accepting: false), probe.tried(.accepted, at: 0), probe.observed(accepting: true),
            probe.tried(.accepted, at: 0),
        ]
        #expect(ends == [false, true, false, false])
    }

    @Test("a call that fails shows that nobody is there, and hides no connect that is accepted after it")
    func failingCalls() {
        let faults: [LinkFault] = [.countyBusy("HTTP 503"), .stationRefused(""), .notHTTP, .noConnection(seconds: 10)]
        for fault in faults {
            var probe = ReachProbe(at: 0)
            _ = probe.tried(.notAccepted, at: 0)
            probe.failed(fault)
            let isEnd = probe.tried(.accepted, at: 0)
            #expect(isEnd, "\(fault)")
            probe.failed(fault)
            let isAnother = probe.tried(.accepted, at: 0)
            #expect(!isAnother, "\(fault)")
        }
    }

    @Test("connects are 10 to 20 s apart, spread evenly")
    func gaps() {
        var probe = ReachProbe(at: 0)
        let gaps = [0, .max / 2, .max].map { probe.gap(at: 0, random: $0) }
        #expect(gaps == [10_000, 14_999, 20_000])
        #expect(Limits.reachConnectSeconds * 1_000 < gaps[0])
    }

    @Test("a month of connects costs 3 MB, then they are five minutes apart; the next month has its own budget")
    func budget() {
        var random = SeededEntropy(seed: 12)
        var probe = ReachProbe(at: 0)
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
            #expect(probe.spentBytes == quickBytes, "slow ones are beside the budget")
        }
        #expect(quickBytes <= Limits.reachMonthBytesMax)
        #expect(quickBytes > Limits.reachMonthBytesMax - 30 * Limits.reachTryBytes)
        let gap = probe.gap(at: uptime, random: 0)
        #expect(gap == 10_000)
    }

    @Test("a start costs no more than the share of a day", arguments: [0, 40 * Limits.reachDayMilliseconds])
    func starts(uptime: Int64) {
        var probe = ReachProbe(at: uptime)
        var (now, quick) = (uptime, 0)
        while now < uptime + Limits.reachDayMilliseconds - Limits.reachSlowMilliseconds {
            let gap = probe.gap(at: now, random: 0)
            if gap < Limits.reachSlowMilliseconds { quick += 1 }
            now += gap
            _ = probe.tried(.notAccepted, at: now)
        }
        #expect(quick == Limits.reachDayBytesMax / Limits.reachTryBytes)
        let gap = probe.gap(at: uptime + Limits.reachDayMilliseconds, random: 0)
        #expect(gap == 10_000)
    }

    @Test("without a route nothing is sent, and nothing counted")
    func noRoute() {
        var probe = ReachProbe(at: 0)
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
        // A station that has run for two weeks: what a start has is spent in forty minutes.
        var (backoff, probe) = (Backoff(), ReachProbe(at: -14 * Limits.reachDayMilliseconds))
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
            if !accepts { probe.failed(.refused) }
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
