package import LockerDomain
package import StationBooks
import StationPorts
import StationRules
import SyncWire

extension TurnCore {
    /// What the county is to give back; `nil` when nothing is missing.
    package var recoveryWanted: RecoveryWanted? {
        guard station.state.asksForBooks, station.credentials != nil, !isStopped else { return nil }
        let recovery = station.state.recovery
        return RecoveryWanted(
            after: recovery?.after.flatMap(EventID.init),
            reached: recovery?.reached.flatMap(EventID.init),
            holdsTail: recovery?.holdsTail ?? true,
            isLoss: recovery != nil,
            isKnown: station.state.countyBooks == .askingAgain
        )
    }

    /// Folds a page of the county's copy in. Durable when it returns.
    /// - Parameter tail: what the closed incarnation has written behind the end that the county shares.
    /// - Throws: when the disk does not take it; nothing is folded in then.
    package func recover(_ page: RecoveredPage, besides tail: Topics, at now: Moment) throws {
        try checkReady(at: now)
        // What was written about since is known at this very moment; what was not is all that is kept.
        var touched = station.state.recovery?.touched ?? Topics()
        touched.add(tail)
        let counting = page.counting(of: settings.id, besides: rules.spared(touched))
        let kept = counting.map(\.bytes)
        let fact = BooksRecovered(
            incarnation: page.incarnation,
            first: EventLine.text(ofSequence: page.first),
            last: EventLine.text(ofSequence: page.last),
            hash: Hex.encode(page.hash),
            kept: kept.count,
            digest: RecoveredPage.digest(of: kept)
        )
        try commit(.booksRecovered(fact, counting.map(\.event)), keeping: kept, at: now)
    }

    /// All that the county has is folded in.
    /// - Throws: as `recover`.
    package func booksAreWhole(at now: Moment) throws {
        try checkReady(at: now)
        try commit(.booksRecovered(BooksRecovered(), []), keeping: [], at: now)
    }

    private func checkReady(at now: Moment) throws {
        // A look at the clock first: the event is dated by it.
        turn([], at: now)
        guard !isStopped, !isStale, damage == nil, station.storage == .ok else {
            throw JournalError(.broken, "the journal takes nothing that can wait")
        }
    }

    private func commit(_ input: Input, keeping kept: [[UInt8]], at now: Moment) throws {
        let post = Post(input)
        let decision = rules.decide(&station, input, now)
        hands.decided(post, decision)
        hands.willCommit()
        guard !isStopped else { return }
        do {
            let lines = try log.lines(for: decision.events, at: now)
            try ports.journal.append(lines, recovered: kept)
            log.commit(lines)
            settledCommands = station.state.commands
            hands.committed(lines, causes: lines.map { _ in post })
        } catch {
            if !rebuild() { answerOnly([], at: now, lastMoment: lastMoment) }
            throw error
        }
        if !isStopped { hands.journalGrew() }
    }
}
