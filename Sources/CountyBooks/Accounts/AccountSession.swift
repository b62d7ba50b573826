/// One log-in, from the password to the end of its session (会话).
public struct AccountSession: Sendable, Hashable, Codable {
    /// Log-in name of its account.
    public let account: String
    /// The account's version when the session began: rights and password are those of then.
    public let version: Int
    public let created: Int64
    public internal(set) var lastUsed: Int64
    /// The forms of its pages: which were sent, and where they led.
    var forms = FormLedger()

    init(account: String, version: Int, created: Int64) {
        (self.account, self.version, self.created, lastUsed) = (account, version, created, created)
    }

    /// Whether it is over by time. A clock that was set back far ends it, too: its age is not known any more.
    func isOver(at now: Int64) -> Bool {
        let idle = now - lastUsed
        return idle > CountyBooksLimits.sessionIdleMilliseconds || idle < -CountyBooksLimits.sessionIdleMilliseconds
            || now - created > CountyBooksLimits.sessionMillisecondsMax
    }
}
