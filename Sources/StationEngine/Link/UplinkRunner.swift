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
    let bells: Bells

    var link: Link?
    /// The first call of a start is on its way: no loop makes another.
    var callsFirst = false
    var status: UplinkStatus
    /// Decides what is sent and what follows from answers.
    var machine = UplinkMachine()
    var health = LinkHealth()
    var reach: ReachProbe
    var manifestSeconds = Limits.exchangeSeconds
    /// Events that the check of the journal found broken, to be asked for.
    var broken: [JournalRange] = []
    /// What an answer to a batch listed, for the command loop.
    var handedOver: CommandList?
    /// The highest number of a command that was listed in this run.
    var commandsSeen = 0
    let station: String
    let pathPrefix: String

    /// Where the loops wait: for something to do, or for the end of a pause.
    struct Bells {
        let events, commands, contacts, eventPause, contactPause, reach, recovery, recoveryPause: Bell

        init(_ pace: any ClockPort) {
            func bell() -> Bell { Bell(pace) }
            (events, commands, contacts) = (bell(), bell(), bell())
            (eventPause, contactPause, reach) = (bell(), bell(), bell())
            (recovery, recoveryPause) = (bell(), bell())
        }

        /// The pauses are over, and all that waits is tried.
        func notifyAfterPause() async {
            for bell in [eventPause, events, commands, contactPause, contacts, recoveryPause, recovery] {
                await bell.notify()
            }
        }
    }

    /// What an enrolled station talks with.
    struct Link {
        var signer: RequestSigner
        var county: CountyKey
        var counter: CallCounter
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
        (self.station, self.pathPrefix) = (station, pathPrefix)
        self.port = port
        self.pace = pace
        self.logger = logger
        bells = Bells(pace)
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
        await callFirst()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.sendLoop() }
            group.addTask { await self.commandLoop() }
            group.addTask { await self.statusLoop() }
            group.addTask { await self.contactLoop() }
            group.addTask { await self.reachLoop() }
            group.addTask { await self.recoveryLoop() }
            await group.waitForAll()
        }
        do { try outbox.keepCursor() } catch {
            logger.warning("the end of what the county has is not written: \(error)")
        }
    }

    /// Tells the uplink that the journal has grown.
    public nonisolated func notify() {
        Task {
            await bells.events.notify()
            await bells.contacts.notify()
            await bells.recovery.notify()
        }
    }

    /// Tells the uplink that the network came up: the pause is over (DESIGN 4.3).
    public func linkCameUp() async {
        machine.linkCameUp()
        await bells.notifyAfterPause()
    }

    /// A station whose keys cannot be read now, or whose disk takes no start number, is not one that never enrolled:
    /// it says so, and tries again.
    ///
    /// - Parameter isEnrolled: somebody enrolled it just now.
    func connectAgain(isEnrolled: Bool = false) async {
        do { try connect(isEnrolled: isEnrolled) } catch {
            link = nil
            status.phase = .waitingToRetry
            await failed(.events, error as? LinkFault ?? .keysUnusable(LinkFault.brief("\(error)")))
        }
    }

    /// Takes the keys of an enrolled station into use.
    private func connect(isEnrolled: Bool) throws {
        guard let keyring = try keys.keyring(), let county = keyring.county else { return }
        guard let signing = SigningKey(bytes: keyring.signing),
            let countyKey = CountyKey(bytes: county.signingKey)
        else {
            throw LinkFault.keysUnusable("they are damaged: enrol again")
        }
        let counter = CallCounter(try keys.beginStart(isEnrolled: isEnrolled))
        link = Link(signer: RequestSigner(key: signing, pathPrefix: pathPrefix), county: countyKey, counter: counter)
        health.succeeded(.events)
        status.phase = .idle
    }

    // MARK: Sending

    private func sendLoop() async {
        var idleMinutes = 0
        while !Task.isCancelled {
            guard link != nil else {
                await bells.events.wait(milliseconds: 60_000)
                if link == nil {
                    await connectAgain()
                    await callFirst()
                }
                // These loops wait for the link, too.
                if link != nil { for bell in [bells.commands, bells.contacts, bells.recovery] { await bell.notify() } }
                continue
            }
            do {
                if try await sendNext() {
                    idleMinutes = 0
                    continue
                }
                status.phase = .idle
                idleMinutes += 1
                if idleMinutes % Limits.cursorIdleMinutes == 0 { try outbox.keepCursor() }
                await bells.events.wait(milliseconds: 60_000)
            } catch {
                if Task.isCancelled { return }
                await pause(after: LinkFault(error))
            }
        }
    }

    /// Sends one batch. `false` when nothing waits.
    private func sendNext() async throws -> Bool {
        let batch: OutgoingBatch
        switch try machine.look(from: outbox) {
        case .nothing: return try await settleNext()
        case .broken(let range):
            try await settle(range)
            return true
        case .batch(let next): batch = next
        }
        status.phase = .sending
        let (verdict, reply) = try await send(batch)
        if case .refused(let reason) = verdict {
            logger.error("the county refuses this station: \(reason); is it enrolled there?")
        }
        for step in try machine.follow(verdict, reply, to: batch, in: outbox) { try await carryOut(step) }
        return true
    }

    private func send(_ batch: OutgoingBatch) async throws -> (Verdict, UplinkReply) {
        do {
            return try await exchange(
                "POST",
                "/v1/stations/\(station)/events",
                headers: [
                    ("content-type", Batch.contentType), ("content-encoding", "gzip"),
                    ("locker-chain", batch.header.text),
                ],
                body: Gzip.compress(batch.body)
            )
        } catch let fault as LinkFault {
            machine.failed(batch, fault)
            throw fault
        }
    }

    /// - Throws: when the disk does not take it; the steps behind it are left out.
    func carryOut(_ step: UplinkStep) async throws {
        switch step {
        case .acknowledge(let position):
            try outbox.acknowledge(position)
            await engine.countyHas(position)
            await bells.recovery.notify()
        case .leaveOut(let position):
            logger.error("the county takes no more of the old events up to \(position.sequence): left out")
            try outbox.acknowledge(position)
        case .replaceIncarnation(let generation, let reason):
            try await engine.replaceIncarnation(generation, reason: reason)
        case .declareLost(let range): try await engine.declareLost(range)
        case .handOver(let list): await handOver(list)
        case .answered: await answered()
        case .succeeded: await eventsSucceeded()
        case .pause(let fault, let atLeast): await pause(after: fault, atLeast: atLeast)
        }
    }
}
