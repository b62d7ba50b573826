import CountyBooks
import Logging

extension PageRoutes {
    static let password: [PageRoute] = [
        .page(PagePaths.password, .ownAccount) { _, request in try passwordPage(request) },
        PageRoute(
            .post,
            PagePaths.password,
            .ownAccount,
            isSlow: true,
            work: .form(page: PagePaths.password) { _, request in
                try passwordPage(request)
            } send: { desk, request, form in
                try changePassword(desk, request, form)
            }
        ),
    ]

    private static func passwordPage(_ request: PageRequest) throws -> Page {
        let account = try request.account()
        var parts: [View.Part] = []
        var fields: [Field] = []
        if account.mustChange {
            let sentence = Words("首次登录：请先设置自己的密码。", "First log-in: choose a password of your own.")
            parts.append(.notice(sentence, .warn))
        } else {
            fields.append(
                Field("old", Words("当前密码", "Present password"), .password(isNew: false), isRequired: true)
            )
        }
        let least = CountyBooksLimits.passwordCharactersMin
        fields += [
            Field(
                "new",
                Words("新密码", "New password"),
                .password(isNew: true),
                hint: Words("至少 \(least) 个字符，例如连写四个词", "\(least) characters or more, such as four words in a row"),
                isRequired: true
            ),
            Field("again", Words("再输入一次", "The same again"), .password(isNew: true), isRequired: true),
            .hidden("version", String(account.version)),
        ]
        let action = LocalPath.keeping(next: request.query, at: PagePaths.password)
        let form = Form(action, fields: fields, submit: Words("保存", "Keep it"))
        return Page(View(Words("修改密码", "Password"), parts), forms: [form])
    }

    private static func changePassword(
        _ desk: CountyDesk,
        _ request: PageRequest,
        _ form: SentForm
    ) throws -> PageAnswer {
        let new = form.raw("new") ?? ""
        guard new == form.raw("again") else {
            throw FormFault("again", Words("两次输入的新密码不一致。", "The two new passwords differ."))
        }
        let account = try request.account()
        // In the session that a one-time password began nobody asks for the present one.
        let isAsked = account.oneTime?.used == nil
        if isAsked {
            let wait = desk.keeper.beginLogIn(account.name, from: request.address, at: desk.uptime())
            guard wait == 0 else { return end(desk, request) }
        }
        let book = try desk.accountBook()
        let change: AccountChange
        do throws(AccountFault) {
            change = try book.changeOwnPassword(
                from: form.raw("old"),
                to: new,
                version: Int(form.text("version")) ?? 0,
                stamp: request.stamp,
                entropy: desk.entropy
            )
        } catch {
            if error.kind == .wrongPassword { return try wrong(error, account, desk, request) }
            if isAsked, ofNew.contains(error.kind) { right(account, desk, request) }
            throw error
        }
        if isAsked { right(account, desk, request) }
        try desk.accounts.save(change)
        desk.keeper.end(account: change.account.name, at: request.now)
        let token = desk.keeper.begin(change.account, at: request.now, entropy: desk.entropy)
        var answer = PageAnswer.done(at: LocalPath.next(request.query.text("next")) ?? "/")
        answer.cookies = [PageCookie(name: PageCookie.session, value: token)]
        return answer
    }

    /// What is looked at after the present password was right.
    private static let ofNew: Set<AccountFault.Kind> = [
        .passwordTooShort, .passwordTooLong, .passwordTooSimple, .passwordIsName, .passwordIsOld, .passwordNotKept,
    ]

    private static func right(_ account: Account, _ desk: CountyDesk, _ request: PageRequest) {
        desk.keeper.loggedIn(account.name, from: request.address, at: desk.uptime())
    }

    /// Who sits at a session of somebody else's must not find out the password by it: after as many tries as the log-in lets
    /// through the session is over, and the log-in waits.
    private static func wrong(
        _ fault: AccountFault,
        _ account: Account,
        _ desk: CountyDesk,
        _ request: PageRequest
    ) throws -> PageAnswer {
        let isOver = desk.keeper.logInWait(account.name, from: request.address, at: desk.uptime()) > 0
        let detail = "wrong present password" + (isOver ? ", session ended" : "")
        do {
            try desk.log(.loginFailed, account.name, detail: detail, by: request)
        } catch {
            // A log that takes no entry changes nothing for who guesses.
            desk.logger.error("audit log took no wrong password: \(error)")
        }
        guard isOver else { throw fault }
        return end(desk, request)
    }
}
