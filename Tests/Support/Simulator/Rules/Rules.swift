import LockerDomain
import StationBooks
import StationCore
import StationPorts
import StationRules
import SyncWire

/// The rules of a station and its county at which a test may turn a screw: each is a function that a mutant wraps and
/// breaks. The ones here are those that ship.
struct Rules: Sendable {
    /// Decides one input in memory.
    var decide: @Sendable (inout Station, Input, Moment) -> Decision = { $0.decide($1, at: $2) }
    /// Replays one event.
    var apply: @Sendable (inout StationState, Event, Moment) -> Void = { $0.apply($1, at: $2) }
    /// Makes lines durable.
    var append: @Sendable (inout Disk, [Disk.Line]) throws(Disk.Fault) -> Void = { disk, lines throws(Disk.Fault) in
        try disk.append(lines)
    }
    /// The snapshot that a replay is given.
    var offered: @Sendable (Snapshot) -> Snapshot = { $0 }
    /// What pruning is shown of the journal.
    var front: @Sendable (JournalFront) -> JournalFront = { $0 }
    /// What the core is told that the county has.
    var countyHas: @Sendable (JournalPosition) -> JournalPosition = { $0 }
    /// The lines that a replay is given.
    var replayed: @Sendable (ArraySlice<Disk.Line>) -> ArraySlice<Disk.Line> = { $0 }
    /// What the station makes of a reading of the machine's clocks.
    var judged: @Sendable (inout ClockDiscipline, Moment) -> Moment = { $0.moment(for: $1) }
    /// Whether actions wait for the commit.
    var commitsFirst = true
    /// Takes the order whose turn it is.
    var beginPulse: @Sendable (inout PulseQueue, Int64) -> PulseOrder? = { $0.begin(now: $1) }
    /// A pulse is really over.
    var pulseEnded: @Sendable (inout PulseQueue, Int64) -> Void = { $0.ended(now: $1) }
    /// How long a coil is driven.
    var driven: @Sendable (Int64) -> Int64 = { PulseGovernor.capped($0) }
    /// The county takes a batch.
    var take: @Sendable (inout CountyBooks, CountyBatch) throws(Problem) -> ChainBook.Outcome = {
        books,
        batch throws(Problem) in
        try books.take(batch)
    }
    /// The uplink makes its next batch, of so many events at most.
    var nextBatch: @Sendable (UplinkMachine, any OutboxPort, Int) throws -> OutgoingBatch? = { machine, outbox, max in
        try machine.next(from: outbox, eventsMax: max)
    }
    /// Whether the county is asked for what cannot be read here before it counts as lost.
    var asksCounty = true
    /// Whether the program looks after its start at what the county has already.
    var checksJournal = true
    /// The county's lines as those of a range; `nil` when they do not fit the hashes around them.
    var fitting: @Sendable (any OutboxPort, [[UInt8]], JournalRange) throws -> [JournalLine]? = {
        outbox,
        bodies,
        range in
        try outbox.lines(bodies, asThoseOf: range)
    }
    /// The uplink follows the county's answer to a batch.
    var follow: @Sendable (inout UplinkMachine, UplinkReply, OutgoingBatch, any OutboxPort) throws -> [UplinkStep] = {
        machine,
        reply,
        batch,
        outbox in
        try machine.follow(Verdict(genuine: reply), reply, to: batch, in: outbox)
    }
    /// Milliseconds until the uplink tries again, at least so many.
    var pause: @Sendable (inout UplinkMachine, _ atLeast: Int64, _ random: UInt32) -> Int64 = {
        machine,
        least,
        random in
        machine.pause(atLeast: least, random: random)
    }
    /// The command that is carried out next, of those that the station has not answered.
    var nextCommand: @Sendable (inout DueCommands, SettledCommands) -> CommandMessage? = { $0.next(after: $1) }
    /// Whether the county learns from the station which numbers were used, and numbers anew what can no longer be done.
    var numbersAnew = true
    /// Whether the county has the events up to the end that the station names.
    var knowsEnd: @Sendable (CountyBooks, CommandQuery.End) -> Bool = { $0.count(of: $1.incarnation) >= $1.last }
    /// Whether the station begins a new journal when the county knows other events under its numbers.
    var replacesForked = true
    /// The page of the county's copy that a station folds in; `true` with the last of a journal.
    var givenBack: @Sendable (RecoveredPage, Bool) -> RecoveredPage? = { page, _ in page }
    /// What a line that comes back must not be about.
    var spared: @Sendable (Topics) -> Topics = { $0 }
    /// The lines that are kept beside the event that tells of them.
    var keptBeside: @Sendable ([[UInt8]]) -> [[UInt8]] = { $0 }
    /// Whether a new board makes room for what another one left.
    var takesOver = true
    /// Whether the county tells a station with another journal again what it has revoked.
    var tellsAgain = true
}
