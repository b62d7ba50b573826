/// Bounds of the county's books, registers and accounts, each with its unit (DESIGN rule 11).
public enum CountyBooksLimits {
    // MARK: Accounts

    /// Accounts, those switched off among them.
    public static let accountsMax = 1_000
    /// Characters of a log-in name.
    public static let accountNameCharactersMin = 2
    public static let accountNameCharactersMax = 32
    /// Characters of the name of the person who uses an account, and of a firm or brand in its rights.
    public static let rightsTextCharactersMax = 64
    /// Brands of one carrier's account.
    public static let accountBrandsMax = 32
    /// Characters (Unicode scalars) of a password.
    public static let passwordCharactersMin = 10
    public static let passwordCharactersMax = 128
    /// Different characters of a password.
    public static let passwordDifferentCharactersMin = 5
    /// Bytes of the random salt of a password.
    public static let passwordSaltBytes = 16
    /// Bytes of what scrypt makes of a password.
    public static let passwordHashBytes = 32
    /// Bytes of memory that scrypt may need for a verifier that is read; more is a damaged one.
    public static let passwordMemoryBytesMax = 256 * 1_024 * 1_024
    /// Days from the sheet of a new account to the log-in with it.
    public static let oneTimePasswordDays: Int64 = 7

    // MARK: Log-in

    /// Wrong tries of an account from an address that are free: the next try waits.
    public static let loginFreeTriesMax = 4
    /// Wait before the first try that is not free; it doubles with each wrong one.
    public static let loginWaitMilliseconds: Int64 = 1_000
    /// Longest wait of an account from an address.
    public static let loginWaitMillisecondsMax: Int64 = 300_000
    /// Wrong tries are forgotten after this time without one; longer than the longest wait.
    public static let loginForgetMilliseconds: Int64 = 3_600_000
    /// Pairs of account and address that are remembered.
    public static let loginPairsMax = 10_000
    /// Addresses that are remembered.
    public static let loginAddressesMax = 4_096
    /// Wrong tries of all accounts together from one address in a row; an office of that many people shares it.
    public static let loginAddressTriesMax = 50
    /// Time after which an address gets one of these tries back, and so its longest wait.
    public static let loginAddressRefillMilliseconds: Int64 = 5_000
    /// Days for which an account that logged in from an address does not wait for the tries of others there.
    public static let loginKnownDays: Int64 = 30

    // MARK: Sessions

    /// A session that nobody used for this long is over.
    public static let sessionIdleMilliseconds: Int64 = 30 * 60_000
    /// The longest life of a session.
    public static let sessionMillisecondsMax: Int64 = 12 * 3_600_000
    /// Random bytes of a session's token.
    public static let sessionTokenBytes = 32
    /// Sessions of one account; a further log-in ends the one that was used longest ago.
    public static let sessionsOfAccountMax = 8
    /// Sessions of all accounts.
    public static let sessionsMax = 4_096
    /// Time after which the use of a session is written again; a form that was sent is written at once.
    public static let sessionWriteMilliseconds: Int64 = 60_000
    /// Forms that a session's pages may have given out after it was written last: so many numbers a restart leaves out.
    public static let restoredFormsMax = 1_000_000
    /// Forms of one session by which one that is sent twice is recognised.
    public static let sentFormsMax = 64
    /// Characters of where a sent form led.
    public static let formOutcomeCharactersMax = 256

    // MARK: Storage

    /// Days of which the pace of the disk is taken.
    public static let storagePaceDays: Int64 = 30
    /// Days below which nobody can tell: a week holds its market day and its Sunday.
    public static let storagePaceDaysMin: Int64 = 7
    /// Years beyond which nobody asks when the disk is full.
    public static let storageYearsMax: Int64 = 100

    // MARK: Audit log

    /// Characters of each text of an entry.
    public static let auditTextCharactersMax = 400
    /// Characters of a client's address.
    public static let auditAddressCharactersMax = 64
    /// Characters of the reason for looking at a phone number.
    public static let lookReasonCharactersMin = 4
    public static let lookReasonCharactersMax = 200
    /// Hex digits of a SHA-256 between two marks: fewer than a phone number has, which would be masked.
    public static let auditHashGroupDigits = 8
    /// Entries in one answer.
    public static let auditEntriesMax = 1_000
}
