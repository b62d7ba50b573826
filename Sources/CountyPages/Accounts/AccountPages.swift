import CountyBooks

/// The pages of accounts (账号).
enum AccountPages {
    static let link = PageLink(Words("账号", "Accounts"), PagePaths.accounts)

    private static let noAddress = Words(
        "未设置网页的网址，密码单上不会印网址。请先在 county.toml 中填写 public_url（网页另设端口时填写 [pages] 的 url）并重启 county-server。",
        "The address of the pages is not set, and sheets of passwords will not name it: set public_url in county.toml "
            + "first, or url of [pages] where pages have a port of their own, and restart county-server."
    )

    /// Path of one account's page.
    static func path(of name: String) -> String { PagePaths.accounts + LocalPath.path(name) }

    /// All accounts, and the form for a new one.
    static func list(_ desk: CountyDesk, _ request: PageRequest) throws -> Page {
        let rows = try desk.accountBook().accounts.map { row($0, at: request.now, request.language) }
        let table = Table(
            Words("账号", "Accounts"),
            columns: [
                Table.Column("name", "账号", "Log-in name"), Table.Column("person", "姓名", "Person"),
                Table.Column("role", "角色", "Role"), Table.Column("scope", "范围", "Scope"),
                Table.Column("limits", "企业 / 品牌", "Firm / brands"), Table.Column("state", "状态", "State", .state),
                Table.Column("created", "创建时间", "Made", .time),
            ],
            rows: rows
        )
        var page = Page(View(Words("账号", "Accounts"), [.table(table, scope: "")]))
        if request.may(.changeAccounts) {
            let fields =
                [
                    Field(
                        "name",
                        Words("账号", "Log-in name"),
                        .text(charactersMax: CountyBooksLimits.accountNameCharactersMax),
                        hint: Words("字母、数字或汉字，不能是电话号码", "Letters, digits or Chinese characters; no phone number"),
                        isRequired: true
                    )
                ] + rightsFields(of: nil, try desk.registers())
            page.forms = [
                Form(
                    PagePaths.accounts,
                    title: Words("新增账号", "A new account"),
                    fields: fields,
                    submit: Words("新增并显示密码单", "Make it and show its sheet")
                )
            ]
            if desk.settings.address == nil { page = page.adding(notice: noAddress, .warn) }
        }
        return page
    }

    /// One account and what can be done to it; `nil` where there is none.
    static func one(_ desk: CountyDesk, _ request: PageRequest) throws -> Page? {
        guard let account = try desk.accountBook().account(request.parameter("name")) else { return nil }
        let language = request.language
        var facts = [
            View.Fact(Words("账号", "Log-in name"), .text(account.name)),
            View.Fact(Words("姓名", "Person"), .optional(account.displayName)),
            View.Fact(Words("角色", "Role"), .text(roleName(account.role)[language])),
            View.Fact(Words("范围", "Scope"), .text(account.scope.shown)),
        ]
        if let firm = account.firm { facts.append(View.Fact(Words("企业", "Firm"), .text(firm))) }
        if !account.brands.isEmpty {
            facts.append(View.Fact(Words("品牌", "Brands"), .text(account.brandNames.joined(separator: "、"))))
        }
        facts += [
            View.Fact(Words("状态", "State"), state(account, at: request.now, language)),
            View.Fact(Words("创建时间", "Made"), .text(PageTime.text(account.created))),
        ]
        var links: [PageLink] = []
        if request.may(.readAuditLog) {
            let path = "\(PagePaths.audit)?object=\(LocalPath.encoded(account.name))"
            links.append(PageLink(Words("此账号的日志", "Its entries in the log"), path))
        }
        let title = Words("账号 \(account.name)", "Account \(account.name)")
        var page = Page(View(title, [.facts(facts)]), trail: [link], links: links)
        if request.may(.changeAccounts) { page.forms = forms(of: account, try desk.registers()) }
        return page
    }

    /// A one-time password, to be printed and handed over.
    static func sheet(_ sheet: AccountSheet, _ settings: PageSettings) -> Page {
        var facts = [View.Fact(Words("账号", "Log-in name"), .text(sheet.name))]
        if let person = sheet.displayName { facts.insert(View.Fact(Words("姓名", "Person"), .text(person)), at: 0) }
        facts.append(
            View.Fact(Words("角色", "Role"), .text("\(sheet.rights.role.chinese) \(sheet.rights.role.rawValue)"))
        )
        facts.append(View.Fact(Words("范围", "Scope"), .text(sheet.rights.scope.shown)))
        if let firm = sheet.rights.firm { facts.append(View.Fact(Words("企业", "Firm"), .text(firm))) }
        if !sheet.rights.brands.isEmpty {
            facts.append(View.Fact(Words("品牌", "Brands"), .text(sheet.rights.brandNames.joined(separator: "、"))))
        }
        facts.append(View.Fact(Words("一次性密码", "One-time password"), .text(sheet.password.text)))
        facts.append(View.Fact(Words("有效期至", "Valid until"), .text(PageTime.text(sheet.until))))
        if let address = settings.address { facts.append(View.Fact(Words("网址", "Address"), .text(address))) }
        let least = CountyBooksLimits.passwordCharactersMin
        let notes = Words(
            "密码只能使用一次；首次登录时须改为自己的密码（至少 \(least) 个字符）。\n请当面交给本人，登录后销毁本单。",
            "The password works once; the first log-in asks for your own, of \(least) characters or more.\n"
                + "Hand this to the person alone; destroy it after the log-in."
        )
        let once = Words("此页面只显示一次，请立即打印。", "This page is shown once: print it now.")
        return Page(
            View(Words("密码单", "Account sheet"), [.facts(facts), .text(notes), .notice(once, .warn)]),
            links: [link],
            layout: .paper
        )
    }

