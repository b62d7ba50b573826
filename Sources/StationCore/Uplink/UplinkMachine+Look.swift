package import LockerDomain
package import StationPorts
import SyncWire

/// What the uplink finds in the journal.
package enum Outlook: Sendable, Hashable {
    /// Nothing waits that can be sent now.
    case nothing
    /// To be sent next.
    case batch(OutgoingBatch)
    /// The next events cannot be read. The county may have them: it is asked before they count as lost.
    case broken(JournalRange)
}

extension UplinkMachine {
    /// Rows that are read at once to find the end of a break.
    private static let pageRows = 500

    /// The oldest events that the county has not acknowledged, as many as fit one batch. Hash and sequence of each are
    /// looked at first. Lines behind a break say in their header what is lost.
    ///
    /// - Parameters:
    ///   - eventsMax: lines of one batch.
    ///   - asksFirst: whether a break that the county was not asked for comes back as `broken`.
    /// - Throws: what the outbox throws.
    package func look(
        from outbox: any OutboxPort,
        eventsMax: Int = Limits.batchEventsMax,
        asksFirst: Bool = true
    ) throws -> Outlook {
        var position = try outbox.unsent(after: outbox.cursor())
        while let (incarnation, _) = try outbox.incarnation(position.generation) {
            let stretch = try stretch(behind: position, in: outbox, eventsMax: eventsMax)
            if asksFirst, let broken = stretch.broken {
                let range = JournalRange(generation: position.generation, sequences: broken)
                if !asked.contains(range.last) { return .broken(range) }
            }
            if let first = stretch.lines.first, let last = stretch.lines.last {
                let header = ChainHeader(
                    incarnation: incarnation.id,
                    first: first.position.sequence,
                    last: last.position.sequence,
                    before: first.before,
                    after: last.hash,
                    lost: first.position.sequence > position.sequence + 1
                        ? position.sequence + 1...first.position.sequence - 1 : nil
                )
                return .batch(OutgoingBatch(position: position, lines: stretch.lines, header: header))
            }
            // Nothing that can be sent is left of it.
            position = JournalPosition(generation: position.generation + 1, sequence: 0)
        }
        return .nothing
    }

    /// The oldest events that the county has not acknowledged, as many as fit one batch; `nil` when none waits.
    package func next(
        from outbox: any OutboxPort,
        eventsMax: Int = Limits.batchEventsMax
    ) throws -> OutgoingBatch? {
        guard case .batch(let batch) = try look(from: outbox, eventsMax: eventsMax, asksFirst: false) else {
            return nil
        }
        return batch
    }

    private struct Stretch {
        /// Right behind the position: what cannot be read.
        var broken: ClosedRange<Int>?
        var lines: [JournalLine] = []
    }

    private func stretch(
        behind position: JournalPosition,
        in outbox: any OutboxPort,
        eventsMax: Int
    ) throws -> Stretch {
        let refused = refused[position.generation] ?? []
        let limit = suspects.map { min(eventsMax, $0.limit(at: position)) } ?? eventsMax
        let rows = try outbox.lines(after: position, limit: limit + refused.count, bytes: batchSize.bytes)
        guard !rows.isEmpty else { return Stretch() }
        var front: [UInt8]?
        if case .known(let hash) = try outbox.proof(at: position) { front = hash }
        var stretch = Stretch()
        if let run = ChainReading(rows, after: position.sequence, front: front).firstRun {
            stretch.lines = run
        } else {
            stretch = try search(behind: position, front: front, in: outbox)
        }
        let skipped = stretch.lines.prefix { refused.contains($0.position.sequence) }
        if skipped.count == stretch.lines.count, let last = skipped.last {
            // A small batch held nothing else.
            let behind = try search(behind: last.position, front: last.hash, in: outbox).lines
            stretch.lines = Array(behind.drop { refused.contains($0.position.sequence) })
        } else {
            stretch.lines.removeFirst(skipped.count)
        }
        var size = 0
        stretch.lines = Array(
            stretch.lines.prefix(limit).prefix { line in
                size += line.bytes.count
                return !refused.contains(line.position.sequence)
                    && (size <= batchSize.bytes || size == line.bytes.count)
            }
        )
        return stretch
    }

    /// Looks past a break, however long it is.
    private func search(
        behind position: JournalPosition,
        front: [UInt8]?,
        in outbox: any OutboxPort
    ) throws -> Stretch {
        var (from, front) = (position, front)
        while true {
            let rows = try outbox.lines(after: from, limit: Self.pageRows, bytes: Limits.inflatedBytesMax)
            guard let last = rows.last else { break }
            let reading = ChainReading(rows, after: from.sequence, front: front)
            for case .lines(let run) in reading.parts {
                let first = run[0].position.sequence
                let isBroken = first > position.sequence + 1
                return Stretch(broken: isBroken ? position.sequence + 1...first - 1 : nil, lines: run)
            }
            guard !reading.parts.isEmpty else { break }
            (from, front) = (last.position, nil)
        }
        let isBroken = from.sequence > position.sequence
        return Stretch(broken: isBroken ? position.sequence + 1...from.sequence : nil)
    }
}
