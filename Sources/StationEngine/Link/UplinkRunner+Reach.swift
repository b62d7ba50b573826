import LockerDomain
import StationCore
import StationPorts

/// Looks whether the county's address takes connections again while calls fail.
extension UplinkRunner {
    private var isFailing: Bool { link != nil && health.failuresInARow >= Limits.reachFailuresMin }

    func reachLoop() async {
        while !Task.isCancelled {
            guard isFailing else {
                await bells.reach.wait(milliseconds: 60_000)
                continue
            }
            var began = pace.now().uptime
            while !Task.isCancelled {
                let now = pace.now().uptime
                await pace.sleep(milliseconds: max(0, began + reach.gap(at: now, random: randomWord()) - now))
                guard !Task.isCancelled, isFailing else { break }
                began = pace.now().uptime
                let reachability = await port.reach()
                if reachability == .accepted { health.connected() }
                if reach.tried(reachability, at: clock.now().uptime) { await endPauses() }
            }
        }
    }

    /// What fails is tried now, but for what waits because the county said so; the pauses after it go on growing from
    /// where they were.
    func endPauses() async {
        if health.mayBeOver(.events) { await bells.eventPause.notify() }
        if health.mayBeOver(.commands) { await bells.commands.notify() }
        if health.mayBeOver(.contacts) { await bells.contactPause.notify() }
        if health.mayBeOver(.recovery) { await bells.recoveryPause.notify() }
    }
}
