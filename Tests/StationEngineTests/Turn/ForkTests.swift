import LockerDomain
import StationBooks
import StationEngine
import StationPorts
import SyncWire
import Testing

@Suite("A new incarnation")
struct ForkTests {
    private let waybill: Waybill = "SF7444404156506"

    @Test("it keeps the state, begins with its reason, and the old tail can still be sent")
    func fork() async throws {
        let bench = try await Bench().started()
        await bench.deposit(waybill)
        let (before, tail) = (await bench.state, bench.journal.all)
        try await bench.engine.replaceIncarnation(1, reason: .forked)
        let (old, new) = (before.parcels[waybill], await bench.parcel(waybill))
        #expect(new?.status == .stored && new?.place == old?.place && new?.n == old?.n)
        #expect(await bench.state.cycles == before.cycles)
        let head = try bench.journal.head()
        #expect(head.incarnation.generation == 2)
        let books = Books(bench.journal.all)
        #expect(books.faults.isEmpty)
        guard case .stationJournalReplaced(let fact)? = books.events.last else {
            Issue.record("the new incarnation does not begin with its reason")
            return
        }
        #expect(fact.previous == (try bench.journal.incarnation(1)?.incarnation.id))
        #expect(fact.lastHash == tail.last.map { Hex.encode($0.hash) })
        #expect(fact.lastSequence == EventLine.text(ofSequence: tail.count))
        #expect(fact.supportCounter != nil, "no code that was used before opens again")
        #expect(await bench.state.supportCounter == fact.supportCounter)
        let sendable = try bench.journal.lines(
            after: JournalPosition(generation: 1, sequence: 0),
            limit: 1_000,
            bytes: .max
        )
        #expect(sendable == tail)
        #expect(await bench.type(bench.people.code(waybill)) == [.codeAmbiguous], "the keeper looks first")
        #expect(try await bench.afterPowerCut().state == Books(bench.journal.all).state)
    }

    @Test("asking again for the same generation does nothing")
    func once() async throws {
        let bench = try await Bench().started()
        try await bench.engine.replaceIncarnation(1, reason: .forked)
        try await bench.engine.replaceIncarnation(1, reason: .forked)
        #expect(try bench.journal.head().incarnation.generation == 2)
    }

    @Test("a snapshot of the new incarnation carries the state of both", arguments: [true, false])
    func snapshot(_ restored: Bool) async throws {
        let bench = try await Bench().started()
        await bench.deposit(waybill)
        try await bench.engine.replaceIncarnation(1, reason: restored ? .restored : .forked)
        await bench.type("99")
        await bench.engine.stop(reason: "test")
        let next = try bench.afterPowerCut()
        #expect(next.journal.linesReplayed == 0)
        #expect(await next.state == bench.state)
        #expect(await next.state.contentsLost)
        try await next.started()
        #expect(Books(next.journal.all).faults.isEmpty)
    }

    @Test(
        "when the disk fails at that moment, no incarnation ever begins without its reason",
        arguments: [JournalError.Code.full, .broken]
    )
    func diskFails(_ code: JournalError.Code) async throws {
        let bench = try await Bench().started()
        _ = bench.journal.releaseReserve()
        bench.journal.breakDown(code)
        try? await bench.engine.replaceIncarnation(1, reason: .forked)
        bench.journal.mend()
        await bench.advance(5_000)
        await bench.type("99")
        #expect(Books(bench.journal.all).faults.isEmpty)
        let next = try await bench.afterPowerCut().started()
        #expect(Books(next.journal.all).faults.isEmpty)
        try await next.engine.replaceIncarnation(1, reason: .forked)
        #expect(try next.journal.head().incarnation.generation == 2)
        #expect(Books(next.journal.all).faults.isEmpty)
    }
}
