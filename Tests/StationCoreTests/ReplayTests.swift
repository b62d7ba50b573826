import LockerDomain
import PortFakes
import StationCore
import StationPorts
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

    @Test("a key that cannot be read now closes no journal whose front lies in a snapshot")
    func unreadableKey() throws {
        let journal = try Shelf([6]).journal
        let position = JournalPosition.at(1, 4)
        _ = journal.rest(keeping: Snapshot(position: position, format: StationState.format, bytes: [0]))
        try journal.prune(through: position)
        #expect(throws: Unreadable.Fault.self) { try read(journal, Unreadable()) }
        #expect(try read(journal, MemoryKeys()).damage != nil, "somebody else's snapshot: the county is asked")
    }
}
