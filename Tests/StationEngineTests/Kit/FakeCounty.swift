import LockerDomain
import PortFakes
import StationPorts
import SyncWire
import Synchronization

/// A county in memory: judges what a station sends as DESIGN 4.3 says, signs its answers, and can be in any mood.
final class FakeCounty: UplinkPort {
    /// How it takes the next batch.
    enum Mood: Sendable {
        /// No answer; nothing is stored.
        case silent
        /// All is stored, the answer is lost.
        case lostAnswer
        /// Somebody else answers.
        case portal
        /// Signed by another key, or for another request.
        case wrongKey, boundElsewhere
        case status(Int, retryAfter: String? = nil)
        /// Signed success, but the cursor stands still.
        case standstill
    }

    struct NoAnswer: Error {}

    struct Sent: Sendable {
        var incarnation: String
        var first: Int
        var last: Int
        var bytes: Int
    }

    struct State {
        var moods: [Mood] = []
        var mood: Mood?
        /// What is stored of each incarnation, and beside it.
        var chains: [String: PlainChain] = [:]
        /// Its clock; it stands at the first morning until it is linked.
        var clock: @Sendable () -> Int64 = { Bench.firstMorning }
        /// Whether it remembers lines beside a chain, so that the rest of their branch can follow.
        var takesBranches = true
        var eventsMax = Int.max
        /// Every call fails so.
        var linkFault: LinkFault?
        var reach = Reachability.accepted
        var reaches = 0
        /// The link loses a request whose body is larger; what is smaller passes.
        var bodyBytesMax = Int.max
        /// Sizes of the bodies that it lost.
        var lostBodies: [Int] = []
        var batches: [Sent] = []
        var paths: [String] = []
        var commands: [CommandMessage] = []
        var answersCommandsAtOnce = false
        /// Its clock is not in doubt.
        var tellsTime = true
        var manifests: [String: [UInt8]] = [:]
        var failingManifests = 0
        /// Answers with manifests wait for the end of it.
        var manifestGate: AsyncStream<Void>?
        /// Questions for commands fail so.
        var questionFault: LinkFault?
        /// Time that the station gave each manifest's answer.
        var manifestSeconds: [Int64] = []
        var waiters: [AsyncStream<Void>.Continuation] = []
        var statusReports: [StatusReport] = []
        var contacts: [String: [UInt8]] = [:]
        /// Waybills whose contact is answered 400.
        var refusedContacts: Set<String> = []
        var faults: [String] = []
        var enrolment: (@Sendable (EnrolmentRequest) throws -> (Int, [UInt8]))?

        /// Lines beside each chain, by their sequence.
        var branches: [String: [Int: [UInt8]]] {
            chains.mapValues { chain in
                Dictionary(chain.beside.values.map { ($0.sequence, $0.bytes) }) { $1 }
            }
        }
    }

    let state = Mutex(State())
    let people: People
    private let stationKey: CountyKey?

    /// `signing`: the station's private key, from which its public one is known here.
    init(_ people: People) {
        self.people = people
        stationKey = SigningKey(bytes: people.keyring.signing).flatMap { CountyKey(bytes: $0.publicBytes) }
    }

    var now: Int64 { state.withLock { $0.clock }() }
    func change(_ body: (inout sending State) -> Void) { state.withLock { body(&$0) } }

    /// Lines of an incarnation as stored here.
    func lines(_ incarnation: String) -> [[UInt8]] {
        state.withLock { $0.chains[incarnation]?.lines.map(\.bytes) ?? [] }
    }
    var batches: [Sent] { state.withLock { $0.batches } }
    var faults: [String] { state.withLock { $0.faults } }
    func contact(_ waybill: Waybill) -> [UInt8]? { state.withLock { $0.contacts[waybill.rawValue] } }
    func calls(_ suffix: String) -> Int { state.withLock { $0.paths.count { $0.hasSuffix(suffix) } } }

    /// Gives a command to the station that waits for one.
    func give(_ command: CommandMessage) {
        let waiters = state.withLock { state in
            state.commands.append(command)
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.finish() }
    }

