public import LockerDomain
import StationCore
public import StationPorts

/// The full check of a journal, in the background: every line of every incarnation must follow from the one before.
public enum ChainAudit {
    /// What a check found.
    public struct Finding: Sendable, Equatable {
        /// Events that are intact or mended.
        public var events = 0
        /// Events that cannot be read, or are missing.
        public var broken: [JournalRange] = []
        /// Lines with a bad bit that their neighbours prove: to be put back.
        public var mended: [JournalLine] = []

        /// Whether every event is as it was written.
        public var isIntact: Bool { broken.isEmpty && mended.isEmpty }
    }

    /// The longest break that is read at once, in pages.
    private static let pagesMax = 16

    /// Reads in short transactions of `page` lines and yields between them, so that it never holds anybody up.
    public static func run(_ outbox: any OutboxPort, page: Int = 500) async throws -> Finding {
        var finding = Finding()
        var generation = 1
        while try outbox.incarnation(generation) != nil {
            try await check(generation, of: outbox, page: page, &finding)
            generation += 1
        }
        return finding
    }

    private static func check(
        _ generation: Int,
        of outbox: any OutboxPort,
        page: Int,
        _ finding: inout Finding
    ) async throws {
        // Everything up to `checked` is counted. Each page begins with the last good line before it, which proves the next.
        let pruned = try outbox.prunedThrough(generation)
        var (checked, from, limit) = (pruned, pruned, page)
        while !Task.isCancelled {
            let start = JournalPosition(generation: generation, sequence: from)
            let rows = try outbox.lines(after: start, limit: limit + 1, bytes: Limits.inflatedBytesMax)
            guard let last = rows.last?.position.sequence, last > checked else { return }
            let reading = ChainReading(rows, after: from, front: nil)
            var parts = reading.parts
            var end = last
            // What stands behind a break may prove what it was: it is read again with more.
            let isEnd = rows.count <= limit
            if case .broken(let range)? = parts.last, !isEnd, limit < page * pagesMax {
                parts.removeLast()
                end = range.lowerBound - 1
            }
            for part in parts {
                switch part {
                case .lines(let lines): finding.events += lines.count { $0.position.sequence > checked }
                case .broken(let range) where range.upperBound > checked:
                    let rest = max(range.lowerBound, checked + 1)...range.upperBound
                    finding.broken.append(JournalRange(generation: generation, sequences: rest))
                case .broken: break
                }
            }
            finding.mended += reading.mended.filter { $0.position.sequence > checked && $0.position.sequence <= end }
            limit = end > checked ? page : limit + page
            checked = max(checked, end)
            from = max(pruned, checked - 1)
            if isEnd { return }
            await Task.yield()
        }
    }
}
