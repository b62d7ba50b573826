/// What an admin, or the command line, does to accounts.
///
/// Everywhere `stamp` says who, from where and when; `entropy` gives as many random bytes as it is asked for; `version`
/// is that of the row on the page, `nil` at the command line, which shows none. All throw `AccountFault`:
/// first `notAllowed`, then what is wrong, and what `admit(_:)` refuses.
extension AccountBook {
    /// A new account (新增账号), with a sheet to hand over.
    public func add(
        _ name: String,
        displayName: String? = nil,
        rights: AccountRights,
        stamp: AuditStamp,
        entropy: (Int) -> [UInt8]
    ) throws(AccountFault) -> AccountChange {
        try needRight(stamp.by)
        let name = try AccountName.checked(name)
        guard account(name) == nil else { throw AccountFault(.nameTaken, name) }
        let displayName = try Self.checked(displayName: displayName)
        let password = OneTimePassword(entropy: entropy)
        let account = Account(
            name: name,
            displayName: displayName,
            rights: rights,
            verifier: try verifier(of: password.text, entropy),
            oneTime: Self.oneTime(from: stamp),
            created: stamp.time
        )
        let audit = AuditEntry(stamp, .accountAdded, object: name, detail: rights.text)
        return try admitted(AccountChange(account, replacing: nil, audit, sheet: Self.sheet(account, password)))
    }

    /// Switches an account off (停用): nobody logs in to it, its sessions are over. It is never deleted, since the audit
    /// log names it.
    public func disable(_ name: String, version: Int?, stamp: AuditStamp) throws(AccountFault) -> AccountChange {
        try needRight(stamp.by)
        let before = try need(name, version: version)
        guard before.isEnabled else { throw AccountFault(.nothingToChange, before.name) }
        var account = before
        account.disabled = stamp.time
        let audit = AuditEntry(stamp, .accountDisabled, object: before.name, detail: before.rights.text)
        return try admitted(AccountChange(account, replacing: before, audit))
    }

    /// Switches an account on again (启用), with a new sheet: its old password may have become known meanwhile.
    public func enable(
        _ name: String,
        version: Int?,
        stamp: AuditStamp,
        entropy: (Int) -> [UInt8]
    ) throws(AccountFault) -> AccountChange {
        try needRight(stamp.by)
        let before = try need(name, version: version)
        guard !before.isEnabled else { throw AccountFault(.nothingToChange, before.name) }
        var account = before
        account.disabled = nil
        return try renewed(account, replacing: before, .accountEnabled, stamp, entropy)
    }

    /// A new sheet for a forgotten password (重置密码). The old password, and sessions with it, are over at once.
    public func resetPassword(
        _ name: String,
        version: Int?,
        stamp: AuditStamp,
        entropy: (Int) -> [UInt8]
    ) throws(AccountFault) -> AccountChange {
        try needRight(stamp.by)
        let before = try need(name, version: version)
        guard before.isEnabled else { throw AccountFault(.notAllowed, before.name) }
        return try renewed(before, replacing: before, .passwordReset, stamp, entropy)
    }

    /// Other rights, or another name of the person (变更权限).
    public func change(
        _ name: String,
        displayName: String?,
        rights: AccountRights,
        version: Int?,
        stamp: AuditStamp
    ) throws(AccountFault) -> AccountChange {
        try needRight(stamp.by)
        let before = try need(name, version: version)
        var account = before
        account.displayName = try Self.checked(displayName: displayName)
        account.rights = rights
        guard account != before else { throw AccountFault(.nothingToChange, before.name) }
        var details: [String] = []
        if account.rights != before.rights {
            details.append(AuditEntry.change(before.rights.text, account.rights.text))
        }
        if account.displayName != before.displayName {
            details.append("person \(AuditEntry.change(before.displayName, account.displayName))")
        }
        let audit = AuditEntry(
            stamp,
            .accountChanged,
            object: before.name,
            detail: details.joined(separator: "; ")
        )
        return try admitted(AccountChange(account, replacing: before, audit))
    }

    // MARK: Passwords

    func verifier(of password: String, _ entropy: (Int) -> [UInt8]) throws(AccountFault) -> PasswordVerifier {
        try PasswordVerifier(password, salt: entropy(CountyBooksLimits.passwordSaltBytes), cost: cost)
    }

    private func renewed(
        _ account: Account,
        replacing before: Account,
        _ action: AuditAction,
        _ stamp: AuditStamp,
        _ entropy: (Int) -> [UInt8]
    ) throws(AccountFault) -> AccountChange {
        let password = OneTimePassword(entropy: entropy)
        var account = account
        account.verifier = try verifier(of: password.text, entropy)
        account.oneTime = Self.oneTime(from: stamp)
        let audit = AuditEntry(stamp, action, object: account.name, detail: account.rights.text)
        return try admitted(
            AccountChange(account, replacing: before, audit, sheet: Self.sheet(account, password))
        )
    }

    private static func oneTime(from stamp: AuditStamp) -> Account.OneTime {
        Account.OneTime(until: stamp.time + CountyBooksLimits.oneTimePasswordDays * 86_400_000)
    }

    private static func sheet(_ account: Account, _ password: OneTimePassword) -> AccountSheet {
        AccountSheet(of: account, password: password, until: account.oneTimeUntil ?? account.created)
    }

    private static func checked(displayName: String?) throws(AccountFault) -> String? {
        guard let name = displayName.map(AuditText.trimmed), !name.isEmpty else { return nil }
        guard name.unicodeScalars.count <= CountyBooksLimits.rightsTextCharactersMax, !AuditText.holdsPhone(name) else {
            throw AccountFault(.badDisplayName)
        }
        return AuditText.clean(name)
    }
}