    func exchange(_ request: UplinkRequest, seconds: Int64) async throws -> UplinkReply {
        let parts = request.path.split(separator: "?", maxSplits: 1).map(String.init)
        let (path, query) = (parts[0], parts.count > 1 ? parts[1] : "")
        try state.withLock { state in
            if let fault = state.linkFault { throw fault }
            state.paths.append("\(request.method) \(path)")
            guard request.body.count > state.bodyBytesMax else { return }
            state.lostBodies.append(request.body.count)
            throw LinkFault.noAnswer(seconds: seconds)
        }
        let signature = try check(request, path: path, query: query)
        if path == "/v1/enrolments" { return try enrol(request, signature) }
        let home = "/v1/stations/\(Bench.station)/"
        switch (request.method, path) {
        case ("POST", home + "events"): return try takeEvents(request, signature)
        case ("GET", home + "events"): return try sendEvents(query, signature)
        case ("GET", home + "commands"): return try await listCommands(signature)
        case ("PUT", home + "status"):
            let body = try Gzip.inflate(request.body, limit: Limits.inflatedBytesMax)
            let report = try CanonicalJSON.decode(StatusReport.self, from: body)
            state.withLock { $0.statusReports.append(report) }
            return try signed(204, [], signature)
        case ("PUT", _) where path.hasPrefix(home + "contacts/"):
            let waybill = String(path.dropFirst(home.utf8.count + 9))
            let isRefused = state.withLock { state in
                if !state.refusedContacts.contains(waybill) { state.contacts[waybill] = request.body }
                return state.refusedContacts.contains(waybill)
            }
            return try signed(isRefused ? 400 : 204, [], signature)
        case ("GET", _) where path.hasPrefix(home + "manifests/"): return try await manifest(path, signature, seconds)
        default: return try signed(404, [], signature)
        }
    }

    func reach() async -> Reachability {
        state.withLock { state in
            state.reaches += 1
            return state.reach
        }
    }

    private func check(_ request: UplinkRequest, path: String, query: String) throws -> [UInt8] {
        func header(_ name: String) -> String? { request.headers.first { $0.name == name }?.value }
        let enrols = path == "/v1/enrolments"
        let asked = enrols ? try CanonicalJSON.decode(EnrolmentRequest.self, from: request.body).keys?.signing : nil
        guard let key = enrols ? asked.flatMap(CountyKey.init(bytes:)) : stationKey,
            let input = header("signature-input"), let bytes = header("signature").flatMap(MessageSignature.bytes(in:))
        else { throw NoAnswer() }
        let message = MessageSignature.request(
            method: request.method,
            path: "/locker" + path,
            query: query,
            headers: request.headers,
            keyID: key.id
        )
        let digest = header("content-digest").map { ContentDigest.matches($0, body: request.body) }
        if !message.isCovered(by: input) || !key.isValid(signature: bytes, of: message.base)
            || (digest ?? request.body.isEmpty) == false
        {
            state.withLock { $0.faults.append("bad signature on \(request.method) \(path)") }
        }
        return bytes
    }

    func signed(
        _ status: Int,
        _ body: [UInt8],
        _ signature: [UInt8],
        headers: [(name: String, value: String)] = [],
        by key: SigningKey? = nil
    ) throws -> UplinkReply {
        try (key ?? people.county).answer(status, body, to: signature, headers: headers)
    }

    private func enrol(_ request: UplinkRequest, _ signature: [UInt8]) throws -> UplinkReply {
        guard let answer = state.withLock({ $0.enrolment }) else { throw NoAnswer() }
        let (status, body) = try answer(try CanonicalJSON.decode(EnrolmentRequest.self, from: request.body))
        return try signed(status, body, signature)
    }

    // MARK: Commands

    private func listCommands(_ signature: [UInt8]) async throws -> UplinkReply {
        if let fault = state.withLock({ $0.questionFault }) { throw fault }
        if let stream = state.withLock({ $0.waitIfIdle() }) { for await _ in stream {} }
        try Task.checkCancellation()
        let (commands, tellsTime) = state.withLock { ($0.commands, $0.tellsTime) }
        let list = CommandList(commands: commands, time: tellsTime ? WireTime.text(now) : nil)
        return try signed(200, try CanonicalJSON.encode(list), signature)
    }

    private func manifest(_ path: String, _ signature: [UInt8], _ seconds: Int64) async throws -> UplinkReply {
        if let gate = state.withLock({ $0.manifestGate }) { for await _ in gate {} }
        let id = path.split(separator: "/").last.map(String.init) ?? ""
        let body = state.withLock { state -> [UInt8]? in
            state.manifestSeconds.append(seconds)
            guard state.failingManifests == 0 else {
                state.failingManifests -= 1
                return nil
            }
            return state.manifests[id]
        }
        guard let body else { throw LinkFault.noAnswer(seconds: seconds) }
        return try signed(200, body, signature)
    }
}

extension FakeCounty.State {
    fileprivate mutating func waitIfIdle() -> AsyncStream<Void>? {
        guard commands.isEmpty, !answersCommandsAtOnce else { return nil }
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        waiters.append(continuation)
        return stream
    }
}
