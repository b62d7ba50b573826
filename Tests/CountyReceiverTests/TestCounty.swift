import CountyReceiver
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LockerDomain
import Logging
import PortFakes
import SyncWire
import Synchronization
import Testing

/// A county in a directory of its own, with a clock that the test moves.
final class TestCounty: Sendable {
    let directory: String
    let clock: TestClock
    let county: County
    private let prefix: String

    init(
        prefix: String = "",
        directory: String? = nil,
        wall: Int64 = 1_763_690_400_000,
        clock shared: TestClock? = nil
    ) throws {
        let path = directory ?? NSTemporaryDirectory() + "county-\(UUID().uuidString)"
        self.directory = path
        self.prefix = prefix
        let time = shared ?? TestClock(wall)
        clock = time
        county = try County(
            opening: CountySettings(dataDirectory: path, publicURL: "https://county.example.cn\(prefix)"),
            clock: time.machine
        )
    }

    /// The same books, opened by another process that starts later.
    func restarted() throws -> TestCounty {
        try TestCounty(prefix: prefix, directory: directory, clock: clock)
    }

    func remove() { try? FileManager.default.removeItem(atPath: directory) }

    /// Runs the routes without a socket.
    func serving<Value: Sendable>(_ work: @Sendable (any TestClientProtocol) async throws -> Value) async throws
        -> Value
    {
        var quiet = Logger(label: "county-server")
        quiet.logLevel = .critical
        return try await makeCountyApplication(county, logger: quiet).test(.router, work)
    }

    /// A station with keys, enrolled.
    func enrolledStation(_ id: String = "yc-test-1", _ client: any TestClientProtocol) async throws -> TestStation {
        let station = TestStation(id: id, prefix: prefix, county: county.publicKey)
        let answer = try await station.enrol(county.makeEnrolmentToken(station: id).token, client)
        #expect(answer.status == 200)
        return station
    }
}

/// Time as the test says it is; NTP keeps it until the test says otherwise.
final class TestClock: Sendable {
    private struct State {
        var wall: Int64
        var uptime: Int64 = 0
        var boot = 1
        var isSynchronised = true
    }

    private let state: Mutex<State>

    init(_ wall: Int64) { state = Mutex(State(wall: wall)) }

    var now: Int64 { state.withLock { $0.wall } }

    /// What the county is opened with.
    var machine: CountyClock {
        CountyClock(
            wall: { self.state.withLock { $0.wall } },
            uptime: { self.state.withLock { $0.uptime } },
            bootID: { self.state.withLock { "boot \($0.boot)" } },
            isSynchronised: { self.state.withLock { $0.isSynchronised } }
        )
    }

    func advance(minutes: Int64) {
        state.withLock {
            $0.wall += minutes * 60_000
            $0.uptime += minutes * 60_000
        }
    }

    func advance(hours: Int64) { advance(minutes: hours * 60) }

    /// Somebody sets the clock, or a battery is empty.
    func leap(hours: Int64) { state.withLock { $0.wall += hours * 3_600_000 } }

    func reboot() {
        state.withLock {
            $0.uptime = 0
            $0.boot += 1
        }
    }

    func setSynchronised(_ isSynchronised: Bool) { state.withLock { $0.isSynchronised = isSynchronised } }
}

/// An answer with its signature judged.
struct TestAnswer {
    var status: Int
    var headers: HTTPFields
    var body: [UInt8]
    /// Whether the county's key signed status and body for this very request.
    var isCountys: Bool

    func decoded<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try CanonicalJSON.decode(type, from: body)
    }

    var problem: Problem.Kind? { (try? decoded(Problem.self))?.kind }
}

/// A station's end of the wire, built from SyncWire as the real one is.
final class TestStation: Sendable {
    let id: String
    let prefix: String
    let key = SigningKey()
    let exchange = ExchangeKey()
    let county: CountyKey
    private let calls = Mutex(0)

    init(id: String, prefix: String = "", county: CountyKey) {
        self.id = id
        self.prefix = prefix
        self.county = county
    }

