import Dispatch
import LockerDomain
import PortFakes
import SimulatedDevices
import StationBooks
import StationPorts
import SyncWire
import Synchronization

/// The journal in memory with a diary of what was written and pulsed in which order, and more ways to fail.
final class WatchedJournal: JournalPort, OutboxPort {
    let memory = MemoryJournal()

    private struct State {
        var diary: [String] = []
        var pulsed: Set<PulseOrder> = []
        var violations: [String] = []
        var restsWithSnapshot = 0
        var snapshot: Snapshot?
        var linesReplayed = 0
        var spoilSnapshot: (@Sendable (inout Snapshot) -> Void)?
        var changeHead: (@Sendable (inout Incarnation) -> Void)?
        var unreadable = false
        var held = false
        var blocked = false
    }

    private let state = Mutex(State())
    private let gate = DispatchSemaphore(value: 0)

    var all: [JournalLine] { memory.all }
    var diary: [String] { state.withLock { $0.diary } }
    var violations: [String] { state.withLock { $0.violations } }
    var restsWithSnapshot: Int { state.withLock { $0.restsWithSnapshot } }
    var snapshot: Snapshot? { state.withLock { $0.snapshot } }
    var linesReplayed: Int { state.withLock { $0.linesReplayed } }
    var isBlocked: Bool { state.withLock { $0.blocked } }

    /// What the disk does from now on until `mend`.
    func breakDown(_ code: JournalError.Code, readingToo: Bool = false) {
        state.withLock { $0.unreadable = readingToo }
        memory.fail(next: Array(repeating: code, count: 100_000))
        memory.set(.failed)
    }

    func mend() {
        state.withLock { $0.unreadable = false }
        memory.fail(next: [])
        memory.set(.ok)
    }

    var isUnreadable: Bool { state.withLock { $0.unreadable } }
    func makeReadable() { state.withLock { $0.unreadable = false } }

    /// The next append blocks, as a disk does that is busy, until `release`.
    func hold() { state.withLock { $0.held = true } }

    func release() {
        state.withLock { $0.held = false }
        gate.signal()
    }

    func spoilSnapshot(_ change: @escaping @Sendable (inout Snapshot) -> Void) {
        state.withLock { $0.spoilSnapshot = change }
    }

    func changeHead(_ change: @escaping @Sendable (inout Incarnation) -> Void) {
        state.withLock { $0.changeHead = change }
    }

    func note(_ entry: String) { state.withLock { $0.diary.append(entry) } }

    /// Checks a pulse against rule 1: its own authorisation is durable, and has not been used before.
    func judge(_ order: PulseOrder) {
        let isAuthorised = all.reversed().contains { line in
            guard case .doorUnlockRequested(let fact)? = try? EventLine(decoding: line.bytes).event else {
                return false
            }
            return fact.door == order.door && fact.cycle == order.cycle && fact.pulseMilliseconds == order.milliseconds
        }
        state.withLock { state in
            if !isAuthorised { state.violations.append("no durable event for \(order)") }
            if !state.pulsed.insert(order).inserted { state.violations.append("twice: \(order)") }
            state.diary.append("pulse \(order.door)")
        }
    }

    // MARK: JournalPort

    func head() throws -> (incarnation: Incarnation, last: JournalLine?) {
        var head = try memory.head()
        if let change = state.withLock({ $0.changeHead }) { change(&head.incarnation) }
        return head
    }

    func append(_ lines: [JournalLine]) throws(JournalError) {
        let isHeld = state.withLock { state in
            state.blocked = state.held
            return state.held
        }
        if isHeld { gate.wait() }
        state.withLock { $0.blocked = false }
        try memory.append(lines)
        for line in lines { note((try? EventLine(decoding: line.bytes))?.event.type.rawValue ?? "unreadable") }
    }

    func putBack(_ lines: [JournalLine]) throws(JournalError) { try memory.putBack(lines) }

    func beginIncarnation(id: String, lines: (Incarnation) throws -> [JournalLine]) throws -> Incarnation {
        try memory.beginIncarnation(id: id, lines: lines)
    }

    func replay(format: Int, snapshot: (Snapshot) throws -> Bool, line: (JournalLine) throws -> Void) throws {
        let (spoil, isUnreadable) = state.withLock { state in
            state.linesReplayed = 0
            return (state.spoilSnapshot, state.unreadable)
        }
        if isUnreadable { throw JournalError(.broken, "simulated: cannot be read") }
        try memory.replay(
            format: format,
            snapshot: { kept in
                var kept = kept
                spoil?(&kept)
                return try snapshot(kept)
            },
            line: { item in
                state.withLock { $0.linesReplayed += 1 }
                try line(item)
            }
        )
    }

    func maintain(keeping snapshot: () -> Snapshot?) -> Storage {
        memory.maintain {
            guard let snapshot = snapshot() else { return nil }
            state.withLock { state in
                state.restsWithSnapshot += 1
                state.snapshot = snapshot
            }
            return snapshot
        }
    }

    func releaseReserve() -> Bool { memory.releaseReserve() }

    func committed() -> JournalPosition? { memory.committed() }

    func append(_ lines: [JournalLine], recovered: [[UInt8]]) throws(JournalError) {
        try memory.append(lines, recovered: recovered)
        for line in lines { note((try? EventLine(decoding: line.bytes))?.event.type.rawValue ?? "unreadable") }
    }

    func recovered(at position: JournalPosition) throws -> [[UInt8]] { try memory.recovered(at: position) }

    // MARK: OutboxPort

    func lines(after position: JournalPosition, limit: Int, bytes: Int) throws -> [JournalLine] {
        try memory.lines(after: position, limit: limit, bytes: bytes)
    }
    func incarnation(_ generation: Int) throws -> (incarnation: Incarnation, last: Int)? {
        try memory.incarnation(generation)
    }
    func acknowledged() throws -> JournalPosition { try memory.acknowledged() }
    func acknowledge(_ position: JournalPosition) throws { try memory.acknowledge(position) }
    func keepCursor() throws { try memory.keepCursor() }
    func prunedThrough(_ generation: Int) throws -> Int { try memory.prunedThrough(generation) }
    func front(limit: Int) throws -> JournalFront { try memory.front(limit: limit) }
    func prune(through position: JournalPosition) throws { try memory.prune(through: position) }
    func waiting() throws -> Int { try memory.waiting() }
    func line(at position: JournalPosition) throws -> JournalLine? { try memory.line(at: position) }
}

/// Simulated doors that hold every pulse against the journal.
final class WatchedDoors: DoorPort {
    let inner: SimulatedDoors
    private let journal: WatchedJournal

    init(_ inner: SimulatedDoors, journal: WatchedJournal) {
        self.inner = inner
        self.journal = journal
    }

    func start(report: @escaping @Sendable (DoorReport) -> Void) throws -> [DoorName: DoorLevel] {
        try inner.start(report: report)
    }

    func pulse(_ order: PulseOrder) -> Bool {
        journal.judge(order)
        return inner.pulse(order)
    }

    func stop() {
        journal.note("outputs off")
        inner.stop()
    }
}
