public import LockerDomain
public import StationPorts
import Synchronization

/// Keys in memory.
public final class MemoryKeys: KeyPort {
    private struct State {
        var keyring: Keyring?
        var pins: [PINVerifier] = []
        var start = StartRecord()
    }

    private let state = Mutex(State())
    private let key: [UInt8]

    /// `journalKey` is that of its journal.
    public init(journalKey: [UInt8] = [UInt8](repeating: 0x4A, count: 32)) { key = journalKey }

    public func keyring() throws -> Keyring? { state.withLock { $0.keyring } }
    public func keep(_ keyring: Keyring) throws { state.withLock { $0.keyring = keyring } }
    public func pins() throws -> [PINVerifier] { state.withLock { $0.pins } }
    public func keep(pins: [PINVerifier]) throws { state.withLock { $0.pins = pins } }
    public func journalKey() throws -> [UInt8] { key }
    public func start() throws -> StartRecord { state.withLock { $0.start } }
    public func keep(_ start: StartRecord) throws { state.withLock { $0.start = start } }
}
