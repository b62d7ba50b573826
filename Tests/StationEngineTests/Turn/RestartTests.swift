import LockerDomain
import PortFakes
import SimulatedDevices
import StationCore
import StationEngine
import StationPorts
import SyncWire
import Testing

@Suite("A start from the journal")
struct RestartTests {
    private let waybill: Waybill = "SF7444404156506"

    @Test("the state after a power cut is the state before it, without any snapshot")
    func powerCut() async throws {
        let bench = try await Bench().started()
        await bench.deposit(waybill)
        await bench.scan("YT8962646785389")
        let before = await bench.state
        let next = try bench.afterPowerCut()
        #expect(await next.state == before)
        #expect(next.journal.linesReplayed == bench.journal.all.count)
        #expect(await next.engine.head() == bench.engine.head())
    }

    @Test("after a stop only what is behind the snapshot is read, and the state is the same")
    func snapshot() async throws {
        let bench = try await Bench().started()
        await bench.deposit(waybill)
        await bench.engine.stop(reason: "test")
        let before = await bench.state
        let next = try bench.afterPowerCut()
        #expect(await next.state == before)
        #expect(next.journal.linesReplayed == 0)
        try await next.started()
        #expect(Books(next.journal.all).faults.isEmpty)
        #expect(await next.state == Books(next.journal.all).state)
    }

    @Test("a snapshot is kept while idle after enough events, and lines behind it are taken in")
    func snapshotWhileIdle() async throws {
        let bench = try await Bench().started()
        for number in 0..<Limits.snapshotEvents { await bench.type("99\(number)") }
        await bench.advance(10_000)
        #expect(bench.journal.restsWithSnapshot == 1)
        await bench.deposit(waybill)
        let next = try bench.afterPowerCut()
        #expect(next.journal.linesReplayed < 20)
        #expect(await next.state == Books(next.journal.all).state)
    }

    @Test(
        "a damaged snapshot is ignored and the whole journal is read",
        arguments: [0, 31, 32, 40, 200]
    )
    func damagedSnapshot(_ index: Int) async throws {
        let bench = try await Bench().started()
        await bench.deposit(waybill)
        await bench.engine.stop(reason: "test")
        bench.journal.spoilSnapshot { $0.bytes[index] ^= 1 }
        let next = try bench.afterPowerCut()
        #expect(next.journal.linesReplayed == bench.journal.all.count)
        #expect(await next.state == bench.state)
    }

    @Test("an empty snapshot and one that is cut short are ignored too")
    func cutSnapshot() async throws {
        let bench = try await Bench().started()
        await bench.engine.stop(reason: "test")
        for keep in [0, 1, 32, 33] {
            bench.journal.spoilSnapshot { $0.bytes = Array($0.bytes.prefix(keep)) }
            #expect(try bench.afterPowerCut().journal.linesReplayed == bench.journal.all.count)
        }
    }

    @Test("a changed, a missing and a doubled line are each a ReplayFault that names the event")
    func brokenChain() async throws {
        let bench = try await Bench().started()
        await bench.deposit(waybill)
        let spoils: [@Sendable (MemoryJournal) -> Void] = [
            { $0.damage(3) { $0.bytes[20] ^= 1 } },
            { $0.damage(3) { $0.hash[0] ^= 1 } },
            { $0.damage(3) { $0.position.sequence += 1 } },
        ]
        for spoil in spoils {
            let copy = WatchedJournal()
            _ = try copy.beginIncarnation(id: bench.journal.head().incarnation.id)
            try copy.append(bench.journal.all)
            spoil(copy.memory)
            let fault = #expect(throws: ReplayFault.self) { try Bench(on: copy) }
            #expect(fault?.description.contains("does not follow") == true)
        }
    }

    @Test("a journal whose incarnation has another name than its events is a ReplayFault")
    func otherIncarnation() async throws {
        let bench = try await Bench().started()
        bench.journal.changeHead { $0.id = String($0.id.dropLast()) + ($0.id.hasSuffix("0") ? "1" : "0") }
        #expect(throws: ReplayFault.self) { try bench.afterPowerCut() }
    }

    @Test("a snapshot that is ahead of the journal is a ReplayFault: the journal was cut")
    func snapshotAhead() async throws {
        let bench = try await Bench().started()
        await bench.deposit(waybill)
        await bench.engine.stop(reason: "test")
        let cut = WatchedJournal()
        _ = try cut.beginIncarnation(id: bench.journal.head().incarnation.id)
        try cut.append(Array(bench.journal.all.dropLast(2)))
        _ = cut.rest(keeping: bench.journal.snapshot)
        #expect(throws: ReplayFault.self) { try Bench(on: cut) }
    }

    @Test("a start after a lost journal says so first and takes no door for empty")
    func replaced() async throws {
        let fact = JournalReplaced(
            previous: String(repeating: "a", count: 32),
            lastSequence: nil,
            lastHash: nil,
            reason: .damaged
        )
        let bench = try await Bench().started(replaced: fact)
        #expect(Books(bench.journal.all).types.prefix(2) == [.stationJournalReplaced, .stationStarted])
        guard case .stationJournalReplaced(let made)? = Books(bench.journal.all).events.first else { return }
        #expect(made.supportCounter != nil, "no code that was used before opens again")
        #expect(await bench.state.supportCounter == made.supportCounter)
        await bench.scan(bench.people.courier)
        #expect(await bench.scan(waybill.rawValue) == [.putOnShelf])
    }
}
