public import LockerDomain
public import StationPorts
import Synchronization

/// The journal in memory, with faults on request. It keeps what a disk would keep: it outlives the engine of a test.
public final class MemoryJournal: JournalPort, OutboxPort {
    private struct State {
        var incarnations: [Incarnation] = []
        var lines: [JournalLine] = []
        /// The last two, the newest first.
        var snapshots: [Snapshot] = []
        var recovered: [JournalPosition: [[UInt8]]] = [:]
        var committed: JournalPosition?
        var restored: JournalPosition?
        var acknowledged = JournalPosition(generation: 1, sequence: 0)
        var faults: [JournalError.Code] = []
        var reserve = true
        var storage = Storage.ok

        func isLast(_ position: JournalPosition) -> Bool {
            lines.last { $0.position.generation == position.generation }?.position == position
        }

        mutating func append(_ new: [JournalLine]) -> JournalError? {
            if !faults.isEmpty { return JournalError(faults.removeFirst(), "simulated") }
            // A number is given once, as by the primary key of a real journal.
            if let first = new.first, let last = lines.last, first.position <= last.position {
                return JournalError(.broken, "\(first.position) is behind the end of the journal")
            }
            lines += new
            return nil
        }
    }

    private let state = Mutex(State())

    public init() {}

    /// The next appends fail like this, one after the other.
    public func fail(next faults: [JournalError.Code]) { state.withLock { $0.faults = faults } }

    /// What the disk can take from now on, for `rest`.
    public func set(_ storage: Storage) { state.withLock { $0.storage = storage } }

    /// Every line, oldest first.
    public var all: [JournalLine] { state.withLock { $0.lines } }

    /// Changes a kept line, as a bad disk would.
    public func damage(_ index: Int, _ change: (inout JournalLine) -> Void) {
        state.withLock { state in
            state.snapshots = []
            change(&state.lines[index])
        }
    }

    /// A kept line is gone, as after a bad repair of the file.
    public func lose(_ index: Int) {
        state.withLock { state in
            state.snapshots = []
            _ = state.lines.remove(at: index)
        }
    }

    public func head() throws -> (incarnation: Incarnation, last: JournalLine?) {
        state.withLock { state in
            guard let newest = state.incarnations.last else { return (Incarnation(generation: 0, id: ""), nil) }
            return (newest, state.lines.last { $0.position.generation == newest.generation })
        }
    }

    public func append(_ lines: [JournalLine]) throws(JournalError) {
        let fault = state.withLock { $0.append(lines) }
        if let fault { throw fault }
    }

    public func putBack(_ lines: [JournalLine]) throws(JournalError) {
        let fault = state.withLock { state -> JournalError? in
            if !state.faults.isEmpty { return JournalError(state.faults.removeFirst(), "simulated") }
            let places = Set(lines.map(\.position))
            state.lines = (state.lines.filter { !places.contains($0.position) } + lines)
                .sorted { $0.position < $1.position }
            return nil
        }
        if let fault { throw fault }
    }

    public func beginIncarnation(id: String, lines: (Incarnation) throws -> [JournalLine]) throws -> Incarnation {
        let next = Incarnation(generation: state.withLock { $0.incarnations.count } + 1, id: id)
        let first = try lines(next)
        let fault = state.withLock { state -> JournalError? in
            let fault = first.isEmpty ? nil : state.append(first)
            if fault == nil {
                state.incarnations.append(next)
                state.restored = nil
            }
            return fault
        }
        if let fault { throw fault }
        return next
    }

    public func replay(format: Int, snapshot: (Snapshot) throws -> Bool, line: (JournalLine) throws -> Void) throws {
        let (kept, lines) = state.withLock { ($0.snapshots, $0.lines) }
        var start = JournalPosition(generation: 0, sequence: 0)
        if let taken = try kept.first(where: { try $0.format == format && snapshot($0) }) { start = taken.position }
        for item in lines where item.position > start { try line(item) }
    }

    public func maintain(keeping snapshot: () -> Snapshot?) -> Storage {
        let made = state.withLock { $0.storage == .ok } ? snapshot() : nil
        return state.withLock { state in
            if state.storage == .ok {
                if let made {
                    let older = state.snapshots.filter { $0.position < made.position }
                    state.snapshots = Array(([made] + older).prefix(2))
                }
                state.reserve = true
            }
            return state.storage
        }
    }

    public func front(limit: Int) throws -> JournalFront {
        state.withLock { state in
            JournalFront(
                lines: Array(state.lines.filter { !state.isLast($0.position) }.prefix(limit)),
                bytes: state.lines.reduce(0) { $0 + $1.bytes.count },
                acknowledged: state.acknowledged,
                snapshots: state.snapshots
            )
        }
    }

    public func prune(through position: JournalPosition) throws {
        try state.withLock { state in
            if !state.faults.isEmpty { throw JournalError(state.faults.removeFirst(), "simulated") }
            let kept = state.lines.filter { $0.position > position || state.isLast($0.position) }
            state.lines = kept
        }
    }

    public func releaseReserve() -> Bool {
        state.withLock { state in
            defer { state.reserve = false }
            return state.reserve
        }
    }

    // MARK: RecoveryJournalPort

    /// What a mark beside the journal says; by itself this journal loses nothing and has none.
    public func set(committed: JournalPosition?) { state.withLock { $0.committed = committed } }

    /// It is a backup that ends here.
    public func set(restored: JournalPosition?) { state.withLock { $0.restored = restored } }

    public func restored() -> JournalPosition? { state.withLock { $0.restored } }

    public func committed() -> JournalPosition? { state.withLock { $0.committed } }

    public func append(_ lines: [JournalLine], recovered: [[UInt8]]) throws(JournalError) {
        try append(lines)
        guard let last = lines.last else { return }
        state.withLock { $0.recovered[last.position] = recovered }
    }

    public func recovered(at position: JournalPosition) throws -> [[UInt8]] {
        state.withLock { $0.recovered[position] ?? [] }
    }

    // MARK: OutboxPort

    public func lines(after position: JournalPosition, limit: Int, bytes: Int) throws -> [JournalLine] {
        state.withLock { state in
            var size = 0
            return Array(
                state.lines.filter { $0.position.generation == position.generation && $0.position > position }
                    .prefix(limit)
                    .prefix { line in
                        size += line.bytes.count
                        return size <= bytes || size == line.bytes.count
                    }
            )
        }
    }

    public func incarnation(_ generation: Int) throws -> (incarnation: Incarnation, last: Int)? {
        state.withLock { state in
            guard let found = state.incarnations.first(where: { $0.generation == generation }) else { return nil }
            let last = state.lines.last { $0.position.generation == generation }?.position.sequence ?? 0
            return (found, last)
        }
    }

    public func acknowledged() throws -> JournalPosition { state.withLock { $0.acknowledged } }
    public func acknowledge(_ position: JournalPosition) throws { state.withLock { $0.acknowledged = position } }
    public func keepCursor() throws {}
    public func waiting() throws -> Int {
        state.withLock { state in state.lines.count { $0.position > state.acknowledged } }
    }
    public func prunedThrough(_ generation: Int) throws -> Int {
        state.withLock { state in
            let first = state.lines.first { $0.position.generation == generation }?.position.sequence ?? 1
            return first - 1
        }
    }
    public func line(at position: JournalPosition) throws -> JournalLine? {
        state.withLock { $0.lines.first { $0.position == position } }
    }
}
