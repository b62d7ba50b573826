public import LockerDomain
public import Logging
import StationCore
public import StationPorts

/// What an engine works with.
public struct EnginePorts: Sendable {
    public var journal: any JournalPort
    public var outbox: any OutboxPort
    public var doors: any DoorPort
    public var signals: any SignalPort
    public var clock: any ClockPort
    public var entropy: any EntropyPort
    public var keys: any KeyPort
    public var contacts: any ContactPort
    public var lifeMarks: any LifeMarkPort

    public init(
        journal: any JournalPort,
        outbox: any OutboxPort,
        doors: any DoorPort,
        signals: any SignalPort,
        clock: any ClockPort,
        entropy: any EntropyPort,
        keys: any KeyPort,
        contacts: any ContactPort,
        lifeMarks: any LifeMarkPort
    ) {
        self.journal = journal
        self.outbox = outbox
        self.doors = doors
        self.signals = signals
        self.clock = clock
        self.entropy = entropy
        self.keys = keys
        self.contacts = contacts
        self.lifeMarks = lifeMarks
    }
}

/// Runs the turn of DESIGN 3.1: decide and apply each waiting input, one durable commit, then the actions.
///
/// It lives on its own thread and a turn never suspends; everybody else talks to it through `post`, from any thread.
public actor StationEngine {
    private let executor = TurnExecutor()
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    nonisolated let mailbox = Mailbox()
    nonisolated let ports: EnginePorts
    /// The clock of `ports`, which the county's time reaches.
    nonisolated let clock: DisciplinedClock
    nonisolated let settings: StationSettings
    let version: String
    let checkPIN: Station.PINCheck
    let logger: Logger
    /// Called after each commit with new events.
    let committed: @Sendable () -> Void

    var station: Station
    var log: EventLog
    var timers = Timers()
    var lastAnswer: (answer: Answer, uptime: Int64)?
    var levels: [DoorName: DoorLevel] = [:]
    var lastMoment: Moment?
    var snapshotAt = 0
    var rested = 0
    /// Uptime of the next look at phone numbers that are to be erased.
    var contactsDue: Int64 = 0
    /// Uptime of the next mark of life.
    var markDue: Int64 = 0
    let lastSign: LastSign?
    var stopped = false
    /// Inputs that nobody repeats, kept while nothing can be written; see `catchUp`.
    var missed: [Input] = []
    /// Something happened that could not be written.
    var isBehind = false
    /// The journal could not be read again after a failed commit: `station` holds what never became durable.
    var isStale = false

    /// Reads the journal; no device is touched yet.
    /// - Throws: `ReplayFault` or the journal's damage: the caller moves the file aside and tries again.
    public init(
        settings: StationSettings,
        version: String,
        ports: EnginePorts,
        credentials: Credentials?,
        checkPIN: @escaping Station.PINCheck,
        logger: Logger,
        committed: @escaping @Sendable () -> Void = {}
    ) throws {
        self.settings = settings
        self.version = version
        self.checkPIN = checkPIN
        self.logger = logger
        self.committed = committed
        let (state, log) = try Replay.run(
            ports.journal,
            station: settings.id,
            bootID: ports.clock.bootID,
            newIncarnation: { Hex.encode(ports.entropy.bytes(16)) }
        )
        station = Station(settings: settings, state: state, credentials: credentials, checkPIN: checkPIN)
        self.log = log
        snapshotAt = log.sequence
        let last = try LastSign(ports.journal, ports.lifeMarks)
        lastSign = last
        clock = DisciplinedClock(
            ports.clock,
            ClockDiscipline(
                trustedTime: state.trustedTime,
                after: last?.moment,
                isSameBoot: last?.bootID == ports.clock.bootID
            )
        )
        var judged = ports
        judged.clock = clock
        self.ports = judged
    }

    /// Starts the doors and makes the first events. `replaced` tells why the journal before this one was closed.
    public func start(replaced: JournalReplaced? = nil) throws {
        levels = try ports.doors.start { [weak self] report in
            switch report {
            case .level(let door, let level): self?.post(.level(door, level))
            case .pulseEnded(let door, let cycle, let fault): self?.post(.pulseEnded(door, cycle: cycle, fault: fault))
            }
        }
        var posts: [Post] = []
        if var replaced {
            replaced.supportCounter = newSupportCounter()
            posts.append(Post(.journalReplaced(replaced)))
        }
        let sign = lastSign?.sign(at: ports.clock.now(), bootID: ports.clock.bootID)
        posts.append(Post(.started(version: version, levels: levels, after: sign)))
        turn(posts)
        if station.storage == .ok { turn([Post(.storage(ports.journal.rest(keeping: nil)))]) }
        scheduleRest()
    }

    /// Hands in an input. Safe from any thread; `false` when the mailbox is full: nothing will happen.
    @discardableResult
    public nonisolated func post(_ input: Input, reply: (@Sendable ([Answer]) -> Void)? = nil) -> Bool {
        switch mailbox.put(Post(input, reply: reply)) {
        case .queued: return true
        case .queuedWake:
            Task { await self.drain() }
            return true
        case .full: return false
        }
    }

    /// Ends a running pulse, switches every output off, writes the last events and a snapshot. Nothing is decided
    /// afterwards.
    public func stop(reason: String) {
        guard !stopped else { return }
        ports.doors.stop()
        // Only what the sensors saw still counts: an opening that the stop cut short is no fault of the door, the next
        // start finds it interrupted. Whoever waits for an answer is told to try again.
        while case let posts = mailbox.take(Limits.inputsPerTurnMax), !posts.isEmpty {
            for post in posts { post.reply?([Answer(.busy)]) }
            turn(posts.filter { if case .level = $0.input { true } else { false } }.map { Post($0.input) })
        }
        turn([Post(.stopping(reason: reason))])
        _ = ports.journal.rest(keeping: snapshot())
        ports.signals.stop()
        stopped = true
        dismiss()
    }

    /// After the stop nothing is decided, but whoever waits for an answer gets one.
    private func dismiss() {
        while case let posts = mailbox.take(Limits.inputsPerTurnMax), !posts.isEmpty {
            for post in posts { post.reply?([Answer(.busy)]) }
        }
    }

    /// Returns once the engine has come round: fed to the watchdog.
    public func beat() {}

    func drain() {
        while !stopped {
            let due = timers.due(at: ports.clock.now().uptime)
            if !due.isEmpty { turn(due.map { Post(.timer($0)) }) }
            let posts = mailbox.take(Limits.inputsPerTurnMax)
            if posts.isEmpty { break }
            turn(posts)
        }
        if stopped { dismiss() } else { armTimers() }
    }

    func armTimers() {
        guard let deadline = timers.deadlineToArm() else { return }
        ports.clock.wake(atUptime: deadline) { [weak self] in
            guard let self else { return }
            Task { await self.woken(deadline) }
        }
    }

    private func woken(_ deadline: Int64) {
        timers.fired(deadline)
        drain()
    }

    // MARK: Rest

    private func scheduleRest() {
        let uptime = ports.clock.now().uptime + Self.restMilliseconds
        ports.clock.wake(atUptime: uptime) { [weak self] in
            guard let self else { return }
            Task { await self.rest() }
        }
    }

    private static let restMilliseconds: Int64 = 5_000

    /// Housekeeping while nobody waits: snapshot, checkpoint, reserve; and a look whether a sick disk is well again.
    private func rest() {
        guard !stopped else { return }
        defer { scheduleRest() }
        guard !isStale || rebuild() else { return }
        keepLifeMark()
        if station.isIdle { eraseContacts() }
        let due = log.sequence - snapshotAt >= Limits.snapshotEvents
        guard station.isIdle || station.storage != .ok || log.sequence - snapshotAt >= 5 * Limits.snapshotEvents else {
            return
        }
        guard due || station.storage != .ok || rested != log.sequence else { return }
        rested = log.sequence
        // On a failed disk the snapshot is also the probe; the reserve is for pickups, not for snapshots.
        let kept = due && station.storage == .ok || station.storage == .failed ? snapshot() : nil
        let storage = ports.journal.rest(keeping: kept)
        if kept != nil, storage != .failed { snapshotAt = log.sequence }
        if storage != station.storage { turn([Post(.storage(storage))]) }
        if station.storage != .failed { catchUp() }
    }

    func snapshot() -> Snapshot? {
        guard !isStale else { return nil }
        let body = SnapshotBody(hash: Hex.encode(log.hash), state: station.state)
        guard let bytes = try? body.bytes() else { return nil }
        return Snapshot(position: log.position, format: StationState.format, bytes: bytes)
    }

    /// What happened while nothing could be written is decided now: first what nobody repeats (the start, timers that
    /// ran out, devices), then the sensors as they are; an opening that nobody saw through is interrupted.
    private func catchUp() {
        guard isBehind else { return }
        isBehind = false
        var inputs = missed.map { input -> Input in
            guard case .started(let version, _, let sign) = input else { return input }
            return .started(version: version, levels: levels, after: sign)
        }
        missed = []
        inputs += levels.sorted { $0.key < $1.key }.map { .level($0.key, $0.value) }
        turn(inputs.map { Post($0) })
        // Whoever stood there has long gone: nothing is pulsed again, a keeper looks.
        let unseen = station.state.doors.filter { $0.value.cycle?.phase == .unlocking }.keys.sorted()
        turn(unseen.map { Post(.interrupted($0)) })
    }
}
