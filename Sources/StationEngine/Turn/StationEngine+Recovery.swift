import LockerDomain
import StationCore
import StationPorts
import SyncWire

/// What of its own events a station has lost and asks the county for.
struct RecoveryWanted: Sendable, Hashable {
    /// The last event that the state shares with the county; `nil` when there is none.
    var after: EventID?
    /// The last event that came back already.
    var reached: EventID?
    /// Whether the state holds what the closed journal wrote behind `after`.
    var holdsTail: Bool
    /// `false`: the station was just enrolled, and asks whether there is anything at all.
    var isLoss: Bool
}

extension StationEngine {
    /// `nil` when nothing is missing.
    func recoveryWanted() -> RecoveryWanted? {
        let state = core.station.state
        guard state.asksForBooks, core.station.credentials != nil, !core.isStopped else { return nil }
        return RecoveryWanted(
            after: state.recovery?.after.flatMap(EventID.init),
            reached: state.recovery?.reached.flatMap(EventID.init),
            holdsTail: state.recovery?.holdsTail ?? true,
            isLoss: state.recovery != nil
        )
    }

    /// Folds a page of the county's copy in; durable when it returns.
    func recover(_ page: RecoveredPage, besides tail: Topics) throws {
        drain()
        defer { armTimers() }
        try core.recover(page, besides: tail, at: ports.clock.now())
    }

    /// The county has nothing more.
    func booksAreWhole() throws {
        try core.booksAreWhole(at: ports.clock.now())
        armTimers()
    }

    /// Another board stood here before: nobody knows what it left behind the doors.
    func takeOver() throws {
        try core.replaceIncarnation(core.log.incarnation.generation, reason: .restored, at: ports.clock.now())
    }

    /// What of the journal could not be read when it was opened, for people; `nil` when it is whole.
    public func journalDamage() -> String? { core.damage?.description }
}
