import CountyBooks
import CountyPages
import Testing

@Suite("People, fees, what villagers said and troubles: pages of a period")
struct PeriodPageTests {
    private static let paths = ["/people", "/fees", "/voices", "/troubles"]

    @Test(
        "without a period they show the reporting month that holds today, and any day, month or year that is asked for"
    )
    func asked() async throws {
        let office = Office()
        try office.add("boss", Office.rights(.admin))
        let month = ReportCalendar().month(holding: office.now / 86_400_000)
        try await office.serving { browser in
            let boss = browser()
            try await boss.logIn("boss")
            for path in Self.paths {
                #expect(try await boss.get(path).text.contains(" \(month)</h1>"), "\(path)")
                for period in ["2026-10-07", "2026-10", "2025"] {
                    let page = try await boss.get("\(path)?period=\(period)")
                    #expect(page.status == 200 && page.text.contains(" \(period)</h1>"), "\(path) \(period)")
                    #expect(page.text.contains("value=\"\(period)\""), "what was asked for stands in the form")
                }
            }
        }
    }

    @Test("what is no period is said in the reader's language, and this month is shown")
    func wrong() async throws {
        let office = Office()
        try office.add("boss", Office.rights(.admin))
        try await office.serving { browser in
            let boss = browser()
            try await boss.logIn("boss")
            for path in Self.paths {
                let page = try await boss.get("\(path)?period=2026-13")
                #expect(page.status == 200 && page.text.contains("“2026-13”不是日、月或年"), "\(path)")
            }
            boss.cookies["county_lang"] = "en"
            #expect(try await boss.get("/fees?period=x").text.contains("“x” is no period"))
        }
    }

    @Test("the menu leads to them, and a brand's people to fees alone")
    func menu() async throws {
        let office = Office()
        try office.addOfEachRole()
        try await office.serving { browser in
            for role in AccountRole.allCases {
                let reader = browser()
                try await reader.logIn(role.rawValue)
                let text = try await reader.get("/today").text
                let led = Self.paths.filter { text.contains("<a href=\"\($0)\"") }
                #expect(led == (role == .carrier ? ["/fees"] : Self.paths), "\(role)")
            }
        }
    }
}
