import Synchronization

/// The last look at the clock of this process, for answers to stations: the books are asked again when some seconds have
/// passed or the clock was set. Safe from any thread.
final class ClockWatch: Sendable {
    private struct Look {
        var reading: ClockReading
        var state: ClockState
    }

    private let last = Mutex<Look?>(nil)

    /// What still holds at this reading; `nil` when it is time to look again.
    func state(at now: ClockReading) -> ClockState? {
        last.withLock { look in
            guard let look, look.reading.isSynchronised == now.isSynchronised, look.reading.bootID == now.bootID
            else { return nil }
            let passed = now.uptime - look.reading.uptime
            guard (0..<CountyLimits.clockLookMilliseconds).contains(passed),
                abs(now.wall - look.reading.wall - passed) < CountyLimits.clockLookMilliseconds
            else { return nil }
            var state = look.state
            state.wall = now.wall
            state.lastGood = state.isInDoubt ? state.lastGood + passed : now.wall
            return state
        }
    }

    func keep(_ state: ClockState, at reading: ClockReading) {
        last.withLock { $0 = Look(reading: reading, state: state) }
    }

    /// A station reported: one that speaks against the clock, or may end the doubt, is counted at once.
    func heard(_ report: ClockReport?, at reading: ClockReading) {
        guard let report else { return }
        last.withLock { look in
            if let known = look, known.state.isInDoubt || !report.agrees(at: reading) { look = nil }
        }
    }

    /// Something that it rests on has changed.
    func forget() { last.withLock { $0 = nil } }
}
