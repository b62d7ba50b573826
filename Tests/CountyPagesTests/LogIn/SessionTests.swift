import CountyBooks
import CountyPages
import HTTPTypes
import Testing

@Suite("Sessions at the pages")
struct SessionPageTests {
    private func loggedIn(_ work: @Sendable (Office, Browser, @escaping @Sendable () -> Browser) async throws -> Void)
        async throws
    {
        let office = Office()
        office.fillRegisters()
        try office.add("boss", Office.rights(.admin))
        try office.add("wang", Office.rights(.clerk))
        try await office.serving { browser in
            let wang = browser()
            try await wang.logIn("wang")
            try await work(office, wang, browser)
        }
    }

    @Test("half an hour without a page ends a session, with a sentence and the way back")
    func idle() async throws {
        try await loggedIn { office, wang, _ in
            office.now += CountyBooksLimits.sessionIdleMilliseconds
            #expect(try await wang.get("/today").status == 200)
            office.now += CountyBooksLimits.sessionIdleMilliseconds + 1
            let answer = try await wang.get("/parcels?waybill=731")
            #expect(answer.location == "/login?next=%2Fparcels%3Fwaybill%3D731&over=1")
            let page = try await wang.follow(answer)
            #expect(page.notices.first?.contains("重新登录") == true)
        }
    }

    @Test("a form that comes after the session leads back to the page that it stands on")
    func lateForm() async throws {
        try await loggedIn { office, wang, browser in
            let boss = browser()
            try await boss.logIn("boss")
            let page = try await boss.get("/accounts/wang")
            office.now += CountyBooksLimits.sessionMillisecondsMax
            let answer = try await boss.send(page, "/accounts/wang/disable")
            #expect(answer.location == "/login?next=%2Faccounts%2Fwang&over=1")
            #expect(office.accounts.accounts().allSatisfy { $0.isEnabled })
        }
    }

    @Test("twelve hours end a session however busy it is")
    func absolute() async throws {
        try await loggedIn { office, wang, _ in
            for _ in 1...48 {
                #expect(try await wang.get("/today").status == 200)
                office.now += CountyBooksLimits.sessionMillisecondsMax / 48
            }
            let last = try await wang.get("/today")
            #expect(last.status == 200)
            office.now += 1
            #expect(try await wang.get("/today").status == 303)
        }
    }

    @Test("an account that is switched off, changed or gone is out at its next request")
    func removed() async throws {
        for way in ["disable", "change", "forget"] {
            try await loggedIn { office, wang, browser in
                #expect(try await wang.get("/registers").text.contains("没有权限") == false)
                let boss = browser()
                try await boss.logIn("boss")
                switch way {
                case "disable": _ = try await boss.fill("/accounts/wang", "/accounts/wang/disable", [:])
                case "change": _ = try await boss.fill("/accounts/wang", "/accounts/wang", ["role": "dispatcher"])
                default: office.accounts.forget("wang")
                }
                let answer = try await wang.get("/today")
                #expect(answer.status == 303 && answer.location?.hasPrefix("/login") == true, "\(way)")
            }
        }
    }

    @Test("who logs out is out, and the token is worth nothing any more")
    func logOut() async throws {
        try await loggedIn { office, wang, _ in
            let before = wang.cookies
            let refused = try await wang.post("/logout", [:])
            #expect(refused.status == 403)
            let answer = try await wang.fill("/today", "/logout", [:])
            #expect(answer.location == "/login" && wang.cookies["county_session"] == nil)
            wang.cookies = before
            #expect(try await wang.get("/today").status == 303)
            #expect(office.accounts.log.last?.action == .logout)
        }
    }

    @Test("a full disk lets people with a password in and reads on, but uses no one-time password up")
    func full() async throws {
        let office = Office()
        let sheet = try office.add("fresh", Office.rights(.clerk), hasOwnPassword: false)
        try office.add("wang", Office.rights(.clerk))
        try await office.serving { browser in
            office.accounts.isFull = true
            office.storeTrouble = Words("磁盘已满。", "The disk is full.")
            let wang = browser()
            #expect(try await wang.logIn("wang").status == 303)
            #expect(try await wang.get("/today").status == 200)
            let fresh = browser()
            let answer = try await fresh.logIn("fresh", sheet.password.text)
            #expect(answer.status == 503 && answer.text.contains("磁盘已满"))
            #expect(fresh.cookies["county_session"] == nil)
            office.accounts.isFull = false
            office.storeTrouble = nil
            #expect(try await fresh.logIn("fresh", sheet.password.text).status == 303)
        }
    }
}
