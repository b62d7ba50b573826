import LockerDomain

/// Bounds of the control socket (DESIGN rule 11); those of the station itself are in `Limits`.
public enum ControlLimits {
    /// Bytes of one request body.
    public static let requestBytesMax = 64 * 1_024
    /// Bytes of one reply that a client reads: 20,000 parcels or 500 of the longest events fit.
    public static let replyBytesMax = 32 * 1_024 * 1_024
    /// Events of one page.
    public static let pageEventsMax = Limits.batchEventsMax
    /// Events of a page that names no limit.
    public static let pageEvents = 100
    /// Supplementary groups of one caller; the kernel refuses to fill a shorter buffer.
    public static let callerGroupsMax = 256
    /// Connections open at once: local users without a role must not use up the daemon's descriptors.
    public static let connectionsMax = 64
    /// Time a connection may idle.
    public static let connectionIdleSeconds: Int64 = 60
    /// Bytes of a socket's path, without the terminating zero (`sun_path`).
    public static let socketPathBytesMax = 107
    /// Time one reply may take.
    public static let replySeconds: Int64 = 10
    /// Time an enrolment may take: the county is asked, over a slow link.
    public static let enrolSeconds: Int64 = 90
    /// Time for which the station's scanner is waited for to read an enrolment sheet.
    public static let sheetSeconds: Int64 = 120
    /// Time the reply to that may take.
    public static let sheetReplySeconds = sheetSeconds + replySeconds
    /// Time a backup that was asked for may take until it is answered.
    public static let backupSeconds: Int64 = 85
    /// Time a report may take: a busy month on a slow board.
    public static let reportSeconds: Int64 = 90
    /// Time until the daemon takes a connection.
    public static let connectSeconds: Int64 = 3
    /// Pause between two questions of `events --follow` and `screen`. Asking is cheap on a local socket, needs no state
    /// in the daemon, and survives its restart; a held connection would have none of the three.
    public static let pollMilliseconds: Int64 = 500
    /// Columns of text output: the narrowest console.
    public static let columns = 80
    /// Rows of the page for the console.
    public static let rows = 24
}
