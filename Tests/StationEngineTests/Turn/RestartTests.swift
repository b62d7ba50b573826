import LockerDomain
import PortFakes
import SimulatedDevices
import StationBooks
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

    @Test("behind a changed, a missing and a doubled line the state stands still, and a new incarnation says so")
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
            let id = try bench.journal.head().incarnation.id
            _ = try copy.beginIncarnation(id: id)
            try copy.append(bench.journal.all)
            spoil(copy.memory)
            let next = try Bench(on: copy, people: bench.people)
            #expect(await next.engine.journalDamage()?.contains("does not follow") == true)
            #expect(await next.state == Books(Array(bench.journal.all.prefix(3))).state)
            try await next.started()
            let first = copy.all.first { $0.position.generation == 2 }
            guard case .stationJournalReplaced(let fact)? = try first.map({ try EventLine(decoding: $0.bytes).event })
            else {
                Issue.record("the new incarnation does not begin with its reason")
                return
            }
            #expect(fact.reason == .damaged)
            #expect(fact.recoverAfter == "\(id)/000000000003")
            #expect(fact.lostFirst == "000000000004")
            #expect(await next.state.isDoubtful)
            // The same again: what was said once is a break no more.
            let state = await next.state
            let again = try next.afterPowerCut()
            #expect(await again.engine.journalDamage() == nil)
            #expect(await again.state == state)
        }
    }

    @Test("a journal whose incarnation has another name than its events is a ReplayFault")
    func otherIncarnation() async throws {
        let bench = try await Bench().started()
        bench.journal.changeHead { $0.id = String($0.id.dropLast()) + ($0.id.hasSuffix("0") ? "1" : "0") }
        #expect(throws: ReplayFault.self) { try bench.afterPowerCut() }
    }

    @Test("a snapshot behind lines that are gone holds what they said: nothing changes in the state")
    func snapshotAhead() async throws {
        let bench = try await Bench().started()
        await bench.deposit(waybill)
        await bench.engine.stop(reason: "test")
        let cut = WatchedJournal()
        _ = try cut.beginIncarnation(id: bench.journal.head().incarnation.id)
        try cut.append(Array(bench.journal.all.dropLast(2)))
        _ = cut.maintain(keeping: bench.journal.snapshot)
        let next = try Bench(on: cut, people: bench.people)
        #expect(await next.engine.journalDamage() == nil)
        #expect(await next.state == bench.state)
        #expect(await next.engine.head() == bench.engine.head())
    }

    @Test("behind lines that are declared lost a snapshot is kept: the next start does not read over them")
    func snapshotBehindLost() async throws {
        let bench = try await Bench().started()
        await bench.deposit(waybill)
        await bench.scan("VLK1:END")
        try await bench.engine.declareLost(JournalRange(generation: 1, sequences: 4...4))
        await bench.advance(10_000)
        #expect(bench.journal.snapshot?.position.generation == 2)
    }

    @Test("a bad hash of the very row at which an intact snapshot stands closes nothing")
    func badHashAtSnapshot() async throws {
        let bench = try await Bench().started()
        await bench.deposit(waybill)
        await bench.engine.stop(reason: "test")
        let cut = WatchedJournal()
        _ = try cut.beginIncarnation(id: bench.journal.head().incarnation.id)
        var lines = bench.journal.all
        lines[lines.count - 1].hash[0] ^= 1
        try cut.append(lines)
        _ = cut.maintain(keeping: bench.journal.snapshot)
        let next = try Bench(on: cut, people: bench.people)
        #expect(await next.engine.journalDamage() == nil)
        #expect(await next.state == bench.state)
    }

    @Test("a journal that ends in front of its mark has lost its end: the state up to there stands, doubtful")
    func lostEnd() async throws {
        let bench = try await Bench().started()
        await bench.deposit(waybill)
        let id = try bench.journal.head().incarnation.id
        let (all, cut) = (bench.journal.all, WatchedJournal())
        _ = try cut.beginIncarnation(id: id)
        try cut.append(Array(all.dropLast(4)))
        cut.memory.set(committed: all.last?.position)
        let next = try await Bench(on: cut, people: bench.people).started()
        let first = cut.all.first { $0.position.generation == 2 }
        guard case .stationJournalReplaced(let fact)? = try first.map({ try EventLine(decoding: $0.bytes).event })
        else {
            Issue.record("the new incarnation does not begin with its reason")
            return
        }
        #expect(fact.lostFirst == EventLine.text(ofSequence: all.count - 3))
        #expect(fact.lostLast == EventLine.text(ofSequence: all.count))
        #expect(fact.recoverAfter == "\(id)/\(EventLine.text(ofSequence: all.count - 4))")
        #expect(await next.state.door("A01").contents == .unknown)
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
