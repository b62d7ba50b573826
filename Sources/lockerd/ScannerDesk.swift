import LockerDomain
import StationEngine
import StationPorts
import StationRules
import Synchronization

/// Takes what scanners send. Until the station is up each scan is answered with the light alone, and the devices are
/// kept for the engine.
final class ScannerDesk: Sendable {
    private struct State: Sendable {
        var engine: StationEngine?
        var devices: [ScannerReport] = []
        var hasStarted = false
    }

    private let signals: any SignalPort
    private let answer: @Sendable () -> Answer
    private let state = Mutex(State())

    /// `answer` is for scans before the station is up.
    init(_ signals: any SignalPort, answer: @escaping @Sendable () -> Answer) {
        self.signals = signals
        self.answer = answer
    }

    /// Starts the scanners unless they run already.
    func start(_ scanners: any ScannerPort) throws {
        guard !state.withLock({ $0.hasStarted }) else { return }
        try scanners.start { [self] in take($0) }
        state.withLock { $0.hasStarted = true }
    }

    /// From now on everything goes to the engine, first the devices that came before.
    func connect(_ engine: StationEngine) {
        state.withLock { state in
            for device in state.devices { engine.post(.scanner(device)) }
            (state.engine, state.devices) = (engine, [])
        }
    }

    private func take(_ feed: ScannerFeed) {
        let engine = state.withLock { state in
            if case .device(let report) = feed, state.engine == nil, state.devices.count < Limits.mailboxInputsMax {
                state.devices.append(report)
            }
            return state.engine
        }
        switch feed {
        case .device(let report): engine?.post(.scanner(report))
        case .text(let text, let source):
            guard let engine else { return show(answer()) }
            // Nobody scans into the void: a full mailbox is seen and heard, and the scan can be made again.
            if !engine.post(.text(text, from: source)) { show(Answer(.busy)) }
        }
    }

    private func show(_ answer: Answer) { signals.show(answer.light, answer.beep) }
}
