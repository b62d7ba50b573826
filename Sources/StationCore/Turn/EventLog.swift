package import LockerDomain
package import StationBooks
package import StationPorts
import SyncWire

/// The end of the journal in memory: gives events their numbers and their place in the chain.
package struct EventLog {
    package let station: String
    package let bootID: String
    package var incarnation: Incarnation
    package var sequence: Int
    package var hash: [UInt8]

    package var position: JournalPosition { JournalPosition(generation: incarnation.generation, sequence: sequence) }

    /// Lines for events made at a moment, behind the end; `commit` makes them the end.
    package func lines(for events: [Event], at now: Moment) throws -> [JournalLine] {
        var lines: [JournalLine] = []
        lines.reserveCapacity(events.count)
        var (sequence, hash) = (sequence, hash)
        for event in events {
            sequence += 1
            let line = EventLine(
                station: station,
                incarnation: incarnation.id,
                sequence: sequence,
                time: now,
                bootID: bootID,
                event: event
            )
            let bytes = try line.encoded()
            guard bytes.count <= Limits.eventBytesMax else { throw EventTooLarge(type: event.type.rawValue) }
            let before = hash
            hash = Chain.next(after: before, bytes: bytes)
            let position = JournalPosition(generation: incarnation.generation, sequence: sequence)
            lines.append(JournalLine(position: position, before: before, bytes: bytes, hash: hash))
        }
        return lines
    }

    package mutating func commit(_ lines: [JournalLine]) {
        guard let last = lines.last else { return }
        sequence = last.position.sequence
        hash = last.hash
    }
}

/// An event that fits no line. What comes from outside is bounded where it comes in; this is the last fence.
struct EventTooLarge: Error, CustomStringConvertible {
    var type: String
    var description: String { "an event \(type) is larger than \(Limits.eventBytesMax) bytes" }
}
