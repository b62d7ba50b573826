import CountyBooks
import CountyPages
import HTTPTypes
import Testing

@Suite("Forms that are sent")
struct SentFormTests {
    private func atWork(
        _ work: @Sendable (Office, Browser, @escaping @Sendable () -> Browser) async throws -> Void
    ) async throws {
        let office = Office()
        office.fillRegisters()
        try office.add("boss", Office.rights(.admin))
        try office.add("other", Office.rights(.admin))
        try await office.serving { browser in
            let boss = browser()
            try await boss.logIn("boss")
            try await work(office, boss, browser)
        }
    }

    private static let li = ["name": "li", "person": "李四", "role": "clerk", "scope": "county"]

    @Test("a form sent twice is done once and leads to the same page")
    func twice() async throws {
        try await atWork { office, boss, _ in
            let page = try await boss.get("/accounts")
            let first = try await boss.send(page, "/accounts", Self.li)
            let second = try await boss.send(page, "/accounts", Self.li)
            #expect(first.status == 303 && first.location == second.location)
            #expect(office.accounts.log.count { $0.action == .accountAdded } == 3)
        }
    }

    @Test("a form that failed and comes again as it was is not done; its page shown anew is")
    func failedTwice() async throws {
        try await atWork { office, boss, _ in
            let page = try await boss.get("/accounts")
            let bad = Self.li.merging(["name": "138 1234 5678"]) { $1 }
            let failed = try await boss.send(page, "/accounts", bad)
            #expect(failed.status == 422 && failed.text.contains("李四"))
            let again = try await boss.send(page, "/accounts", Self.li)
            #expect(again.status == 409 && again.notices.first?.contains("已提交过一次") == true)
            #expect(try again.form("/accounts")["person"] == "李四")
            #expect(try await boss.send(again, "/accounts", Self.li).status == 303)
        }
    }

    @Test("without the session's token nothing is done, and what was typed stays")
    func foreign() async throws {
        try await atWork { office, boss, browser in
            let other = browser()
            try await other.logIn("other")
            let page = try await other.get("/accounts")
            for token in ["", try page.form("/accounts")["_csrf"] ?? ""] {
                let typed = try page.form("/accounts").merging(Self.li) { $1 }.merging(["_csrf": token]) { $1 }
                let answer = try await boss.post("/accounts", typed)
                #expect(answer.status == 403 && answer.text.contains("李四"))
            }
            #expect(office.accounts.accounts().count == 2)
        }
    }

    @Test("numbers that no page gave out, and very old ones, are refused")
    func old() async throws {
        try await atWork { office, boss, _ in
            let page = try await boss.get("/accounts")
            for number in ["999", "0", "-1", "x", ""] {
                let typed = Self.li.merging(["_form": number]) { $1 }
                let answer = try await boss.send(page, "/accounts", typed)
                #expect(answer.status == 409 && answer.notices.first?.contains("已过期") == true, "\(number)")
                #expect(try answer.form("/accounts")["name"] == "li")
            }
            #expect(office.accounts.accounts().count == 2)
        }
    }

    @Test("of two clerks at one row the second is told so")
    func twoClerks() async throws {
        try await atWork { office, boss, browser in
            let other = browser()
            try await other.logIn("other")
            try office.add("li", Office.rights(.clerk))
            let (one, two) = (try await boss.get("/accounts/li"), try await other.get("/accounts/li"))
            #expect(try await boss.send(one, "/accounts/li", ["role": "dispatcher"]).location == "/accounts/li")
            let late = try await other.send(two, "/accounts/li", ["role": "inspector", "person": "李四"])
            #expect(late.status == 409 && late.text.contains("已被他人修改"))
            #expect(try late.form("/accounts/li")["person"] == "李四")
            #expect(office.accounts.accounts().first { $0.name == "li" }?.role == .dispatcher)
            // The page shown anew is about the row as it is now.
            #expect(try await other.send(late, "/accounts/li", ["role": "inspector"]).status == 303)
        }
    }

    @Test("while the store takes no change it says why, reads on, and keeps what was typed")
    func storeTrouble() async throws {
        try await atWork { office, boss, _ in
            let page = try await boss.get("/accounts")
            office.storeTrouble = Words("磁盘已满，请清理。", "The disk is full: free some of it.")
            let answer = try await boss.send(page, "/accounts", Self.li)
            #expect(answer.status == 503 && answer.headers[.retryAfter] != nil)
            #expect(answer.text.contains("磁盘已满，请清理。") && answer.text.contains("李四"))
            #expect(try await boss.get("/accounts").status == 200)
            #expect(try await boss.get("/accounts?format=csv&table=").status == 503)
            office.storeTrouble = nil
            #expect(try await boss.send(page, "/accounts", Self.li).status == 303)
        }
    }

    @Test("a store that fails in the middle is no error of the program")
    func storeFails() async throws {
        try await atWork { office, boss, _ in
            let page = try await boss.get("/accounts")
            office.accounts.isFull = true
            let answer = try await boss.send(page, "/accounts", Self.li)
            #expect(answer.status == 422 && answer.text.contains("the disk is full"))
            office.accounts.isFull = false
            #expect(try await boss.send(answer, "/accounts", Self.li).status == 303)
        }
    }

    @Test("bodies that are too large, or no forms, get a page that says so")
    func bodies() async throws {
        try await atWork { _, boss, _ in
            let large = Array(repeating: UInt8(ascii: "a"), count: CountyPagesLimits.formBytesMax + 1)
            let type = "application/x-www-form-urlencoded"
            #expect(try await boss.post("/accounts", large, type: type).status == 413)
            #expect(try await boss.post("/accounts", Array("{}".utf8), type: "application/json").status == 415)
            #expect(try await boss.post("/accounts", Array("a=%zz".utf8), type: type).status == 400)
            #expect(try await boss.post("/accounts", [], type: "multipart/form-data; boundary=x").status == 400)
            let many = Array(repeating: "a=b", count: CountyPagesLimits.formFieldsMax + 1).joined(separator: "&")
            let answer = try await boss.post("/accounts", Array(many.utf8), type: type)
            #expect(answer.status == 413 && answer.text.contains("</html>"))
        }
    }
}
