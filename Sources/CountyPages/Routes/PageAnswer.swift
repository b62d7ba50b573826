/// What a route answers.
public struct PageAnswer: Sendable {
    enum Content: Sendable {
        case page(Page, status: Int)
        /// A page that is shown once, at an address of its own.
        case once(Page)
        case redirect(String)
        case file(PageFile)
    }

    var content: Content
    var cookies: [PageCookie] = []
    /// For `Retry-After`.
    var retrySeconds: Int?

    private init(_ content: Content) { self.content = content }

    /// A page.
    public static func page(_ page: Page) -> PageAnswer { PageAnswer(.page(page, status: 200)) }

    /// A page with another status than 200.
    static func page(_ page: Page, status: Int) -> PageAnswer { PageAnswer(.page(page, status: status)) }

    /// A form was done: the browser goes to this path of the county's pages, from `/`, and so it does when the form is sent
    /// again.
    public static func done(at path: String) -> PageAnswer { PageAnswer(.redirect(path)) }

    /// A form was done, and what came of it is shown once and never again: a password, a token, a phone number. The form sent
    /// again leads to the same page, as long as nobody saw it.
    public static func shownOnce(_ page: Page) -> PageAnswer { PageAnswer(.once(page)) }

    /// A file to keep.
    public static func file(_ file: PageFile) -> PageAnswer { PageAnswer(.file(file)) }
}

/// A file that a page gives.
public struct PageFile: Sendable, Hashable {
    /// As the reader's computer will call it, with its ending.
    public var name: String
    public var contentType: String
    public var bytes: [UInt8]
    /// What old browsers call it, without its ending, where `name` is more than ASCII.
    var plainName = "table"
    /// Seconds for which a browser may keep it; 0: not at all.
    var seconds = 0
    /// Whether the browser keeps it as a file instead of showing it.
    var isAttachment = true

    public init(name: String, contentType: String, bytes: [UInt8]) {
        (self.name, self.contentType, self.bytes) = (name, contentType, bytes)
    }

    /// Before the ending of a file whose figures are not whole.
    static let incomplete = "-incomplete"
    static let csv = "text/csv; charset=utf-8"
    static let xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    /// Whether a name is of ASCII letters, digits and `-_.` alone.
    static func isPlain(_ name: String) -> Bool {
        name.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || "-_.".utf8.contains($0)
        }
    }
}

/// A cookie of the county's: never readable by scripts, never sent from other sites.
struct PageCookie: Sendable, Hashable {
    var name: String
    var value: String
    /// 0 takes it away; `nil`: until the browser is closed.
    var seconds: Int?

    /// The session's token.
    static let session = "county_session"
    /// A random number against forms of other sites before there is a session.
    static let door = "county_door"
    static let language = "county_lang"

    func header(isSecure: Bool) -> String {
        var text = "\(name)=\(value); Path=/; HttpOnly; SameSite=Strict"
        if isSecure { text += "; Secure" }
        if let seconds { text += "; Max-Age=\(seconds)" }
        return text
    }
}
