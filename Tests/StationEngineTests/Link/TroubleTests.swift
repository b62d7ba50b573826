import LockerDomain
import StationBooks
import StationEngine
import StationPorts
import SyncWire
import Synchronization
import Testing

@Suite("Sending in trouble")
struct TroubleTests {
    @Test("it never gives up: after forty silent tries all arrives")
    func neverGivesUp() async throws {
        let linked = Linked(try await Bench().started())
        linked.county.change { $0.moods = Array(repeating: .silent, count: 40) }
        try await linked.run { try await linked.allArrives() }
        #expect(await linked.runner.currentStatus().trouble == nil)
    }

    @Test("a portal is never believed, is kept for the technician, and a link that comes up ends the pause")
    func portal() async throws {
        // A clock that stands still: a pause can only be ended, not waited out.
        let pace = PaceClock()
        let linked = Linked(try await Bench().started(), pace: pace)
        linked.county.change { $0.answersCommandsAtOnce = true }
        try await linked.run {
            // From then on nothing but the events is sent: an answer to another call would say that the county is back.
            try await eventually("all six loops wait") { pace.waiting >= 6 }
            try await linked.allArrives()
            let acknowledged = try linked.bench.journal.acknowledged()
            linked.county.change { $0.mood = .portal }
            await linked.bench.type("9901")
            try await eventually("the portal is noticed") { await linked.runner.currentStatus().notTheCounty != nil }
            #expect(await linked.runner.currentStatus().notTheCounty == "HTTP 200: <html>Login")
            #expect(try linked.bench.journal.acknowledged() == acknowledged)
            try await eventually("it pauses") { await linked.runner.currentStatus().phase == .waitingToRetry }
            #expect((await linked.runner.currentStatus().retryInMilliseconds ?? 0) >= 10_000)
            linked.county.change { $0.mood = nil }
            await linked.runner.linkCameUp()
            try await linked.allArrives()
        }
        #expect(await linked.runner.currentStatus().notTheCounty == nil)
    }

    @Test("answers of another key or to another request move no cursor", arguments: [true, false])
    func forged(_ isOtherKey: Bool) async throws {
        let linked = Linked(try await Bench().started())
        linked.county.change { $0.mood = isOtherKey ? .wrongKey : .boundElsewhere }
        try await linked.run {
            try await eventually("it is noticed") { await linked.runner.currentStatus().notTheCounty != nil }
            #expect(try linked.bench.journal.acknowledged().sequence == 0)
        }
    }

    @Test("Retry-After is honoured")
    func retryAfter() async throws {
        let linked = Linked(try await Bench().started())
        linked.county.change { $0.mood = .status(429, retryAfter: "7") }
        try await linked.run {
            try await eventually("it waits") { await linked.runner.currentStatus().retryInMilliseconds == 7_000 }
            #expect(await linked.runner.currentStatus().trouble?.fault == .countyBusy("HTTP 429"))
            linked.county.change { $0.mood = nil }
            await linked.runner.linkCameUp()
            try await linked.allArrives()
        }
    }

    @Test("a county that does not know the station is asked again slowly, for ever")
    func refused() async throws {
        let linked = Linked(try await Bench().started())
        linked.county.change { $0.mood = .status(401) }
        try await linked.run {
            try await eventually("it waits") {
                (await linked.runner.currentStatus().retryInMilliseconds ?? 0) >= 60_000
            }
            linked.county.change { $0.mood = nil }
            await linked.runner.linkCameUp()
            try await linked.allArrives()
        }
    }

    @Test("cancelling ends all loops, whatever they wait for", .timeLimit(.minutes(10)))
    func cancelled() async throws {
        for mood in [FakeCounty.Mood.silent, .portal, .status(503)] {
            let linked = Linked(try await Bench().started(), jitter: 255)
            linked.county.change { $0.mood = mood }
            try await linked.run { try await eventually("a try") { linked.county.calls("/events") > 0 } }
            #expect(linked.county.calls("/events") > 0)
        }
    }

    @Test("a manifest that does not come is shown while it is asked for, and not longer")
    func manifest() async throws {
        let linked = Linked(try await Bench().started())
        let body = try CanonicalJSON.encode(ManifestMessage(id: "m1", entries: []))
        linked.county.change { $0.manifests["m1"] = body }
        linked.county.change { $0.failingManifests = .max }
        let reference = CommandMessage.ManifestReference(manifest: "m1", count: 0, sha256: Digest.sha256(body))
        let command = CommandMessage(
            id: "c1",
            number: 1,
            station: Bench.station,
            type: "manifest",
            issued: "2026-05-01T00:00:00.000Z",
            expires: "2027-01-01T00:00:00.000Z",
            data: try JSONValue(encoding: reference)
        )
        linked.county.give(try command.signed(by: linked.bench.people.county))
        try await linked.run {
            try await eventually("it is shown") { await linked.runner.currentStatus().trouble?.call == .manifests }
            linked.county.change { $0.failingManifests = 0 }
            await linked.bench.type("12")
            try await eventually("it is not shown any more") { await linked.runner.currentStatus().trouble == nil }
        }
    }

    @Test("a station that is not enrolled sends nothing")
    func notEnrolled() async throws {
        let bench = try await Bench(enrolled: false).started()
        let linked = Linked(bench)
        let task = Task { await linked.runner.run() }
        for _ in 0..<1_000 { await Task.yield() }
        #expect(await linked.runner.currentStatus().phase == .notEnrolled)
        #expect(linked.county.state.withLock { $0.paths.isEmpty })
        task.cancel()
        await task.value
    }
}
