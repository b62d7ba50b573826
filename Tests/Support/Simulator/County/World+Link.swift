import LockerDomain
import PortFakes
import StationCore
import StationPorts
import SyncWire

/// The uplink: one batch after the other, at least once, with the cursor following the county's answer.
extension World {
    /// New events, or the line is back.
    func ring() {
        guard !link.isBusy, machine.isRunning, link.isUp else { return }
        link.isBusy = true
        after(chance.within(200...3_000), run: machine.run, else: { $0.link.isBusy = false }) { $0.exchange() }
    }

    private func exchange() {
        guard link.isUp, let batch = nextBatch() else { return endExchange(again: false) }
        if chance.happens(link.lostRequests) { return endExchange(again: true) }
        let answer = rules.take(&county.books, batch)
        county.hear(pins: verifiers, tellsAgain: rules.tellsAgain)
        log.note(clock.now, .word("county: \(batch.header.first)…\(batch.header.last) \(answer)"))
        judge(.countyTook(batch, answer))
        if chance.happens(link.doubled) { repeatLater(batch) }
        if chance.happens(link.lostAnswers) { return endExchange(again: true) }
        after(chance.within(30...1_500), run: machine.run, else: { $0.link.isBusy = false }) { world in
            world.follow(answer, to: batch)
        }
    }

    /// The network delivers a request again, long after its answer.
    private func repeatLater(_ batch: CountyBatch) {
        after(chance.within(Span.second...Span.hour)) { world in
            let answer = world.rules.take(&world.county.books, batch)
            world.judge(.countyTook(batch, answer))
        }
    }

    private func endExchange(again: Bool) {
        link.isBusy = false
        guard again else { return }
        link.failures += 1
        let pause = min(Limits.backoffMillisecondsMax, Limits.backoffMilliseconds << min(link.failures, 9))
        after(chance.within(Span.second...pause + Span.second), run: machine.run) { $0.ring() }
    }

    func nextBatch() -> CountyBatch? {
        var position = disk.acknowledged
        while position.generation < disk.incarnations.count, disk.last(of: position.generation) <= position.sequence {
            position = Position(generation: position.generation + 1, sequence: 0)
        }
        let first = Position(generation: position.generation, sequence: position.sequence + 1)
        guard let index = disk.index(of: first) else { return nil }
        let rest = disk.last(of: position.generation) - position.sequence
        let lines = disk.lines[index..<index + min(rest, profile.batchEvents)]
        guard let last = lines.last else { return nil }
        let header = ChainHeader(
            incarnation: disk.incarnations[position.generation - 1],
            first: first.sequence,
            last: last.position.sequence,
            before: position.sequence == 0 ? Chain.start : disk.lines[index - 1].hash,
            after: last.hash
        )
        return CountyBatch(header: header, body: Batch.join(lines.map(\.bytes)))
    }

    private func follow(_ answer: CountyAnswer, to batch: CountyBatch) {
        link.isBusy = false
        guard let index = disk.incarnations.firstIndex(of: batch.header.incarnation) else { return }
        let generation = index + 1
        switch answer {
        case .stored(let acknowledged, let hash):
            link.failures = 0
            let position = Position(generation: generation, sequence: acknowledged)
            let ours = acknowledged == 0 ? Chain.start : disk.index(of: position).map { disk.lines[$0].hash }
            guard ours == hash else { return closes(generation, .restored, batch) }
            acknowledge(position)
            fetchCommands()
        case .gap(let expected):
            acknowledge(Position(generation: generation, sequence: expected - 1))
        case .forked: return closes(generation, .forked, batch)
        case .malformed(let reason): return fail("the county can read every batch", reason)
        }
        if disk.waiting > 0 { ring() }
    }

    /// The county knows other events under these numbers: new ones go on in a new journal, and what was sent stays sent.
    private func closes(_ generation: Int, _ reason: JournalReplaced.Reason, _ batch: CountyBatch) {
        guard isTurnedBack || closed == generation else {
            return fail("no crash and no lost answer forks the chain", batch.header.text)
        }
        guard replaceIncarnation(generation, reason) else { return endExchange(again: true) }
        acknowledge(Position(generation: generation, sequence: batch.header.last))
        if disk.waiting > 0 { ring() }
    }

    private func acknowledge(_ position: Position) {
        let acknowledge = rules.acknowledge
        journal.change { acknowledge(&$0, position) }
        judge(.acknowledged(disk.acknowledged))
    }

    // MARK: Commands

    /// The station asks for what it has to do; one after the other, each known by its number.
    func fetchCommands() {
        guard machine.isRunning, link.isUp, machine.storage == .ok else { return }
        // A station that has lost its journal, or some of it, does not know what it has done; the county does.
        let hasForgotten = disk.base > 0 || isTurnedBack || closed != nil
        let done = max(machine.state.lastCommand, hasForgotten ? county.books.done : 0)
        for command in county.commands(after: done).prefix(4) {
            // As the uplink does: kept before the command is done, so that a power cut loses neither.
            if case .pins(let pins) = command.kind {
                try? keystore.keys.keep(pins: pins)
            }
            post(Post(.command(command)))
        }
    }
}
