import Glibc
import LockerDomain
import Synchronization

/// Shows systemd that the daemon works, and nothing but that: who has the work at hand owes the sign. Safe from any thread.
///
/// While an engine is open only its own turn feeds the watchdog. One commit may take what the watchdog leaves behind a beat
/// (25 s of 30 s); between two commits of one turn the engine says itself that it goes on (`progressed`).
public final class Watchdog: Sendable {
    /// Who has the work at hand.
    public enum Work: Sendable {
        /// Nobody: the station waits until it can be opened.
        case waiting
        /// A journal is opened. That may take as long as it goes on: see `ServiceLimits.openingStallSeconds`.
        case opening
        /// An engine. The closure returns once it has come round.
        case engine(@Sendable () async -> Void)
    }

    private struct State: Sendable {
        var work = Work.opening
        /// Uptime of the last sign that the opening gave, and of the last beat.
        var sign: Int64
        var fed = Int64.min / 2
        /// Before systemd knows that the station is ready there is no watchdog, but an end to the time for a start.
        var isReady = false
    }

    private let manager: ServiceManager
    private let uptime: @Sendable () -> Int64
    private let state: Mutex<State>

    /// `uptime` in milliseconds, as the kernel counts it unless a test does.
    public init(_ manager: ServiceManager, uptime: @escaping @Sendable () -> Int64 = Watchdog.monotonicMilliseconds) {
        self.manager = manager
        self.uptime = uptime
        state = Mutex(State(sign: uptime()))
    }

    /// The clock by which systemd counts, too.
    public static let monotonicMilliseconds: @Sendable () -> Int64 = {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// Another has the work at hand.
    public func begin(_ work: Work) {
        let now = uptime()
        state.withLock { ($0.work, $0.sign) = (work, now) }
    }

    /// The station is ready, or waits: from now on systemd watches.
    public func ready() {
        state.withLock { $0.isReady = true }
        manager.ready()
    }

    /// The work goes on: a line was read, a commit begins or has ended. Called by the thread that does the work.
    public func progressed() {
        let now = uptime()
        let isDue = state.withLock { state in
            switch state.work {
            case .waiting: return false
            case .opening: state.sign = now
            case .engine: break
            }
            // Whoever reads a journal feeds it, too: on a board with one core that keeps the task that looks from running.
            return now - state.fed >= ServiceLimits.watchdogTurnMilliseconds
        }
        if isDue { feed() }
    }

    /// One look; to be called at each interval. With an engine it returns once that has come round.
    public func look() async {
        let (work, sign) = state.withLock { ($0.work, $0.sign) }
        switch work {
        case .waiting: feed()
        case .opening: if uptime() - sign <= ServiceLimits.openingStallSeconds * 1_000 { feed() }
        case .engine(let comesRound):
            await comesRound()
            feed()
        }
    }

    /// Looks until the task is cancelled.
    public func run() async {
        guard manager.isThere else { return }
        let interval = manager.pingMilliseconds ?? ServiceLimits.startPingMilliseconds
        while !Task.isCancelled {
            await look()
            try? await Task.sleep(for: .milliseconds(interval))
        }
    }

    private func feed() {
        let now = uptime()
        let isReady = state.withLock { state in
            state.fed = now
            return state.isReady
        }
        if isReady { manager.alive() } else { manager.starting(forSeconds: ServiceLimits.openingStallSeconds) }
    }
}
