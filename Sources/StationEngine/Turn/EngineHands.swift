import LockerDomain
import Logging
import StationBooks
import StationCore
import StationPorts
import StationRules

/// The devices of the board, as a turn reaches them. Used on the engine's thread only.
final class EngineHands: TurnHands {
    typealias Asker = Reply

    private let doors: any DoorPort
    private let signals: any SignalPort
    private let logger: Logger
    /// Called after each commit with new events.
    private let committed: @Sendable () -> Void
    /// Called before and after each commit.
    private let progressed: @Sendable () -> Void
    weak var engine: StationEngine?
    /// What the events of this turn say of doors that need somebody.
    private var doorLog: [DoorLogLine] = []
    private(set) var lastAnswer: (answer: Answer, uptime: Int64)?

    init(
        _ ports: EnginePorts,
        logger: Logger,
        committed: @escaping @Sendable () -> Void,
        progressed: @escaping @Sendable () -> Void
    ) {
        doors = ports.doors
        signals = ports.signals
        self.logger = logger
        self.committed = committed
        self.progressed = progressed
    }

    func pulse(_ order: PulseOrder) -> Bool { doors.pulse(order) }

    func post(_ input: Input) { engine?.post(input) }

    func show(_ answer: Answer, at now: Moment) {
        lastAnswer = (answer, now.uptime)
        signals.show(answer.light, answer.beep)
    }

    func reply(_ answers: [Answer], to asker: Reply) { asker(answers) }

    func report(_ trouble: TurnTrouble) { logger.error("\(trouble)") }

    func journalGrew() { committed() }

    // Inputs that come without a rest, on a card that takes seconds for each commit, keep an engine in one job for minutes:
    // what waits behind it, and that is the watchdog's question, would find it dead.
    func willCommit() { progressed() }

    func committed(_ lines: [JournalLine], causes: @autoclosure () -> [Posted<Reply>]) {
        progressed()
        for line in doorLog { logger.log(level: line.level, "\(line.text)", metadata: ["door": "\(line.door)"]) }
        doorLog = []
    }

    func decided(_ post: Posted<Reply>, _ decision: Decision) {
        doorLog += decision.events.compactMap(DoorLogLine.init)
    }

    // What was decided before never happened.
    func rebuilt(_ state: StationState) { doorLog = [] }

    func willKeepSnapshot() { progressed() }
}
