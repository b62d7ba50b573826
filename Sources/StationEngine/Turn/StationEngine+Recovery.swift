import LockerDomain
import StationBooks
import StationCore
import StationPorts
import SyncWire

extension StationEngine {
    /// `nil` when nothing is missing.
    func recoveryWanted() -> RecoveryWanted? { core.recoveryWanted }

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

    /// Another board stood here: nobody knows what it left behind the doors.
    /// - Parameter shared: the last number of the present incarnation in front of what that board wrote; `nil` when it stood
    ///   here before this one.
    func takeOver(behind shared: Int?) throws {
        let generation = core.log.incarnation.generation
        try core.replaceIncarnation(generation, reason: .restored, shared: shared, at: ports.clock.now())
        armTimers()
    }

    /// What of the journal could not be read when it was opened, for people; `nil` when it is whole.
    public func journalDamage() -> String? { core.damage?.description }
}
