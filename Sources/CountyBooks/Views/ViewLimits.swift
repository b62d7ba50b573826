/// Limits of the views, each with its unit.
public enum ViewLimits {
    /// A station that was not heard of for this time is silent (失联).
    static let silentMilliseconds: Int64 = 24 * 3_600_000
    /// Days of the plot of visits.
    public static let visitsDays: Int64 = 31
    /// Days of the plot of pieces: the weeks that hold the last four.
    public static let piecesDays: Int64 = 28
    /// Last days of the spans by which waiting parcels are divided; those that wait longer stand in a span of their
    /// own.
    static let waitingSpanDays: [Int64] = [1, 3, 7, 14]
    /// Last events that a station's page shows.
    public static let stationEventsMax = 50
    /// Rows that a page asks the books for in one list; a notice says when there are more.
    public static let listRowsMax = 2_000
    /// Waiting pieces that *today* asks the books for; no store gives more at once.
    public static let waitingPiecesMax = 5_000
    /// Stations that a notice names; it says when there are more.
    static let waitingNamedMax = 10
    /// Days of a matrix, one column each.
    public static let matrixDaysMax: Int64 = 62
    static let weekDays: Int64 = 7
    /// A day.
    static let dayMilliseconds: Int64 = 86_400_000
}
