import LockerDomain
import PortFakes
import SimulatedDevices
import StationBooks
import StationEngine
import StationPorts
import Testing

@Suite("The audit of the chain")
struct ChainAuditTests {
    private func journal() async throws -> WatchedJournal {
        let bench = try await Bench().started()
        for number in 0..<20 { await bench.type("99\(number)") }
        try await bench.engine.replaceIncarnation(1, reason: .forked)
        for number in 0..<20 { await bench.type("88\(number)") }
        return bench.journal
    }

    @Test("an intact journal of two incarnations is intact, whatever the page", arguments: [1, 7, 500])
    func intact(_ page: Int) async throws {
        let journal = try await journal()
        let finding = try await ChainAudit.run(journal, page: page)
        #expect(finding.isIntact && finding.events == journal.all.count)
    }

    @Test("an empty journal is intact")
    func empty() async throws {
        let finding = try await ChainAudit.run(WatchedJournal())
        #expect(finding.isIntact && finding.events == 0)
    }

    @Test("one changed bit of the bytes is found at its event", arguments: [0, 1, 5, 15], [1, 3, 500])
    func broken(_ index: Int, _ page: Int) async throws {
        let journal = try await journal()
        let position = journal.all[index].position
        journal.memory.damage(index) { $0.bytes[9] ^= 4 }
        let finding = try await ChainAudit.run(journal, page: page)
        let sequences = position.sequence...position.sequence
        #expect(finding.broken == [JournalRange(generation: position.generation, sequences: sequences)])
        #expect(finding.mended.isEmpty && finding.events == journal.all.count - 1)
    }

    @Test("one changed bit of a hash is mended from the neighbours", arguments: [0, 1, 5, 15], [1, 3, 500])
    func mended(_ index: Int, _ page: Int) async throws {
        for spoil in [{ $0.before[0] ^= 4 }, { $0.hash[31] ^= 1 }] as [@Sendable (inout JournalLine) -> Void] {
            let journal = try await journal()
            let line = journal.all[index]
            journal.memory.damage(index, spoil)
            let finding = try await ChainAudit.run(journal, page: page)
            #expect(finding.broken.isEmpty && finding.mended == [line])
            #expect(finding.events == journal.all.count)
        }
    }

    @Test("a missing number is found")
    func missing() async throws {
        let journal = try await journal()
        journal.memory.lose(5)
        let finding = try await ChainAudit.run(journal, page: 3)
        #expect(finding.broken == [JournalRange(generation: 1, sequences: 6...6)])
    }
}
