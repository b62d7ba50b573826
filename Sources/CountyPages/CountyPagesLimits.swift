/// Bounds of the county's pages, each with its unit (DESIGN rule 11).
public enum CountyPagesLimits {
    // MARK: Requests

    /// Bytes of a form without files.
    public static let formBytesMax = 64 * 1_024
    /// Bytes of the log-in's form, which anybody may send.
    public static let logInFormBytesMax = 8 * 1_024
    /// Bytes of a form with a file: as many as a manifest may have.
    public static let uploadBytesMax = 4 * 1_024 * 1_024
    /// Fields of one form, and items of one address.
    public static let formFieldsMax = 500
    /// Bytes of a field's name, and of the name of a file.
    public static let fieldNameBytesMax = 200
    /// Files of one form.
    public static let formFilesMax = 4
    /// Bytes of the lines before one part of a form with files.
    public static let partHeaderBytesMax = 4 * 1_024
    /// Bytes of the boundary between them (RFC 2046).
    public static let boundaryBytesMax = 70
    /// Bytes of an address behind its host.
    public static let addressBytesMax = 8 * 1_024
    /// Bytes of the page to go to after the log-in.
    public static let nextPageBytesMax = 512
    /// Characters that each text of a form may have where it names no other bound.
    public static let textCharactersMax = 200
    /// Bytes of a waybill that is typed.
    public static let waybillBytesMax = 64
    /// Characters of a cookie's value, and of a client's address.
    public static let cookieCharactersMax = 128
    public static let networkAddressCharactersMax = 64
    /// Proxies one behind the other that `X-Forwarded-For` may list.
    public static let proxiesMax = 16

    // MARK: Work

    /// Pages made at once; each holds a thread while it reads the books.
    public static let pagesAtOnceMax = 4
    /// Passwords looked at once: each takes a core for some 200 ms.
    public static let passwordsAtOnceMax = 1
    /// Requests that wait for one of these; more are asked to come again.
    public static let pagesWaitingMax = 256
    public static let passwordsWaitingMax = 16
    /// `Retry-After` of an answer that asks for patience.
    public static let retrySeconds = 10

    // MARK: Pages

    /// Random bytes that name an error in the log.
    public static let faultNumberBytes = 4
    /// Pages that are shown once and wait for it, of all sessions.
    public static let shownOnceMax = 256
    /// How long such a page waits.
    public static let shownOnceMilliseconds: Int64 = 600_000
    /// Rows of a table that its page for printing holds.
    public static let printRowsMax = 20_000
    /// Columns from which a table is printed across the sheet.
    public static let uprightColumnsMax = 7
    /// Characters of each word in the name of a file that says what a page is about.
    public static let fileSubjectCharactersMax = 40
    /// Entries of the audit log in one file.
    public static let auditFileRowsMax = 100_000
    /// Seconds for which a browser keeps the style sheet, whose name changes with it.
    public static let styleSheetSeconds = 365 * 86_400
    /// Seconds for which a browser keeps the choice of a language.
    public static let languageSeconds = 365 * 86_400
    /// Events behind the newest from which a page says that its figures are not the newest.
    public static let eventsBehindMax: Int64 = 1_000

    /// Days before the disk is full from which the page of storage warns.
    static let fullSoonDays: Int64 = 180

    // MARK: Registers, enrolments, manifests

    /// Characters of a field that takes a list: 200 villages by their codes and what stands between them.
    static let listCharactersMax = 4_000
    /// Characters of any other field; its column has a bound of its own.
    static let fieldCharactersMax = 500
    /// Firms that a field offers to choose from; the name of one of more is typed.
    static let firmChoicesMax = 500
    /// Enrolment sheets of one form.
    static let sheetsAtOnceMax = 500
    /// Days for which an enrolment sheet may be good, and for which it is unless somebody chooses.
    static let enrolmentDaysMax = 30
    static let enrolmentDays = 7
    /// Characters of a list of stations that is typed.
    static let stationsTypedCharactersMax = 40_000
    /// Rows that a page names which point at one that is to be withdrawn.
    static let pointersShownMax = 5
}
