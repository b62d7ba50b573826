package import LockerDomain
import StationBooks
package import StationPorts
package import SyncWire

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
    /// Ends of breaks in the journal that the county was asked for and does not have.
    private(set) var asked: Set<JournalPosition> = []
    /// Sequences of lines that the county calls unreadable, by generation.
    private(set) var refused: [Int: Set<Int>] = [:]
    /// Such lines since the last batch that got through.
    private var refusedInARow = 0
    /// Lines one of which the county calls unreadable.
    private(set) var suspects: Suspects?
    /// What the county last said that it has, while the cursor stood elsewhere.
    private var heard: Heard?

    /// A batch that is sent again in halves.
    struct Suspects: Sendable, Hashable {
        var generation: Int
        /// Its last sequence.
        var last: Int
        /// Lines of the next try.
        var count: Int

        func limit(at position: JournalPosition) -> Int {
            position.generation == generation && position.sequence < last ? count : .max
        }
    }

    private struct Heard: Sendable, Hashable {
        var books: ChainPosition
        var cursor: JournalPosition
    }

    /// Milliseconds of a pause at least after an answer that the county did not sign: a login page stays for a while.
    private static let portalMilliseconds: Int64 = 10_000
    /// Milliseconds of a pause at least when the county refuses the station: somebody has to enrol it.
    private static let refusedMilliseconds = Limits.backoffMillisecondsMax / 5

    package init() {}

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
        case .unreadable(let reason): return unreadable(reason, batch)
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
    private mutating func accepted(
        _ answer: Acknowledgement,
        _ batch: OutgoingBatch,
        _ outbox: any OutboxPort
    ) throws -> [UplinkStep] {
        // Without a time the batch moved nothing, and no command can be judged by it.
        let list = answer.time.map { CommandList(commands: answer.commands, time: $0) }
        let handOver: [UplinkStep] = list.flatMap { $0.commands.isEmpty ? nil : [.handOver($0)] } ?? []
        guard let (incarnation, _) = try outbox.incarnation(batch.generation), incarnation.id == answer.incarnation
        else { return handOver + Self.goBack(to: try outbox.acknowledged()) }
        let position = JournalPosition(generation: batch.generation, sequence: answer.acknowledged)
        guard try Self.fits(outbox.proof(at: position), answer.hash) else {
            // The county knows events under our numbers that we do not: this journal is an older copy. What was sent
            // stays sent, else the new incarnation would wait behind it for ever.
            return [.replaceIncarnation(batch.generation, .restored), .acknowledge(batch.last)] + handOver
                + [.succeeded]
        }
        guard position > batch.position else { return [.acknowledge(position)] + handOver + Self.goBack(to: position) }
        refusedInARow = 0
        if let suspects, suspects.limit(at: position) == .max { self.suspects = nil }
        // Only now is it certain that the county does without them.
        let lost = batch.header.lost.map { JournalRange(generation: batch.generation, sequences: $0) }
        let declare: [UplinkStep] = lost.map { [.declareLost($0)] } ?? []
        return declare + [.acknowledge(position)] + handOver + [.succeeded]
    }

    private static func fits(_ proof: ChainProof, _ hash: String) -> Bool {
        switch proof {
        case .absent: false
        case .known(let ours): Hex.encode(ours) == hash
        // What the county has is put back by and by.
        case .unknown: true
        }
    }

    /// A batch is halved down to the one line that the county cannot read; what follows on it is sent as behind a lost
    /// range. A county that reads none of several is ill itself: nothing is given up then.
    private mutating func unreadable(_ reason: String, _ batch: OutgoingBatch) -> [UplinkStep] {
        guard batch.lines.count == 1 else {
            suspects = Suspects(generation: batch.generation, last: batch.last.sequence, count: batch.lines.count / 2)
            return [.answered]
        }
        suspects = nil
        refusedInARow += 1
        let fault = LinkFault.eventRefused(sequence: batch.header.first, LinkFault.brief(reason))
        guard refusedInARow <= Limits.refusedEventsMax else {
            (refused, refusedInARow) = ([:], 0)
            return [.pause(fault, atLeast: Limits.backoffMillisecondsMax)]
        }
        refused[batch.generation, default: []].insert(batch.header.first)
        return [.answered, .pause(fault, atLeast: 0)]
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

    // MARK: The county's books

    /// What follows from the newest that the county says it has. The cursor goes forwards within its incarnation when the
    /// hash proves it, and backwards when the county says the same twice while the cursor stood still: an answer may have
    /// been on its way while a batch got through.
    ///
    /// - Throws: what the outbox throws.
    package mutating func correct(_ books: ChainPosition, in outbox: any OutboxPort) throws -> [UplinkStep] {
        let cursor = try outbox.unsent(after: outbox.cursor())
        let before = heard
        heard = nil
        guard let generation = try outbox.generation(of: books.incarnation) else { return [] }
        let position = JournalPosition(generation: generation, sequence: books.acknowledged)
        guard try Self.fits(outbox.proof(at: position), books.hash) else {
            // A closed one may have forked; the present one is an older copy of itself.
            let isPresent = try outbox.incarnation(generation + 1) == nil
            return isPresent ? [.replaceIncarnation(generation, .restored)] : []
        }
        let theirs = try outbox.unsent(after: position)
        if theirs == cursor { return [] }
        if theirs > cursor { return theirs.generation == cursor.generation ? [.acknowledge(position)] : [] }
        let now = Heard(books: books, cursor: cursor)
        guard before == now else {
            heard = now
            return []
        }
        return [.acknowledge(position)]
    }

    // MARK: What the driver reports

    /// The county does not have these lines either: what follows on them is sent as behind a lost range.
    package mutating func knowsLost(_ range: JournalRange) { asked.insert(range.last) }

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
