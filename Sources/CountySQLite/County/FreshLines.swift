import LockerDomain
package import SyncWire
import Synchronization

/// Lines that this process has stored just now: the books fold them without reading them once more. Safe from any task.
package final class FreshLines: Sendable {
    /// Lines that follow on each other in the store and in their chain.
    package struct Batch: Sendable {
        /// Number of the first of them.
        fileprivate let first: Int64
        /// Its place in its chain.
        fileprivate let sequence: Int
        /// `nil` for one that nobody can interpret.
        fileprivate let lines: [EventLine?]

        package init(endingAt last: Int64, _ lines: ArraySlice<ChainLine>) {
            (first, sequence) = (last - Int64(lines.count) + 1, lines.first?.sequence ?? 0)
            self.lines = lines.map(\.read)
        }

        fileprivate var last: Int64 { first + Int64(lines.count) - 1 }
    }

    private struct State {
        /// In ascending order.
        var batches: [Batch] = []
        var lines = 0
        /// Whether somebody folds them: a server without books keeps none.
        var isAsked = false
    }

    private let state = Mutex(State())

    package init() {}

    /// To be said once they are durable: numbers of a transaction that was rolled back are given again.
    package func keep(_ batch: Batch) {
        state.withLock { state in
            guard state.isAsked else { return }
            let at = state.batches.lastIndex { $0.first < batch.first }.map { $0 + 1 } ?? 0
            state.batches.insert(batch, at: at)
            state.lines += batch.lines.count
            while state.lines > CountySQLiteLimits.freshLinesMax {
                state.lines -= state.batches.removeFirst().lines.count
            }
        }
    }

    /// Where a line stands.
    package struct Place: Sendable {
        /// In the store.
        var number: Int64
        /// In its chain.
        var sequence: Int

        package init(_ number: Int64, _ sequence: Int) { (self.number, self.sequence) = (number, sequence) }
    }

    /// What lines say, where it is known.
    ///
    /// - Parameter places: in ascending order.
    package func lines(at places: [Place]) -> [EventLine?] {
        guard let first = places.first?.number, let last = places.last?.number else { return [] }
        let batches = state.withLock { state in
            state.isAsked = true
            return state.batches.filter { $0.last >= first && $0.first <= last }
        }
        var at = 0
        return places.map { place in
            while at < batches.count, batches[at].last < place.number { at += 1 }
            guard at < batches.count, batches[at].first <= place.number else { return nil }
            let index = Int(place.number - batches[at].first)
            return batches[at].sequence + index == place.sequence ? batches[at].lines[index] : nil
        }
    }

    /// Forgets what is folded.
    package func forget(through number: Int64) {
        state.withLock { state in
            let folded = state.batches.prefix { $0.last <= number }
            state.lines -= folded.reduce(0) { $0 + $1.lines.count }
            state.batches.removeFirst(folded.count)
        }
    }
}
