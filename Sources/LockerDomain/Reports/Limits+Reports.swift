extension Limits {
    /// Time before its period that a report reads too: an overdue parcel came days ago, and so did the last start.
    public static let reportLookbackMilliseconds: Int64 = 7 * 86_400_000
    /// Time behind its period that a report reads, so that a small step back of the clock loses nothing.
    public static let reportTailMilliseconds: Int64 = 3_600_000
    /// Events in a row behind that tail after which the period is read out: a clock that was set wrong for a moment
    /// does not end a report.
    public static let reportTailEvents = 200
    /// Events read in one short transaction.
    public static let reportPageEvents = 200
    /// Events read at once while the begin of a period is looked for; the first of them mostly has a date.
    public static let reportProbeEvents = 8
    /// Events of a start that wait for the first reading of a clock that can be believed; about 3 MB.
    public static let reportWaitingEventsMax = 8_000
    /// Rows of a report; further brands are counted together.
    public static let reportBrandsMax = 64
    /// Words of one breakdown, such as persons or categories; further ones are counted together.
    public static let reportWordsMax = 400
    /// Parcels and shipments that a report remembers; about 4 MB.
    public static let reportTrailParcelsMax = 40_000
    /// Time of a day without a run in which the station may have been off before the day is *uncertain* instead of
    /// *without a run* (DESIGN rules 5, 13): a restart is no excuse, a morning without power is.
    public static let reportUnwatchedMilliseconds: Int64 = 3_600_000
}
