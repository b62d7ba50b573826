import LockerDomain
import PortFakes
import SimulatedDevices
import StationBooks
import StationEngine
import StationPorts
import Synchronization
import Testing

@Suite("Enrolled or not, when the journal is gone")
struct LostJournalTests {
    private func isEnrolled(_ bench: Bench) async -> Bool {
        await bench.engine.view(faults: [], simulated: true).enrolled
    }

    @Test("a station that lost its journal and has its keys is enrolled: it takes deposits and sends")
    func keysAreThere() async throws {
        let before = try await Bench().started()
        let bench = try Bench(people: before.people, keys: before.keys, wall: Bench.firstMorning + 86_400_000)
        try await bench.started(
            replaced: JournalReplaced(previous: "ab", lastSequence: nil, lastHash: nil, reason: .damaged)
        )
        #expect(await isEnrolled(bench))
        await bench.advance(3_000)
        #expect(await bench.scan(bench.people.courier) == [.welcome])
        let linked = Linked(bench)
        try await linked.run { try await linked.allArrives() }
        #expect(await linked.runner.currentStatus().phase != .notEnrolled)
    }

    @Test("a journal that says enrolled makes no station enrolled whose keys are gone")
    func keysAreGone() async throws {
        let before = try await Bench(enrolled: true).started()
        let bench = try await Bench(
            on: before.journal,
            people: before.people,
            wall: Bench.firstMorning + 60_000,
            bootID: "boot-2",
            enrolled: false
        ).started()
        #expect(!(await isEnrolled(bench)))
    }

    @Test("keys that cannot be used now are a fault, not a station that never enrolled, and are tried again")
    func keysUnusable() async throws {
        let bench = try await Bench().started()
        let keys = StubbornKeys(bench.keys)
        let county = FakeCounty(bench.people)
        let runner = bench.runner(county, keys: keys)
        let task = Task { await runner.run() }
        try await eventually("it says so") { await runner.currentStatus().trouble != nil }
        let status = await runner.currentStatus()
        #expect(status.phase == .waitingToRetry)
        #expect(status.trouble?.fault == .keysUnusable("no space left"))
        keys.isBroken.store(false, ordering: .relaxed)
        await bench.type("12")
        try await eventually("it sends") { county.calls("/events") > 0 }
        task.cancel()
        await task.value
    }
}
