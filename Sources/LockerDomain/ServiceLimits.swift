/// Bounds of what the programs owe to the system that runs them: systemd, journald, the package.
public enum ServiceLimits {
    /// Pings of the engine within one interval of systemd's watchdog, at the least: of 30 s one commit may take 25 s.
    public static let watchdogPingsMin: Int64 = 6
    /// From one ping to the next of an engine whose turns follow each other without a rest.
    public static let watchdogTurnMilliseconds: Int64 = 1_000
    /// An opening that shows no progress for longer hangs: SQLite recovers a WAL, or changes tables, without a sign of progress.
    public static let openingStallSeconds: Int64 = 120
    /// From one look to the next whether a start goes on, when systemd watches nothing else.
    public static let startPingMilliseconds: Int64 = 5_000
    /// From one look to the next at the line for `systemctl status`.
    public static let statusMilliseconds: Int64 = 30_000
    /// Bytes of that line.
    public static let statusBytesMax = 512

    /// Bytes of one value in a line of the log, if journald does not take it whole.
    public static let logValueBytesMax = 32 * 1_024
    /// Bytes to which values are cut at the least before such a line goes to stderr.
    public static let logValueBytesMin = 512
    /// Characters of the name of a field in journald.
    public static let logFieldCharactersMax = 64
    /// Time for which a line of the log waits for journald. The engine logs: it must not wait for ever.
    public static let logWaitMilliseconds: Int64 = 250

    /// Bytes that have to be free beside the copy with which an upgrade is tried: for what changes the copy, and for the
    /// station that goes on working.
    public static let trialSpareBytes = 32 * 1_024 * 1_024
    /// Bytes below which a trial that failed counts as one that found the disk full.
    public static let trialFullBytes = 1_024 * 1_024
    /// Time after which the folder of a trial outside the books' own folder was left by one that was cut: none takes so long.
    public static let trialStaleSeconds = 3_600
    /// Time for which a copy waits for whoever writes the books.
    public static let trialBusySeconds: Int64 = 10
}
