package import LockerDomain
package import StationPorts
import SyncWire

/// Decides which events are sent next, and what follows from the county's answer (DESIGN 4.3). It has no clock, no
/// chance and no network of its own, and reads the journal through the outbox that it is handed.
///
/// The driver sends what `next` returns. An answer goes to `follow`, whose steps the driver carries out in order; a
/// fault of the link goes to `failed`. `UplinkRunner` drives it on the board, the simulator in a simulated world.
package struct UplinkMachine: Sendable, Hashable {
    package private(set) var batchSize = BatchSize()
    /// When commands may be carried out, and in which order.
    package var commands = CommandOrder()
    private var backoff = Backoff()
    /// Ends of the branches that the county has kept of closed incarnations, by generation.
    private var branches: [Int: Int] = [:]

    /// Milliseconds of a pause at least after an answer that the county did not sign: a login page stays for a while.
    private static let portalMilliseconds: Int64 = 10_000
    /// Milliseconds of a pause at least when the county refuses the station: somebody has to enrol it.
    private static let refusedMilliseconds = Limits.backoffMillisecondsMax / 5

    package init() {}

    /// The oldest events that the county has not acknowledged, as many as fit one batch; `nil` when none waits.
    ///
    /// - Parameter eventsMax: lines of one batch.
    /// - Throws: what the outbox throws.
    package func next(
        from outbox: any OutboxPort,
        eventsMax: Int = Limits.batchEventsMax
    ) throws -> OutgoingBatch? {
        let position = try outbox.unsent(after: outbox.acknowledged())
        let lines = try outbox.lines(after: position, limit: eventsMax, bytes: batchSize.bytes)
        guard let first = lines.first, let last = lines.last,
            let (incarnation, _) = try outbox.incarnation(position.generation)
        else { return nil }
        let before = first.position.sequence == 1 ? Chain.start : try outbox.line(at: position)?.hash ?? Chain.start
        let header = ChainHeader(
            incarnation: incarnation.id,
            first: first.position.sequence,
            last: last.position.sequence,
            before: before,
            after: last.hash
        )
        return OutgoingBatch(position: position, lines: lines, header: header)
    }

    /// What follows from an answer to a batch.
    ///
    /// - Parameter verdict: what the signature and status of `reply` mean.
    /// - Throws: what the outbox throws, or when the county's acknowledgement cannot be read: the driver pauses.
    package mutating func follow(
        _ verdict: Verdict,
        _ reply: UplinkReply,
        to batch: OutgoingBatch,
        in outbox: any OutboxPort
    ) throws -> [UplinkStep] {
        switch verdict {
        case .accepted:
            batchSize.succeeded(sent: batch.size)
            return try accepted(CanonicalJSON.decode(Acknowledgement.self, from: reply.body), batch, outbox)
        case .gap(let expected): return try gap(expected, batch, outbox)
        case .forked:
            // The county has kept these lines as a branch. New events go on in a new incarnation.
            branches[batch.generation] = batch.last.sequence
            return [.replaceIncarnation(batch.generation, .forked), .acknowledge(batch.last), .succeeded]
        case .tooLarge:
            batchSize.refused(sent: batch.size)
            return [.answered] + (batch.lines.count == 1 ? [.pause(.eventTooLarge, atLeast: 0)] : [])
        case .retry(let after, _): return Self.pause(verdict, atLeast: after ?? 0)
        case .replayed: return Self.pause(verdict, atLeast: 0)
        case .refused: return Self.pause(verdict, atLeast: Self.refusedMilliseconds)
        case .notTheCounty: return Self.pause(verdict, atLeast: Self.portalMilliseconds)
        }
    }

    private static func pause(_ verdict: Verdict, atLeast milliseconds: Int64) -> [UplinkStep] {
        [.pause(verdict.fault ?? .other("no reason known"), atLeast: milliseconds)]
    }

    /// The cursor follows a signed answer in both directions: a county restored from backup asks again.
    private func accepted(
        _ answer: Acknowledgement,
        _ batch: OutgoingBatch,
        _ outbox: any OutboxPort
    ) throws -> [UplinkStep] {
        // Without a time the batch moved nothing, and no command can be judged by it.
        let list = answer.time.map { CommandList(commands: answer.commands, time: $0) }
        let handOver: [UplinkStep] = list.flatMap { $0.commands.isEmpty ? nil : [.handOver($0)] } ?? []
        guard let (incarnation, last) = try outbox.incarnation(batch.generation), incarnation.id == answer.incarnation
        else { return handOver + Self.goBack(to: try outbox.acknowledged()) }
        let position = JournalPosition(generation: batch.generation, sequence: answer.acknowledged)
        let ours = answer.acknowledged == 0 ? Chain.start : try outbox.line(at: position)?.hash
        guard answer.acknowledged <= last, let ours, Hex.encode(ours) == answer.hash else {
            // The county knows events under our numbers that we do not: this journal is an older copy. What was sent
            // stays sent, else the new incarnation would wait behind it for ever.
            return [.replaceIncarnation(batch.generation, .restored), .acknowledge(batch.last)] + handOver
                + [.succeeded]
        }
        let isThrough = position > batch.position
        return [.acknowledge(position)] + handOver + (isThrough ? [.succeeded] : Self.goBack(to: position))
    }

    private func gap(_ expected: Int, _ batch: OutgoingBatch, _ outbox: any OutboxPort) throws -> [UplinkStep] {
        let generation = batch.generation
        // A county that keeps only the beginning of a branch must not hold up what comes after it.
        if let end = branches[generation], expected <= end, try outbox.incarnation(generation + 1) != nil {
            return [.leaveOut(upTo: batch.last), .succeeded]
        }
        var wanted = JournalPosition(generation: generation, sequence: min(expected - 1, batch.position.sequence))
        // A county restored to before this incarnation may lack the end of the one before: its last line asks.
        if expected == 1, generation > 1, let (_, last) = try outbox.incarnation(generation - 1) {
            wanted = JournalPosition(generation: generation - 1, sequence: max(0, last - 1))
        }
        return [.acknowledge(wanted)] + Self.goBack(to: wanted)
    }

    /// The county wants what it had before: once is a backup, again and again is a fault, so each time after a pause.
    private static func goBack(to position: JournalPosition) -> [UplinkStep] {
        [.answered, .pause(.askedAgain(sequence: position.sequence + 1), atLeast: 0)]
    }

    // MARK: What the driver reports

    /// No whole answer to a batch came. The next one may be smaller: the same bytes again would fail again.
    package mutating func failed(_ batch: OutgoingBatch, _ fault: LinkFault) {
        if fault.maySizeMatter { batchSize.failed(sent: batch.size) }
    }

    /// Milliseconds until the next try. `random` is uniform over all of UInt32.
    package mutating func pause(atLeast: Int64 = 0, random: UInt32) -> Int64 {
        max(backoff.pause(random: random), atLeast)
    }

    /// All steps of an answer are carried out, and the batch is through.
    package mutating func succeeded() { backoff.reset() }

    /// The network came up: pauses are over and begin anew.
    package mutating func linkCameUp() {
        backoff.reset()
        commands.endPauses()
    }
}
