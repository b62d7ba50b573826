import LockerDomain
import PortFakes
import SimulatedDevices
import StationEngine
import StationPorts
import SyncWire
import Synchronization
import Testing

/// A station with its runner and a county; the runner lives as long as `run`'s work.
struct Linked: Sendable {
    let bench: Bench
    let county: FakeCounty
    let runner: UplinkRunner

    init(
        _ bench: Bench,
        _ county: FakeCounty? = nil,
        jitter: UInt8 = 0,
        pace: any ClockPort = ScaledClock(start: 0, speed: 1, bootID: "pace")
    ) {
        self.bench = bench
        self.county = county ?? FakeCounty(bench.people)
        // Its clock is right, also where that of the station is not.
        self.county.change { $0.clock = { max(Bench.firstMorning, bench.clock.now().wall) } }
        runner = bench.runner(self.county, jitter: jitter, pace: pace)
    }

    /// Runs the uplink while the work is done.
    func run(_ work: () async throws -> Void) async throws {
        let task = Task { await runner.run() }
        do { try await work() } catch {
            task.cancel()
            await task.value
            throw error
        }
        task.cancel()
        await task.value
        #expect(county.faults.isEmpty)
    }

    /// Waits until the county holds the whole journal, byte for byte, and the station knows it.
    func allArrives(at location: SourceLocation = #_sourceLocation) async throws {
        try await eventually("all events arrive", at: location) {
            let head = await bench.engine.head()
            return try bench.journal.waiting() == 0 && bench.journal.acknowledged() == head
        }
        var generation = 1
        while let (incarnation, _) = try bench.journal.incarnation(generation) {
            let ours = bench.journal.all.filter { $0.position.generation == generation }.map(\.bytes)
            let branch = county.state.withLock { $0.branches[incarnation.id] ?? [:] }
            let theirs = county.lines(incarnation.id)
            let merged = ours.indices.map { branch[$0 + 1] ?? (theirs.indices.contains($0) ? theirs[$0] : []) }
            #expect(merged == ours, "generation \(generation)", sourceLocation: location)
            generation += 1
        }
    }
}
