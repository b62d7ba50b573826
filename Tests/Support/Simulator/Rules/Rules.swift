import LockerDomain

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
    /// Whether actions wait for the commit.
    var commitsFirst = true
    /// Takes the order whose turn it is.
    var beginPulse: @Sendable (inout PulseQueue, Int64) -> PulseOrder? = { $0.begin(now: $1) }
    /// A pulse is really over.
    var pulseEnded: @Sendable (inout PulseQueue, Int64) -> Void = { $0.ended(now: $1) }
    /// How long a coil is driven.
    var driven: @Sendable (Int64) -> Int64 = { PulseGovernor.capped($0) }
    /// The county takes a batch.
    var take: @Sendable (inout CountyBooks, CountyBatch) -> CountyAnswer = { $0.take($1) }
    /// The station moves its cursor after an answer.
    var acknowledge: @Sendable (inout Disk, Position) -> Void = { $0.acknowledged = $1 }
    /// Whether the station begins a new journal when the county knows other events under its numbers.
    var replacesForked = true
    /// Whether the county tells a station with another journal again what it has revoked.
    var tellsAgain = true
}
