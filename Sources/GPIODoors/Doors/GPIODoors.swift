import LinuxSupport
public import LockerDomain
public import StationPorts
import Synchronization

/// Doors whose coils and contacts hang on GPIO lines.
///
/// `start` works on the caller's thread; then a thread "doors" of its own holds every line. One board that is dead
/// costs its own doors only: a door without a lock ends its pulses with a fault, one without a sensor is `unknown`.
/// After a crash nothing else is needed: `start` takes the lines again, switched off.
public final class GPIODoors: DoorPort {
    private enum Phase: Sendable {
        case new
        case running(DoorsMailbox)
        case stopped
    }

    private let wiring: [DoorWiring]
    private let signals: SignalWiring
    private let outputsFile: String?
    private let phase = Mutex(Phase.new)
    private let found = Mutex<[String]>([])

    /// `signals` are only listed and checked for lines used twice; `GPIOSignals` drives them. `outputsFile` is what
    /// `locker-outputs-off` reads after a crash, in a folder that lockerd may write (`/run/lockerd/outputs`).
    public init(wiring: [DoorWiring], signals: SignalWiring = SignalWiring(), outputsFile: String?) {
        self.wiring = wiring
        self.signals = signals
        self.outputsFile = outputsFile
    }

    /// What `start` found broken, one line each with thing, cause and mend. Safe from any thread.
    public var faults: [String] { found.withLock { $0 } }

    /// Whether the thread has real-time priority; false before it began. Safe from any thread.
    public var isRealTime: Bool {
        phase.withLock { if case .running(let mailbox) = $0 { mailbox.isRealTime } else { false } }
    }

    /// Looks every line up without taking any. Throws what `start` would throw; returns what would be a fault,
    /// lights and buzzer included, except lines that somebody else has. Safe from any thread, also while doors run.
    public static func check(wiring: [DoorWiring], signals: SignalWiring) throws(GPIOError) -> [GPIOError] {
        let chips = ChipSet(withNames: WiringPlan.needsNames(wiring, signals))
        let plan = try WiringPlan(doors: wiring, signals: signals, table: chips.table)
        return plan.doorFaults.map(\.error) + plan.signalFaults
    }

    /// Writes the outputs file, then takes every line, switched off. Blocks for about 30 ms.
    ///
    /// Throws `GPIOError` when a door or line is used twice, the outputs file cannot be written or the process has no
    /// thread left; everything else is in `faults`. A report may come before this returns.
    public func start(report: @escaping @Sendable (DoorReport) -> Void) throws -> [DoorName: DoorLevel] {
        let mailbox = try makeMailbox()
        var lines = try takeLines()
        let faults = lines.faults
        found.withLock { $0 = faults }
        let present = lines.settle()
        var levels: [DoorName: DoorLevel] = [:]
        for door in wiring { levels[door.door] = present[door.door] ?? .unknown }

        let worker = DoorsWorker(lines: lines, mailbox: mailbox, report: report)
        let code = PosixThread.start("doors") { worker.run() }
        guard code == 0 else {
            throw GPIOError(.process, "thread doors", GPIOError.text(code), mend: "raise TasksMax=")
        }
        phase.withLock { $0 = .running(mailbox) }
        return levels
    }

    /// Orders one pulse and returns at once. `false`: it will not happen, because `Limits.pulseOrdersMax` wait already or
    /// the doors do not run. Safe from any thread.
    public func pulse(_ order: PulseOrder) -> Bool {
        let mailbox = phase.withLock { if case .running(let mailbox) = $0 { mailbox } else { nil as DoorsMailbox? } }
        return mailbox?.add(order) ?? false
    }

    /// Cuts a running pulse short (reported with a fault), drops the waiting ones (not reported), switches every output
    /// off and releases the lines. Blocks until done (at most 1 s). Safe from any thread but the doors' own.
    public func stop() {
        let mailbox = phase.withLock { phase in
            defer { phase = .stopped }
            return if case .running(let mailbox) = phase { mailbox } else { nil as DoorsMailbox? }
        }
        guard let mailbox else { return }
        mailbox.stop()
        // A bus that hangs may keep the thread; the outputs file is there for that.
        _ = mailbox.done.wait(untilNanoseconds: Monotonic.nanoseconds + 1_000_000_000)
    }

    private func takeLines() throws(GPIOError) -> DoorLines {
        let chips = ChipSet(withNames: WiringPlan.needsNames(wiring, signals))
        let plan = try WiringPlan(doors: wiring, signals: signals, table: chips.table)
        if let outputsFile { try OutputsFile.write(plan.rows, to: outputsFile) }
        return DoorLines(plan: plan, chips: chips)
    }

    private func makeMailbox() throws(GPIOError) -> DoorsMailbox {
        let isNew = phase.withLock { if case .new = $0 { true } else { false } }
        guard isNew else {
            throw GPIOError(.process, "doors", "they were started before", mend: "make new ones")
        }
        guard let wake = WakePipe(), let done = WakePipe() else {
            throw GPIOError(.process, "doors", "no file descriptors left", mend: "raise LimitNOFILE=")
        }
        return DoorsMailbox(wake: wake, done: done)
    }
}
