import LockerDomain
import StationPorts
import SyncWire
import Synchronization

/// The disk of the world as the core and the uplink reach it.
final class SimulatedJournal: JournalPort, OutboxPort {
    private let state: Mutex<Disk>
    private let rules: Rules

    init(rules: Rules) {
        state = Mutex(Disk())
        self.rules = rules
    }

    /// A look at the whole disk.
    var disk: Disk { state.withLock { $0 } }

    func change<Result>(_ change: (inout Disk) -> Result) -> Result where Result: Sendable {
        state.withLock { change(&$0) }
    }

    // MARK: JournalPort

    func head() throws -> (incarnation: Incarnation, last: JournalLine?) {
        try state.withLock { disk in
            guard disk.mood != .unreadable else { throw Self.unreadable }
            guard let id = disk.incarnations.last, let start = disk.starts.last else {
                return (Incarnation(generation: 0, id: ""), nil)
            }
            let last = disk.lines.count > start ? disk.lines.last : nil
            return (Incarnation(generation: disk.incarnations.count, id: id), last.flatMap { disk.row($0) })
        }
    }

    func append(_ lines: [JournalLine]) throws(JournalError) {
        let fault = state.withLock { write(lines, &$0) }
        if let fault { throw fault }
    }

    func putBack(_ lines: [JournalLine]) throws(JournalError) {
        let fault = state.withLock { disk -> JournalError? in
            do throws(Disk.Fault) { try disk.putBack(lines) } catch {
                return JournalError(.broken, "simulated: \(error)")
            }
            return nil
        }
        if let fault { throw fault }
    }

    func beginIncarnation(id: String, lines: (Incarnation) throws -> [JournalLine]) throws -> Incarnation {
        let next = Incarnation(generation: state.withLock { $0.incarnations.count } + 1, id: id)
        let first = try lines(next)
        let fault = state.withLock { disk -> JournalError? in
            disk.begin(id)
            let fault = first.isEmpty ? nil : write(first, &disk)
            if fault != nil { disk.takeBack() }
            return fault
        }
        if let fault { throw fault }
        return next
    }

    func replay(format: Int, snapshot: (Snapshot) throws -> Bool, line: (JournalLine) throws -> Void) throws {
        let disk = disk
        guard disk.mood != .unreadable else { throw Self.unreadable }
        var first = disk.base
        let offered = disk.snapshots.filter { $0.format == format }
        if let kept = try offered.first(where: { try snapshot(rules.offered($0)) }) {
            // One that is ahead of its lines leaves nothing to read; whoever replays finds the end missing.
            first = disk.lines.firstIndex { $0.position > kept.position } ?? disk.lines.count
        }
        for item in rules.replayed(disk.lines[first...]) {
            if let row = disk.row(item) { try line(row) }
        }
    }

    func maintain(keeping snapshot: () -> Snapshot?) -> Storage {
        // Made outside of the lock, and only where it can be kept: it would be most of the time of a simulated day.
        let made = state.withLock { $0.mood == .well } ? snapshot() : nil
        return state.withLock { $0.maintain(keeping: made) }
    }

    /// What a line says. Its bytes were read back when they were written: a world is read again at every crash.
    func read(_ line: JournalLine) throws -> EventLine {
        let read = state.withLock { disk -> EventLine? in
            guard disk.rot[line.position] == nil, let index = disk.index(of: line.position) else { return nil }
            return disk.lines[index].read
        }
        return try read ?? EventLine(decoding: line.bytes)
    }

    func front(limit: Int) throws -> JournalFront {
        let disk = disk
        guard disk.mood != .unreadable else { throw Self.unreadable }
        let all = disk.lines[disk.base...].lazy
            .filter { disk.isKept($0) && $0.position.sequence != disk.last(of: $0.position.generation) }
        return rules.front(
            JournalFront(
                lines: all.prefix(limit).compactMap { disk.row($0) },
                bytes: all.reduce(0) { $0 + $1.bytes.count },
                acknowledged: disk.acknowledged,
                snapshots: disk.snapshots
            )
        )
    }

    func prune(through position: JournalPosition) throws {
        try state.withLock { try $0.prune(through: position) }
    }

    func releaseReserve() -> Bool { state.withLock { $0.releaseReserve() } }

    private func write(_ lines: [JournalLine], _ disk: inout Disk) -> JournalError? {
        do {
            try rules.append(&disk, lines.map(Disk.Line.init))
            return nil
        } catch {
            return JournalError(error == .full ? .full : .broken, "simulated: \(error)")
        }
    }

    private static var unreadable: JournalError { JournalError(.broken, "simulated: cannot be read") }

    // MARK: RecoveryJournalPort

    /// The simulated disk loses what was never synced, and nothing else: it keeps no mark.
    func committed() -> JournalPosition? { nil }

    func append(_ lines: [JournalLine], recovered: [[UInt8]]) throws(JournalError) {
        try append(lines)
        guard let last = lines.last else { return }
        state.withLock { $0.recovered[last.position] = rules.keptBeside(recovered) }
    }

    func recovered(at position: JournalPosition) throws -> [[UInt8]] {
        state.withLock { $0.recovered[position] ?? [] }
    }

    // MARK: OutboxPort

    func lines(after position: JournalPosition, limit: Int, bytes: Int) throws -> [JournalLine] {
        let disk = disk
        guard disk.mood != .unreadable else { throw Self.unreadable }
        let first = Position(generation: position.generation, sequence: position.sequence + 1)
        guard let index = disk.index(of: first) else { return [] }
        let rest = disk.last(of: position.generation) - position.sequence
        var (size, found): (Int, [JournalLine]) = (0, [])
        for line in disk.lines[index..<index + rest] {
            guard found.count < limit else { break }
            guard let row = disk.row(line) else { continue }
            size += row.bytes.count
            guard size <= bytes || found.isEmpty else { break }
            found.append(row)
        }
        return found
    }

    func incarnation(_ generation: Int) throws -> (incarnation: Incarnation, last: Int)? {
        try state.withLock { disk in
            guard disk.mood != .unreadable else { throw Self.unreadable }
            guard disk.incarnations.indices.contains(generation - 1) else { return nil }
            let incarnation = Incarnation(generation: generation, id: disk.incarnations[generation - 1])
            return (incarnation, disk.last(of: generation))
        }
    }

    func acknowledged() throws -> JournalPosition { state.withLock { $0.acknowledged } }

    func acknowledge(_ position: JournalPosition) throws {
        try state.withLock { disk in
            // The cursor is written, too; the reserve holds it, since it takes no room.
            guard disk.mood == .well || disk.mood == .full else { throw JournalError(.broken, "simulated: broken") }
            disk.acknowledged = position
        }
    }

    func keepCursor() throws {}

    func waiting() throws -> Int { state.withLock { $0.waiting } }

    func prunedThrough(_ generation: Int) throws -> Int {
        state.withLock { disk in
            guard generation <= disk.pruned.generation, disk.incarnations.indices.contains(generation - 1) else {
                return 0
            }
            let last = disk.last(of: generation) - 1
            return generation < disk.pruned.generation ? max(0, last) : min(max(0, last), disk.pruned.sequence)
        }
    }

    func line(at position: JournalPosition) throws -> JournalLine? {
        try state.withLock { disk in
            guard disk.mood != .unreadable else { throw Self.unreadable }
            return disk.index(of: position).flatMap { disk.row(disk.lines[$0]) }
        }
    }
}
