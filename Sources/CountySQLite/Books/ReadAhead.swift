import Dispatch
import SyncWire
import Synchronization

/// Reads pages of stored lines and what they say. Most of the time of a fold goes into reading JSON: so all processors do, and
/// the page behind a full one is read while that one is folded. Calls block; safe from any task.
final class ReadAhead: Sendable {
    typealias Line = (stored: EventSource.Stored, line: EventLine?)

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
        guard parts > 1 else { return stored.map { ($0, reading.line(of: $0)) } }
        let lines = Mutex([Int: [EventLine?]]())
        DispatchQueue.concurrentPerform(iterations: parts) { index in
            let mine = stored[index * part..<min((index + 1) * part, stored.count)].map(reading.line)
            lines.withLock { $0[index] = mine }
        }
        return lines.withLock { lines in
            zip(stored, (0..<parts).flatMap { lines[$0] ?? [] }).map { ($0, $1) }
        }
    }
}
