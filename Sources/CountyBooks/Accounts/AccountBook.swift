/// Decides about accounts. It holds them as they are now and changes nothing: what it decides is kept by an
/// `AccountStore`, which calls `admit(_:)` again within its transaction.
///
/// Passwords are checked with scrypt, some 200 ms each: decide outside of a transaction.
public struct AccountBook: Sendable {
    public let accounts: [Account]
    /// Of new verifiers, and of the one that is checked when there is no account.
    let cost: PasswordVerifier.Cost

    /// - Parameter cost: of scrypt; anything but the standard is for tests.
    public init(_ accounts: [Account], cost: PasswordVerifier.Cost = .standard) {
        (self.accounts, self.cost) = (accounts, cost)
    }

    /// The account of a log-in name, large and small letters alike.
    public func account(_ name: String) -> Account? {
        let key = AccountName.key(name)
        return accounts.first { AccountName.key($0.name) == key }
    }

    /// Whether a change may be kept beside the accounts that there are: its name is free or the version that it
    /// replaces still there, and an admin who can log in remains. Without that last rule two admins who switch each
    /// other off at once would both succeed.
    ///
    /// - Throws: `AccountFault`: `nameTaken`, `tooManyAccounts`, `unknownAccount`, `changedMeanwhile`, `lastAdmin`.
    public func admit(_ change: AccountChange) throws(AccountFault) {
        let (after, before) = (change.account, account(change.account.name))
        guard let version = change.expectedVersion else {
            guard before == nil else { throw AccountFault(.nameTaken, after.name) }
            guard accounts.count < CountyBooksLimits.accountsMax else { throw AccountFault(.tooManyAccounts) }
            return
        }
        guard let before else { throw AccountFault(.unknownAccount, after.name) }
        guard before.version == version else { throw AccountFault(.changedMeanwhile, after.name) }
        guard before.isEnabled, before.role == .admin, !after.isEnabled || after.role != .admin else { return }
        let others = accounts.filter {
            $0.name != before.name && $0.role == .admin && $0.canLogIn(at: change.audit.time)
        }
        guard !others.isEmpty else { throw AccountFault(.lastAdmin, after.name) }
    }

    // MARK: For the parts of it

    /// Only an account that may, or the command line, changes accounts.
    func needRight(_ author: AuditAuthor) throws(AccountFault) {
        switch author {
        case .commandLine: return
        case .account(let name):
            guard account(name)?.may(.changeAccounts) ?? false else { throw AccountFault(.notAllowed, name) }
        case .nobody: throw AccountFault(.notAllowed)
        }
    }

    /// The account as it was when the change was asked for.
    func need(_ name: String, version: Int?) throws(AccountFault) -> Account {
        guard let account = account(name) else { throw AccountFault(.unknownAccount, name) }
        guard version ?? account.version == account.version else { throw AccountFault(.changedMeanwhile, account.name) }
        return account
    }

    func admitted(_ change: AccountChange) throws(AccountFault) -> AccountChange {
        try admit(change)
        return change
    }
}
