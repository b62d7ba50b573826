import LockerDomain
public import Logging
public import StationPorts
import SyncWire

/// Keeps the county informed: sends the journal oldest first, asks for commands, reports the status. It never gives
/// up and never blocks the station (DESIGN rule 9). Everything it knows of the journal comes through `OutboxPort`.
public actor UplinkRunner {
    let engine: StationEngine
    let outbox: any OutboxPort
    let port: any UplinkPort
    let entropy: any EntropyPort
    let clock: any ClockPort
    let keys: any KeyPort
    let contacts: any ContactPort
    let logger: Logger
    let bell = Bell()
    let commandBell = Bell()
    let contactBell = Bell()
    let pauseBell = Bell()
    let contactPauseBell = Bell()

    var link: Link?
    var status: UplinkStatus
    var backoff = Backoff()
    var batchEvents = Limits.batchEventsMax
    var commandPause = CommandPause()
    var isCarryingOut = false
    /// Ends of the branches that the county has kept of closed incarnations, by generation.
    var branches: [Int: Int] = [:]
    let station: String
    let pathPrefix: String

    /// What an enrolled station talks with.
    struct Link {
        var signer: RequestSigner
        var county: CountyKey
    }

    /// `county` is the URL for people; `pathPrefix` its path without a trailing slash.
    public init(
        engine: StationEngine,
        station: String,
        county: String,
        pathPrefix: String,
        ports: EnginePorts,
        port: any UplinkPort,
        logger: Logger
    ) {
        self.engine = engine
        self.station = station
        self.pathPrefix = pathPrefix
        self.port = port
        self.logger = logger
        outbox = ports.outbox
        entropy = ports.entropy
        clock = ports.clock
        keys = ports.keys
        contacts = ports.contacts
        status = UplinkStatus(phase: .notEnrolled, county: county)
    }

    /// Runs until the task is cancelled.
    public func run() async {
        do { try connect() } catch { logger.error("keys cannot be read: \(error)") }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.sendLoop() }
            group.addTask { await self.commandLoop() }
            group.addTask { await self.statusLoop() }
            group.addTask { await self.contactLoop() }
            await group.waitForAll()
        }
    }

    /// Tells the uplink that the journal has grown.
    public nonisolated func ring() {
        Task {
            await bell.ring()
            await contactBell.ring()
        }
    }

    /// Tells the uplink that the network came up: the pause is over (DESIGN 4.3).
    public func linkCameUp() async {
        backoff.reset()
        commandPause = CommandPause()
        for bell in [pauseBell, bell, commandBell, contactPauseBell, contactBell] { await bell.ring() }
    }

    /// Takes the keys of an enrolled station into use.
    func connect() throws {
        guard let ring = try keys.keyring(), let county = ring.county, let signing = SigningKey(bytes: ring.signing),
            let countyKey = CountyKey(bytes: county.signingKey)
        else { return }
        let signer = RequestSigner(key: signing, pathPrefix: pathPrefix, start: try keys.nextStart())
        link = Link(signer: signer, county: countyKey)
        status.phase = .idle
    }

    // MARK: Sending

    private func sendLoop() async {
        while !Task.isCancelled {
            guard link != nil else {
                await bell.wait(milliseconds: 60_000)
                continue
            }
            do {
                if try await sendNext() { continue }
                status.phase = .idle
                await bell.wait(milliseconds: 60_000)
            } catch {
                if Task.isCancelled { return }
                await pause(after: "\(error)")
            }
        }
    }

    /// Sends one batch. `false` when nothing waits.
    private func sendNext() async throws -> Bool {
        let position = try unsent(after: outbox.acknowledged())
        let lines = try outbox.lines(after: position, limit: batchEvents, bytes: Limits.batchBytesMax)
        guard let first = lines.first, let last = lines.last,
            let (incarnation, _) = try outbox.incarnation(position.generation)
        else { return false }
        status.phase = .sending
        let before = first.position.sequence == 1 ? Chain.start : try outbox.line(at: position)?.hash ?? Chain.start
        let chain = ChainHeader(
            incarnation: incarnation.id,
            first: first.position.sequence,
            last: last.position.sequence,
            before: before,
            after: last.hash
        )
        let body = Gzip.compress(Batch.join(lines.map(\.bytes)))
        let headers = [
            ("content-type", Batch.contentType), ("content-encoding", "gzip"), ("locker-chain", chain.text),
        ]
        let (verdict, reply) = try await exchange(
            "POST",
            "/v1/stations/\(station)/events",
            headers: headers,
            body: body
        )
        try await judge(verdict, reply, from: position, sent: last.position)
        return true
    }

    /// Where the next lines to send begin: past the ends of incarnations that are sent whole.
    func unsent(after acknowledged: JournalPosition) throws -> JournalPosition {
        var position = acknowledged
        while let (_, last) = try outbox.incarnation(position.generation), last <= position.sequence,
            try outbox.incarnation(position.generation + 1) != nil
        {
            position = JournalPosition(generation: position.generation + 1, sequence: 0)
        }
        return position
    }

    private func judge(
        _ verdict: Verdict,
        _ reply: UplinkReply,
        from position: JournalPosition,
        sent last: JournalPosition
    ) async throws {
        switch verdict {
        case .accepted:
            let ack = try CanonicalJSON.decode(Acknowledgement.self, from: reply.body)
            batchEvents = min(batchEvents * 2, Limits.batchEventsMax)
            let moved = try await acknowledged(ack, generation: position.generation, sent: last)
            await carryOut(ack.commands, at: ack.time)
            guard moved > position else { return await goBack(to: moved) }
            succeeded()
        case .gap(let expected):
            // A county that keeps only the beginning of a branch must not hold up what comes after it.
            if let end = branches[position.generation], expected <= end {
                logger.error("the county takes no more of the old events up to \(last.sequence): left out")
                try outbox.acknowledge(last)
                return succeeded()
            }
            var wanted = JournalPosition(
                generation: position.generation,
                sequence: min(expected - 1, position.sequence)
            )
            // A county restored to before this incarnation may lack the end of the one before: its last line asks.
            if expected == 1, position.generation > 1,
                let (_, last) = try outbox.incarnation(position.generation - 1)
            {
                wanted = JournalPosition(generation: position.generation - 1, sequence: max(0, last - 1))
            }
            try outbox.acknowledge(wanted)
            await goBack(to: wanted)
        case .forked:
            // The county has kept these lines as a branch. New events go on in a new incarnation (DESIGN 4.3).
            try await engine.replaceIncarnation(position.generation, reason: .forked)
            branches[position.generation] = last.sequence
            try outbox.acknowledge(last)
            succeeded()
        case .tooLarge where last.sequence == position.sequence + 1:
            answered()
            await pause(after: "the county takes not even a single event: HTTP 413")
        case .tooLarge: batchEvents = max(1, (last.sequence - position.sequence) / 2)
        case .retry(let after, let reason): await pause(after: reason, atLeast: after)
        case .refused(let reason):
            logger.error("the county refuses this station: \(reason); is it enrolled there?")
            await pause(after: reason, atLeast: Limits.backoffMillisecondsMax / 5)
        case .notTheCounty(let beginning):
            status.notTheCounty = beginning
            await pause(after: "the answer is not signed by the county", atLeast: 10_000)
        }
    }

    /// The county wants what it had before: once is a backup, again and again is a fault, so each time after a pause.
    private func goBack(to position: JournalPosition) async {
        answered()
        await pause(after: "the county asks again from event \(position.sequence + 1)")
    }

    /// The cursor follows a signed answer in both directions: a county restored from backup asks again. Returns where
    /// it stands now.
    private func acknowledged(
        _ ack: Acknowledgement,
        generation: Int,
        sent: JournalPosition
    ) async throws -> JournalPosition {
        guard let (incarnation, last) = try outbox.incarnation(generation), incarnation.id == ack.incarnation else {
            return try outbox.acknowledged()
        }
        let position = JournalPosition(generation: generation, sequence: ack.acknowledged)
        let ours = ack.acknowledged == 0 ? Chain.start : try outbox.line(at: position)?.hash
        guard ack.acknowledged <= last, let ours, Hex.encode(ours) == ack.hash else {
            // The county knows events under our numbers that we do not: this journal is an older copy. What was sent
            // stays sent, else the new incarnation would wait behind it for ever.
            try await engine.replaceIncarnation(generation, reason: .restored)
            try outbox.acknowledge(sent)
            return sent
        }
        try outbox.acknowledge(position)
        return position
    }
}
