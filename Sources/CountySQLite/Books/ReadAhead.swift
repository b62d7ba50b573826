import Dispatch
import SyncWire
import Synchronization

/// Reads pages of stored lines and what they say. Most of the time of a fold goes into reading JSON: so all processors do, and
/// the page behind a full one is read while that one is folded. Calls block; safe from any task.
final class ReadAhead: Sendable {
    /// A class, because lines are sorted by their stations.
    final class Line: Sendable {
        let stored: EventSource.Stored
        /// What it says; `nil` when nobody can interpret it.
        let line: EventLine?

        init(_ stored: EventSource.Stored, _ line: EventLine?) { (self.stored, self.line) = (stored, line) }
    }

    private let source: EventSource
    private let reading: LineReading
    private let next = Mutex<Pending?>(nil)

    /// A page that somebody reads.
    private final class Pending: Sendable {
        /// Number of the event in front of it.
        let number: Int64
        private let result = Mutex<Result<[Line], any Error>?>(nil)
        private let isDone = DispatchSemaphore(value: 0)

        init(behind number: Int64) { self.number = number }

        func end(_ page: Result<[Line], any Error>) {
            result.withLock { $0 = page }
            isDone.signal()
        }

        func wait() throws -> [Line] {
            isDone.wait()
            return try result.withLock { try $0?.get() } ?? []
        }
    }

    init(_ source: EventSource, _ reading: LineReading) { (self.source, self.reading) = (source, reading) }

    /// The next lines in the order of arrival.
    func page(behind number: Int64) throws -> [Line] {
        let pending = next.withLock { next in
            defer { next = nil }
            return next
        }
        let page = try pending?.number == number ? pending?.wait() ?? [] : read(behind: number)
        guard let last = page.last, page.count == CountySQLiteLimits.foldEvents else { return page }
        let ahead = Pending(behind: last.stored.number)
        next.withLock { $0 = ahead }
        DispatchQueue.global().async { ahead.end(Result { try self.read(behind: ahead.number) }) }
        return page
    }

    private func read(behind number: Int64) throws -> [Line] {
        let stored = try source.page(behind: number, limit: CountySQLiteLimits.foldEvents)
        let part = CountySQLiteLimits.readEvents
        let parts = (stored.count + part - 1) / part
        guard parts > 1 else { return lines(of: stored[...]) }
        let lines = Mutex([Int: [Line]]())
        DispatchQueue.concurrentPerform(iterations: parts) { index in
            let mine = self.lines(of: stored[index * part..<min((index + 1) * part, stored.count)])
            lines.withLock { $0[index] = mine }
        }
        return lines.withLock { lines in (0..<parts).flatMap { lines[$0] ?? [] } }
    }

    private func lines(of stored: ArraySlice<EventSource.Stored>) -> [Line] {
        // Another reading may understand them otherwise.
        guard reading.isOwn else { return stored.map { Line($0, reading.line(of: $0)) } }
        let known = source.fresh.lines(at: stored.map { FreshLines.Place($0.number, $0.sequence) })
        return zip(stored, known).map { Line($0, $1 ?? reading.line(of: $0)) }
    }
}

extension [ReadAhead.Line] {
    /// The line of a number, which ascend; `nil` when it is not there.
    func line(_ number: Int64) -> ReadAhead.Line? {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].stored.number < number { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low].stored.number == number ? self[low] : nil
    }
}
