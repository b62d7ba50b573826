package import LockerDomain
package import StationBooks
import StationPorts
import StationRules
import SyncWire

extension TurnCore {
    /// Makes `station` again what the journal proves. `false` when the journal cannot be read now: tried again with
    /// the next turn.
    func rebuild() -> Bool {
        do {
            let read = try Replay.run(ports, station: settings.id, rules: rules)
            station = Station(
                settings: settings,
                state: read.state,
                credentials: station.credentials,
                storage: station.storage,
                checkPIN: checkPIN
            )
            (log, damage, settledCommands) = (read.log, read.damage, read.state.commands)
            isStale = false
            hands.rebuilt(read.state)
            return true
        } catch {
            isStale = true
            hands.report(.unreadable(error))
            return false
        }
    }

    /// Closes the incarnation and begins the next one, because the county knows other bytes under its numbers, or has events
    /// of this station that the journal never held.
    /// Does nothing when the incarnation is not the present one any more.
    /// - Parameters:
    ///   - lost: sequences of it that cannot be read any more and that the county does not have either; the state
    ///     is whole.
    ///   - shared: the last number that the county confirmed: the events behind it that it has are recovered. `nil`:
    ///     all of its events are.
    /// - Throws: when the disk does not take it or cannot be read, or after a stop; the incarnation goes on as if nothing
    ///   had been asked.
    package func replaceIncarnation(
        _ generation: Int,
        reason: JournalReplaced.Reason,
        lost: ClosedRange<Int>? = nil,
        shared: Int? = nil,
        at now: Moment
    ) throws {
        guard !isStopped else { throw JournalError(.broken, "the station stops") }
        // Read again first: the next incarnation may have landed although the disk said that it did not.
        guard !isStale || rebuild() else { throw JournalError(.broken, "the journal cannot be read now") }
        guard log.incarnation.generation == generation else { return }
        let fact = JournalReplaced(
            previous: log.incarnation.id,
            lastSequence: EventLine.text(ofSequence: log.sequence),
            lastHash: Hex.encode(log.hash),
            lostFirst: lost.map { EventLine.text(ofSequence: $0.lowerBound) },
            lostLast: lost.map { EventLine.text(ofSequence: $0.upperBound) },
            supportCounter: lost == nil ? newSupportCounter() : nil,
            stateKept: lost == nil ? nil : true,
            recoverAfter: shared.map { EventID(incarnation: log.incarnation.id, sequence: $0).description },
            reason: reason
        )
        try begin(fact, at: now)
        // The state is whole: the next start must not read it over lines that are lost.
        if lost != nil { snapshotAt = -snapshotEvents }
    }

    /// Closes an incarnation that cannot be read to its end, before anything else is written. `false` when the disk does not
    /// take it: tried again with the next turn.
    func closeDamaged(at now: Moment) -> Bool {
        guard let damage else { return true }
        let known = acknowledged.flatMap { $0.generation == log.incarnation.generation ? $0.sequence : nil }
        do {
            try begin(damage.fact(acknowledged: known ?? 0, supportCounter: newSupportCounter()), at: now)
            // The next start need not read over the break again.
            snapshotAt = -snapshotEvents
            return true
        } catch {
            hands.report(.commit(error))
            return false
        }
    }

    /// The next incarnation, with its reason as the first line.
    private func begin(_ fact: JournalReplaced, at now: Moment) throws {
        let post = Post(.journalReplaced(fact))
        let decision = rules.decide(&station, post.input, now)
        hands.decided(post, decision)
        hands.willCommit()
        guard !isStopped else { throw JournalError(.broken, "the station stops") }
        var next = log
        var first: [JournalLine] = []
        do {
            _ = try ports.journal.beginIncarnation(id: Hex.encode(ports.entropy.bytes(16))) { incarnation in
                (next.incarnation, next.sequence, next.hash) = (incarnation, 0, Chain.start)
                first = try next.lines(for: decision.events, at: now)
                return first
            }
        } catch {
            if !rebuild() { answerOnly([], at: now, lastMoment: lastMoment) }
            throw error
        }
        next.commit(first)
        (log, damage, settledCommands) = (next, nil, station.state.commands)
        (snapshotAt, rested) = (0, 0)
        hands.committed(first, causes: first.map { _ in post })
        if !isStopped { hands.journalGrew() }
    }
}
