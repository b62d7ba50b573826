/// Bounds of the backup of a station (DESIGN 4.9).
extension Limits {
    /// From one backup to the next, unless the configuration says otherwise.
    public static let backupMinutes = 60
    /// The shortest time from one backup to the next: a cheap stick is to last.
    public static let backupMinutesMin = 10
    /// The longest: a week.
    public static let backupMinutesMax = 7 * 24 * 60
    /// Time from the start of the station to its first backup: a board that starts has other work.
    public static let backupFirstSeconds: Int64 = 60
    /// Bytes of lines that are read from the journal at once: a longer read would keep the WAL from being reset.
    public static let backupPageBytes = 1_024 * 1_024
    /// Lines of such a page.
    public static let backupPageEventsMax = 2_000
    /// Rest between two pages of a full copy: the journal's own commits go first.
    public static let backupPauseMilliseconds: Int64 = 20
    /// Bytes that stay free behind a backup on the file system of the journal.
    public static let backupFreeBytesMin = 128 * 1_024 * 1_024
    /// Bytes that a backup needs beside its lines.
    public static let backupExtraBytes = 4 * 1_024 * 1_024
    /// From one check of all that a backup holds to the next; between them only what is new is read.
    public static let backupCheckHours: Int64 = 24
    /// Lines that do not follow from those in front of them which a backup notes; of a journal with more none is made.
    public static let backupBreaksMax = 1_000
    /// Time within which `lockerctl backup` is answered; a backup that takes longer goes on.
    public static let backupAnswerSeconds: Int64 = 75
    /// Time after which a backup that is under way counts as stuck.
    public static let backupSlowMinutes: Int64 = 30
    /// Bytes of the path of the folder with the backups.
    public static let backupPathBytesMax = 1_024
    /// Bytes of the manifest of a backup, and of each of its files beside the journal.
    public static let backupFileBytesMax = 1_024 * 1_024
    /// Files beside the journal in a backup; of a station with more none is made.
    public static let backupFilesMax = 200
    /// Files moved aside by a restore, or as damaged, that stay beside the first one: the newest.
    public static let keptAsideNewestMax = 3
    /// Backups of other journals, and damaged ones, that are kept beside the newest.
    public static let backupsKeptMax = 8
}
