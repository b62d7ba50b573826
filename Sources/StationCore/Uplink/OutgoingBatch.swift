package import LockerDomain
package import StationPorts
package import SyncWire

/// One batch of event lines on its way to the county. It never spans two incarnations.
package struct OutgoingBatch: Sendable, Hashable {
    /// Behind it the lines begin: everything up to here counts as sent.
    package var position: JournalPosition
    /// In the order of their numbers, without a gap; at least one.
    package var lines: [JournalLine]
    package var header: ChainHeader

    package init(position: JournalPosition, lines: [JournalLine], header: ChainHeader) {
        self.position = position
        self.lines = lines
        self.header = header
    }

    package var generation: Int { position.generation }
    /// Where its last line stands.
    package var last: JournalPosition { JournalPosition(generation: generation, sequence: header.last) }
    /// Bytes of its lines before compression.
    package var size: Int { lines.reduce(0) { $0 + $1.bytes.count } }
    /// The body of the request before compression.
    package var body: [UInt8] { Batch.join(lines.map(\.bytes)) }
}

extension OutboxPort {
    /// Where the next lines to send begin: past the ends of incarnations that are sent whole.
    package func unsent(after acknowledged: JournalPosition) throws -> JournalPosition {
        var position = acknowledged
        while let (_, last) = try incarnation(position.generation), last <= position.sequence,
            try incarnation(position.generation + 1) != nil
        {
            position = JournalPosition(generation: position.generation + 1, sequence: 0)
        }
        return position
    }
}
