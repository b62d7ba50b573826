public import LockerDomain
public import Logging
public import StationBooks
import StationCore
public import StationPorts
public import StationRules

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

/// Runs the core of the station on a thread of its own: inputs from other threads, timers, rest, devices.
///
/// A turn never suspends; everybody else talks to it through `post`, from any thread.
public actor StationEngine {
    private let executor = TurnExecutor()
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    nonisolated let mailbox = Mailbox()
    nonisolated let sheets = SheetScans()
    nonisolated let ports: EnginePorts
    /// The clock of `ports`, which the county's time reaches.
    nonisolated let clock: DisciplinedClock
    nonisolated let settings: StationSettings
    let version: String
    let logger: Logger
    let hands: EngineHands
    let core: TurnCore<EngineHands>

    /// Reads the journal; no device is touched yet.
    /// - Parameters:
    ///   - committed: called after each commit with new events.
    ///   - progressed: called on the engine's own thread whenever its turn goes on.
    /// - Throws: `ReplayFault` or the journal's damage: the caller moves the file aside and tries again.
    public init(
        settings: StationSettings,
        version: String,
        ports: EnginePorts,
        credentials: Credentials?,
        checkPIN: @escaping Station.PINCheck,
        logger: Logger,
        committed: @escaping @Sendable () -> Void = {},
        progressed: @escaping @Sendable () -> Void = {}
    ) throws {
        self.settings = settings
        self.version = version
        self.logger = logger
        hands = EngineHands(ports, logger: logger, committed: committed, progressed: progressed)
        core = try TurnCore(
            settings: settings,
            version: version,
            ports: TurnPorts(
                journal: ports.journal,
                entropy: ports.entropy,
                keys: ports.keys,
                contacts: ports.contacts,
                lifeMarks: ports.lifeMarks,
                bootID: ports.clock.bootID
            ),
            credentials: credentials,
            hands: hands,
            checkPIN: checkPIN
        )
        clock = DisciplinedClock(
            ports.clock,
            ClockDiscipline(
                trustedTime: core.station.state.trustedTime,
                after: core.lastSign?.moment,
                isSameBoot: core.lastSign?.bootID == ports.clock.bootID
            )
        )
        var disciplined = ports
        disciplined.clock = clock
        self.ports = disciplined
    }

    /// Starts the doors and makes the first events. `replaced` tells why the journal before this one was closed.
    public func start(replaced: JournalReplaced? = nil) throws {
        hands.engine = self
        let levels = try ports.doors.start { [weak self] report in
            switch report {
            case .level(let door, let level): self?.post(.level(door, level))
            case .pulseEnded(let door, let cycle, let fault): self?.post(.pulseEnded(door, cycle: cycle, fault: fault))
            }
        }
        core.start(
            levels: levels,
            replaced: replaced,
            acknowledged: try? ports.outbox.acknowledged(),
            at: ports.clock.now()
        )
        drain()
        scheduleMaintenance()
    }

    /// Hands in an input. Safe from any thread; `false` when the mailbox is full: nothing will happen. The token of an enrolment
    /// sheet never becomes an input: it is a secret, which no event and no log may hold.
    @discardableResult
    public nonisolated func post(_ input: Input, reply: (@Sendable ([Answer]) -> Void)? = nil) -> Bool {
        if case .text(let text, _) = input, let token = SheetScans.token(in: text) {
            let answer = sheets.take(token, at: ports.clock.now().uptime)
            Task { await self.show(answer, to: reply) }
            return true
        }
        switch mailbox.put(Posted(input, asker: reply)) {
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
        guard !core.isStopped else { return }
        sheets.stop()
        ports.doors.stop()
        core.stop(reason: reason, taking: mailbox.take, at: ports.clock.now())
        ports.signals.stop()
        core.dismiss(mailbox.take)
    }

    /// Returns once the engine has come round: fed to the watchdog.
    public func ping() {}

    /// Parcels that wait for their recipients, and whether the county gave it keys: one line for the service manager.
    public func serviceView() -> (parcels: Int, isEnrolled: Bool) {
        (core.station.state.waiting.count, core.station.credentials != nil)
    }

    /// Takes the enrolment sheet, and nothing else, that a scanner reads beside those of the station.
    nonisolated func readSheet(_ feed: ScannerFeed) {
        guard case .text(let text, let source) = feed, SheetScans.token(in: text) != nil else { return }
        post(.text(text, from: source))
    }

    /// Answers a scan that is no input.
    private func show(_ answer: Answer, to reply: Reply?) {
        if !core.isStopped { hands.show(answer, at: ports.clock.now()) }
        reply?([answer])
    }

    /// A turn without inputs is a look at the clock.
    func turn(_ posts: [Posted<Reply>]) {
        core.turn(posts, at: ports.clock.now())
        armTimers()
    }

    func drain() {
        hands.engine = self
        core.drain(taking: mailbox.take, now: ports.clock.now)
        if core.isStopped { core.dismiss(mailbox.take) } else { armTimers() }
    }

    func armTimers() {
        guard let deadline = core.timers.deadlineToArm() else { return }
        ports.clock.wake(atUptime: deadline) { [weak self] in
            guard let self else { return }
            Task { await self.woken(deadline) }
        }
    }

    private func woken(_ deadline: Int64) {
        core.timers.fired(deadline)
        drain()
    }

    private func scheduleMaintenance() {
        let uptime = ports.clock.now().uptime + TurnCore<EngineHands>.maintenanceMilliseconds
        ports.clock.wake(atUptime: uptime) { [weak self] in
            guard let self else { return }
            Task { await self.maintain() }
        }
    }

    private func maintain() {
        guard !core.isStopped else { return }
        core.maintain(at: ports.clock.now())
        armTimers()
        scheduleMaintenance()
    }
}
