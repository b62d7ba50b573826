import LockerDomain
import PortFakes
import StationBooks
import StationCore
import StationPorts
import SyncWire

/// The line between the shipped `UplinkMachine` and the played county: it loses requests and answers, and doubles them.
extension World {
    /// New events, or the line is back.
    func ring() {
        guard machine.isRunning else { return }
        if link.uplink.run != machine.run { link.uplink = Uplink(run: machine.run) }
        guard !link.isBusy, link.isUp else { return }
        link.uplink.isBusy = true
        later(chance.within(200...3_000)) { $0.exchange() }
    }

    var outbox: any OutboxPort { journal }

    /// Does it in so many milliseconds, unless the program ends or the line is made anew until then.
    func later(_ milliseconds: Int64, _ act: @escaping (World) -> Void) {
        let uplink = link.uplink
        after(milliseconds, run: uplink.run) { if $0.link.uplink === uplink { act($0) } }
    }

    private func exchange() {
        do {
            guard link.isUp else {
                link.uplink.isBusy = false
                return
            }
            if let range = try unreadable() { return ask(for: range) }
            guard let batch = try rules.nextBatch(link.uplink.machine, outbox, profile.batchEvents) else {
                if let range = link.uplink.broken.first { return ask(for: range) }
                link.uplink.isBusy = false
                return
            }
            if chance.happens(link.lostRequests) || batch.body.count > link.bytesMax { return lose(batch) }
            guard let reply = countyTakes(batch) else { return }
            let call = Call(asked: clock.moment.uptime, time: clock.now)
            if chance.happens(link.doubled) { repeatLater(batch) }
            if chance.happens(link.lostAnswers) { return lose(batch) }
            later(chance.within(30...1_500)) { $0.follow(reply, to: batch, call) }
        } catch { pause(after: LinkFault(error)) }
    }

    /// The station waits for an answer as long as it ever does.
    private func lose(_ batch: OutgoingBatch) {
        later(Limits.exchangeSeconds * Span.second) { world in
            let fault = LinkFault.noAnswer(seconds: Limits.exchangeSeconds)
            world.link.uplink.machine.failed(batch, fault)
            world.pause(after: fault)
        }
    }

    /// The network delivers a request again, long after its answer.
    private func repeatLater(_ batch: OutgoingBatch) {
        after(chance.within(Span.second...Span.hour)) { _ = $0.countyTakes(batch, isRepeated: true) }
    }

    // MARK: The county's side

    /// The county takes a batch. `nil` when it cannot read it, which ends the world.
    private func countyTakes(_ batch: OutgoingBatch, isRepeated: Bool = false) -> UplinkReply? {
        let sent = CountyBatch(header: batch.header, body: batch.body)
        if keepsPosted { posted.append(PostedBatch(time: clock.now, header: batch.header, body: batch.body)) }
        do {
            let outcome = try rules.take(&county.books, sent)
            if !isRepeated { county.hear(pins: verifiers, rules: rules) }
            log.note(clock.now, .county(batch.header, outcome))
            judge(.countyTook(sent, outcome))
            return try reply(outcome, to: batch.header)
        } catch {
            if !isRepeated { fail(Self.readsBatches, "\(error)") }
            return nil
        }
    }

    static let readsBatches = "the county can read every batch"

    /// The county's words for what it did with a batch. Nobody signs them here: that would be most of the time of a
    /// simulated day.
    private func reply(_ outcome: ChainBook.Outcome, to header: ChainHeader) throws -> UplinkReply {
        do {
            let end = try outcome.acknowledged(header)
            let list = county.list(after: 0, at: clock.now)
            let body = Acknowledgement(
                incarnation: header.incarnation,
                acknowledged: end.sequence,
                hash: Hex.encode(end.hash),
                commands: list.commands,
                time: list.time
            )
            return UplinkReply(status: 200, headers: [], body: try CanonicalJSON.encode(body))
        } catch let problem as Problem {
            return UplinkReply(status: problem.status, headers: [], body: try CanonicalJSON.encode(problem))
        }
    }

    // MARK: The station's side

    private struct Call {
        /// Uptime at which it was made.
        var asked: Int64
        /// The county's time in the answer.
        var time: Int64
    }

