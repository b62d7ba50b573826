/// What people do with their own account.
extension AccountBook {
    /// Checks name and password (登录). It takes scrypt's time once, whatever is wrong; ask `LoginThrottle` before.
    public func logIn(_ name: String, password: String, address: String?, at time: Int64) -> LogIn {
        guard let account = account(name) else {
            _ = PasswordVerifier.ofNobody(cost).matches(password)
            // People type their password into the field of the name: what was typed is not kept.
            return refused(.logInRefused, "unknown name 未知账号", "no such account", address, time)
        }
        guard account.accepts(password) else {
            return refused(.logInRefused, account.name, "wrong password", address, time)
        }
        guard account.isEnabled else {
            return refused(.logInRefused, account.name, "switched off", address, time)
        }
        guard account.canLogIn(at: time) else {
            let isUsed = account.oneTime?.used != nil
            return refused(
                .oneTimeOver,
                account.name,
                isUsed ? "one-time password used before" : "one-time password over",
                address,
                time
            )
        }
        let stamp = AuditStamp(by: .account(account.name), address: address, time: time)
        let entry = AuditEntry(stamp, .login, object: account.name)
        guard account.mustChange else { return .accepted(account, change: nil, entry) }
        var after = account
        after.oneTime?.used = time
        let audit = AuditEntry(stamp, .oneTimePasswordUsed, object: account.name)
        let change = AccountChange(after, replacing: account, audit)
        return .accepted(change.account, change: change, entry)
    }

    /// The account's own new password (修改密码). All its sessions are over with it; the present one goes on as a new one.
    ///
    /// - Parameters:
    ///   - old: the present password. It is not asked for in the session that a one-time password began.
    ///   - stamp: by the account itself.
    /// - Throws: `AccountFault`: `notAllowed`, `wrongPassword`, or what `PasswordRule` refuses.
    public func changeOwnPassword(
        from old: String?,
        to new: String,
        version: Int,
        stamp: AuditStamp,
        entropy: (Int) -> [UInt8]
    ) throws(AccountFault) -> AccountChange {
        guard case .account(let name) = stamp.by, let before = account(name), before.may(.changeOwnPassword) else {
            throw AccountFault(.notAllowed)
        }
        _ = try need(name, version: version)
        if before.oneTime?.used == nil {
            guard let old, before.accepts(old) else { throw AccountFault(.wrongPassword) }
        }
        try PasswordRule.check(new, for: before)
        var account = before
        account.verifier = try verifier(of: new, entropy)
        account.oneTime = nil
        let audit = AuditEntry(stamp, .passwordChanged, object: before.name)
        return try admitted(AccountChange(account, replacing: before, audit))
    }

    /// The entry that stands in the log before one recipient's phone number is shown (查看电话号码).
    ///
    /// - Parameters:
    ///   - waybill: of the parcel whose recipient must be called; it must be in the account's `Visibility`.
    ///   - reason: 4 to 200 characters.
    /// - Throws: `AccountFault`: `notAllowed`, `noReason`.
    public func lookAtPhone(of waybill: String, reason: String, stamp: AuditStamp) throws(AccountFault) -> AuditEntry {
        guard case .account(let name) = stamp.by, account(name)?.may(.lookAtPhone) ?? false else {
            throw AccountFault(.notAllowed)
        }
        let reason = AuditText.trimmed(reason)
        let lengths = CountyBooksLimits.lookReasonCharactersMin...CountyBooksLimits.lookReasonCharactersMax
        guard lengths.contains(reason.unicodeScalars.count) else { throw AccountFault(.noReason) }
        return AuditEntry(stamp, .phoneLooked, object: waybill, reason: reason)
    }

    private func refused(
        _ kind: AccountFault.Kind,
        _ object: String,
        _ detail: String,
        _ address: String?,
        _ time: Int64
    ) -> LogIn {
        let stamp = AuditStamp(by: .nobody, address: address, time: time)
        return .refused(AccountFault(kind), AuditEntry(stamp, .loginFailed, object: object, detail: detail))
    }
}
