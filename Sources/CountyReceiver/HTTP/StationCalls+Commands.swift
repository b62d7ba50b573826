import CountySQLite
import GRDB
import Hummingbird
import LockerDomain
import SyncWire

/// A question for commands that is held. A class, so that what sleeps for it keeps one word of it.
private final class HeldQuestion: Sendable {
    /// What it saw in the books.
    struct Look: Sendable {
        /// Whether a command waits that the station has not seen.
        var isNew: Bool
        /// Whether some wait to be numbered anew until the county has the events up to the end that the station names.
        var lacksEvents: Bool
    }

    let ticket: Waiters.Ticket
    let station: String
    let query: CommandQuery
    let first: Look

    init(_ ticket: Waiters.Ticket, _ station: String, _ query: CommandQuery, _ first: Look) {
        (self.ticket, self.station, self.query, self.first) = (ticket, station, query, first)
    }
}

extension StationCalls {
    /// Answers at once when one waits that the station has not seen, else when one comes or the time is over: with all
    /// above the number up to which the station has settled them.
    func sendCommands(_ call: IncomingCall, _ parameters: Parameters) async throws -> Reply {
        let question = try await question(call, parameters)
        defer { county.waiters.leave(question.ticket) }
        var look = question.first
        while !look.isNew, !county.waiters.isOver(question.ticket) {
            CommandWatch.begin(county)
            let body = try await county.waiters.sleep(question.ticket, lacksEvents: look.lacksEvents)
            if let body { return .json(bytes: body) }
            if county.waiters.isOver(question.ticket) { break }
            look = try await next(question, after: look)
        }
        return try await answer(question)
    }

    // While it sleeps the frames of these are gone.

    @inline(never)
    private func question(_ call: IncomingCall, _ parameters: Parameters) async throws -> HeldQuestion {
        try await apart { try await ask(call, parameters) }
    }

    @inline(never)
    private func next(_ question: HeldQuestion, after look: HeldQuestion.Look) async throws -> HeldQuestion.Look {
        try await apart { try await self.look(question, lacksEvents: look.lacksEvents) }
    }

    @inline(never)
    private func answer(_ question: HeldQuestion) async throws -> Reply {
        try await apart {
            let time = try county.clockNow()
            return try county.store.read { db in
                .json(bytes: try CommandList.body(db, station: question.station, question.query, time: time))
            }
        }
    }

    // MARK: Looking

    /// Takes the question and what it teaches, and looks for the first time.
    private func ask(_ call: IncomingCall, _ parameters: Parameters) async throws -> HeldQuestion {
        // What the question says counts, and is refused, only after its signature.
        let read = Result { () throws(Problem) in try CommandQuery(QueryItems(call.query)) }
        let (waiters, key, ticket) = (county.waiters, county.keys.signing, county.waiters.ticket())
        do {
            let question = try await authenticate(call, parameters) { db, station, now -> HeldQuestion? in
                guard case .success(let query) = read else { return nil }
                let end = ContinuousClock.now.advanced(by: .seconds(query.wait))
                // Before the look: what comes after it wakes the question.
                guard waiters.enter(ticket, station: station, query, until: end) else { return nil }
                return HeldQuestion(
                    ticket,
                    station,
                    query,
                    try Self.look(db, station, query, now: now, key: key)
                )
            }
            _ = try read.get()
            if let question { return question }
            throw Problem.internalFault(status: 503, "too many stations wait for commands: ask again in a minute")
        } catch {
            waiters.leave(ticket)
            throw error
        }
    }

    private func look(_ question: HeldQuestion, lacksEvents: Bool) async throws -> HeldQuestion.Look {
        let (station, query) = (question.station, question.query)
        let (now, key) = (try county.clockNow().lastGood, county.keys.signing)
        let (isNew, hasCome) = try county.store.read { db in
            (
                try CommandQueue.isNew(db, station: station, above: query.highest, now: now),
                try lacksEvents && query.end.map { try IncarnationRecord.has(db, station: station, $0) } ?? false
            )
        }
        guard hasCome, !isNew else { return HeldQuestion.Look(isNew: isNew, lacksEvents: lacksEvents) }
        return try await pool.write { db in try Self.look(db, station, query, now: now, key: key) }
    }

    /// Keeps what the question teaches, and looks.
    private static func look(
        _ db: Database,
        _ station: String,
        _ query: CommandQuery,
        now: Int64,
        key: SigningKey
    ) throws -> HeldQuestion.Look {
        let lacksEvents = try CommandQueue.asked(db, station: station, query, now: now, key: key)
        let isNew = try CommandQueue.isNew(db, station: station, above: query.highest, now: now)
        return HeldQuestion.Look(isNew: isNew, lacksEvents: lacksEvents)
    }
}

extension CommandList {
    /// The answer to a question, as the books are now.
    static func body(_ db: Database, station: String, _ query: CommandQuery, time: ClockState) throws -> [UInt8] {
        let list = CommandList(
            commands: try CommandQueue.pending(
                db,
                station: station,
                above: query.after,
                highest: query.highest,
                now: time.lastGood
            ),
            books: try IncarnationRecord.books(db, station: station),
            time: time.signedTime
        )
        return try CanonicalJSON.encode(list)
    }
}

extension CommandQuery {
    /// - Throws: `Problem` for what is no number, or no end of a journal.
    fileprivate init(_ query: QueryItems) throws(Problem) {
        let text = query.text("end")
        let end = text.flatMap(End.init)
        if let text, end == nil { throw .malformed("end=\(text.prefix(60)) is not <incarnation>.<last>") }
        let after = try query.number("after") ?? 0
        self.init(
            wait: min(Int64(try query.number("wait") ?? 0), Limits.commandWaitSeconds),
            after: after,
            highest: try max(after, query.number("highest") ?? 0),
            end: end
        )
    }
}