    private func follow(_ reply: UplinkReply, to batch: OutgoingBatch, _ call: Call) {
        var milliseconds: Int64?
        if reply.status == 200 {
            guard hear(county: call.time, asked: call.asked) else { return }
        }
        do {
            for step in try rules.follow(&link.uplink.machine, reply, batch, outbox) {
                if case .pause(_, let atLeast) = step { milliseconds = max(milliseconds ?? 0, atLeast) }
                try carryOut(step, after: batch.header.text)
            }
            if let milliseconds { return pause(atLeast: milliseconds) }
            link.uplink.isBusy = false
            if try outbox.waiting() > 0 { ring() }
        } catch { pause(after: LinkFault(error)) }
    }

    /// - Parameter words: what led to it.
    func carryOut(_ step: UplinkStep, after words: @autoclosure () -> String) throws {
        switch step {
        case .acknowledge(let position), .leaveOut(let position):
            try outbox.acknowledge(position)
            // Where nothing is old or large enough the look at the front is left out: it would be much of a simulated day.
            if profile.prunes, case .acknowledge = step { machine.core?.countyHas(rules.countyHas(position)) }
            judge(.acknowledged(Position(generation: position.generation, sequence: position.sequence)))
        case .replaceIncarnation(let generation, let reason):
            guard isTurnedBack || closed == generation else {
                return fail("no crash and no lost answer forks the chain", words())
            }
            guard replaceIncarnation(generation, reason) else { throw LinkFault.other("the disk takes nothing") }
        case .declareLost(let range): try declareLost(range)
        case .handOver(let list):
            guard link.uplink.machine.commands.isDue(list, after: machine.settledCommands, at: clock.moment.uptime)
            else { break }
            // On a loop of its own: no event waits for a command.
            later(chance.within(0...Span.second)) { $0.carryOut(list) }
        case .succeeded: link.uplink.machine.succeeded()
        case .answered, .pause: break
        }
    }

    func pause(after fault: LinkFault) {
        log.note(clock.now, .word("uplink: \(fault.code)"))
        pause(atLeast: 0)
    }

    private func pause(atLeast milliseconds: Int64) {
        later(rules.pause(&link.uplink.machine, milliseconds, randomWord())) { world in
            world.link.uplink.isBusy = false
            world.ring()
        }
    }

    private func randomWord() -> UInt32 { UInt32(truncatingIfNeeded: chance.next()) }

    /// Takes the time of a signed answer. `false` when the program has crashed over it.
    private func hear(county time: Int64, asked: Int64) -> Bool {
        let run = machine.run
        if profile.hearsTime, clock.hear(county: time, asked: asked) { turn([]) }
        return machine.isRunning && machine.run == run
    }

    // MARK: Commands

    /// The station asks what it has to do.
    func fetchCommands() {
        guard machine.isRunning, link.isUp, let log = machine.core?.log else { return }
        let settled = machine.settledCommands
        let query = CommandQuery(
            wait: 0,
            after: settled.through,
            highest: settled.highest,
            end: CommandQuery.End(incarnation: log.incarnation.id, last: log.sequence)
        )
        county.hear(query, rules: rules)
        // No answer comes, whatever was asked.
        guard link.lostAnswers < 1_000 else { return }
        let (list, run) = (county.list(after: settled.through, at: clock.now), machine.run)
        guard hear(county: clock.now, asked: clock.moment.uptime) else { return }
        followBooks()
        guard machine.isRunning, machine.run == run else { return }
        carryOut(list)
    }

    private func carryOut(_ list: CommandList) {
        let run = machine.run
        var due = link.uplink.machine.commands.begin(
            list,
            takesCommands: machine.storage == .ok,
            at: clock.moment.uptime,
            random: randomWord()
        )
        while machine.isRunning, machine.run == run, failure == nil,
            let message = rules.nextCommand(&due, machine.settledCommands),
            let command = county.command(message.id)
        {
            let isDone = carryOut(command)
            guard machine.run == run else { return }
            guard isDone else {
                return link.uplink.machine.commands.diskFailed(at: clock.moment.uptime, random: randomWord())
            }
            link.uplink.machine.commands.settled(message)
        }
    }

    /// As the engine does it: what waits comes first. `false` when it could not be made durable.
    private func carryOut(_ command: Command) -> Bool {
        // Kept before the command is done, so that a power cut loses neither.
        if case .pins(let pins) = command.kind {
            try? keystore.keys.keep(pins: pins)
        }
        drain()
        guard machine.isRunning, let core = machine.core else { return false }
        defer { afterTurn() }
        return core.carryOut(command, at: moment)
    }
}
