import LockerDomain
public import Logging
import StationCore
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
    /// Drives pauses and limits: the link is real even where the station's clock is a simulated one.
    let pace: any ClockPort
    let bell: Bell
    let commandBell: Bell
    let contactBell: Bell
    let pauseBell: Bell
    let contactPauseBell: Bell
    let reachBell: Bell

    var link: Link?
    var status: UplinkStatus
    var backoff = Backoff()
    var health = LinkHealth()
    var reach: ReachProbe
    var batchSize = BatchSize()
    var manifestSeconds = Limits.exchangeSeconds
    var commandPause = CommandPause()
    /// What an answer to a batch listed, for the command loop.
    var handedOver: CommandList?
    /// Ends of the branches that the county has kept of closed incarnations, by generation.
    var branches: [Int: Int] = [:]
    let station: String
    let pathPrefix: String

    /// What an enrolled station talks with.
    struct Link {
        var signer: RequestSigner
        var county: CountyKey
    }

    /// `county` is the URL for people; `pathPrefix` its path without a trailing slash; `pace` the clock of its pauses.
    public init(
        engine: StationEngine,
        station: String,
        county: String,
        pathPrefix: String,
        ports: EnginePorts,
        port: any UplinkPort,
        pace: any ClockPort,
        logger: Logger
    ) {
        self.engine = engine
        self.station = station
        self.pathPrefix = pathPrefix
        self.port = port
        self.pace = pace
        self.logger = logger
        (bell, commandBell, contactBell) = (Bell(pace), Bell(pace), Bell(pace))
        (pauseBell, contactPauseBell, reachBell) = (Bell(pace), Bell(pace), Bell(pace))
        reach = ReachProbe(at: pace.now().uptime)
        outbox = ports.outbox
        entropy = ports.entropy
        clock = engine.ports.clock
        keys = ports.keys
        contacts = ports.contacts
        status = UplinkStatus(phase: .notEnrolled, county: county)
    }

    /// Runs until the task is cancelled.
    public func run() async {
        await connectAgain()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.sendLoop() }
            group.addTask { await self.commandLoop() }
            group.addTask { await self.statusLoop() }
            group.addTask { await self.contactLoop() }
            group.addTask { await self.reachLoop() }
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

    /// A station whose keys cannot be read now, or whose disk takes no start number, is not one that never enrolled:
    /// it says so, and tries again.
    private func connectAgain() async {
        do { try connect() } catch {
            status.phase = .waitingToRetry
            await failed(.events, error as? LinkFault ?? .keysUnusable(LinkFault.brief("\(error)")))
        }
    }

    /// Takes the keys of an enrolled station into use.
    func connect() throws {
        guard let ring = try keys.keyring(), let county = ring.county else { return }
        guard let signing = SigningKey(bytes: ring.signing), let countyKey = CountyKey(bytes: county.signingKey) else {
            throw LinkFault.keysUnusable("they are damaged: enrol again")
        }
        let signer = RequestSigner(key: signing, pathPrefix: pathPrefix, start: try keys.nextStart())
        link = Link(signer: signer, county: countyKey)
        health.succeeded(.events)
        status.phase = .idle
    }

    // MARK: Sending

    private func sendLoop() async {
        while !Task.isCancelled {
            guard link != nil else {
                await bell.wait(milliseconds: 60_000)
                if link == nil { await connectAgain() }
                continue
            }
            do {
                if try await sendNext() { continue }
                status.phase = .idle
                await bell.wait(milliseconds: 60_000)
            } catch {
                if Task.isCancelled { return }
                await pause(after: LinkFault(error))
            }
        }
    }

    /// Sends one batch. `false` when nothing waits.
    private func sendNext() async throws -> Bool {
        let position = try unsent(after: outbox.acknowledged())
        let lines = try outbox.lines(after: position, limit: Limits.batchEventsMax, bytes: batchSize.bytes)
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
        let size = lines.reduce(0) { $0 + $1.bytes.count }
        let (verdict, reply) = try await send(lines.map(\.bytes), chain, size: size)
        switch verdict {
        case .accepted: batchSize.succeeded(sent: size)
        case .tooLarge: batchSize.refused(sent: size)
        default: break
        }
        try await judge(verdict, reply, from: position, sent: last.position)
        return true
    }

    /// The next batch after one that did not get through is smaller: the same bytes again would fail again.
    private func send(
        _ lines: [[UInt8]],
        _ chain: ChainHeader,
        size: Int
    ) async throws -> (Verdict, UplinkReply) {
        do {
            return try await exchange(
                "POST",
                "/v1/stations/\(station)/events",
                headers: [
                    ("content-type", Batch.contentType), ("content-encoding", "gzip"), ("locker-chain", chain.text),
                ],
                body: Gzip.compress(Batch.join(lines))
            )
        } catch let fault as LinkFault where fault.maySizeMatter {
            batchSize.failed(sent: size)
            throw fault
        }
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
            let moved = try await acknowledged(ack, generation: position.generation, sent: last)
            await handOver(CommandList(commands: ack.commands, time: ack.time))
            guard moved > position else { return await goBack(to: moved) }
            await eventsSucceeded()
        case .gap(let expected):
            // A county that keeps only the beginning of a branch must not hold up what comes after it.
            if let end = branches[position.generation], expected <= end {
                logger.error("the county takes no more of the old events up to \(last.sequence): left out")
                try outbox.acknowledge(last)
                return await eventsSucceeded()
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
            await eventsSucceeded()
        case .tooLarge where last.sequence == position.sequence + 1:
            await answered()
            await pause(after: .eventTooLarge)
        case .tooLarge: await answered()
        case .retry(let after, _): await pause(after: verdict.fault, atLeast: after)
        case .refused(let reason):
            logger.error("the county refuses this station: \(reason); is it enrolled there?")
            await pause(after: verdict.fault, atLeast: Limits.backoffMillisecondsMax / 5)
        case .notTheCounty: await pause(after: verdict.fault, atLeast: 10_000)
        }
    }

    /// The county wants what it had before: once is a backup, again and again is a fault, so each time after a pause.
    private func goBack(to position: JournalPosition) async {
        await answered()
        await pause(after: .askedAgain(sequence: position.sequence + 1))
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
