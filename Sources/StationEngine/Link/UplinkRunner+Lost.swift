import LockerDomain
import Logging
import StationCore
import StationPorts
import SyncWire

/// Events that cannot be read here any more: the county is asked for them before they count as lost.
extension UplinkRunner {
    /// Takes what the check of the journal found. What neighbours prove is put back at once, the rest is asked for when
    /// nothing waits to be sent.
    public func found(_ finding: ChainAudit.Finding) async {
        do {
            if !finding.mended.isEmpty { try await engine.putBack(finding.mended) }
        } catch {
            logger.error("journal: \(finding.mended.count) events are not put back: \(error)")
        }
        broken = finding.broken
        await bells.events.notify()
    }

    /// Whether nothing is left to be asked for of what the check of the journal found.
    public var hasSettled: Bool { broken.isEmpty }

    /// Asks for one broken range. `false` when none is left.
    func settleNext() async throws -> Bool {
        guard let range = broken.first else { return false }
        try await settle(range)
        // The check of the journal may have found others meanwhile.
        broken.removeAll { $0 == range }
        return true
    }

    /// Puts a broken range back as the county has it. One that it does not have is lost: that is declared once.
    ///
    /// - Throws: a `LinkFault` when the county does not answer, what the disk says; asked again after a pause.
    func settle(_ range: JournalRange) async throws {
        guard let (incarnation, _) = try outbox.incarnation(range.generation) else { return }
        if try outbox.isGivenUp(range) { return machine.knowsLost(range) }
        guard let bodies = try await fetch(range, of: incarnation.id) else {
            logger.critical("journal: events \(range) cannot be read, and the county does not have them: lost")
            try await engine.declareLost(range)
            return machine.knowsLost(range)
        }
        guard let lines = try outbox.lines(bodies, asThoseOf: range) else {
            logger.critical("journal: events \(range) cannot be read, and those of the county do not fit around them")
            return machine.knowsLost(range)
        }
        try await engine.putBack(lines)
        logger.notice("journal: \(lines.count) events from \(range) are put back from the county")
        guard let last = lines.last, last.position < range.last else { return }
        let rest = last.position.sequence + 1...range.sequences.upperBound
        broken.append(JournalRange(generation: range.generation, sequences: rest))
    }

    /// The lines of a range from its beginning on, as the county has them; `nil` when it does not.
    private func fetch(_ range: JournalRange, of incarnation: String) async throws -> [[UInt8]]? {
        var bodies: [[UInt8]] = []
        let wanted = min(range.sequences.count, Limits.putBackEventsMax)
        while bodies.count < wanted {
            let after = range.sequences.lowerBound - 1 + bodies.count
            let limit = min(wanted - bodies.count, Limits.batchEventsMax)
            let (verdict, reply) = try await exchange(
                "GET",
                "/v1/stations/\(station)/events",
                query: "incarnation=\(incarnation)&after=\(after)&limit=\(limit)"
            )
            // Signed, and it has no such incarnation.
            if case .retry = verdict, reply.status == 404 { return nil }
            guard verdict == .accepted else { throw verdict.fault ?? LinkFault.other("HTTP \(reply.status)") }
            await answered()
            // Not signed with the answer, but the hashes tell.
            guard let header = reply.header("locker-chain").flatMap(ChainHeader.init), header.first == after + 1 else {
                break
            }
            let page = try Batch.split(reply.body, limit: limit)
            guard !page.isEmpty else { break }
            bodies += page
        }
        return bodies.isEmpty ? nil : bodies
    }
}
