import CountyBooks
import CountyPages
import Testing

@Suite("The page of the audit log")
struct AuditPageTests {
    private func inspecting(_ work: @Sendable (Office, Browser) async throws -> Void) async throws {
        let office = Office()
        try office.add("jian", Office.rights(.inspector))
        for number in 1...1_500 {
            let stamp = AuditStamp(
                by: .account("wang"),
                address: "192.0.2.7",
                time: office.now - Int64(number) * 60_000
            )
            _ = try office.accounts.append(
                AuditEntry(stamp, .phoneLooked, object: "YT\(number)", reason: "door is open")
            )
        }
        try await office.serving { browser in
            let jian = browser()
            try await jian.logIn("jian")
            try await work(office, jian)
        }
    }

    @Test("it is asked by account, action, object and days")
    func asked() async throws {
        try await inspecting { _, jian in
            #expect(try await jian.get("/audit").text.contains("共 1000 行"))
            #expect(try await jian.get("/audit?by=jian").text.contains("共 2 行"))
            #expect(try await jian.get("/audit?action=login").text.contains("共 1 行"))
            #expect(try await jian.get("/audit?object=YT7").text.contains("共 1 行"))
            #expect(try await jian.get("/audit?from=2026-11-29&to=2026-11-29&by=wang").text.contains("共 990 行"))
            #expect(try await jian.get("/audit?from=2026-12-01").text.contains("共 0 行"))
            #expect(try await jian.get("/audit?from=2026-12-01&to=2026-01-01").text.contains("共 0 行"))
            let nothing = try await jian.get("/audit?from=x&action=y&before=z")
            #expect(nothing.status == 200 && nothing.text.contains("共 1000 行"))
        }
    }

    @Test("older entries are one link away")
    func older() async throws {
        try await inspecting { _, jian in
            let page = try await jian.get("/audit?by=wang")
            let link = try #require(page.text.firstMatch(of: /href="(\/audit\?by=wang&amp;before=[0-9]+)"/))
            let older = try await jian.get(String(link.1).replacing("&amp;", with: "&"))
            #expect(older.text.contains("共 500 行") && !older.text.contains("更早的记录"))
        }
    }

    @Test("a file of it holds all that was asked for")
    func file() async throws {
        try await inspecting { office, jian in
            let file = try await jian.get("/audit?by=wang&format=csv&table=")
            #expect(file.text.split(separator: "\r\n").count == 1_501)
            #expect(office.accounts.log.last?.action == .exported)
        }
    }
}
