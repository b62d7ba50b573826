import Crypto
import LockerDomain

/// The sessions of all accounts: who is logged in by which token, found by the SHA-256 of it alone.
///
/// They work in memory. What a store has to keep so that they outlive a restart is in `unwritten`; a store that takes no
/// write ends none of them.
public struct Sessions: Sendable, Codable {
    private var entries: [String: AccountSession] = [:]
    private var marks = SessionMarks()

    public init() {}

    private enum CodingKeys: String, CodingKey { case entries }

    /// What a token is good for.
    public enum Lookup: Sendable, Hashable {
        /// The session, its account as it is now, and the token that its forms carry.
        case valid(AccountSession, Account, csrf: String)
        /// It was one: too long not used, too old, or the account's rights or password changed.
        case expired
        /// None that is known.
        case unknown
    }

    /// Sessions that are kept.
    public var count: Int { entries.count }

    /// Sessions of an account.
    public func count(of account: String) -> Int { entries.values.count { $0.account == account } }

    /// Begins a session of an account that has just logged in or changed its password, always with a new token. Where
    /// there are too many, those end that were used longest ago.
    ///
    /// - Parameter entropy: gives as many random bytes as it is asked for.
    /// - Returns: the token for the cookie, 64 hex digits; it is kept nowhere.
    public mutating func begin(_ account: Account, at now: Int64, entropy: (Int) -> [UInt8]) -> String {
        prune(at: now)
        let own = entries.filter { $0.value.account == account.name }
        endOldest(of: own, keeping: CountyBooksLimits.sessionsOfAccountMax - 1)
        endOldest(of: entries, keeping: CountyBooksLimits.sessionsMax - 1)
        let token = Hex.encode(entropy(CountyBooksLimits.sessionTokenBytes))
        let key = Self.key(of: token)
        entries[key] = AccountSession(account: account.name, version: account.version, created: now)
        marks.change(key)
        return token
    }

    /// The session of a token; using it keeps it alive for 30 minutes more.
    ///
    /// - Parameter account: the account of a log-in name as it is now.
    public mutating func use(_ token: String, at now: Int64, account: (String) -> Account?) -> Lookup {
        let key = Self.key(of: token)
        guard var session = entries[key] else { return .unknown }
        guard !session.isOver(at: now), let account = account(session.account), account.isEnabled,
            account.version == session.version
        else {
            remove(key)
            return .expired
        }
        session.lastUsed = max(now, session.lastUsed)
        entries[key] = session
        marks.use(key, at: session.lastUsed)
        return .valid(session, account, csrf: Self.csrf(of: token))
    }

    /// Ends one session (退出).
    ///
    /// - Returns: the log-in name of its account; `nil` when it was over already.
    @discardableResult
    public mutating func end(token: String) -> String? { remove(Self.key(of: token))?.account }

    /// Ends all sessions of an account.
    public mutating func end(account: String) { remove(where: { $0.account == account }) }

    /// Forgets those that are over by time.
    public mutating func prune(at now: Int64) { remove(where: { $0.isOver(at: now) }) }

    // MARK: Over a restart

    /// Goes on with sessions that a store kept; those that are over by time are forgotten there, too.
    public mutating func restore(_ kept: [KeptSession], at now: Int64) {
        for one in kept where entries[one.key] == nil {
            marks.written(one, isWhole: true)
            var session = one.session
            session.forms = session.forms.restored()
            entries[one.key] = session
            // The next restart must not give the same numbers out again.
            marks.change(one.key)
        }
        prune(at: now)
    }

    /// Whether the store has something to keep: a session that began, ended or sent a form, or one whose last use stands
    /// there as of a minute ago.
    public var hasUnwritten: Bool { !marks.isEmpty }

    /// What the store has to keep, so that it has what is here.
    public var unwritten: SessionChange {
        SessionChange(
            kept: marks.changed.sorted().compactMap { key in entries[key].map { KeptSession(key: key, session: $0) } },
            ended: marks.ended.sorted()
        )
    }

    /// Takes note that a store kept a change.
    public mutating func wrote(_ change: SessionChange) {
        for one in change.kept {
            // What was done meanwhile is written next time, and one that ended meanwhile stands there still.
            guard let session = entries[one.key] else {
                marks.left(one.key)
                continue
            }
            marks.written(one, isWhole: session.forms == one.session.forms)
        }
        marks.forgotten(change.ended)
    }

    // MARK: Forms

    /// What each form of the session carries against forms of other sites: 64 hex digits. It is made of the session's
    /// token and tells nothing of it.
    public static func csrf(of token: String) -> String {
        Hex.encode(
            HMAC<SHA256>.authenticationCode(for: Array("form".utf8), using: SymmetricKey(data: Array(token.utf8)))
        )
    }

    /// Whether a form carries the token of this session.
    public static func isGenuine(csrf: String, token: String) -> Bool {
        ConstantTime.areEqual(Array(csrf.utf8), Array(Self.csrf(of: token).utf8))
    }

    /// A number for a form that a page is about to show; `nil` when there is no such session.
    public mutating func openForm(token: String) -> String? { entries[Self.key(of: token)]?.forms.open() }

    /// Takes a form that was sent, by the number it carries.
    public mutating func sendForm(_ number: String, token: String) -> FormUse {
        let key = Self.key(of: token)
        let use = entries[key]?.forms.send(number) ?? .old
        // It must be known as sent after a restart before it is done.
        if use == .first { marks.change(key) }
        return use
    }

    /// Keeps where a form led, so that sending it again leads there, too.
    public mutating func settleForm(_ number: String, token: String, outcome: String) {
        let key = Self.key(of: token)
        entries[key]?.forms.settle(number, outcome: outcome)
        if entries[key] != nil { marks.change(key) }
    }

    // MARK: Keeping

    /// Looked up by its hash, so that no comparison tells how far a guess was right.
    private static func key(of token: String) -> String { Hex.encode(SHA256.hash(data: Array(token.utf8))) }

    @discardableResult
    private mutating func remove(_ key: String) -> AccountSession? {
        marks.end(key)
        return entries.removeValue(forKey: key)
    }

    private mutating func remove(where isOver: (AccountSession) -> Bool) {
        for key in entries.filter({ isOver($0.value) }).keys { remove(key) }
    }

    private mutating func endOldest(of sessions: [String: AccountSession], keeping kept: Int) {
        guard sessions.count > kept else { return }
        for (key, _) in sessions.sorted(by: { $0.value.lastUsed < $1.value.lastUsed }).prefix(sessions.count - kept) {
            remove(key)
        }
    }
}
