import CountyBooks
import CountyPages
import Testing

@Suite("From a station to a recipient's number")
struct StationLinkTests {
    private func asking(_ role: AccountRole, _ work: @Sendable (Browser) async throws -> Void) async throws {
        let office = Office()
        office.fillRegisters()
        try office.add("one", Office.rights(role))
        try await office.serving { browser in
            let reader = browser()
            try await reader.logIn("one")
            try await work(reader)
        }
    }

    @Test("the page of a station is named by its site, and its id stands beside it")
    func title() async throws {
        try await asking(.clerk) { clerk in
            let page = try await clerk.get("/stations/\(TwoStations.known)")
            #expect(page.text.contains("<h1>皇城村便民服务点（站点 \(TwoStations.known)）</h1>"))
            clerk.cookies["county_lang"] = "en"
            let english = try await clerk.get("/stations/\(TwoStations.known)")
            #expect(english.text.contains("<h1>皇城村便民服务点 (station \(TwoStations.known))</h1>"))
        }
    }

    @Test("its link to the form of phone numbers has chosen the station; who may not look has no link")
    func phone() async throws {
        let path = "/phone?station=\(TwoStations.known)"
        try await asking(.dispatcher) { dispatcher in
            let page = try await dispatcher.get("/stations/\(TwoStations.known)")
            #expect(page.text.contains("href=\"\(path)\""))
            #expect(try await dispatcher.get(path).form("/phone")["station"] == TwoStations.known)
        }
        try await asking(.clerk) { clerk in
            let page = try await clerk.get("/stations/\(TwoStations.known)")
            #expect(!page.text.contains("/phone"))
        }
    }
}
