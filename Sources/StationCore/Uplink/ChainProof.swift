package import LockerDomain
import StationBooks
package import StationPorts
import SyncWire

/// What the journal proves of the chain at a position.
package enum ChainProof: Sendable, Hashable {
    /// The journal has no such event.
    case absent
    /// The hash behind it.
    case known([UInt8])
    /// The event was there and cannot be read any more, nor does its neighbour say.
    case unknown
}

extension OutboxPort {
    /// The hash behind a position, by its own row or what the next one keeps of it.
    package func proof(at position: JournalPosition) throws -> ChainProof {
        guard position.sequence >= 0, let last = try incarnation(position.generation)?.last, position.sequence <= last
        else { return .absent }
        if position.sequence == 0 { return .known(Chain.start) }
        if let row = try line(at: position), row.isIntact { return .known(row.hash) }
        let next = JournalPosition(generation: position.generation, sequence: position.sequence + 1)
        if let row = try line(at: next), row.isIntact { return .known(row.before) }
        return .unknown
    }

    /// What the county has acknowledged. A cursor that stands nowhere begins anew, behind what was removed: the county says
    /// with its first answer how much of each journal it has.
    package func cursor() throws -> JournalPosition {
        let position = try acknowledged()
        guard position.sequence >= 0, let last = try incarnation(position.generation)?.last, position.sequence <= last
        else { return try front() }
        return position
    }

    /// Where the journal begins: what was removed in front of it was acknowledged.
    private func front() throws -> JournalPosition {
        var front = JournalPosition(generation: 1, sequence: 0)
        var generation = 1
        while try incarnation(generation) != nil {
            let through = try prunedThrough(generation)
            if through > 0 { front = JournalPosition(generation: generation, sequence: through) }
            generation += 1
        }
        return front
    }

    /// Whether the station has closed the incarnation because it could not read a range: its state stands in front of that,
    /// and the county gives the events back as recovered ones. The rows stay as they are, so that a replay comes to the same.
    package func isGivenUp(_ range: JournalRange) throws -> Bool {
        guard let (closed, _) = try incarnation(range.generation) else { return false }
        let next = JournalPosition(generation: range.generation + 1, sequence: 0)
        guard let first = try lines(after: next, limit: 1, bytes: Limits.eventBytesMax).first,
            case .stationJournalReplaced(let fact)? = try? EventLine(decoding: first.bytes).event,
            let after = fact.recoverAfter.flatMap(EventID.init), after.incarnation == closed.id
        else { return false }
        return range.sequences.upperBound > after.sequence
    }

    /// The generation of an incarnation by its id; `nil` when the journal has none of it.
    package func generation(of id: String) throws -> Int? {
        var generation = 1
        while let (incarnation, _) = try incarnation(generation) {
            if incarnation.id == id { return generation }
            generation += 1
        }
        return nil
    }

    /// Lines of the county in the place of those that cannot be read here; `nil` when they do not fit the hashes around
    /// them. A part from the beginning on is taken, too.
    package func lines(_ bodies: [[UInt8]], asThoseOf range: JournalRange) throws -> [JournalLine]? {
        guard !bodies.isEmpty, bodies.count <= range.sequences.count, case .known(var hash) = try proof(at: range.front)
        else { return nil }
        var lines: [JournalLine] = []
        for (sequence, bytes) in zip(range.sequences, bodies) {
            guard ChainReading.mayStand(bytes, at: sequence) else { return nil }
            let position = JournalPosition(generation: range.generation, sequence: sequence)
            let next = Chain.next(after: hash, bytes: bytes)
            lines.append(JournalLine(position: position, before: hash, bytes: bytes, hash: next))
            hash = next
        }
        let behind = JournalPosition(generation: range.generation, sequence: range.sequences.upperBound + 1)
        if lines.count == range.sequences.count, let row = try line(at: behind), row.isIntact, row.before != hash {
            return nil
        }
        return lines
    }
}