    /// Signs a request, lets `spoil` change what was signed, sends it and judges the answer's signature. `counterText` is
    /// signed as it is; an empty one leaves the counter out.
    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ client: any TestClientProtocol,
        query: String = "",
        headers extra: [(name: String, value: String)] = [],
        body: [UInt8] = [],
        counter: LockerCounter? = nil,
        counterText: String? = nil,
        spoil: (inout [(name: String, value: String)], inout [UInt8]) -> Void = { _, _ in }
    ) async throws -> TestAnswer {
        let count = calls.withLock {
            $0 += 1
            return $0
        }
        var headers = extra
        let text = counterText ?? (counter ?? LockerCounter(start: 1, n: count)).description
        if !text.isEmpty { headers.append(("locker-counter", text)) }
        if !body.isEmpty { headers.append(("content-digest", ContentDigest.text(of: body))) }
        let signature = MessageSignature.request(
            method: method.rawValue,
            path: prefix + path,
            query: query,
            headers: headers,
            keyID: key.id
        )
        let bytes = try key.sign(signature.base)
        headers += signature.headers(signature: bytes)
        var sent = body
        spoil(&headers, &sent)
        var fields = HTTPFields()
        for header in headers {
            fields.append(HTTPField(name: try #require(HTTPField.Name(header.name)), value: header.value))
        }
        let response = try await client.executeRequest(
            uri: query.isEmpty ? prefix + path : "\(prefix + path)?\(query)",
            method: method,
            headers: fields,
            body: sent.isEmpty ? nil : ByteBuffer(bytes: sent)
        )
        let answerBody = Array(response.body.readableBytesView)
        return TestAnswer(
            status: response.status.code,
            headers: response.headers,
            body: answerBody,
            isCountys: try isCountys(response, body: answerBody, requestSignature: bytes)
        )
    }

    private func isCountys(_ response: TestResponse, body: [UInt8], requestSignature: [UInt8]) throws -> Bool {
        func header(_ name: String) throws -> String? { response.headers[try #require(HTTPField.Name(name))] }
        guard let digest = try header("content-digest"), ContentDigest.matches(digest, body: body),
            let input = try header("signature-input"), let signature = try header("signature"),
            let bytes = MessageSignature.bytes(in: signature)
        else { return false }
        let expected = MessageSignature.answer(
            status: response.status.code,
            contentDigest: digest,
            requestSignature: requestSignature,
            keyID: county.id
        )
        return expected.isCovered(by: input) && county.isValid(signature: bytes, of: expected.base)
    }

    func enrol(_ token: EnrolmentToken, _ client: any TestClientProtocol) async throws -> TestAnswer {
        let request = EnrolmentRequest(
            token: token,
            signingKey: key.publicBytes,
            exchangeKey: exchange.publicBytes
        )
        return try await send(
            .post,
            "/v1/enrolments",
            client,
            headers: [("content-type", "application/json")],
            body: CanonicalJSON.encode(request)
        )
    }

    /// The commands that wait for it.
    func commands(_ client: any TestClientProtocol) async throws -> [CommandMessage] {
        let answer = try await send(.get, "/v1/stations/\(id)/commands", client, query: "wait=0")
        return try answer.decoded(CommandList.self).commands
    }

    /// Sends lines of a journal as one batch.
    ///
    /// - Parameter lost: sequences in front of it that the station could not read any more.
    func post(
        _ journal: WrittenJournal,
        _ range: ClosedRange<Int>,
        lost: ClosedRange<Int>? = nil,
        _ client: any TestClientProtocol,
        counter: LockerCounter? = nil,
        counterText: String? = nil,
        spoil: (inout [(name: String, value: String)], inout [UInt8]) -> Void = { _, _ in }
    ) async throws -> TestAnswer {
        var header = journal.header(range)
        header.lost = lost
        return try await send(
            .post,
            "/v1/stations/\(id)/events",
            client,
            headers: [
                ("content-type", Batch.contentType), ("content-encoding", "gzip"), ("locker-chain", header.text),
            ],
            body: Gzip.compress(Batch.join(journal.lines(range))),
            counter: counter,
            counterText: counterText,
            spoil: spoil
        )
    }
}
