import LockerDomain
import StationBooks
import StationPorts
import SyncWire

/// The journal from about a time on, page by page, over all incarnations up to an end.
struct ReportPages {
    private let outbox: any OutboxPort
    private let end: JournalPosition
    private var position = JournalPosition(generation: 1, sequence: 0)

    init(_ outbox: any OutboxPort, end: JournalPosition) {
        self.outbox = outbox
        self.end = end
    }

    /// The next lines; empty behind the end.
    mutating func next() throws -> [JournalLine] {
        while position < end {
            let lines = try page(behind: position, Limits.reportPageEvents).prefix { $0.position <= end }
            if let last = lines.last {
                position = last.position
                return Array(lines)
            }
            guard position.generation < end.generation else { break }
            position = JournalPosition(generation: position.generation + 1, sequence: 0)
        }
        return []
    }

    /// Wall time of the first event that is still there, when others were removed in front of it; `nil` when the journal is
    /// whole, or no clock could date what is there.
    func prunedBefore() throws -> Int64? {
        for generation in (1...max(1, end.generation)).reversed() {
            let through = try outbox.prunedThrough(generation)
            guard through > 0 else { continue }
            return try firstTrusted(in: generation, from: through + 1, before: .max)?.wall
        }
        return nil
    }

    /// Goes before the first event that a clock which can be believed dates at a time or later. Clocks that cannot be
    /// believed are passed over, so the events of a dark start before it are read too.
    mutating func start(at wall: Int64) async throws {
        for generation in 1...max(1, end.generation) {
            guard let last = try outbox.incarnation(generation)?.last, last > 0 else { continue }
            let first = try await first(at: wall, in: generation, upTo: last)
            guard first <= last else { continue }
            position = JournalPosition(generation: generation, sequence: first - 1)
            return
        }
        position = end
    }

    /// Number of the first event that has to be read, `last + 1` when none has. Halves the events left and right of the
    /// cut; trusted times rise but for small corrections, for which the lookback of a report leaves room.
    private func first(at wall: Int64, in generation: Int, upTo last: Int) async throws -> Int {
        var low = 1
        var high = last + 1
        while low < high {
            let middle = low + (high - low) / 2
            let found = try firstTrusted(in: generation, from: middle, before: high)
            if let found, found.wall < wall { low = found.sequence + 1 } else { high = middle }
            await Task.yield()
            try Task.checkCancellation()
        }
        return low
    }

    private func firstTrusted(
        in generation: Int,
        from first: Int,
        before end: Int
    ) throws -> (sequence: Int, wall: Int64)? {
        var position = JournalPosition(generation: generation, sequence: first - 1)
        while case let lines = try page(behind: position, Limits.reportProbeEvents), let last = lines.last {
            for line in lines {
                guard line.position.sequence < end else { return nil }
                guard let event = try? EventLine(decoding: line.bytes), event.time.clock.isDated else { continue }
                return (line.position.sequence, event.time.wall)
            }
            position = last.position
        }
        return nil
    }

    private func page(behind position: JournalPosition, _ limit: Int) throws -> [JournalLine] {
        try outbox.lines(after: position, limit: limit, bytes: Limits.batchBytesMax)
    }
}

extension StationReport {
    /// Takes a line of the journal.
    mutating func take(_ line: JournalLine) {
        guard let event = try? EventLine(decoding: line.bytes) else { return takeUnreadable() }
        let source = ReportSource(incarnation: event.incarnation, sequence: event.sequence)
        take(event.event, at: event.time, from: source)
    }
}
