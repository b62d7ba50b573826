import LockerDomain
import PortFakes
import StationBooks
import StationEngine
import StationPorts
import SyncWire
import Synchronization
import Testing

@Suite("When the county knows other events under our numbers")
struct ForkedLinkTests {
    /// A station whose county has other lines from `fork` on: another board wrote them.
    private func forked(events: Int, at fork: Int, theirs: Int) async throws -> Linked {
        let bench = try await Bench().started()
        for number in 0..<events { await bench.type("99\(number)") }
        let linked = Linked(bench)
        let id = try bench.journal.head().incarnation.id
        let shared = bench.journal.all.prefix(fork).map(\.bytes)
        let lines = shared + (fork + 1...fork + theirs).map { Array("{\"other\":\($0)}".utf8) }
        linked.county.change { $0.chains[id] = PlainChain(lines) }
        return linked
    }

    @Test("the station opens a new incarnation, sends the old tail whole, and goes on", arguments: [5, 1_200])
    func forked(_ events: Int) async throws {
        let linked = try await forked(events: events, at: 3, theirs: 4)
        try await linked.run {
            try await linked.allArrives()
            await linked.bench.type("12")
            try await linked.allArrives()
        }
        let books = Books(linked.bench.journal.all)
        #expect(books.faults.isEmpty)
        #expect(await linked.bench.engine.head().generation == 2)
        let id = try #require(try linked.bench.journal.incarnation(1)?.incarnation.id)
        let branch = linked.county.state.withLock { $0.branches[id] ?? [:] }
        let tail = linked.bench.journal.all.filter { $0.position.generation == 1 }.map(\.bytes)
        #expect((4...tail.count).allSatisfy { branch[$0] == tail[$0 - 1] })
    }

    @Test("a county that takes only the beginning of the branch does not keep the new incarnation waiting")
    func stubbornCounty() async throws {
        let linked = try await forked(events: 1_200, at: 3, theirs: 4)
        linked.county.change { $0.takesBranches = false }
        try await linked.run {
            try await eventually("the new incarnation arrives") {
                guard let (next, last) = try linked.bench.journal.incarnation(2) else { return false }
                return linked.county.lines(next.id).count == last
            }
        }
    }

    @Test("a journal that is an older copy of itself begins a new incarnation: doors are contents unknown")
    func restoredJournal() async throws {
        let bench = try await Bench().started()
        await bench.deposit("SF7444404156506")
        for number in 0..<40 { await bench.type("99\(number)") }
        let linked = Linked(bench)
        try await linked.run { try await linked.allArrives() }
        let copy = WatchedJournal()
        _ = try copy.beginIncarnation(id: bench.journal.head().incarnation.id)
        try copy.append(Array(bench.journal.all.prefix(30)))
        try copy.acknowledge(JournalPosition(generation: 1, sequence: 20))
        let older = Linked(try Bench(on: copy, people: bench.people, wall: bench.clock.now().wall), linked.county)
        try await older.run {
            try await eventually("a new incarnation") { await older.bench.engine.head().generation == 2 }
            await older.bench.type("12")
            try await eventually("it arrives") {
                guard let (next, last) = try copy.incarnation(2) else { return false }
                return older.county.lines(next.id).count == last && last >= 2
            }
        }
        #expect(await older.bench.state.contentsLost)
        guard case .stationJournalReplaced(let fact)? = Books(copy.all).events.dropFirst(30).first else {
            Issue.record("no station.journalReplaced")
            return
        }
        #expect(fact.reason == .restored)
    }

    @Test("a disk that is broken at that moment only delays the new incarnation")
    func brokenDisk() async throws {
        let linked = try await forked(events: 5, at: 3, theirs: 4)
        linked.bench.journal.breakDown(.broken)
        try await linked.run {
            try await eventually("it tries again") { linked.county.calls("/events") > 3 }
            linked.bench.journal.mend()
            await linked.bench.advance(5_000)
            try await linked.allArrives()
        }
        #expect(Books(linked.bench.journal.all).faults.isEmpty)
        #expect(await linked.bench.engine.head().generation == 2)
    }
}
