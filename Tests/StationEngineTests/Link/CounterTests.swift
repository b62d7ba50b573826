import CountyReceiver
import LockerDomain
import PortFakes
import SimulatedDevices
import StationEngine
import StationPorts
import Synchronization
import Testing

/// The real runner and the real routes of the county.
@Suite("Locker-Counter between both ends")
struct CounterTests {
    private let real: RealCounty

    init() throws { real = try RealCounty() }

    private func bench(keys: MemoryKeys = MemoryKeys(), enrolled: Bool = false) async throws -> Bench {
        try await Bench(keys: keys, enrolled: enrolled).started()
    }

    /// The keys of a card that is a copy.
    private func copy(of keys: MemoryKeys) throws -> MemoryKeys {
        let copy = MemoryKeys()
        if let ring = try keys.keyring() { try copy.keep(ring) }
        try copy.keep(keys.start())
        return copy
    }

    private func quick() -> ScaledClock { ScaledClock(start: 0, speed: 100, bootID: "pace") }

    private func running(_ runners: [UplinkRunner], _ work: () async throws -> Void) async throws {
        let task = Task {
            await withTaskGroup(of: Void.self) { group in
                for runner in runners { group.addTask { await runner.run() } }
            }
        }
        do { try await work() } catch {
            task.cancel()
            await task.value
            throw error
        }
        task.cancel()
        await task.value
    }

    /// A status after which nothing fails any more.
    private func isHeard(_ runner: UplinkRunner, _ link: CountyLink, after count: Int) async throws {
        try await eventually("the status arrives") { link.calls("/status", 204) > count }
        try await eventually("nothing fails") { await runner.currentStatus().trouble == nil }
    }

    @Test(
        "A card image that is forty starts old, or a lost start number, is healed by one exchange",
        arguments: [2, 0]
    )
    func oldCard(_ number: Int) async throws {
        defer { real.remove() }
        try await real.serving { [self] link in
            let bench = try await bench()
            try await bench.runner(link).enrol(token: real.token(), by: "wang")
            for _ in 0..<40 { _ = try bench.keys.nextStart() }
            let before = bench.runner(link)
            try await running([before]) { try await isHeard(before, link, after: 0) }
            let highest = try bench.keys.start().number
            #expect(link.refused == 0)
            try bench.keys.keep(StartRecord(number: number))
            let heard = link.calls("/status", 204)
            let after = bench.runner(link)
            try await running([after]) { try await isHeard(after, link, after: heard) }
            // Of each loop one call at the most.
            #expect((1...3).contains(link.refused))
            let start = try bench.keys.start()
            #expect(start.number == highest + 1 && start.healings.times.count == 1)
            #expect(await !after.currentStatus().sharesIdentity)
            #expect(try real.overview()?.sharesIdentity == false)
        }
    }

    @Test("A station that enrols anew with an old start number is heard")
    func enrolsAnew() async throws {
        defer { real.remove() }
        try await real.serving { [self] link in
            let bench = try await bench()
            try await bench.runner(link).enrol(token: real.token(), by: "wang")
            for _ in 0..<40 { _ = try bench.keys.nextStart() }
            let before = bench.runner(link)
            try await running([before]) { try await isHeard(before, link, after: 0) }
            try bench.keys.keep(StartRecord(number: 2))
            let after = bench.runner(link)
            try await after.enrol(token: real.token(), by: "wang")
            let heard = link.calls("/status", 204)
            try await running([after]) { try await isHeard(after, link, after: heard) }
        }
    }

    @Test("Two boards with one identity are a fault at both ends, not healed for ever; events still arrive")
    func twoBoards() async throws {
        defer { real.remove() }
        try await real.serving { [self] link in
            let first = try await bench()
            try await first.runner(link).enrol(token: real.token(), by: "wang")
            let keys = try copy(of: first.keys)
            // The copy was started three times more.
            try keys.keep(StartRecord(number: try first.keys.start().number + 3))
            let second = try await bench(keys: keys, enrolled: true)
            let runners = [first.runner(link, pace: quick()), second.runner(link, pace: quick())]
            try await running(runners) {
                for runner in runners {
                    try await eventually("it says so") { await runner.currentStatus().sharesIdentity }
                }
                #expect(try real.overview()?.sharesIdentity == true)
                try await eventually("one of them has stopped") {
                    var faults: [LinkFault] = []
                    for runner in runners {
                        let status = await runner.currentStatus()
                        faults += status.trouble.map { [$0.fault] } ?? []
                        faults += status.further.map(\.trouble.fault)
                    }
                    return faults.contains(.twoBoards)
                }
                for bench in [first, second] {
                    #expect(try bench.keys.start().healings.times.count == Limits.healingsMax)
                    await bench.type("12")
                    try await eventually("its events arrive") { try bench.journal.waiting() == 0 }
                }
            }
            let number = try max(first.keys.start().number, second.keys.start().number)
            #expect(number <= 6 + 2 * Limits.healingsMax)
            let alone = first.runner(link)
            try await alone.enrol(token: real.token(), by: "wang")
            #expect(try real.overview()?.sharesIdentity == false)
            let heard = link.calls("/status", 204)
            try await running([alone]) { try await isHeard(alone, link, after: heard) }
            #expect(await !alone.currentStatus().sharesIdentity)
        }
    }

