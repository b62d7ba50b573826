/// Where accounts and the audit log are kept: both are primary, the log is append-only. The contract of the tests,
/// `AccountStoreContract`, holds for each store.
public protocol AccountStore: Sendable {
    /// All accounts, by log-in name.
    func accounts() throws -> [Account]

    /// Keeps a change and its audit entry in one transaction, in which `AccountBook.admit(_:)` checks it against
    /// the accounts of that moment.
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
}
