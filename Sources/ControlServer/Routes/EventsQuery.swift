import ControlAPI
import Hummingbird
import HummingbirdCore
import LockerDomain
import StationBooks
import StationPorts

/// Query of `GET /v1/events`: which lines are asked for.
struct EventsQuery {
    var after: JournalPosition?
    var limit: Int

    init(_ request: Request) throws {
        let query = request.uri.queryParameters
        after = try query["after"].map { text in
            guard let position = JournalPosition(String(text)) else {
                throw Fault(.invalid, "after is \"\(text)\": give GENERATION.SEQUENCE of an event, like 1.57")
            }
            return position
        }
        limit =
            try query["limit"].map { text in
                guard let limit = Int(text), (1...ControlLimits.pageEventsMax).contains(limit) else {
                    throw Fault(
                        .invalid,
                        "limit is \"\(text)\": give a number from 1 to \(ControlLimits.pageEventsMax)"
                    )
                }
                return limit
            } ?? ControlLimits.pageEvents
    }

    func reply(from port: any ControlPort) async throws -> EventsReply {
        // The view comes first: a client that sees it change goes on with the new incarnation and misses nothing.
        let view = await port.view()
        let lines: [JournalLine]
        do {
            lines = try await port.lines(
                after: after.map { JournalPosition(generation: $0.generation, sequence: $0.sequence) },
                limit: limit
            )
        } catch {
            throw Fault(.failed, "the journal cannot be read: \(error)")
        }
        return EventsReply(
            events: lines.prefix(limit).map { EventsReply.EventEntry($0) },
            incarnation: view.incarnation,
            lastSequence: view.lastSequence
        )
    }
}
