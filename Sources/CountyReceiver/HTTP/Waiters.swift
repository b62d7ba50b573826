import Synchronization

/// Counts the questions for commands that are held open (DESIGN rule 11). A newer question of a station ends its
/// older one: the station has reconnected and nobody listens to the old answer.
final class Waiters: Sendable {
    private struct State {
        var newest: [String: Int] = [:]
        var tickets = 0
        var waiting = 0
        var closed = false
    }

    private let state = Mutex(State())

    /// A ticket for one more question, to be given back with `leave`; `nil` when too many wait.
    func enter(_ station: String) -> Int? {
        state.withLock { state in
            guard state.waiting < CountyLimits.waitersMax else { return nil }
            state.tickets += 1
            state.waiting += 1
            state.newest[station] = state.tickets
            return state.tickets
        }
    }

    func leave(_ station: String, _ ticket: Int) {
        state.withLock { state in
            state.waiting -= 1
            if state.newest[station] == ticket { state.newest[station] = nil }
        }
    }

    /// Whether it is still worth waiting.
    func isWanted(_ station: String, _ ticket: Int) -> Bool {
        state.withLock { !$0.closed && $0.newest[station] == ticket }
    }

    func close() { state.withLock { $0.closed = true } }
}
