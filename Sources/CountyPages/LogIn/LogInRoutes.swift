import CountyBooks

extension PageRoutes {
    static let staticFiles: [PageRoute] = [
        .read("\(PagePaths.files)/:file", .anybody) { _, request in
            guard request.parameter("file") == StyleSheet.name else { throw PageFault.notFound }
            var file = PageFile(name: StyleSheet.name, contentType: "text/css; charset=utf-8", bytes: StyleSheet.bytes)
            (file.seconds, file.isAttachment) = (CountyPagesLimits.styleSheetSeconds, false)
            return .file(file)
        }
    ]

    static let logIn: [PageRoute] = [
        .page(PagePaths.logIn, .anybody) { _, request in
            guard request.isProtected else { throw PageFault.notProtected }
            return logInPage(request)
        },
        PageRoute(
            .post,
            PagePaths.logIn,
            .anybody,
            bodyBytesMax: CountyPagesLimits.logInFormBytesMax,
            isSlow: true,
            work: .form(page: PagePaths.logIn) { _, request in
                guard request.isProtected else { throw PageFault.notProtected }
                return logInPage(request)
            } send: { desk, request, form in
                try LogInAttempt(desk, request, form).answer()
            }
        ),
        .send(PagePaths.logOut, on: "/", .ownAccount) { _, _ in
            let title = Words("退出", "Log out")
            return Page(View(title), forms: [Form(PagePaths.logOut, submit: title)])
        } send: { desk, request, _ in
            try logOut(desk, request)
        },
    ]

    static let shownOnce: [PageRoute] = [
        .page("\(PagePaths.once)/:key", .account) { desk, request in
            guard let token = request.reader?.token else { throw PageFault.noReader }
            let key = request.parameter("key")
            // Who asks for the headers alone sees nothing of it, and it goes on waiting.
            if request.isHead, desk.keeper.isParked(key, token: token, at: request.now) {
                return Page(View(Words("只显示一次", "Shown once")))
            }
            guard let page = desk.keeper.takeParked(key, token: token, at: request.now) else {
                throw PageFault.seenBefore
            }
            return page
        }
    ]

    private static func logInPage(_ request: PageRequest) -> Page {
        var parts: [View.Part] = []
        if request.query.value("over") == wrongPassword {
            let sentence = Words(
                "当前密码多次输入错误，已退出登录，并记入操作日志。请稍候再登录。",
                "The present password was wrong several times: the session is over, and the log has it. Wait before you log in."
            )
            parts.append(.notice(sentence, .bad))
        } else if request.query.value("over") != nil {
            let sentence = Words("登录已过期或已在别处结束，请重新登录。", "Your session is over. Log in again.")
            parts.append(.notice(sentence, .warn))
        }
        let form = Form(
            LocalPath.keeping(next: request.query, at: PagePaths.logIn),
            fields: [
                Field("name", Words("账号", "Log-in name"), .userName, isRequired: true),
                Field("password", Words("密码", "Password"), .password(isNew: false), isRequired: true),
            ],
            submit: Words("登录", "Log in"),
            note: Words(
                "首次登录请使用密码单上的一次性密码；忘记密码请向管理员领取新的密码单。",
                "For the first log-in use the one-time password of your sheet. Who forgot the password asks the admin for a new "
                    + "sheet."
            )
        )
        return Page(View(Words("登录", "Log in"), parts), forms: [form])
    }

    private static func logOut(_ desk: CountyDesk, _ request: PageRequest) throws -> PageAnswer {
        if let reader = request.reader {
            desk.keeper.end(token: reader.token, at: request.now)
            // A log that takes no entry keeps nobody logged in.
            try? desk.log(.logout, reader.account.name, by: request)
        }
        return out(to: PagePaths.logIn)
    }

    /// Value of `over` behind the log-in's path when a session ended by wrong passwords.
    private static let wrongPassword = "password"

    /// Ends the session in which the present password was guessed at.
    static func end(_ desk: CountyDesk, _ request: PageRequest) -> PageAnswer {
        if let reader = request.reader { desk.keeper.end(token: reader.token, at: request.now) }
        return out(to: "\(PagePaths.logIn)?over=\(wrongPassword)")
    }

    private static func out(to path: String) -> PageAnswer {
        var answer = PageAnswer.done(at: path)
        answer.cookies = [PageCookie(name: PageCookie.session, value: "", seconds: 0)]
        return answer
    }
}
