import LockerDomain
import PortFakes
import SimulatedDevices
import StationBooks
import StationEngine
import StationPorts
import SyncWire
import Synchronization
import Testing

@Suite("Enrolment")
struct EnrolmentTests {
    private let people: People
    private let bench: Bench
    private let linked: Linked
    private let secret = String(repeating: "5", count: 32)

    init() async throws {
        people = try People()
        bench = try await Bench(people: people, enrolled: false).started()
        linked = Linked(bench)
    }

    private func token(_ station: String = Bench.station, key: [UInt8]? = nil) -> String {
        EnrolmentToken(station: station, secret: secret, countyKey: key ?? people.county.publicBytes).description
    }

    private func answers(
        sealedFor context: String = Bench.station,
        keyID: String? = nil
    ) -> @Sendable (EnrolmentRequest) throws -> (Int, [UInt8]) {
        { [people] request in
            let answer = EnrolmentAnswer(
                station: Bench.station,
                countySigningKey: people.county.publicBytes,
                countyExchangeKey: people.countyExchange.publicBytes,
                codeKeyID: keyID ?? people.codeKey.id,
                codeKey: try ExchangeKey.seal(people.codeKeyBytes, to: request.keys?.exchange ?? [], context: context),
                pins: people.pins,
                time: WireTime.text(Bench.firstMorning)
            )
            return (200, try CanonicalJSON.encode(answer))
        }
    }

    private func fault(_ token: String) async -> ControlFault? {
        do {
            try await linked.runner.enrol(token: token, by: "wang")
            return nil
        } catch {
            return error
        }
    }

    @Test("the token brings the county's keys and K; the station works with them at once and sends its journal")
    func happy() async throws {
        linked.county.change { $0.enrolment = answers() }
        #expect(await bench.scan(people.courier) == [.notEnrolled])
        #expect(await fault(token()) == nil)
        await bench.settle()
        let ring = try #require(try bench.keys.keyring())
        #expect(ring.county?.codeKey == people.codeKeyBytes)
        #expect(ring.county?.signingKey == people.county.publicBytes)
        #expect(try bench.keys.pins() == people.pins)
        await bench.advance(3_000)
        #expect(await bench.scan(people.courier) == [.welcome])
        guard
            case .stationConfigChanged(let fact)? = Books(bench.journal.all).events.first(where: {
                $0.type == .stationConfigChanged
            })
        else {
            Issue.record("no station.configChanged")
            return
        }
        #expect(fact.item == "enrolment")
        #expect(fact.by == "wang")
        #expect(await linked.runner.currentStatus().phase != .notEnrolled)
    }

    @Test("a start number that the disk does not take after the answer leaves the station enrolled, and is tried again")
    func noStartNumber() async throws {
        try bench.keys.keep(Keyring(signing: people.keyring.signing, exchange: people.keyring.exchange))
        let keys = StubbornKeys(bench.keys)
        keys.isBroken.store(false, ordering: .relaxed)
        let answer = answers()
        linked.county.change {
            $0.enrolment = { request in
                keys.isBroken.store(true, ordering: .relaxed)
                return try answer(request)
            }
        }
        let runner = bench.runner(linked.county, keys: keys)
        try await runner.enrol(token: token(), by: "wang")
        await bench.settle()
        #expect(await bench.engine.view(faults: [], simulated: true).enrolled)
        let status = await runner.currentStatus()
        #expect(status.phase == .waitingToRetry && status.trouble?.fault == .keysUnusable("no space left"))
        keys.isBroken.store(false, ordering: .relaxed)
        let task = Task { await runner.run() }
        try await eventually("it sends") { linked.county.calls("/events") > 0 }
        task.cancel()
        await task.value
        #expect(linked.county.faults.isEmpty)
    }

    @Test("a second try uses the same keys, so that the county gives the same answer")
    func twice() async throws {
        #expect(await fault(token()) != nil)
        let first = try bench.keys.keyring()
        linked.county.change { $0.enrolment = answers() }
        #expect(await fault(token()) == nil)
        #expect(try bench.keys.keyring()?.signing == first?.signing)
        #expect(try bench.keys.keyring()?.exchange == first?.exchange)
    }

    @Test("text that is no token, or a token of another station, is refused before anything is sent")
    func wrongToken() async throws {
        for text in ["", "VLE1", "VLE2.a.b.c", token() + "x", "hello"] {
            let fault = await fault(text)
            #expect(fault?.code == .invalid)
            #expect(fault?.description.contains("VLE1.") == true)
        }
        let other = await fault(token("yc-other-1"))
        #expect(other?.code == .invalid)
        #expect(
            other?.description
                == "the token is for station yc-other-1, this is yc-test-1 (令牌属于另一个站点): ask for one for this station (请索取本站点的令牌)"
        )
        #expect(linked.county.state.withLock { $0.paths.isEmpty })
    }

    @Test("each way to fail says what and what to do, and leaves the station unenrolled")
    func failures() async throws {
        let problem = Problem(.tokenRefused, status: 403, title: "Token refused", detail: "it was used before")
        let cases: [(@Sendable (EnrolmentRequest) throws -> (Int, [UInt8]), String)] = [
            (
                { _ in (403, try CanonicalJSON.encode(problem)) },
                "the county refused the enrolment (县里拒绝登记): Token refused: it was used before"
            ),
            ({ _ in (200, Array("<html>Login".utf8)) }, "what answered at the county's address is not the county"),
            (answers(keyID: "0000"), "the county's code key is damaged: ask for a new token"),
            (answers(sealedFor: "yc-other-1"), "enrolment failed"),
            ({ _ in throw LinkFault.refused }, "connection refused: nothing listens there; check the port (登记失败：拒绝连接"),
        ]
        for (answer, text) in cases {
            linked.county.change { $0.enrolment = answer }
            let fault = await fault(token())
            // Only a county that is not reached may be reached later.
            #expect(fault?.code == (text.contains("connection refused") ? .unavailable : .failed))
            #expect(fault?.description.contains(text) == true, "\(fault?.description ?? "no fault")")
            #expect(try bench.keys.keyring()?.county == nil)
        }
    }

    @Test("an answer of another county than the token's is not believed")
    func otherCounty() async throws {
        linked.county.change { $0.enrolment = answers() }
        let fault = await fault(token(key: SigningKey().publicBytes))
        #expect(fault?.description.contains("is not the county that made the token (HTTP 200)") == true)
    }
}
