package import LockerDomain
import StationBooks
import StationPorts
import StationRules
import SyncWire

extension TurnCore {
    /// Milliseconds from one maintenance to the next.
    package static var maintenanceMilliseconds: Int64 { 5_000 }

    /// Whether the next maintenance has more to do than to leave a mark of life.
    package var needsMaintenance: Bool { isStale || isBehind || station.storage != .ok || rested != log.sequence }

    /// Uptime from which maintenance leaves the next mark of life.
    package var nextMark: Int64 { markDue }

    /// Housekeeping while nobody waits: snapshot, checkpoint, reserve; and a look whether a sick disk is well again. What
    /// follows from it carries the moment at which it began.
    package func maintain(at now: Moment) {
        guard !isStopped, !isStale || rebuild() else { return }
        keepLifeMark(at: now)
        if station.isIdle { eraseContacts(at: now) }
        let fresh = log.sequence - snapshotAt
        guard station.isIdle || station.storage != .ok || fresh >= 5 * snapshotEvents else { return }
        let due = fresh >= snapshotEvents
        guard due || station.storage != .ok || rested != log.sequence else { return }
        rested = log.sequence
        // On a failed disk the snapshot is also the probe; the reserve is for pickups, not for snapshots.
        let keeps = due && station.storage == .ok || station.storage == .failed
        var kept: Snapshot?
        let storage = ports.journal.maintain {
            kept = keeps ? snapshot() : nil
            return kept
        }
        if kept != nil, storage != .failed {
            snapshotAt = log.sequence
            prune(at: now)
        }
        if storage != station.storage { turn([Post(.storage(storage))], at: now) }
        if !isStopped, station.storage != .failed { catchUp(at: now) }
    }

    func snapshot() -> Snapshot? {
        guard !isStale, damage == nil else { return nil }
        hands.willKeepSnapshot()
        let body = SnapshotBody(
            position: log.position,
            incarnation: log.incarnation.id,
            hash: log.hash,
            state: station.state
        )
        do { return try body.sealed(by: ports.keys.journalKey(), at: log.position) } catch {
            hands.report(.snapshot(error))
            return nil
        }
    }

    /// What happened while nothing could be written is decided now: first what nobody repeats (the start, timers that
    /// ran out, devices), then the sensors as they are; an opening that nobody saw through is interrupted.
    private func catchUp(at now: Moment) {
        guard isBehind else { return }
        isBehind = false
        var inputs = missed.map { input -> Input in
            guard case .started(let version, _, let sign) = input else { return input }
            return .started(version: version, levels: levels, after: sign)
        }
        missed = []
        inputs += levels.sorted { $0.key < $1.key }.map { .level($0.key, $0.value) }
        turn(inputs.map { Post($0) }, at: now)
        // Whoever stood there has long gone: nothing is pulsed again, a keeper looks.
        let unseen = station.state.doors.filter { $0.value.cycle?.phase == .unlocking }.keys.sorted()
        turn(unseen.map { Post(.interrupted($0)) }, at: now)
    }

    /// A mark every ten minutes, so that nobody has to come for the station to know until when it lived.
    private func keepLifeMark(at now: Moment) {
        guard now.uptime >= markDue else { return }
        markDue = now.uptime + Limits.lifeMarkMilliseconds
        ports.lifeMarks.keep(LifeMark(position: log.position, moment: now, bootID: ports.bootID))
    }
}
