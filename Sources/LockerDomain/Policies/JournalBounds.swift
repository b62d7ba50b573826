/// How much of its journal a station keeps (DESIGN 4.2); what the county does not have is kept in any case.
public struct JournalBounds: Sendable, Hashable {
    /// Days that an acknowledged event is kept.
    public var days: Int
    /// Bytes from which older ones are removed before that.
    public var bytes: Int
    /// Events for which it is worth to write one that says they are gone.
    public var eventsMin: Int

    public init(
        days: Int = Limits.journalDays,
        bytes: Int = Limits.journalBytesMax,
        eventsMin: Int = Limits.pruneEventsMin
    ) {
        (self.days, self.bytes, self.eventsMin) = (days, bytes, eventsMin)
    }
}
