import CountyBooks
import CountyPages
import Testing

@Suite("The present password at its change")
struct PresentPasswordTests {
    private static func typed(_ old: String, _ new: String = "another four words") -> [String: String] {
        ["old": old, "new": new, "again": new]
    }

    @Test("whoever guesses it at a session left open is logged out with the fourth wrong one, and the log-in waits")
    func guessed() async throws {
        let office = Office()
        try office.add("wang", Office.rights(.clerk))
        try await office.serving { browser in
            let reader = browser()
            try await reader.logIn("wang")
            for _ in 1...3 {
                let refused = try await reader.fill("/password", nil, Self.typed("wrong"))
                #expect(refused.status == 422 && refused.text.contains("密码"))
            }
            let out = try await reader.fill("/password", nil, Self.typed("wrong"))
            #expect(out.location == "/login?over=password")
            #expect(reader.cookies["county_session"] == nil)
            #expect(try await reader.follow(out).text.contains("当前密码多次输入错误"))
            #expect(try await reader.get("/today").location?.hasPrefix("/login") == true)
            // The right password is not looked at before the wait is over.
            #expect(try await reader.logIn("wang").status == 429)
            office.now += 1_000
            #expect(try await reader.logIn("wang").status == 303)
        }
        let failed = office.accounts.log.filter { $0.action == .loginFailed }
        #expect(failed.count == 4)
        #expect(failed.allSatisfy { $0.by == .account("wang") && $0.detail.hasPrefix("wrong present password") })
        #expect(failed.last?.detail.hasSuffix("session ended") == true)
    }

    @Test("tries at the log-in and at the form count together")
    func together() async throws {
        let office = Office()
        try office.add("wang", Office.rights(.clerk))
        try await office.serving { browser in
            let (reader, other) = (browser(), browser())
            try await reader.logIn("wang")
            for _ in 1...4 { #expect(try await other.logIn("wang", "wrong").status == 403) }
            #expect(try await reader.fill("/password", nil, Self.typed("wrong")).location == "/login?over=password")
        }
    }

    @Test("who types the right one and a bad new one is never logged out")
    func badNewOnes() async throws {
        let office = Office()
        try office.add("wang", Office.rights(.clerk))
        try await office.serving { browser in
            let reader = browser()
            try await reader.logIn("wang")
            for _ in 1...8 {
                let short = try await reader.fill("/password", nil, Self.typed(Office.password, "short"))
                #expect(short.status == 422)
            }
            #expect(try await reader.fill("/password", nil, Self.typed(Office.password)).location == "/")
        }
        #expect(!office.accounts.log.contains { $0.action == .loginFailed })
    }
}
