import LockerDomain
import Logging
import StationCore
import StationPorts
import SyncWire

/// Brings back from the county what the journal has lost (DESIGN 4.9).
extension UplinkRunner {
    func recoveryLoop() async {
        var pauses = Backoff()
        // Where the journal ended when the loss was seen: once the county has that, nothing of ours is unknown there.
        var behind: JournalPosition?
        while !Task.isCancelled {
            guard link != nil, let wanted = await engine.recoveryWanted() else {
                behind = nil
                await bells.recovery.wait(milliseconds: 60_000)
                continue
            }
            if behind == nil { behind = await engine.head() }
            do {
                guard let end = behind, try outbox.acknowledged() >= end else {
                    await bells.recovery.wait(milliseconds: 60_000)
                    continue
                }
                try await recover(wanted)
                behind = nil
                pauses.reset()
                await succeeded(.recovery)
            } catch {
                if Task.isCancelled { return }
                await failed(.recovery, LinkFault(error))
                let pause = max(Limits.recoveryRetryMilliseconds, pauses.pause(random: randomWord()))
                await bells.recoveryPause.wait(milliseconds: pause)
            }
        }
    }

    private func recover(_ wanted: RecoveryWanted) async throws {
        let list = try CanonicalJSON.decode(
            IncarnationList.self,
            from: try await ask("/v1/stations/\(station)/incarnations", query: "").body
        )
        let own = try ownIncarnations()
        guard wanted.isLoss else {
            let isForeign = list.incarnations.contains { item in
                item.acknowledged > 0 && !own.contains { $0.id == item.incarnation }
            }
            return isForeign ? try await engine.takeOver() : try await engine.booksAreWhole()
        }
        let base = wanted.after.flatMap { after in own.first { $0.id == after.incarnation } }
        let since = try writtenSince(wanted, own, base: base)
        // What an older copy wrote is compared from where both ends agreed.
        let reached = wanted.holdsTail && wanted.reached?.incarnation == base?.id ? nil : wanted.reached
        let plan = RecoveryPlan(list, after: wanted.after, reached: reached, since: Set(since.map(\.id)))
        logger.notice("the county is asked for what was lost: \(plan.ranges.count) journals")
        var tail = Topics()
        if wanted.holdsTail, base == nil {
            for incarnation in since { try read(incarnation, after: 0) { tail.add($0) } }
        }
        for range in plan.ranges {
            let isOwn = wanted.holdsTail && range.incarnation == base?.id
            try await fetch(range, comparedWith: isOwn ? base : nil, reached: wanted.reached, tail: &tail)
        }
        try await engine.booksAreWhole()
        logger.notice("all that the county has of this station is back")
    }

    /// Page by page, so that no more than one is in memory.
    private func fetch(
        _ range: RecoveryPlan.Range,
        comparedWith own: Incarnation?,
        reached: EventID?,
        tail: inout Topics
    ) async throws {
        var after = range.after
        var isSame = own != nil
        while after < range.last {
            let reply = try await ask(
                "/v1/stations/\(station)/events",
                query: "incarnation=\(range.incarnation)&after=\(after)&limit=\(Limits.batchEventsMax)"
            )
            guard var page = try RecoveredPage(reply, of: range.incarnation, after: after) else { return }
            after = page.last
            if isSame, let own {
                let shared = try page.sharedEnd(with: own, in: outbox)
                guard let rest = page.dropping(through: shared) else { continue }
                isSame = false
                page = rest
                try read(own, after: shared) { tail.add($0) }
            }
            if let reached, reached.incarnation == range.incarnation {
                guard let rest = page.dropping(through: reached.sequence) else { continue }
                page = rest
            }
            try await engine.recover(page, besides: tail)
        }
    }

    private func ask(_ path: String, query: String) async throws -> UplinkReply {
        let (verdict, reply) = try await exchange("GET", path, query: query, seconds: Limits.manifestSecondsMax)
        guard verdict == .accepted else { throw verdict.fault ?? LinkFault.other("HTTP \(reply.status)") }
        await answered()
        return reply
    }

    // MARK: The journal here

    private func ownIncarnations() throws -> [Incarnation] {
        var found: [Incarnation] = []
        while let (next, _) = try outbox.incarnation(found.count + 1) { found.append(next) }
        return found
    }

    /// The incarnations that the state has written since the loss: from the one on that tells it. What stands between the
    /// shared end and that one is in the state only where it was an older copy that wrote it.
    private func writtenSince(
        _ wanted: RecoveryWanted,
        _ own: [Incarnation],
        base: Incarnation?
    ) throws -> ArraySlice<Incarnation> {
        let later = own.drop { $0.generation <= base?.generation ?? 0 }
        guard !wanted.holdsTail else { return later }
        return try later.drop { incarnation in
            let start = JournalPosition(generation: incarnation.generation, sequence: 0)
            guard let first = try outbox.lines(after: start, limit: 1, bytes: Limits.eventBytesMax).first,
                case .stationJournalReplaced(let fact)? = try? EventLine(decoding: first.bytes).event
            else { return true }
            return fact.reason != .damaged || fact.recoverAfter != wanted.after?.description
        }
    }

    private func read(_ incarnation: Incarnation, after sequence: Int, _ body: (Event) -> Void) throws {
        var position = JournalPosition(generation: incarnation.generation, sequence: sequence)
        while case let lines = try outbox.lines(
            after: position,
            limit: Limits.batchEventsMax,
            bytes: Limits.inflatedBytesMax
        ), let last = lines.last {
            for line in lines { if let event = try? EventLine(decoding: line.bytes).event { body(event) } }
            position = last.position
        }
    }
}

extension RecoveredPage {
    /// The last number up to which the journal here holds the same lines.
    fileprivate func sharedEnd(with own: Incarnation, in outbox: any OutboxPort) throws -> Int {
        for (index, bytes) in lines.enumerated() {
            let position = JournalPosition(generation: own.generation, sequence: first + index)
            guard try outbox.line(at: position)?.bytes == bytes else { return first + index - 1 }
        }
        return last
    }
}
