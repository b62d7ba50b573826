import CountyReceiver
import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LockerDomain
import Logging
import PortFakes
import SQLiteJournal
import SimulatedDevices
import StationBooks
import StationEngine
import StationPorts
import StationRules
import SyncWire
import Testing

/// A station with its real engine, journal file and uplink, whose calls go to the county's real routes.
final class RealStation: Sendable {
    let id: String
    let path: String
    let outbox: SQLiteOutbox
    let engine: StationEngine
    let runner: UplinkRunner
    private let county: TestCounty
    private let client: any TestClientProtocol

    /// - Parameter journal: lines that stand in the file already.
    init(
        _ station: TestStation,
        at county: TestCounty,
        _ client: any TestClientProtocol,
        journal: WrittenJournal? = nil
    ) async throws {
        (self.county, self.client, id) = (county, client, station.id)
        path = "\(county.directory)/\(station.id).sqlite"
        let file = try SQLiteJournal(path: path, reserveBytes: 4_096)
        if let journal { try Self.write(journal, to: file) }
        outbox = try SQLiteOutbox(path: path)
        let keys = MemoryKeys()
        try keys.keep(
            Keyring(
                signing: station.key.privateBytes,
                exchange: station.exchange.privateBytes,
                county: Keyring.County(
                    signingKey: station.county.bytes,
                    exchangeKey: [UInt8](repeating: 0, count: 32),
                    codeKey: [UInt8](repeating: 1, count: 32)
                )
            )
        )
        // The enrolment was the first start.
        _ = try keys.nextStart()
        let clock = VirtualClock(wall: county.clock.now)
        var ports = EnginePorts(
            journal: file,
            outbox: outbox,
            doors: SimulatedDoors(doors: ["A01"], clock: clock, shutMilliseconds: 8_000),
            signals: SimulatedSignals(),
            clock: clock,
            entropy: SeededEntropy(seed: 7),
            keys: keys,
            contacts: outbox,
            lifeMarks: MemoryLifeMark()
        )
        var logger = Logger(label: "station")
        logger.logLevel = .critical
        engine = try StationEngine(
            settings: StationSettings(id: station.id, doors: [DoorSettings(name: "A01", size: .medium)]),
            version: "test",
            ports: ports,
            credentials: nil,
            checkPIN: { _, _ in false },
            logger: logger
        )
        ports.entropy = NoJitter()
        runner = UplinkRunner(
            engine: engine,
            station: station.id,
            county: "https://county.example.cn",
            pathPrefix: "",
            ports: ports,
            port: RouterUplink(client: client),
            pace: ScaledClock(start: 0, speed: 1, bootID: "pace"),
            logger: logger
        )
        try await engine.start()
    }

    private static func write(_ journal: WrittenJournal, to file: SQLiteJournal) throws {
        _ = try file.beginIncarnation(id: journal.incarnation)
        try file.append(
            journal.lines.indices.map { index in
                JournalLine(
                    position: JournalPosition(generation: 1, sequence: index + 1),
                    before: journal.hashes[index],
                    bytes: journal.lines[index],
                    hash: journal.hashes[index + 1]
                )
            }
        )
    }

    // MARK: Acts

    /// So many scans, each of which leaves an event.
    func scan(_ count: Int) async {
        for number in 0..<count {
            await withCheckedContinuation { (done: CheckedContinuation<Void, Never>) in
                let source = TextSource(device: "sim-1", role: .scanner)
                let text = "UNKNOWN-\(number)"
                if !engine.post(.text(text, from: source), reply: { _ in done.resume() }) { done.resume() }
            }
        }
    }

    /// Does to the file what a bad card does.
    func damage(_ sql: String, _ arguments: StatementArguments = []) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.write { try $0.execute(sql: sql, arguments: arguments) }
        try queue.close()
    }

    /// The key of a row.
    static func row(_ generation: Int, _ sequence: Int) -> Int64 { Int64(generation) << 40 | Int64(sequence) }

    /// Runs the uplink until both ends agree that nothing is unsent.
    func sendAll(until isDone: @escaping @Sendable () async throws -> Bool = { true }) async throws {
        let task = Task { await runner.run() }
        do {
            try await soon("everything is at the county") {
                let head = await self.engine.head()
                guard try self.outbox.waiting() == 0, try self.outbox.acknowledged() == head else { return false }
                return try await isDone()
            }
        } catch {
            task.cancel()
            throw error
        }
        task.cancel()
        await task.value
    }

    // MARK: Readings

    func line(_ generation: Int, _ sequence: Int) throws -> JournalLine? {
        try outbox.line(at: JournalPosition(generation: generation, sequence: sequence))
    }

    /// Every chain as the county has it: computed again without a break; what is lost of each.
    func checkedAtCounty() throws -> [[String]] {
        let checks = try county.county.verify(id)
        for check in checks { #expect(check.broken == nil, "\(check)") }
        let overview = try #require(try county.county.overview().first)
        #expect(overview.incarnations.map(\.lost) == checks.map(\.lost))
        #expect(overview.missing == 0 && overview.branches == 0)
        return checks.map(\.lost)
    }
}

/// The routes of a county without a socket.
struct RouterUplink: UplinkPort {
    let client: any TestClientProtocol

    func exchange(_ request: UplinkRequest, seconds: Int64) async throws -> UplinkReply {
        var fields = HTTPFields()
        for header in request.headers {
            guard let name = HTTPField.Name(header.name) else { throw LinkFault.other("no header \(header.name)") }
            fields.append(HTTPField(name: name, value: header.value))
        }
        guard let method = HTTPRequest.Method(request.method) else { throw LinkFault.other("no such method") }
        let response = try await client.executeRequest(
            uri: request.path,
            method: method,
            headers: fields,
            body: request.body.isEmpty ? nil : ByteBuffer(bytes: request.body)
        )
        return UplinkReply(
            status: response.status.code,
            headers: response.headers.map { (name: $0.name.canonicalName, value: $0.value) },
            body: Array(response.body.readableBytesView)
        )
    }

    func reach() async -> Reachability { .accepted }
}

/// Pauses are a millisecond long; all else is random.
struct NoJitter: EntropyPort {
    func bytes(_ count: Int) -> [UInt8] {
        count == 4 ? [0, 0, 0, 0] : (0..<count).map { _ in UInt8.random(in: 0...255) }
    }
}

/// Waits for what another thread does; gives up after a minute.
func soon(
    _ what: String,
    at location: SourceLocation = #_sourceLocation,
    _ condition: () async throws -> Bool
) async throws {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(60)
    repeat {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(1))
    } while clock.now < end
    Issue.record("never came true: \(what)", sourceLocation: location)
}
