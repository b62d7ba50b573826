public import LockerDomain
public import StationPorts
import Synchronization

/// Lights and buzzer of a station that also show what is broken: red all the time while the station can do nothing, and
/// now and then while it works on. An answer always goes first. Safe from any thread.
public final class FaultLamp: SignalPort {
    private struct State: Sendable {
        /// Whether an answer was shown since the last look.
        var hasAnswered = false
        var looks = 0
    }

    private let inner: any SignalPort
    private let board: FaultBoard
    private let state = Mutex(State())

    /// `inner` are the lights themselves.
    public init(_ inner: any SignalPort, _ board: FaultBoard) {
        (self.inner, self.board) = (inner, board)
    }

    public func show(_ light: Light, _ beep: Beep) {
        state.withLock { $0.hasAnswered = true }
        inner.show(light, beep)
    }

    public func stop() { inner.stop() }

    /// One look at the faults; to be called every `Limits.faultLampMilliseconds`.
    public func look() {
        let (isDown, isFaulty) = (board.isDown, !board.alarming.isEmpty)
        let lights = state.withLock { state in
            defer { state.hasAnswered = false }
            guard isFaulty else {
                state.looks = 0
                return false
            }
            let isDue = isDown || state.looks % Limits.faultLampLooksMax == 0
            // The look that an answer took away is made up for by the next.
            guard isDue, !state.hasAnswered else {
                if !isDue { state.looks += 1 }
                return false
            }
            state.looks += 1
            return true
        }
        if lights { inner.show(.red, .none) }
    }

    /// Looks until the task is cancelled.
    public func watch() async {
        while !Task.isCancelled {
            look()
            try? await Task.sleep(for: .milliseconds(Limits.faultLampMilliseconds))
        }
    }
}
