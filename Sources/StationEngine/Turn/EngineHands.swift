import LockerDomain
import Logging
import StationCore
import StationPorts

/// The devices of the board, as a turn reaches them. Used on the engine's thread only.
final class EngineHands: TurnHands {
    typealias Asker = Reply

    private let doors: any DoorPort
    private let signals: any SignalPort
    private let logger: Logger
    /// Called after each commit with new events.
    private let committed: @Sendable () -> Void
    weak var engine: StationEngine?
    private(set) var lastAnswer: (answer: Answer, uptime: Int64)?

    init(_ ports: EnginePorts, logger: Logger, committed: @escaping @Sendable () -> Void) {
        doors = ports.doors
        signals = ports.signals
        self.logger = logger
        self.committed = committed
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
}
