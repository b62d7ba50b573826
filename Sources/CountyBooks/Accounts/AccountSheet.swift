import SyncWire

/// What is printed once and handed to the person of an account (密码单): the only place of the one-time password.
public struct AccountSheet: Sendable, CustomStringConvertible {
    public let name: String
    public let displayName: String?
    public let rights: AccountRights
    public let password: OneTimePassword
    /// The moment from which the password is no longer good.
    public let until: Int64

    init(of account: Account, password: OneTimePassword, until: Int64) {
        (name, displayName, rights) = (account.name, account.displayName, account.rights)
        (self.password, self.until) = (password, until)
    }

    /// Lines for a terminal or a sheet of paper.
    ///
    /// - Parameter address: where the pages are, `https://county.example`; `nil` where it is not known.
    public func text(address: String? = nil) -> String {
        var rows = [
            ("账号 account", name),
            ("角色 role", "\(rights.role.chinese) \(rights.role.rawValue)"),
            ("范围 scope", rights.scope.shown),
        ]
        if let displayName { rows.insert(("姓名 person", displayName), at: 0) }
        if let firm = rights.firm { rows.append(("企业 firm", firm)) }
        if !rights.brands.isEmpty { rows.append(("品牌 brands", rights.brandNames.joined(separator: "、"))) }
        rows += [("一次性密码 one-time password", password.text), ("有效期至 valid until", WireTime.local(until))]
        if let address { rows.append(("网址 address", address)) }
        let notes = [
            "密码只能使用一次；首次登录时须改为自己的密码（至少 \(CountyBooksLimits.passwordCharactersMin) 个字符）。",
            "The password works once; the first log-in asks for your own, of "
                + "\(CountyBooksLimits.passwordCharactersMin) characters or more.",
            "请当面交给本人，登录后销毁本单。 Hand this to the person alone; destroy it after the log-in.",
        ]
        let lines = ["密码单 Account sheet", ""] + rows.map { "\($0.0): \($0.1)" } + [""] + notes
        return lines.joined(separator: "\n") + "\n"
    }

    /// Without the password, so that it is in no log.
    public var description: String { "sheet of \(name)" }
}
