import LockerDomain
import StationPorts
import SyncWire
import Synchronization

/// A station's end of the wire: it signs as the real one does.
final class BenchStation: Sendable {
    let id: String
    private let key = SigningKey()
    private let calls = Mutex(0)

    init(_ id: String) { self.id = id }

    /// Signs a request with the next counter and sends it.
    func send(
        _ method: String,
        _ path: String,
        over connection: PlainConnection,
        query: String = "",
        headers extra: [(name: String, value: String)] = [],
        body: [UInt8] = []
    ) async throws -> PlainAnswer {
        let number = calls.withLock { calls in
            calls += 1
            return calls
        }
        let counter = LockerCounter(start: 1, n: number)
        return try await connection.exchange(
            method,
            query.isEmpty ? path : "\(path)?\(query)",
            headers: signed(method, path, query: query, headers: extra, body: body, counter),
            body: body
        )
    }

    /// The headers of a request with its signature.
    func signed(
        _ method: String,
        _ path: String,
        query: String = "",
        headers extra: [(name: String, value: String)],
        body: [UInt8],
        _ counter: LockerCounter
    ) throws -> [(name: String, value: String)] {
        var headers = extra
        headers.append(("locker-counter", counter.description))
        if !body.isEmpty { headers.append(("content-digest", ContentDigest.text(of: body))) }
        let signature = MessageSignature.request(
            method: method,
            path: path,
            query: query,
            headers: headers,
            keyID: key.id
        )
        return headers + signature.headers(signature: try key.sign(signature.base))
    }

    func enrol(_ token: String, over connection: PlainConnection) async throws {
        guard let token = EnrolmentToken(token) else { throw BenchFault("\(token) is no enrolment token") }
        let request = EnrolmentRequest(
            token: token,
            signingKey: key.publicBytes,
            exchangeKey: ExchangeKey().publicBytes
        )
        let answer = try await send(
            "POST",
            "/v1/enrolments",
            over: connection,
            headers: [("content-type", "application/json")],
            body: CanonicalJSON.encode(request)
        )
        guard answer.status == 200 else { throw BenchFault("\(id) is not enrolled: HTTP \(answer.status)") }
    }

    /// Asks for commands and waits for the answer.
    func ask(over connection: PlainConnection) async throws {
        let query = CommandQuery(wait: Limits.commandWaitSeconds, after: 0, highest: 0, end: nil)
        let answer = try await send("GET", "/v1/stations/\(id)/commands", over: connection, query: query.text)
        guard answer.status == 200 else { throw BenchFault("\(id) asks for commands: HTTP \(answer.status)") }
    }

    /// Sends the lines as one batch.
    func post(_ lines: [JournalLine], over connection: PlainConnection) async throws {
        guard let first = lines.first, let last = lines.last else { return }
        let header = ChainHeader(
            incarnation: JournalFiller.id,
            first: first.position.sequence,
            last: last.position.sequence,
            before: first.before,
            after: last.hash
        )
        let answer = try await send(
            "POST",
            "/v1/stations/\(id)/events",
            over: connection,
            headers: [
                ("content-type", Batch.contentType), ("content-encoding", "gzip"), ("locker-chain", header.text),
            ],
            body: Gzip.compress(Batch.join(lines.map(\.bytes)))
        )
        guard answer.status == 200 else { throw BenchFault("\(id) sends a batch: HTTP \(answer.status)") }
    }
}
