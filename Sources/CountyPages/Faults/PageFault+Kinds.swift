import CountyBooks

extension PageFault {
    /// Passwords and sessions do not go over plain http.
    static let notProtected = PageFault(
        403,
        Words("连接未加密", "The connection is not encrypted"),
        Words(
            "本系统只能通过 https 使用（在服务器本机上除外）。请改用以 https:// 开头的地址；若没有，请管理员设置 [tls] 或 trusted_proxies。",
            "These pages are for https alone, but on the server itself. Take the address that begins with https://; if there "
                + "is none, the administrator sets [tls] or trusted_proxies."
        )
    )

    /// A page that is asked for by a method that it does not have.
    static let wrongMethod = PageFault(
        405,
        Words("不能这样访问", "Not in this way"),
        Words("此地址不接受这种请求，请从菜单重新进入。", "This address takes no such request. Go on from the menu.")
    )

    /// A proxy of the configuration that does not say for whom it asks.
    static let silentProxy = PageFault(
        403,
        Words("代理缺少转发信息", "The proxy does not say who asks"),
        Words(
            "请求来自 trusted_proxies 中的代理，但缺少来访者信息。请管理员在 nginx 的 location 中加上两行："
                + "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; 和 "
                + "proxy_set_header X-Forwarded-Proto $scheme;",
            "This came through a proxy of trusted_proxies that does not say who asks. The administrator adds two lines to the "
                + "location of nginx: proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; and "
                + "proxy_set_header X-Forwarded-Proto $scheme;"
        )
    )

    static let busy = PageFault(
        503,
        Words("服务器繁忙", "The server is busy"),
        Words("同时查看的人太多，请稍后再试。", "Too many ask at once. Try again in a moment."),
        retrySeconds: CountyPagesLimits.retrySeconds
    )

    static let longAddress = PageFault(
        414,
        Words("地址太长", "The address is too long"),
        Words("请从菜单重新进入。", "Go on from the menu.")
    )

    static let seenBefore = PageFault(
        404,
        Words("此页面只显示一次", "This page is shown once"),
        Words(
            "它已显示过，或已超过 10 分钟。如仍需要，请重新办理（原来的密码或凭证请作废）。",
            "It was shown already, or more than 10 minutes ago. If it is still needed, ask for a new one."
        )
    )

    static func tooLarge(_ bytes: Int) -> PageFault {
        PageFault(
            413,
            Words("提交的内容太大", "Too large"),
            Words(
                "最多 \(bytes / 1_024) KiB，未执行。请减小文件（例如分成几份）后重试。",
                "At most \(bytes / 1_024) KiB; nothing was done. Send less, such as the file in parts."
            )
        )
    }

    /// Names the roles that may.
    static func forbidden(_ permission: Permission?) -> PageFault {
        guard let permission else {
            return PageFault(
                403,
                Words("没有权限", "Not allowed"),
                Words("您的账号不能使用此页面，请联系管理员。", "Your account may not do this. Ask an admin.")
            )
        }
        let roles = AccountRole.allCases.filter { $0.may(permission) }
        let (chinese, english) = (roles.map(\.chinese).joined(separator: "、"), roles.map(\.rawValue))
        let scope =
            permission.needsCounty
            ? Words("（范围须为全县）", ", with the whole county as scope") : Words("", "")
        return PageFault(
            403,
            Words("没有权限", "Not allowed"),
            Words(
                "“\(permission.chinese)”须由以下角色办理：\(chinese)\(scope.chinese)。",
                "\(permission.rawValue) is for these roles: \(english.joined(separator: ", "))\(scope.english)."
            )
        )
    }

    static func unreadable(_ fault: FormReadingFault) -> PageFault {
        switch fault {
        case .unsupported:
            PageFault(
                415,
                Words("无法识别的表单", "Not a form"),
                Words("请用浏览器在页面上填写并提交。", "Fill in the form of the page in a browser and send that.")
            )
        case .malformed:
            PageFault(
                400,
                Words("表单不完整", "The form is broken"),
                Words(
                    "内容在传输中损坏，未执行。请返回后重新提交。",
                    "It was damaged on its way; nothing was done. Go back and send it again."
                )
            )
        case .tooMuch:
            PageFault(
                413,
                Words("表单内容过多", "The form holds too much"),
                Words("字段或文件过多，未执行。请分次提交。", "Too many fields or files; nothing was done. Send it in parts.")
            )
        }
    }

    /// The store takes no change.
    static func noWrite(_ reason: Words) -> PageFault {
        PageFault(
            503,
            Words("暂时不能写入", "Nothing can be written now"),
            Words(
                reason.chinese + Words.nothingChanged.chinese,
                "\(reason.english) \(Words.nothingChanged.english)"
            ),
            retrySeconds: CountyPagesLimits.retrySeconds
        )
    }

    /// The books or a store cannot be read.
    static func unavailable(_ reason: Words) -> PageFault {
        PageFault(503, Words("暂时无法显示", "Cannot be shown now"), reason, retrySeconds: CountyPagesLimits.retrySeconds)
    }

    static func noWorkbook(_ reason: Words) -> PageFault {
        PageFault(422, Words("无法生成 Excel 文件", "No workbook"), reason)
    }

    /// An error of the program.
    static func unexpected(_ number: String) -> PageFault {
        PageFault(
            500,
            Words("服务器出错", "An error of the server"),
            Words(
                "原因已记入服务器日志，编号 \(number)。请稍后重试；若仍出现，请把编号告诉管理员。",
                "Its cause is in the server's log under \(number). Try again; if it comes back, give the administrator that "
                    + "number."
            )
        )
    }
}
