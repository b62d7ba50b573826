package import LockerDomain
import StationBooks
import StationPorts
import StationRules
import SyncWire

extension TurnCore {
    /// The county said, in an answer whose hash fits the journal, that it has everything up to here.
    package func countyHas(_ position: JournalPosition) { countyPosition = position }

    /// Removes the front of the journal when it is due: the event that says so is durable before the lines go, so a crash
    /// between the two leaves lines that go the next time.
    func prune(at now: Moment) {
        guard now.clock.isConfirmed, now.uptime >= pruneDue, station.storage == .ok, !station.state.isLeaping(at: now),
            let county = countyPosition
        else { return }
        do {
            let front = try ports.journal.front(limit: Limits.pruneEventsMax)
            let key = try ports.keys.journalKey()
            let verified = front.snapshots.filter { $0.position.sequence > 0 && SnapshotBody($0, key: key) != nil }
            guard verified.count > 1, let older = verified.dropFirst().first,
                let last = Pruning(settings.bounds).last(
                    of: front,
                    snapshot: older.position,
                    county: county,
                    trustedTime: station.state.trustedTime
                ), let line = try? EventLine(decoding: last.bytes)
            else {
                pruneDue = now.uptime + Limits.pruneMilliseconds
                return
            }
            let fact = JournalPruned(
                incarnation: line.incarnation == log.incarnation.id ? nil : line.incarnation,
                through: EventLine.text(ofSequence: line.sequence),
                hash: Hex.encode(last.hash)
            )
            turn([Post(.journalPruned(fact))], at: now)
            guard !isStopped, !isBehind else { return }
            try ports.journal.prune(through: last.position)
        } catch {
            pruneDue = now.uptime + Limits.pruneMilliseconds
            hands.report(.notPruned(error))
        }
    }
}
