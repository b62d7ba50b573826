import LockerDomain

/// How far the cursor on the card may stand behind what the county has acknowledged.
///
/// A lost end of it costs nothing but sending the same events again: the county knows them (DESIGN 4.3). Written after every
/// answer it would cost the card as much as the events themselves.
struct CursorLag: Sendable {
    private var written: JournalPosition?
    /// What was acknowledged since, and waits to be written.
    private(set) var waiting: JournalPosition?

    /// Takes what was acknowledged. `false` when it must be written now: the first of a run, one that goes back or into
    /// another incarnation, one that is `Limits.cursorLagEventsMax` ahead.
    mutating func mayWait(_ position: JournalPosition) -> Bool {
        guard let written, written.generation == position.generation, position >= (waiting ?? written),
            position.sequence - written.sequence < Limits.cursorLagEventsMax
        else { return false }
        waiting = position
        return true
    }

    mutating func wrote(_ position: JournalPosition) { (written, waiting) = (position, nil) }
}
