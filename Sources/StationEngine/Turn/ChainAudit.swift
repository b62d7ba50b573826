public import LockerDomain
public import StationPorts
import SyncWire

/// The full check of a journal, in the background: every line of every incarnation must follow from the one before.
public enum ChainAudit {
    /// What a check found.
    public enum Finding: Sendable, Equatable {
        case intact(events: Int)
        case broken(at: JournalPosition)
    }

    /// Reads in short transactions of `page` lines and yields between them, so that it never holds anybody up.
    public static func run(_ outbox: any OutboxPort, page: Int = 500) async throws -> Finding {
        var (generation, events) = (1, 0)
        while try outbox.incarnation(generation) != nil {
            var position = JournalPosition(generation: generation, sequence: 0)
            var hash = Chain.start
            while !Task.isCancelled {
                let lines = try outbox.lines(after: position, limit: page, bytes: Limits.inflatedBytesMax)
                if lines.isEmpty { break }
                for line in lines {
                    hash = Chain.next(after: hash, bytes: line.bytes)
                    guard line.hash == hash, line.position.sequence == position.sequence + 1 else {
                        return .broken(at: line.position)
                    }
                    position = line.position
                    events += 1
                }
                await Task.yield()
            }
            generation += 1
        }
        return .intact(events: events)
    }
}
