import CountyBooks
import CountyPages
import Testing

@Suite("Pages of accounts")
struct AccountPageTests {
    private func atWork(
        _ work: @Sendable (Office, Browser, @escaping @Sendable () -> Browser) async throws -> Void
    ) async throws {
        let office = Office()
        office.fillRegisters()
        try office.add("boss", Office.rights(.admin))
        try await office.serving(
            PageSettings(county: "阳城县", address: "https://county.example", isTLS: true)
        ) { browser in
            let boss = browser()
            try await boss.logIn("boss")
            try await work(office, boss, browser)
        }
    }

    @Test("a new account comes with a sheet that is shown once, and works")
    func add() async throws {
        try await atWork { office, boss, browser in
            let typed = ["name": "周霞", "role": "clerk", "scope": Office.township]
            let made = try await boss.fill("/accounts", nil, typed)
            #expect(made.location?.hasPrefix("/once/") == true)
            let sheet = try await boss.follow(made)
            let password = try #require(sheet.text.firstMatch(of: /[2-9A-Z]{4}(?:-[2-9A-Z]{4}){4}/)).0
            #expect(sheet.text.contains("https://county.example") && sheet.text.contains("周霞"))
            #expect(!sheet.text.contains("<nav"))
            #expect(try await boss.follow(made).status == 404)
            let zhou = browser()
            #expect(try await zhou.logIn("周霞", String(password)).status == 303)
            #expect(!office.accounts.log.contains { "\($0)".contains(password) })
            #expect(office.accounts.accounts().first { $0.name == "周霞" }?.scope == .township(Office.township))
        }
    }

    @Test("while no address is set, the pages that make sheets say so and how to set it")
    func noAddress() async throws {
        let office = Office()
        try office.addOfEachRole()
        let bare = PageSettings(county: "阳城县", isTLS: true)
        let address = "https://county.example"
        let set = PageSettings(county: "阳城县", address: address, stationAddress: address, isTLS: true)
        for (role, path) in [(AccountRole.admin, "/accounts"), (.clerk, "/enrolments")] {
            for (settings, isSaid) in [(bare, true), (set, false)] {
                try await office.serving(settings) { browser in
                    let reader = browser()
                    try await reader.logIn(role.rawValue)
                    let notices = try await reader.get(path).notices.joined()
                    #expect(notices.contains("county.toml 中填写 public_url") == isSaid, "\(path)")
                }
            }
        }
    }

    @Test("the sheet of one session is shown in no other")
    func otherSession() async throws {
        try await atWork { office, boss, browser in
            try office.add("other", Office.rights(.admin))
            let made = try await boss.fill("/accounts", nil, ["name": "li", "role": "clerk", "scope": "county"])
            let other = browser()
            try await other.logIn("other")
            #expect(try await other.follow(made).status == 404)
            #expect(try await boss.follow(made).status == 200)
        }
    }

    @Test("a sheet that nobody looked at is gone after ten minutes")
    func late() async throws {
        try await atWork { office, boss, _ in
            let made = try await boss.fill("/accounts", nil, ["name": "li", "role": "clerk", "scope": "county"])
            office.now += CountyPagesLimits.shownOnceMilliseconds
            #expect(try await boss.follow(made).status == 404)
        }
    }

    @Test("rights that do not fit a role are refused, and what was typed stays")
    func badRights() async throws {
        try await atWork { _, boss, _ in
            let typed = ["name": "zto", "person": "王五", "role": "carrier", "scope": "county", "brands": ""]
            let refused = try await boss.fill("/accounts", nil, typed)
            #expect(refused.status == 422 && refused.text.contains("须填 1 至"))
            #expect(try refused.form("/accounts")["person"] == "王五")
            #expect(try refused.form("/accounts")["role"] == "carrier")
            let made = try await boss.send(refused, "/accounts", ["brands": "中通、圆通,韵达"])
            #expect(made.status == 303)
            let nobody = try await boss.fill("/accounts", nil, ["name": "x1", "role": "king", "scope": "county"])
            #expect(nobody.status == 422 && nobody.text.contains("aria-invalid=\"true\""))
        }
    }

