import LockerDomain
import PortFakes
import SimulatedDevices
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
        #expect(try await ChainAudit.run(journal, page: page) == .intact(events: journal.all.count))
    }

    @Test("an empty journal is intact")
    func empty() async throws {
        #expect(try await ChainAudit.run(WatchedJournal()) == .intact(events: 0))
    }

    @Test("one changed bit of bytes or hash is found at its event", arguments: [0, 1, 20, 21, 40])
    func broken(_ index: Int) async throws {
        for spoil in [{ $0.bytes[9] ^= 4 }, { $0.hash[31] ^= 1 }] as [@Sendable (inout JournalLine) -> Void] {
            let journal = try await journal()
            let position = journal.all[index].position
            journal.memory.damage(index, spoil)
            #expect(try await ChainAudit.run(journal, page: 3) == .broken(at: position))
        }
    }

    @Test("a missing number is found")
    func missing() async throws {
        let journal = try await journal()
        journal.memory.damage(5) { $0.position.sequence = 900 }
        guard case .broken = try await ChainAudit.run(journal) else {
            Issue.record("a missing event went unnoticed")
            return
        }
    }
}
