import SyncWire
import Synchronization

/// The questions for commands that are held open (DESIGN rule 11). Each sleeps until its station has news, or until it is
/// over: by its deadline, by a newer question of the station, which has reconnected and listens to no older answer, or
/// because the server stops.
///
/// It looks at nothing itself, so a thousand sleepers cost what one does; `CommandWatch` looks for all of them. Safe from
/// any task.
package final class Waiters: Sendable {
    /// One question, from before it is held until its answer.
    struct Ticket: Sendable, Hashable {
        fileprivate var number: Int
    }

    /// Figures for tests.
    package struct Counts: Sendable, Hashable {
        /// Questions that are held, and those of them that sleep.
        package var held: Int, asleep: Int
        /// How many sleepers were woken so far, and how often somebody looked for all of them.
        package var wakes: Int, looks: Int
    }

    private struct State {
        var held: HeldQuestions
        /// Each is given the body of its answer, or is to look for itself.
        var sleepers: [Int: CheckedContinuation<[UInt8]?, Never>] = [:]
        var tickets = 0
        var isWatched = false
        var looks = 0
    }

    let slots: TimeSlots
    private let state: Mutex<State>

    init() {
        slots = TimeSlots(origin: .now, milliseconds: CountyLimits.commandPollMilliseconds)
        state = Mutex(State(held: HeldQuestions(slots: slots)))
    }

    package var counts: Counts {
        state.withLock {
            Counts(held: $0.held.count, asleep: $0.held.asleep, wakes: $0.held.wakes, looks: $0.looks)
        }
    }

    // MARK: One question

    /// A ticket for one more question, to be given back with `leave`.
    func ticket() -> Ticket {
        state.withLock { state in
            state.tickets += 1
            return Ticket(number: state.tickets)
        }
    }

    /// Holds a question from now on, and ends the station's older one. To be done before the question looks into the
    /// books. `false` when too many are held.
    ///
    /// - Parameter end: when it is over; at once when that has passed.
    func enter(_ ticket: Ticket, station: String, _ query: CommandQuery, until end: ContinuousClock.Instant) -> Bool {
        var isHeld = true
        wake { held in
            let older = held.enter(ticket.number, station: station, query, until: end, now: .now)
            isHeld = older != nil
            return older ?? []
        }
        return isHeld
    }

    /// Forgets a question, also one that was never held.
    func leave(_ ticket: Ticket) { state.withLock { $0.held.leave(ticket.number) } }

    /// Whether a question is to be answered now, whatever the books say.
    func isOver(_ ticket: Ticket) -> Bool { state.withLock { $0.held.isOver(ticket.number) } }

    /// Sleeps until the question is to look into the books again, or is over. The body of the answer, if somebody made it.
    ///
    /// - Parameter lacksEvents: whether events of the station are news, too.
    /// - Throws: `CancellationError` when its task is cancelled.
    @inline(never)
    func sleep(_ ticket: Ticket, lacksEvents: Bool) async throws -> [UInt8]? {
        let answer = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let sleeps = state.withLock { state in
                    guard state.held.sleep(ticket.number, lacksEvents: lacksEvents) else { return false }
                    state.sleepers[ticket.number] = continuation
                    return true
                }
                if !sleeps { continuation.resume(returning: nil) }
            }
        } onCancel: {
            wake { $0.end(ticket.number) }
        }
        try Task.checkCancellation()
        return answer
    }

    // MARK: News

    /// Commands came: the highest new number of each station.
    func commandsCame(_ numbers: [String: Int]) { wake { $0.commandsCame(numbers) } }

    /// A batch of a station was stored.
    func eventsCame(_ station: String) { wake { $0.eventsCame(station) } }

    /// Nobody knows what came: each is to look for itself.
    func anythingCame() { wake { $0.anythingCame() } }

    /// Ends those whose time has come. Those of them that slept go on with `answer`.
    func endDue(now: ContinuousClock.Instant) -> [HeldQuestions.Due] { state.withLock { $0.held.endDue(now: now) } }

    /// - Parameter body: of the answer; `nil`: the question is to make it.
    func answer(_ due: HeldQuestions.Due, _ body: [UInt8]?) {
        let sleeper = state.withLock { $0.sleepers.removeValue(forKey: due.number) }
        sleeper?.resume(returning: body)
    }

    /// Ends all, and every one that comes later.
    func close() { wake { $0.close() } }

    private func wake(_ change: (inout HeldQuestions) -> [Int]) {
        let woken = state.withLock { state in
            let numbers = change(&state.held)
            return numbers.compactMap { state.sleepers.removeValue(forKey: $0) }
        }
        for sleeper in woken { sleeper.resume(returning: nil) }
    }

    // MARK: Who looks

    /// Whether the caller is to look for all of them from now on, because nobody does.
    func beginWatch() -> Bool {
        state.withLock { state in
            defer { state.isWatched = true }
            return !state.isWatched
        }
    }

    /// Whether somebody is held, so that another look is worth it. When nobody is, the watch is over.
    func goOn() -> Bool {
        state.withLock { state in
            state.looks += 1
            state.isWatched = state.held.count > 0
            return state.isWatched
        }
    }
}
