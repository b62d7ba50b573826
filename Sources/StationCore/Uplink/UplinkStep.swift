package import LockerDomain
package import StationBooks
package import SyncWire

/// One thing that follows from an answer to a batch. The driver carries steps out in order; one that fails ends the
/// list, and the batch is sent again after a pause.
package enum UplinkStep: Sendable, Hashable {
    /// The cursor moves here, forwards or backwards.
    case acknowledge(JournalPosition)
    /// The cursor moves here although the county does not have the lines: it takes no more of a closed incarnation.
    case leaveOut(upTo: JournalPosition)
    /// This incarnation is closed and the next one begins, unless that has happened already.
    case replaceIncarnation(Int, JournalReplaced.Reason)
    /// The county does without these lines: the incarnation is closed when it is the present one.
    case declareLost(JournalRange)
    /// The answer lists commands that are not done.
    case handOver(CommandList)
    /// The county itself answered, and the batch is not through.
    case answered
    /// The batch is through: the next failure begins the pauses anew.
    case succeeded
    /// Nothing is sent for a while: as long as `UplinkMachine.pause` says, at least so many milliseconds.
    case pause(LinkFault, atLeast: Int64)
}
