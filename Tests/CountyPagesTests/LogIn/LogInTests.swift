import CountyBooks
import CountyPages
import HTTPTypes
import Testing

@Suite("Log-in")
struct LogInTests {
    @Test("the password of the sheet works once, and nothing is done before there is an own one")
    func first() async throws {
        let office = Office()
        let sheet = try office.add("wang", Office.rights(.clerk), hasOwnPassword: false)
        try await office.serving { browser in
            let wang = browser()
            let asked = try await wang.get("/runs?from=2026-11-01")
            #expect(asked.location == "/login?next=%2Fruns%3Ffrom%3D2026-11-01")
            let form = try await wang.follow(asked)
            let action = "/login?next=%2Fruns%3Ffrom%3D2026-11-01"
            // What is on the sheet is typed with small letters and without dashes.
            let typed = sheet.password.text.lowercased().replacing("-", with: "")
            let answer = try await wang.send(form, action, ["name": "Wang", "password": typed])
            #expect(answer.location == "/runs?from=2026-11-01")
            let forced = try await wang.follow(answer)
            #expect(forced.location == "/password?next=%2Fruns%3Ffrom%3D2026-11-01")
            let page = try await wang.follow(forced)
            #expect(!page.text.contains("当前密码"))
            let own = "/password?next=%2Fruns%3Ffrom%3D2026-11-01"
            let short = try await wang.send(page, own, ["new": "too short", "again": "too short"])
            #expect(short.status == 422 && short.text.contains("少于 10 个字符"))
            let differ = try await wang.send(short, own, ["new": Office.password, "again": "another one"])
            #expect(differ.status == 422 && differ.text.contains("不一致"))
            let old = wang.cookies["county_session"]
            let done = try await wang.send(differ, own, ["new": Office.password, "again": Office.password])
            #expect(done.location == "/runs?from=2026-11-01")
            #expect(wang.cookies["county_session"] != old)
            #expect(try await wang.get("/runs").status == 200)
            let other = browser()
            #expect(try await other.logIn("wang", sheet.password.text).status == 403)
            #expect(try await other.logIn("wang").status == 303)
        }
        let actions = office.accounts.log.map(\.action)
        #expect(actions == [.accountAdded, .oneTimePasswordUsed, .login, .passwordChanged, .loginFailed, .login])
    }

    @Test("an unknown name and a wrong password get the same page")
    func sameSentence() async throws {
        let office = Office()
        try office.add("wang", Office.rights(.clerk))
        try await office.serving { browser in
            let reader = browser()
            let wrong = try await reader.logIn("wang", "not the password")
            let unknown = try await reader.logIn("nobody", "not the password")
            #expect(wrong.status == 403 && unknown.status == 403)
            #expect(wrong.notices == unknown.notices && !wrong.notices.isEmpty)
            #expect(!wrong.text.contains("not the password"))
            #expect(reader.cookies["county_session"] == nil)
        }
    }

    @Test("from the fifth try on an account from an address waits, then doubles, then is let in")
    func throttle() async throws {
        let office = Office()
        try office.add("wang", Office.rights(.clerk))
        try await office.serving { browser in
            let reader = browser()
            for _ in 1...4 { #expect(try await reader.logIn("wang", "wrong").status == 403) }
            let waits = try await reader.logIn("wang", "wrong")
            #expect(waits.status == 429 && waits.headers[.retryAfter] == "1")
            #expect(waits.text.contains("等待 1 秒"))
            // The right password is not looked at either.
            #expect(try await reader.logIn("wang").status == 429)
            office.now += 1_000
            #expect(try await reader.logIn("wang", "wrong").status == 403)
            #expect(try await reader.logIn("wang").headers[.retryAfter] == "2")
            office.now += 2_000
            #expect(try await reader.logIn("wang").status == 303)
            #expect(try await reader.get("/today").status == 200)
        }
    }

    @Test("nobody is led to another site")
    func openRedirect() async throws {
        let office = Office()
        try office.add("wang", Office.rights(.clerk))
        for next in ["//evil.example", "https://evil.example", "/\\evil.example", "/login", "/once/1", "/a\nb", "x"] {
            try await office.serving { browser in
                let reader = browser()
                let page = try await reader.get("/login?next=\(LocalPath.encoded(next))")
                let answer = try await reader.send(page, "/login", ["name": "wang", "password": Office.password])
                #expect(answer.location == "/", "\(next)")
                let typed = try await reader.post(
                    "/login?next=\(LocalPath.encoded(next))",
                    try page.form("/login").merging(["name": "wang", "password": Office.password]) { $1 }
                )
                #expect(typed.location == "/", "\(next)")
            }
        }
    }

    @Test("a form of another site logs nobody in")
    func foreign() async throws {
        let office = Office()
        try office.add("wang", Office.rights(.clerk))
        try await office.serving { browser in
            let reader = browser()
            let page = try await reader.get("/login")
            let typed = ["name": "wang", "password": Office.password]
            #expect(try await reader.post("/login", typed).status == 403)
            #expect(try await reader.send(page, "/login", typed.merging(["_csrf": "00"]) { $1 }).status == 403)
            reader.cookies = [:]
            #expect(try await reader.send(page, "/login", typed).status == 403)
            #expect(reader.cookies["county_session"] == nil)
        }
    }

    @Test("the cookie is for this site, for no script, and for TLS where there is TLS")
    func cookie() async throws {
        let office = Office()
        try office.add("wang", Office.rights(.clerk))
        try await office.serving { browser in
            let cookie = try #require(try await browser().logIn("wang").headers[values: .setCookie].first)
            #expect(cookie.hasPrefix("county_session="))
            for attribute in ["; Path=/", "; HttpOnly", "; SameSite=Strict", "; Secure"] {
                #expect(cookie.contains(attribute))
            }
            #expect(cookie.prefix { $0 != ";" }.count == "county_session=".count + 64)
        }
    }
}