    @Test("Two boards from one card are found as well when never more than one of them is on")
    func boardsInTurn() async throws {
        defer { real.remove() }
        try await real.serving { [self] link in
            let first = try await bench()
            try await first.runner(link).enrol(token: real.token(), by: "wang")
            let keys = try copy(of: first.keys)
            let second = try await bench(keys: keys, enrolled: true)
            for (start, board) in [first, second, first, second, first, second].enumerated() {
                let runner = board.runner(link)
                let heard = link.calls("/status", 204)
                try await running([runner]) {
                    try await isHeard(runner, link, after: heard)
                    await board.type("12")
                    try await eventually("its events arrive") { try board.journal.waiting() == 0 }
                }
                // The two in turn raise it once a start, the second first.
                #expect(try real.overview()?.sharesIdentity == (start >= 3), "start \(start)")
                #expect(await runner.currentStatus().sharesIdentity == (start >= 5), "start \(start)")
            }
        }
    }

    /// What is on its way is the first call; once it has ended, the others follow.
    private func goesAlone(_ line: HeldLine) async throws {
        for _ in 0..<1_000 { await Task.yield() }
        #expect(line.paths.count == 1 && line.paths[0].hasSuffix("/status"))
        line.release()
        try await eventually("it sends and asks") {
            line.paths.contains { $0.hasSuffix("/events") } && line.paths.contains { $0.contains("/commands") }
        }
    }

    @Test("The first call of a start is a status, and no other is sent before it has ended")
    func firstCall() async throws {
        let pace = PaceClock()
        let bench = try await Bench().started()
        let line = HeldLine(FakeCounty(bench.people))
        let runner = bench.runner(line, pace: pace)
        try await running([runner]) {
            try await eventually("it calls") { !line.paths.isEmpty }
            await bench.type("12")
            try await goesAlone(line)
        }
    }

    @Test("So it is when the disk takes the start number later")
    func firstCallLater() async throws {
        let pace = PaceClock()
        let bench = try await Bench().started()
        let keys = StubbornKeys(bench.keys)
        let line = HeldLine(FakeCounty(bench.people))
        let runner = bench.runner(line, keys: keys, pace: pace)
        try await running([runner]) {
            try await eventually("all loops wait") { pace.waiting >= 6 }
            keys.isBroken.store(false, ordering: .relaxed)
            await runner.linkCameUp()
            try await eventually("it calls") { !line.paths.isEmpty }
            await runner.linkCameUp()
            try await goesAlone(line)
        }
    }

    @Test("A board that starts before its network finds the other one as well")
    func networkComesLate() async throws {
        defer { real.remove() }
        try await real.serving { [self] link in
            let first = try await bench()
            try await first.runner(link).enrol(token: real.token(), by: "wang")
            let keys = try copy(of: first.keys)
            let runner = first.runner(link)
            try await running([runner]) {
                try await isHeard(runner, link, after: 0)
                for _ in 0..<8 {
                    await first.type("12")
                    try await eventually("its events arrive") { try first.journal.waiting() == 0 }
                }
            }
            let second = try await bench(keys: keys, enrolled: true)
            let line = LateLine(link)
            let late = second.runner(line)
            try await running([late]) {
                for tries in 1...8 {
                    try await eventually("it tries") { line.failures >= tries }
                    await late.linkCameUp()
                }
                line.comeUp()
                await late.linkCameUp()
                try await eventually("its events arrive") { try second.journal.waiting() == 0 }
                try await eventually("it is healed") { try keys.start().healings.times.count == 1 }
            }
        }
    }

    @Test("Calls that the county refuses are shown, each kind of them")
    func refusedCalls() async throws {
        defer { real.remove() }
        try await real.serving { [self] link in
            let old = try await bench()
            let runner = old.runner(link)
            try await runner.enrol(token: real.token(), by: "wang")
            // Another board with keys of its own takes the station over.
            try await bench().runner(link).enrol(token: real.token(), by: "wang")
            try await running([runner]) {
                // The events that say so are refused as well, sooner or later.
                var troubles: [LinkTrouble] = []
                try await eventually("both kinds are shown") {
                    troubles = await shown(runner)
                    return Set(troubles.map(\.call)).isSuperset(of: [.commands, .status])
                }
                // Seen while it runs: a call that is cancelled in the middle fails otherwise.
                for trouble in troubles { #expect(trouble.fault.code == "stationRefused", "\(trouble)") }
            }
        }
    }

    private func shown(_ runner: UplinkRunner) async -> [LinkTrouble] {
        let status = await runner.currentStatus()
        return [status.trouble].compactMap(\.self) + status.further.map(\.trouble)
    }

    @Test("A disk that takes no start number stops the other loops no longer than the disk")
    func diskComesBack() async throws {
        defer { real.remove() }
        // A clock that stands still: no loop comes back after its minute.
        let pace = PaceClock()
        let bench = try await Bench().started()
        let keys = StubbornKeys(bench.keys)
        let county = FakeCounty(bench.people)
        let runner = bench.runner(county, keys: keys, pace: pace)
        try await running([runner]) {
            try await eventually("it says so") {
                await runner.currentStatus().trouble?.fault == .keysUnusable("no space left")
            }
            try await eventually("all loops wait") { pace.waiting >= 6 }
            keys.isBroken.store(false, ordering: .relaxed)
            await bench.type("12")
            try await eventually("it sends and asks") { county.calls("/events") > 0 && county.calls("/commands") > 0 }
        }
    }
}
