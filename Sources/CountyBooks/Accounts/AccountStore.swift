/// Where accounts and the audit log are kept: both are primary, the log is append-only. The contract of the tests,
/// `AccountStoreContract`, holds for each store.
public protocol AccountStore: Sendable {
    /// All accounts, by log-in name.
    func accounts() throws -> [Account]

    /// Keeps a change and its audit entry in one transaction, in which `AccountBook.admit(_:)` checks it against
    /// the accounts of that moment. Sessions of the account that it replaces are forgotten with it: they are over.
    ///
    /// - Throws: `AccountFault` when it is not admitted; then, as after any other error, nothing is kept of either.
    func save(_ change: AccountChange) throws

    /// Appends an entry under the next number.
    ///
    /// - Returns: the entry with its number.
    @discardableResult
    func append(_ entry: AuditEntry) throws -> AuditEntry

    /// Entries that match, the newest first.
    func audit(_ query: AuditQuery) throws -> [AuditEntry]

    /// The sessions that were kept and not forgotten, in any order.
    func sessions() throws -> [KeptSession]

    /// Keeps sessions, each in the place of the one of its key, and forgets those that ended, in one transaction. One whose
    /// account is not there is not kept.
    func keep(_ change: SessionChange) throws
}

extension AccountStore {
    /// A store that keeps no session: each ends with the server.
    public func sessions() throws -> [KeptSession] { [] }
    public func keep(_ change: SessionChange) throws {}
}
