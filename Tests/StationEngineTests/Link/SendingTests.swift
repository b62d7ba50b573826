import LockerDomain
import PortFakes
import StationBooks
import StationEngine
import StationPorts
import SyncWire
import Synchronization
import Testing

@Suite("Sending the journal")
struct SendingTests {
    private func backlog(_ count: Int) async throws -> Linked {
        let bench = try await Bench().started()
        for number in 0..<count { await bench.type("99\(number)") }
        return Linked(bench)
    }

    @Test("the whole backlog goes, oldest first, in batches within the limits")
    func backlogInBatches() async throws {
        let bench = try await Bench().started()
        for number in 0..<1_700 { await bench.type("99\(number)") }
        let linked = Linked(bench)
        try await linked.run { try await linked.allArrives() }
        let batches = linked.county.batches
        #expect(batches.first?.first == 1)
        #expect(zip(batches, batches.dropFirst()).allSatisfy { $0.last + 1 == $1.first })
        #expect(batches.allSatisfy { $0.last - $0.first < Limits.batchEventsMax })
        #expect(batches.allSatisfy { $0.bytes <= Limits.batchBytesMax + Limits.eventBytesMax })
        #expect(batches.count < 20)
    }

    @Test("what happens later goes at once")
    func later() async throws {
        let linked = try await backlog(3)
        try await linked.run {
            try await linked.allArrives()
            await linked.bench.type("12")
            try await linked.allArrives()
            try await eventually("nothing is left to send") { await linked.runner.currentStatus().phase == .idle }
        }
        #expect(await linked.runner.currentStatus().lastAnswer != nil)
    }

    @Test("a lost answer leads to duplicates, and those are harmless")
    func lostAnswer() async throws {
        let linked = try await backlog(10)
        linked.county.change { $0.moods = [.lostAnswer, .lostAnswer] }
        try await linked.run { try await linked.allArrives() }
        #expect(linked.county.batches.count >= 3)
    }

    @Test("a county restored from backup gets everything again from where it stands")
    func restoredCounty() async throws {
        let linked = try await backlog(30)
        let id = try linked.bench.journal.head().incarnation.id
        try await linked.run {
            try await linked.allArrives()
            linked.county.change { $0.chains[id]?.lines.removeLast(20) }
            await linked.bench.type("12")
            try await linked.allArrives()
            linked.county.change { $0.chains = [:] }
            await linked.bench.type("13")
            try await linked.allArrives()
        }
    }

    @Test("413 halves the batch until it fits")
    func tooLarge() async throws {
        let linked = try await backlog(100)
        linked.county.change { $0.eventsMax = 9 }
        try await linked.run { try await linked.allArrives() }
        let sizes = linked.county.batches.map { $0.last - $0.first + 1 }
        let refused = sizes.prefix { $0 > 9 }
        #expect(zip(refused, refused.dropFirst()).allSatisfy { (3 * $0 / 8...$0 / 2 + 1).contains($1) }, "\(sizes)")
        #expect(refused.count <= 5)
        #expect(sizes.count < 50)
    }

    @Test("413 for a single event is tried again slowly, not in a loop without a pause")
    func tooLargeForOne() async throws {
        let bench = try await Bench().started()
        let linked = Linked(bench, jitter: 255)
        linked.county.change { $0.eventsMax = 0 }
        try await linked.run {
            try await eventually("it pauses") { await linked.runner.currentStatus().phase == .waitingToRetry }
            linked.county.change { $0.eventsMax = 500 }
            await linked.runner.linkCameUp()
            try await linked.allArrives()
        }
    }

    @Test("a county whose cursor stands still is asked again slowly")
    func standstill() async throws {
        let linked = Linked(try await Bench().started(), jitter: 255)
        linked.county.change { $0.mood = .standstill }
        try await linked.run {
            try await eventually("it pauses") { await linked.runner.currentStatus().phase == .waitingToRetry }
            linked.county.change { $0.mood = nil }
            await linked.runner.linkCameUp()
            try await linked.allArrives()
        }
    }

    @Test("a signed answer that stands behind the cursor moves it back: the next batch begins there")
    func cursorGoesBack() async throws {
        let linked = try await backlog(10)
        try await linked.run {
            try await linked.allArrives()
            linked.county.change {
                $0.chains = [:]
                $0.batches = []
                $0.moods = [.standstill]
            }
            await linked.bench.type("12")
            try await linked.allArrives()
        }
        #expect(linked.county.batches.first?.first == 1)
    }

    @Test("the end of an incarnation leads to the next one, and the age of what waits counts over both")
    func nextIncarnation() async throws {
        let linked = try await backlog(10)
        try await linked.run { try await linked.allArrives() }
        try await linked.bench.engine.replaceIncarnation(1, reason: .forked)
        await linked.bench.advance(90_000)
        let status = await linked.runner.currentStatus()
        #expect(status.eventsWaiting > 0)
        #expect((status.oldestUnsentSeconds ?? -1) >= 90)
        try await linked.run { try await linked.allArrives() }
    }

    @Test("a link that passes small bodies and no large ones gets everything through", arguments: [700, 1_500, 3_000])
    func narrow(_ bytes: Int) async throws {
        let linked = try await backlog(600)
        linked.county.change { $0.bodyBytesMax = bytes }
        try await linked.run { try await linked.allArrives() }
        let (lost, batches) = linked.county.state.withLock { ($0.lostBodies, $0.batches) }
        #expect(!lost.isEmpty)
        #expect(lost.count <= 12 + batches.count / 4, "\(lost)")
        #expect(await linked.runner.currentStatus().trouble?.call != .events)
    }

    @Test("a single event that does not get through is tried alone, again and again, until it does")
    func oneEvent() async throws {
        let linked = try await backlog(20)
        linked.county.change { $0.bodyBytesMax = 10 }
        try await linked.run {
            try await eventually("many tries") { linked.county.state.withLock { $0.lostBodies.count } > 15 }
            #expect(await linked.runner.currentStatus().trouble?.fault == .noAnswer(seconds: 30))
            linked.county.change { $0.bodyBytesMax = 6_000 }
            try await linked.allArrives()
        }
        #expect(linked.county.batches.first.map { $0.last - $0.first } == 0)
    }

    @Test("the status of a large cabinet passes a link that loses 6,000 bytes")
    func largeCabinet() async throws {
        let doors = (0..<120).map { DoorSettings(name: DoorName(rawValue: "D\($0)"), size: .medium) }
        let settings = StationSettings(id: Bench.station, doors: doors, shelfPlaces: [], cameras: [])
        let linked = Linked(try await Bench(settings: settings).started())
        linked.county.change { $0.bodyBytesMax = 6_000 }
        try await linked.run {
            try await eventually("a report") { linked.county.state.withLock { !$0.statusReports.isEmpty } }
        }
    }

    @Test("the status report arrives with the queue in it")
    func statusReport() async throws {
        let linked = try await backlog(5)
        try await linked.run {
            try await eventually("a report") { linked.county.state.withLock { !$0.statusReports.isEmpty } }
        }
        let report = try #require(linked.county.state.withLock { $0.statusReports.first })
        #expect(report.doors.map(\.name) == ["A01", "A02", "A03", "A04"])
    }
}
