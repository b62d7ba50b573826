import CountyBooks
import CountyPages
import HTTPTypes
import Testing

@Suite("What every page has")
struct PageShapeTests {
    @Test("pages are well formed, labelled and in order, in both languages")
    func wellFormed() async throws {
        let office = Office()
        office.fillRegisters()
        try office.addOfEachRole()
        try await office.serving { browser in
            for role in AccountRole.allCases {
                let reader = browser()
                try await reader.logIn(role.rawValue)
                for language in ["zh", "en"] {
                    #expect(try await reader.get("/today?lang=\(language)").location == "/today")
                    for path in [
                        "/today", "/accounts", "/accounts/clerk", "/audit", "/phone", "/parcels?waybill=1",
                        "/parcels/1",
                        "/stations/yc-001", "/villages/\(Office.village)", "/runs", "/quarantine", "/password", "/none",
                        "/login", "/once/1", "/today?print=",
                    ] {
                        let page = try await reader.get(path)
                        #expect(WellFormed(page.text).faults == [], "\(role) \(path)")
                        let tag = language == "zh" ? "zh-CN" : "en"
                        #expect(page.text.contains("<html lang=\"\(tag)\""), "\(path)")
                    }
                }
            }
        }
    }

    @Test("a menu leads only where its reader may go")
    func menu() async throws {
        let office = Office()
        try office.addOfEachRole()
        try await office.serving { browser in
            for role in AccountRole.allCases {
                let reader = browser()
                try await reader.logIn(role.rawValue)
                let text = try await reader.get("/today").text
                let menu = text.matches(of: /<li><a href="(\/[a-z]+)"(?: aria-current="page")?>/).map { String($0.1) }
                #expect(menu.contains("/today"))
                for path in menu {
                    #expect(try await reader.get(path).text.contains("没有权限") == false, "\(role) \(path)")
                }
                #expect(menu.contains("/audit") == role.may(.readAuditLog), "\(role)")
            }
        }
    }

    @Test("every answer forbids scripts, frames and other sites, and pages are kept by no browser")
    func headers() async throws {
        let office = Office()
        try office.add("wang", Office.rights(.clerk))
        let policy =
            "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        try await office.serving { browser in
            let wang = browser()
            try await wang.logIn("wang")
            let page = try await wang.get("/today")
            let style = try #require(page.text.firstMatch(of: /href="(\/static\/[^"]+)"/))
            let answers = [
                page, try await wang.get("/"), try await wang.get("/none"), try await wang.get("/accounts"),
                try await wang.get("/today?format=csv&table="), try await wang.get(String(style.1)),
                try await wang.post("/accounts", Array("x".utf8), type: nil), try await browser().get("/login"),
            ]
            for answer in answers {
                #expect(answer.headers[.contentSecurityPolicy] == policy)
                #expect(answer.headers[.xContentTypeOptions] == "nosniff")
                #expect(answer.header("referrer-policy") == "same-origin")
            }
            for answer in answers where answer.headers[.contentType] != "text/css; charset=utf-8" {
                #expect(answer.headers[.cacheControl] == "no-store", "\(answer.status)")
            }
            #expect(answers[5].headers[.cacheControl] == "public, max-age=31536000, immutable")
            #expect(try await wang.get("/static/county-0000000000000000.css").status == 404)
        }
    }

    @Test("a language is chosen once, by a link that goes away")
    func language() async throws {
        try await Office().serving { browser in
            let reader = browser()
            #expect(try await reader.get("/login").text.contains("<h1>登录</h1>"))
            let chosen = try await reader.get("/login?next=%2Fruns&lang=en")
            #expect(chosen.status == 303 && chosen.location == "/login?next=%2Fruns")
            #expect(try await reader.follow(chosen).text.contains("<h1>Log in</h1>"))
            #expect(try await reader.get("/login?lang=klingon").text.contains("<h1>Log in</h1>"))
            _ = try await reader.get("/login?lang=zh")
            #expect(try await reader.get("/login").text.contains("<h1>登录</h1>"))
        }
    }

    @Test("behind a proxy that keeps a path in front, every link has it")
    func prefix() async throws {
        let office = Office()
        try office.addOfEachRole()
        try await office.serving(PageSettings(county: "阳城县", pathPrefix: "/county", isTLS: true)) { browser in
            let reader = browser()
            let page = try await reader.get("/county/login?next=%2Faccounts")
            let action = "/county/login?next=%2Faccounts"
            let typed = try page.form(action).merging(["name": "admin", "password": Office.password]) { $1 }
            let answer = try await reader.post(action, typed)
            #expect(answer.location == "/county/accounts")
            let accounts = try await reader.follow(answer)
            for match in accounts.text.matches(of: /(?:href|action)="(\/[^"]*)"/) {
                #expect(match.1.hasPrefix("/county/"), "\(match.1)")
            }
            #expect(try await reader.get("/county/none").status == 404)
        }
    }
}
