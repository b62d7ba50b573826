import LockerDomain
import StationPorts
import Synchronization

/// The clock that the whole station works with: the machine's, judged by `ClockDiscipline`.
final class DisciplinedClock: ClockPort {
    private let inner: any ClockPort
    private let discipline: Mutex<ClockDiscipline>

    init(_ inner: any ClockPort, _ discipline: ClockDiscipline) {
        self.inner = inner
        self.discipline = Mutex(discipline)
    }

    var bootID: String { inner.bootID }

    /// Readings go in one after the other: one that overtook another would look like a step.
    func now() -> Moment { discipline.withLock { read(&$0) } }

    func wake(atUptime milliseconds: Int64, _ call: @escaping @Sendable () -> Void) {
        inner.wake(atUptime: milliseconds, call)
    }

    /// Takes the county's time; whether it was used.
    func hear(county time: Int64, asked: Int64) -> Bool {
        discipline.withLock { $0.hear(county: time, asked: asked, at: inner.now().uptime) }
    }

    /// What is wrong with the clock now.
    var trouble: ClockTrouble? {
        discipline.withLock { discipline in
            _ = read(&discipline)
            return discipline.trouble
        }
    }

    private func read(_ discipline: inout ClockDiscipline) -> Moment {
        let raw = inner.now()
        // Where the kernel says it already, nobody asks the service.
        return discipline.moment(for: raw, answered: raw.clock == .ntp ? nil : inner.lastServiceAnswer)
    }
}
