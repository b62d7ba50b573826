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

    /// Takes the time that a technician set, unless something speaks against it.
    /// - Returns: the discipline before, to go back to.
    func set(manual wall: Int64, isForced: Bool) -> Result<ClockDiscipline, ClockObjection> {
        discipline.withLock { discipline in
            let now = read(&discipline)
            let before = discipline
            if let objection = discipline.objection(to: wall, at: now.uptime), !isForced || objection == .impossible {
                return .failure(objection)
            }
            discipline.set(manual: wall, at: now.uptime)
            return .success(before)
        }
    }

    /// Goes back to what was known before the clock was set.
    func restore(_ before: ClockDiscipline) { discipline.withLock { $0 = before } }

    /// All of the clock, in one reading.
    func reading(trustedTime: Int64) -> ClockReading {
        discipline.withLock { discipline in
            let now = read(&discipline)
            return ClockReading(
                now: now,
                kernel: discipline.last ?? now,
                ntp: discipline.ntp,
                trustedTime: trustedTime,
                trouble: discipline.trouble
            )
        }
    }

    /// What NTP shows, believed or not; milliseconds since 1970.
    var ntp: Int64? {
        discipline.withLock { discipline in
            _ = read(&discipline)
            return discipline.ntp
        }
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
