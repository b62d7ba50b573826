import Dispatch
import LockerDomain
import PortFakes
import SimulatedDevices
import StationBooks
import StationPorts
import SyncWire
import Synchronization

/// Writes a past into a journal: days of a station that is not there yet.
struct History {
    /// 2026-05-12, the day on which a `Bench` begins at 08:00.
    static let today = Moment(wall: Bench.firstMorning, uptime: 0, clock: .ntp).shanghaiDay

    let journal: WatchedJournal
    private var generation = 0
    private var sequence = 0
    private var hash = Chain.start
    var now = Moment(wall: 0, uptime: 0, clock: .ntp)

    init(_ journal: WatchedJournal, daysBack: Int64) {
        self.journal = journal
        now.wall = (Self.today - daysBack) * 86_400_000 - 8 * 3_600_000
    }

    private var id: String { String(repeating: "\(generation)", count: 32) }

    mutating func beginIncarnation() throws {
        generation += 1
        (sequence, hash) = (0, Chain.start)
        _ = try journal.memory.beginIncarnation(id: id)
    }

    mutating func add(_ event: Event) throws {
        sequence += 1
        let line = EventLine(
            station: Bench.station,
            incarnation: id,
            sequence: sequence,
            time: now,
            bootID: "boot-0",
            event: event
        )
        let bytes = try line.encoded()
        let before = hash
        hash = Chain.next(after: before, bytes: bytes)
        let position = JournalPosition(generation: generation, sequence: sequence)
        try journal.memory.append([JournalLine(position: position, before: before, bytes: bytes, hash: hash)])
    }

    mutating func start(clock: ClockTrust = .ntp) throws {
        now.uptime = 10_000
        now.clock = clock
        try add(.stationStarted(StationStarted(version: "test", doors: 4, shelfPlaces: 2)))
    }

    /// A day of so many events, with a run at its beginning; the clock goes on to the next day.
    mutating func day(events: Int) throws {
        try add(.runArrived(RunArrived(run: "r", person: "1001", how: .card)))
        for _ in 1..<events {
            pass(milliseconds: 86_400_000 / Int64(events))
            try add(.doorOpened(DoorOpened(door: "A01", cycle: 1)))
        }
        pass(milliseconds: 86_400_000 - 86_400_000 / Int64(events) * Int64(events - 1))
    }

    mutating func pass(milliseconds: Int64) {
        now.wall += milliseconds
        now.uptime += milliseconds
    }
}

/// An outbox that counts what is read, and that can stand still or fail.
final class CountedOutbox: OutboxPort {
    struct Unreadable: Error, CustomStringConvertible { var description: String { "disk gone" } }

    private let outbox: any OutboxPort
    private let counts = Mutex((pages: 0, lines: 0, mostLines: 0))
    private let state = Mutex((isHeld: false, fails: false, isWaiting: false))
    private let gate = DispatchSemaphore(value: 0)

    init(_ outbox: any OutboxPort) { self.outbox = outbox }

    var pages: Int { counts.withLock { $0.pages } }
    var lines: Int { counts.withLock { $0.lines } }
    var mostLines: Int { counts.withLock { $0.mostLines } }
    var isWaiting: Bool { state.withLock { $0.isWaiting } }

    func hold() { state.withLock { $0.isHeld = true } }
    func fail() { state.withLock { $0.fails = true } }
    func release() {
        state.withLock { $0.isHeld = false }
        gate.signal()
    }

    func lines(after position: JournalPosition, limit: Int, bytes: Int) throws -> [JournalLine] {
        let (isHeld, fails) = state.withLock { state in
            if state.isHeld { state.isWaiting = true }
            return (state.isHeld, state.fails)
        }
        if isHeld { gate.wait() }
        if fails { throw Unreadable() }
        let lines = try outbox.lines(after: position, limit: limit, bytes: bytes)
        counts.withLock { counts in
            counts.pages += 1
            counts.lines += lines.count
            counts.mostLines = max(counts.mostLines, lines.count)
        }
        return lines
    }

    func incarnation(_ generation: Int) throws -> (incarnation: Incarnation, last: Int)? {
        try outbox.incarnation(generation)
    }
    func acknowledged() throws -> JournalPosition { try outbox.acknowledged() }
    func acknowledge(_ position: JournalPosition) throws { try outbox.acknowledge(position) }
    func keepCursor() throws { try outbox.keepCursor() }
    func prunedThrough(_ generation: Int) throws -> Int { try outbox.prunedThrough(generation) }
    func waiting() throws -> Int { try outbox.waiting() }
    func line(at position: JournalPosition) throws -> JournalLine? { try outbox.line(at: position) }
}