    // MARK: Parts

    private static func row(_ account: Account, at now: Int64, _ language: Language) -> [Table.Cell] {
        let limits = account.firm ?? account.brandNames.joined(separator: "、")
        return [
            .link(account.name, path: path(of: account.name)), .optional(account.displayName),
            .text(roleName(account.role)[language]), .text(account.scope.shown),
            limits.isEmpty ? .none : .text(limits), state(account, at: now, language),
            .text(PageTime.text(account.created)),
        ]
    }

    static func roleName(_ role: AccountRole) -> Words { Words(role.chinese, role.rawValue) }

    private static func state(_ account: Account, at now: Int64, _ language: Language) -> Table.Cell {
        guard account.isEnabled else { return .state(Words("已停用", "off")[language], .unknown) }
        guard let oneTime = account.oneTime else { return .state(Words("正常", "in use")[language], .ok) }
        if oneTime.used == nil, now < oneTime.until {
            return .state(Words("待首次登录", "waits for its first log-in")[language], .warn)
        }
        return .state(Words("密码单已失效", "its sheet is used or over")[language], .bad)
    }

    private static func forms(of account: Account, _ registers: Registers) -> [Form] {
        let path = path(of: account.name)
        let version = Field.hidden("version", String(account.version))
        let change = Form(
            path,
            title: Words("变更权限", "Other rights"),
            fields: rightsFields(of: account, registers) + [version],
            submit: Words("保存", "Keep it"),
            note: Words("保存后此账号须重新登录。", "The account has to log in again.")
        )
        guard account.isEnabled else {
            let enable = Form(
                "\(path)/enable",
                title: Words("启用", "Switch it on"),
                fields: [version],
                submit: Words("启用并显示密码单", "Switch it on and show its sheet")
            )
            return [change, enable]
        }
        let sheet = Form(
            "\(path)/sheet",
            title: Words("重置密码", "A new sheet"),
            fields: [version],
            submit: Words("重置并显示密码单", "Make it and show it"),
            note: Words("原密码立即失效。", "The old password is over at once.")
        )
        let disable = Form(
            "\(path)/disable",
            title: Words("停用", "Switch it off"),
            fields: [version],
            submit: Words("停用此账号", "Switch it off"),
            note: Words("此账号立即退出，不能再登录；日志保留。", "It is out at once and cannot log in; its entries stay."),
            isDangerous: true
        )
        return [change, sheet, disable]
    }

    private static func rightsFields(of account: Account?, _ registers: Registers) -> [Field] {
        var scopes = [Field.Choice(AccountScope.county.text, Words("全县", "The whole county"))]
        scopes += registers.townships.map { Field.Choice($0.code, "\($0.name) \($0.code)") }
        if let scope = account?.scope.text, !scopes.contains(where: { $0.value == scope }) {
            scopes.append(Field.Choice(scope, scope))
        }
        let roles = AccountRole.allCases.map { Field.Choice($0.rawValue, roleName($0)) }
        let most = CountyBooksLimits.rightsTextCharactersMax
        return [
            Field("person", Words("姓名", "Person"), .text(charactersMax: most), value: account?.displayName ?? ""),
            Field("role", Words("角色", "Role"), .select(roles), value: account?.role.rawValue ?? "", isRequired: true),
            Field("scope", Words("范围", "Scope"), .select(scopes), value: account?.scope.text ?? "", isRequired: true),
            Field(
                "firm",
                Words("企业", "Firm"),
                .text(charactersMax: most),
                value: account?.firm ?? "",
                hint: Words("仅角色“企业”填写，与台账一致", "For the role operatorFirm alone, as the register has it")
            ),
            Field(
                "brands",
                Words("品牌", "Brands"),
                .text(charactersMax: most * CountyBooksLimits.accountBrandsMax),
                value: account?.brandNames.joined(separator: "、") ?? "",
                hint: Words(
                    "仅角色“品牌”填写，多个用顿号或逗号分开，名称中的空格保留",
                    "For the role carrier alone, with commas between them; blanks belong to a name"
                )
            ),
        ]
    }
}