    @Test("a firm and a township that no register has are refused with what to do")
    func unknownRights() async throws {
        try await atWork { office, boss, _ in
            let firm = ["name": "feng", "role": "operatorFirm", "scope": "county", "firm": "县供销社"]
            let refused = try await boss.fill("/accounts", nil, firm)
            #expect(refused.status == 422 && refused.text.contains("台账中没有此企业。请先导入经营企业台账"))
            office.registers.keep(
                [RegisterChange(DatedRow(.operatorFirm(OperatorFirm(name: "县供销社"))))],
                by: "test",
                at: office.now
            )
            #expect(try await boss.send(refused, "/accounts", firm).status == 303)
            let page = try await boss.get("/accounts")
            let elsewhere = ["name": "zhou", "role": "clerk", "scope": "140525999"]
            let town = try await boss.send(page, "/accounts", elsewhere)
            #expect(town.status == 422 && town.text.contains("台账中没有此乡镇"))
        }
    }

    @Test("what an account names already stands, though the register has it no longer")
    func goneFirm() async throws {
        try await atWork { office, boss, _ in
            try office.add("feng", Office.rights(.operatorFirm))
            let changed = try await boss.fill("/accounts/feng", nil, ["person": "冯"])
            #expect(changed.location == "/accounts/feng")
            #expect(office.accounts.accounts().first { $0.name == "feng" }?.displayName == "冯")
        }
    }

    @Test("the name of a brand may hold blanks")
    func brandOfTwoWords() async throws {
        try await atWork { office, boss, _ in
            let typed = ["name": "jt", "role": "carrier", "scope": "county", "brands": "J&T Express、村 里 快送， YTO"]
            let made = try await boss.fill("/accounts", nil, typed)
            #expect(made.status == 303)
            let brands = office.accounts.accounts().first { $0.name == "jt" }?.brands
            #expect(brands == ["JT", "YTO", "村 里 快送"])
        }
    }

    @Test("the last admin cannot remove himself; with another one he can, and is out")
    func lastAdmin() async throws {
        try await atWork { office, boss, _ in
            for action in ["/accounts/boss", "/accounts/boss/disable"] {
                let refused = try await boss.fill(
                    "/accounts/boss",
                    action,
                    action.hasSuffix("boss") ? ["role": "clerk"] : [:]
                )
                #expect(refused.status == 422 && refused.text.contains("最后一个能登录的管理员"))
            }
            try office.add("other", Office.rights(.admin))
            #expect(try await boss.fill("/accounts/boss", "/accounts/boss/disable", [:]).status == 303)
            #expect(try await boss.get("/accounts").status == 303)
        }
    }

    @Test("who forgot the password gets a new sheet, and the old password is over")
    func newSheet() async throws {
        try await atWork { office, boss, browser in
            try office.add("li", Office.rights(.clerk))
            let made = try await boss.fill("/accounts/li", "/accounts/li/sheet", [:])
            let sheet = try await boss.follow(made)
            let password = try #require(sheet.text.firstMatch(of: /[2-9A-Z]{4}(?:-[2-9A-Z]{4}){4}/)).0
            let li = browser()
            #expect(try await li.logIn("li").status == 403)
            #expect(try await li.logIn("li", String(password)).status == 303)
            #expect(office.accounts.log.contains { $0.action == .passwordReset && $0.object == "li" })
        }
    }

    @Test("an account that is off can be switched on again, with a new sheet")
    func enable() async throws {
        try await atWork { office, boss, _ in
            try office.add("li", Office.rights(.clerk))
            #expect(try await boss.fill("/accounts/li", "/accounts/li/disable", [:]).location == "/accounts/li")
            #expect(try await boss.get("/accounts/li").text.contains("已停用"))
            #expect(
                try await boss.fill("/accounts/li", "/accounts/li/enable", [:]).location?.hasPrefix("/once/") == true
            )
            #expect(office.accounts.accounts().first { $0.name == "li" }?.isEnabled == true)
        }
    }

    @Test("the inspector sees accounts and no form")
    func inspector() async throws {
        try await atWork { office, _, browser in
            try office.add("jian", Office.rights(.inspector))
            let jian = browser()
            try await jian.logIn("jian")
            for path in ["/accounts", "/accounts/boss"] {
                let page = try await jian.get(path)
                #expect(page.status == 200)
                #expect(page.text.matches(of: /method="post"/).count == 1)
            }
        }
    }
}
