import Crypto
import LockerDomain

/// The sessions of all accounts: who is logged in by which token. They live in memory; a server that keeps them over a
/// restart writes them as they are: only the SHA-256 of a token is in them.
public struct Sessions: Sendable, Codable {
    private var entries: [String: AccountSession] = [:]

    public init() {}

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
        entries[Self.key(of: token)] = AccountSession(account: account.name, version: account.version, created: now)
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
            entries[key] = nil
            return .expired
        }
        session.lastUsed = max(now, session.lastUsed)
        entries[key] = session
        return .valid(session, account, csrf: Self.csrf(of: token))
    }

    /// Ends one session (退出).
    ///
    /// - Returns: the log-in name of its account; `nil` when it was over already.
    @discardableResult
    public mutating func end(token: String) -> String? { entries.removeValue(forKey: Self.key(of: token))?.account }

    /// Ends all sessions of an account.
    public mutating func end(account: String) { entries = entries.filter { $0.value.account != account } }

    /// Forgets those that are over by time.
    public mutating func prune(at now: Int64) { entries = entries.filter { !$0.value.isOver(at: now) } }

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
        entries[Self.key(of: token)]?.forms.send(number) ?? .old
    }

    /// Keeps where a form led, so that sending it again leads there, too.
    public mutating func settleForm(_ number: String, token: String, outcome: String) {
        entries[Self.key(of: token)]?.forms.settle(number, outcome: outcome)
    }

    // MARK: Keeping

    /// Looked up by its hash, so that no comparison tells how far a guess was right.
    private static func key(of token: String) -> String { Hex.encode(SHA256.hash(data: Array(token.utf8))) }

    private mutating func endOldest(of sessions: [String: AccountSession], keeping kept: Int) {
        guard sessions.count > kept else { return }
        for (key, _) in sessions.sorted(by: { $0.value.lastUsed < $1.value.lastUsed }).prefix(sessions.count - kept) {
            entries[key] = nil
        }
    }
}
