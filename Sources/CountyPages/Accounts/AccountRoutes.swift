import CountyBooks

extension PageRoutes {
    static let accounts: [PageRoute] = [
        .page(PagePaths.accounts, .permission(.readAccounts)) { try AccountPages.list($0, $1) },
        .page("\(PagePaths.accounts)/:name", .permission(.readAccounts)) { try AccountPages.one($0, $1) },
        .send(PagePaths.accounts, .permission(.changeAccounts)) {
            try AccountPages.list($0, $1)
        } send: { desk, request, form in
            let rights = try rights(in: form)
            try rights.check(in: try desk.registers())
            let change = try desk.accountBook().add(
                form.text("name"),
                displayName: form.optional("person"),
                rights: rights,
                stamp: request.stamp,
                entropy: desk.entropy
            )
            return try keep(change, desk)
        },
        ofOne("") { book, name, version, request, form, desk in
            let rights = try rights(in: form)
            try rights.check(in: try desk.registers(), before: book.account(name)?.rights)
            return try book.change(
                name,
                displayName: form.optional("person"),
                rights: rights,
                version: version,
                stamp: request.stamp
            )
        },
        ofOne("/disable") { book, name, version, request, _, _ in
            try book.disable(name, version: version, stamp: request.stamp)
        },
        ofOne("/enable") { book, name, version, request, _, desk in
            try book.enable(name, version: version, stamp: request.stamp, entropy: desk.entropy)
        },
        ofOne("/sheet") { book, name, version, request, _, desk in
            try book.resetPassword(name, version: version, stamp: request.stamp, entropy: desk.entropy)
        },
    ]

    private typealias Decide =
        @Sendable (AccountBook, String, Int?, PageRequest, SentForm, CountyDesk) throws -> AccountChange

    /// A form on the page of one account.
    private static func ofOne(_ ending: String, _ decide: @escaping Decide) -> PageRoute {
        let page = "\(PagePaths.accounts)/:name"
        return .send("\(page)\(ending)", on: page, .permission(.changeAccounts)) {
            try AccountPages.one($0, $1)
        } send: { desk, request, form in
            // Without a version nobody knows what was looked at: refused like a row that somebody else changed.
            let version = Int(form.text("version")) ?? 0
            let name = request.parameter("name")
            return try keep(try decide(try desk.accountBook(), name, version, request, form, desk), desk)
        }
    }

    /// Keeps a change with its entry in the log and ends the sessions of the account.
    private static func keep(_ change: AccountChange, _ desk: CountyDesk) throws -> PageAnswer {
        try desk.accounts.save(change)
        desk.keeper.end(account: change.account.name, at: desk.clock())
        guard let sheet = change.sheet else { return .done(at: AccountPages.path(of: change.account.name)) }
        return .shownOnce(AccountPages.sheet(sheet, desk.settings))
    }

    private static func rights(in form: SentForm) throws -> AccountRights {
        guard let role = AccountRole(rawValue: form.text("role")) else {
            throw FormFault("role", Words("请选择角色。", "Choose a role."))
        }
        guard let scope = AccountScope(text: form.text("scope")) else {
            throw FormFault("scope", Words("请选择范围。", "Choose a scope."))
        }
        // A blank is part of a name, as in J&T Express.
        let brands = form.text("brands").split { "、,，;；".contains($0) }.map(String.init)
        return try AccountRights(role: role, scope: scope, firm: form.optional("firm"), brands: brands)
    }
}
