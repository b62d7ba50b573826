import LockerDomain
import PortFakes
import StationBooks
import StationCore
import StationPorts
import SyncWire
import Testing

@Suite("Reading a journal at a start")
struct ReplayTests {
    /// Keys of which the one of the journal cannot be read now.
    private struct Unreadable: KeyPort {
        struct Fault: Error {}

        let inner = MemoryKeys()

        func keyring() throws -> Keyring? { try inner.keyring() }
        func keep(_ keyring: Keyring) throws { try inner.keep(keyring) }
        func pins() throws -> [PINVerifier] { try inner.pins() }
        func keep(pins: [PINVerifier]) throws { try inner.keep(pins: pins) }
        func journalKey() throws -> [UInt8] { throw Fault() }
        func start() throws -> StartRecord { try inner.start() }
        func keep(_ start: StartRecord) throws { try inner.keep(start) }
    }

    private func read(_ journal: MemoryJournal, _ keys: any KeyPort) throws -> Replay.Result {
        let ports = TurnPorts(
            journal: journal,
            entropy: SeededEntropy(seed: 1),
            keys: keys,
            contacts: MemoryContacts(),
            lifeMarks: MemoryLifeMark(),
            bootID: "boot"
        )
        return try Replay.run(ports, station: "s", rules: TurnRules())
    }

    @Test("a backup that was put back closes its incarnation behind its last line, and no other journal does")
    func restored() throws {
        let journal = MemoryJournal()
        var written = WrittenJournal("s")
        written.append(count: 3)
        _ = try journal.beginIncarnation(id: written.incarnation)
        try journal.append(
            (1...3).map { sequence in
                JournalLine(
                    position: .at(1, sequence),
                    before: written.hashes[sequence - 1],
                    bytes: written.lines[sequence - 1],
                    hash: written.hashes[sequence]
                )
            }
        )
        #expect(try read(journal, MemoryKeys()).damage == nil)
        journal.set(restored: .at(1, 3))
        let damage = try #require(try read(journal, MemoryKeys()).damage)
        #expect(damage.reason == .restored && damage.lost == nil && damage.last?.sequence == 3)
        #expect(damage.through?.sequence == 3)
        journal.set(restored: .at(1, 2))
        #expect(try read(journal, MemoryKeys()).damage == nil, "the station has gone on since")
    }

    @Test("a key that cannot be read now closes no journal whose front lies in a snapshot")
    func unreadableKey() throws {
        let journal = try Shelf([6]).journal
        let position = JournalPosition.at(1, 4)
        _ = journal.maintain(keeping: Snapshot(position: position, format: StationState.format, bytes: [0]))
        try journal.prune(through: position)
        #expect(throws: Unreadable.Fault.self) { try read(journal, Unreadable()) }
        #expect(try read(journal, MemoryKeys()).damage != nil, "somebody else's snapshot: the county is asked")
    }
}
