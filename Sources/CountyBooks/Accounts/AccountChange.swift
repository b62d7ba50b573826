/// One change of one account that was decided and not yet kept.
public struct AccountChange: Sendable {
    /// The row as it is to be kept.
    public let account: Account
    /// The version of the row that it replaces; `nil`: there is none yet.
    public let expectedVersion: Int?
    /// What the audit log gets in the same transaction.
    public let audit: AuditEntry
    /// To be handed to the person; of a new password alone.
    public let sheet: AccountSheet?

    /// A change; where a row is replaced, the new one gets the next version.
    init(_ account: Account, replacing before: Account?, _ audit: AuditEntry, sheet: AccountSheet? = nil) {
        var account = account
        if let before { account.version = before.version + 1 }
        (self.account, expectedVersion) = (account, before?.version)
        (self.audit, self.sheet) = (audit, sheet)
    }
}
