public import LockerDomain

/// What a journal keeps for the day on which a part of it is lost (DESIGN 4.9). Used by the engine's thread only.
public protocol RecoveryJournalPort: Sendable {
    /// The highest position that was ever committed, as a mark beside the journal has it: it may lag, it never leads.
    /// `nil` when there is no mark that can be read.
    func committed() -> JournalPosition?
    /// The last line of a backup that was put here in the place of the journal, until an incarnation begins behind it: what
    /// the station did after that line is not in this journal. `nil` for a journal that grew here.
    func restored() -> JournalPosition?
    /// Makes lines durable, and beside the last of them the lines of the county's copy that it folds in, in one commit.
    func append(_ lines: [JournalLine], recovered: [[UInt8]]) throws(JournalError)
    /// The lines that are kept beside the event at a position, in their order.
    func recovered(at position: JournalPosition) throws -> [[UInt8]]
}

extension RecoveryJournalPort {
    /// Nothing was put in the place of this journal.
    public func restored() -> JournalPosition? { nil }
}
