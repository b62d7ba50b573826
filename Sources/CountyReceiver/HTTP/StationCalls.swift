import CountySQLite
import FoundationEssentials
import GRDB
import Hummingbird
import LockerDomain
import Logging
import StationBooks
import SyncWire

/// What stations may ask of the county (DESIGN 4.3). Each call checks digest, signature and counter first.
struct StationCalls: Sendable {
    let county: County
    let logger: Logger

    var pool: DatabasePool { county.store.pool }

    func takeBatch(_ call: IncomingCall, _ parameters: Parameters) async throws -> Reply {
        let caller = try await self.caller(of: call, parameters)
        let station = caller.station
        guard let header = call.header("locker-chain").flatMap(ChainHeader.init) else {
            throw Problem.malformed(
                "Locker-Chain is missing or not a dictionary of incarnation, first, last, before, after, "
                    + "and lost behind a lost range"
            )
        }
        let batch = try ChainBatch(try call.inflatedBody(), header: header, station: station)
        let (stored, moves) = try await noting(caller) { db, now in
            try county.ingest.store(db, batch, of: station, at: now)
        }
        let outcome = county.ingest.announce(stored, of: station)
        if case .forked(let sequence) = outcome {
            logger.warning("\(station): chain of \(header.incarnation) forked at \(sequence)")
        }
        let (acknowledged, hash) = try outcome.acknowledged(header)
        let clock = try county.clockNow()
        return try .json(
            Acknowledgement(
                incarnation: header.incarnation,
                acknowledged: acknowledged,
                hash: Hex.encode(hash),
                commands: moves ? try pending(station, clock) : [],
                time: moves ? clock.signedTime : nil
            )
        )
    }

    func sendEvents(_ call: IncomingCall, _ parameters: Parameters) async throws -> Reply {
        let station = try await authenticate(call, parameters)
        let query = QueryItems(call.query)
        let after = try query.number("after") ?? 0
        let limit = min(try query.number("limit") ?? Limits.batchEventsMax, Limits.batchEventsMax)
        let incarnation = query.text("incarnation")
        return try county.store.read { db in
            let chains = try IncarnationRecord.all(db, station: station)
            guard let chain = incarnation.map({ id in chains.first { $0.id == id } }) ?? chains.last else {
                throw Problem.notFound("the county has no events of incarnation \(incarnation ?? "any")")
            }
            let rows = try Row.fetchCursor(
                db,
                sql:
                    "SELECT sequence, bytes FROM event WHERE incarnation = ? AND sequence > ? ORDER BY sequence LIMIT ?",
                arguments: [chain.number, after, limit]
            )
            var lines: [[UInt8]] = []
            var (bytes, first) = (0, after + 1)
            while let row = try rows.next() {
                let (sequence, line): (Int, Data) = (row[0], row[1])
                if lines.isEmpty { first = sequence }
                // A lost range ends the answer; the next one begins behind it.
                guard sequence == first + lines.count,
                    lines.isEmpty || bytes + line.count <= CountyLimits.eventsAnswerBytesMax
                else { break }
                bytes += line.count
                lines.append(Array(line))
            }
            guard !lines.isEmpty, let before = try chain.hash(db, at: first - 1) else { return .empty }
            let header = ChainHeader(
                incarnation: chain.id,
                first: first,
                last: first + lines.count - 1,
                before: before,
                after: lines.reduce(before) { Chain.next(after: $0, bytes: $1) },
                lost: first > after + 1 ? after + 1...first - 1 : nil
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
        guard WireNumbers.areExact(body) else {
            throw Problem.malformed("a number of the status is beyond ±\(WireNumbers.largest)")
        }
        let reading = county.clock.reading
        let (now, report) = (county.now(), ClockReport(status: body, at: reading))
        try await pool.write { db in
            try ClockReport.keep(db, station: station, report)
            try db.execute(
                sql: """
                    INSERT INTO status (station, received, report) VALUES (?1, ?2, ?3)
                    ON CONFLICT DO UPDATE SET received = ?2, report = ?3
                    """,
                arguments: [station, now, Data(body)]
            )
        }
        county.watch.heard(report, at: reading)
        return .empty
    }

    func sendManifest(_ call: IncomingCall, _ parameters: Parameters) async throws -> Reply {
        let station = try await authenticate(call, parameters)
        let id = parameters.get("manifest") ?? ""
        let bytes = try county.store.read { db in
            try Data.fetchOne(
                db,
                sql: "SELECT bytes FROM manifest WHERE station = ? AND id = ?",
                arguments: [station, id]
            )
        }
        guard let bytes else { throw Problem.notFound("the county has no manifest \(id) for \(station)") }
        return Reply(status: 200, contentType: "application/json", body: Array(bytes))
    }

    private func pending(_ station: String, _ clock: ClockState) throws -> [CommandMessage] {
        let now = clock.lastGood
        return try county.store.read { db in try CommandQueue.pending(db, station: station, now: now) }
    }
}
