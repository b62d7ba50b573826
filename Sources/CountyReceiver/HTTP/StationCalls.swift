import FoundationEssentials
import GRDB
import Hummingbird
import LockerDomain
import Logging
import SyncWire

/// What stations may ask of the county (DESIGN 4.3). Each call checks digest, signature and counter first.
struct StationCalls: Sendable {
    let county: County
    let logger: Logger

    var pool: DatabasePool { county.store.pool }

    func takeBatch(_ call: IncomingCall, _ parameters: Parameters) async throws -> Reply {
        let station = try await authenticate(call, parameters, isBatch: true)
        guard let header = call.header("locker-chain").flatMap(ChainHeader.init) else {
            throw Problem.malformed(
                "Locker-Chain is missing or not a dictionary of incarnation, first, last, before, after"
            )
        }
        let body = try call.inflatedBody()
        let now = county.now()
        let outcome = try await county.ingest.take(station: station, header: header, body: body, time: now)
        if case .forked(let sequence) = outcome {
            logger.warning("\(station): chain of \(header.incarnation) forked at \(sequence)")
        }
        let (acknowledged, hash) = try outcome.acknowledged(header)
        return try .json(
            Acknowledgement(
                incarnation: header.incarnation,
                acknowledged: acknowledged,
                hash: Hex.encode(hash),
                commands: try await pending(station, above: 0),
                time: WireTime.text(now)
            )
        )
    }

    func sendEvents(_ call: IncomingCall, _ parameters: Parameters) async throws -> Reply {
        let station = try await authenticate(call, parameters)
        let query = QueryItems(call.query)
        let after = try query.number("after") ?? 0
        let limit = min(try query.number("limit") ?? Limits.batchEventsMax, Limits.batchEventsMax)
        let incarnation = query.text("incarnation")
        return try await pool.read { db in
            let chains = try IncarnationRecord.all(db, station: station)
            guard let chain = incarnation.map({ id in chains.first { $0.id == id } }) ?? chains.last else {
                throw Problem.notFound("the county has no events of incarnation \(incarnation ?? "any")")
            }
            let rows = try Data.fetchCursor(
                db,
                sql: "SELECT bytes FROM event WHERE incarnation = ? AND sequence > ? ORDER BY sequence LIMIT ?",
                arguments: [chain.number, after, limit]
            )
            var lines: [[UInt8]] = []
            var bytes = 0
            while let line = try rows.next(), lines.isEmpty || bytes + line.count <= CountyLimits.eventsAnswerBytesMax {
                bytes += line.count
                lines.append(Array(line))
            }
            guard !lines.isEmpty, let before = try chain.hash(db, at: after) else { return .empty }
            let header = ChainHeader(
                incarnation: chain.id,
                first: after + 1,
                last: after + lines.count,
                before: before,
                after: lines.reduce(before) { Chain.next(after: $0, bytes: $1) }
            )
            return Reply(
                status: 200,
                contentType: Batch.contentType,
                body: Batch.join(lines),
                headers: [("locker-chain", header.text)]
            )
        }
    }

    func takeStatus(_ call: IncomingCall, _ parameters: Parameters) async throws -> Reply {
        let station = try await authenticate(call, parameters)
        let body = try call.inflatedBody()
        // A newer station may report what this version cannot show: any object is kept.
        guard case .object? = try? CanonicalJSON.decode(JSONValue.self, from: body) else {
            throw Problem.malformed("the status is not a JSON object")
        }
        let now = county.now()
        try await pool.write { db in
            try db.execute(
                sql: """
                    INSERT INTO status (station, received, report) VALUES (?1, ?2, ?3)
                    ON CONFLICT DO UPDATE SET received = ?2, report = ?3
                    """,
                arguments: [station, now, Data(body)]
            )
        }
        return .empty
    }

    /// Answers at once when commands wait, else when one comes or the time is over. `after` leaves out those that the
    /// station has already and is busy with.
    func sendCommands(_ call: IncomingCall, _ parameters: Parameters) async throws -> Reply {
        let station = try await authenticate(call, parameters)
        let query = QueryItems(call.query)
        let above = try query.number("after") ?? 0
        let seconds = min(Int64(try query.number("wait") ?? 0), Limits.commandWaitSeconds)
        let clock = ContinuousClock()
        let end = clock.now.advanced(by: .seconds(seconds))
        guard let ticket = county.waiters.enter(station) else {
            throw Problem.internalFault(status: 503, "too many stations wait for commands: ask again in a minute")
        }
        defer { county.waiters.leave(station, ticket) }
        while true {
            let commands = try await pending(station, above: above)
            guard commands.isEmpty, clock.now < end, county.waiters.isWanted(station, ticket) else {
                return try .json(CommandList(commands: commands, time: WireTime.text(county.now())))
            }
            try await Task.sleep(for: .milliseconds(CountyLimits.commandPollMilliseconds))
        }
    }

    func sendManifest(_ call: IncomingCall, _ parameters: Parameters) async throws -> Reply {
        let station = try await authenticate(call, parameters)
        let id = parameters.get("manifest") ?? ""
        let bytes = try await pool.read { db in
            try Data.fetchOne(
                db,
                sql: "SELECT bytes FROM manifest WHERE station = ? AND id = ?",
                arguments: [station, id]
            )
        }
        guard let bytes else { throw Problem.notFound("the county has no manifest \(id) for \(station)") }
        return Reply(status: 200, contentType: "application/json", body: Array(bytes))
    }

    private func pending(_ station: String, above: Int) async throws -> [CommandMessage] {
        let now = county.now()
        return try await pool.read { db in
            try CommandQueue.pending(db, station: station, now: now).filter { $0.number > above }
        }
    }
}
