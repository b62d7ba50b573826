import Glibc
import LinuxSupport
public import LockerDomain
public import StationPorts
import Synchronization

/// Lights and buzzer on GPIO lines, driven by a thread "signals" of its own: nothing that a door does makes a beep long.
public final class GPIOSignals: SignalPort {
    private struct State: Sendable {
        var player = SignalPlayer()
        var mailbox: Mailbox?
        var isStopping = false
        var faults: [String] = []
    }

    private struct Mailbox: Sendable {
        let wake: WakePipe
        let done: WakePipe
    }

    private let wiring: SignalWiring
    private let state = Mutex(State())

    /// Takes no line yet.
    public init(wiring: SignalWiring) {
        self.wiring = wiring
    }

    /// What `start` found broken, one line each with thing, cause and mend. Safe from any thread.
    public var faults: [String] { state.withLock { $0.faults } }

    /// Takes the lines, all off. Called once, after `GPIODoors.start`, which lists them in the outputs file first.
    /// Never throws: what is broken stays dark and is in `faults`. Before this, `show` does nothing.
    public func start() {
        let (lines, faults) = SignalLines.take(wiring)
        state.withLock { $0.faults = faults }
        guard !lines.isEmpty, let wake = WakePipe(), let done = WakePipe() else { return }
        state.withLock { $0.mailbox = Mailbox(wake: wake, done: done) }
        let code = PosixThread.start("signals") { [self] in
            play(lines, wake)
            done.signal()
        }
        guard code != 0 else { return }
        state.withLock {
            $0.mailbox = nil
            $0.faults.append("lights and buzzer: no thread (\(GPIOError.text(code))); raise TasksMax=")
        }
    }

    /// Shows an answer: the light for 3 s, the beep once. Returns at once. Safe from any thread.
    public func show(_ light: Light, _ beep: Beep) {
        let now = Monotonic.milliseconds
        let mailbox = state.withLock { state in
            state.player.show(light, beep, at: now)
            return state.mailbox
        }
        mailbox?.wake.signal()
    }

    /// Everything off, lines released. Blocks until done (at most 1 s). Safe from any thread.
    public func stop() {
        let mailbox = state.withLock { state in
            state.isStopping = true
            defer { state.mailbox = nil }
            return state.mailbox
        }
        guard let mailbox else { return }
        mailbox.wake.signal()
        _ = mailbox.done.wait(untilNanoseconds: Monotonic.nanoseconds + 1_000_000_000)
    }

    private func play(_ lines: SignalLines, _ wake: WakePipe) {
        while true {
            let now = Monotonic.milliseconds
            let (isStopping, player) = state.withLock { ($0.isStopping, $0.player) }
            guard !isStopping else { break }
            lines.set(player.outputs(at: now))
            let end = player.nextChange(after: now).map { $0 * 1_000_000 } ?? .max
            if wake.wait(untilNanoseconds: end) { wake.clear() }
        }
        lines.release()
    }
}

/// The lines of the signals that are there; used by one thread at a time.
private final class SignalLines {
    private var green: GPIOLine?
    private var red: GPIOLine?
    private var buzzer: GPIOLine?

    /// Requests what is there, switched off, and says what is not.
    static func take(_ wiring: SignalWiring) -> (lines: SignalLines, faults: [String]) {
        let chips = ChipSet(withNames: WiringPlan.needsNames([], wiring))
        let lines = SignalLines()
        var faults: [String] = []
        func take(_ output: OutputWiring?, _ thing: String) -> GPIOLine? {
            guard let output else { return nil }
            do {
                let place = try chips.table.find(output.address, for: thing)
                return try chips.output(place, activeLow: output.activeLow, for: thing)
            } catch {
                faults.append(error.description)
                return nil
            }
        }
        lines.green = take(wiring.green, "green light")
        lines.red = take(wiring.red, "red light")
        lines.buzzer = take(wiring.buzzer, "buzzer")
        return (lines, faults)
    }

    var isEmpty: Bool { green == nil && red == nil && buzzer == nil }

    func set(_ outputs: SignalPlayer.Outputs) {
        _ = green?.set(outputs.green)
        _ = red?.set(outputs.red)
        _ = buzzer?.set(outputs.buzzer)
    }

    func release() {
        set(SignalPlayer.Outputs())
        (green, red, buzzer) = (nil, nil, nil)
    }
}
