import CountyBooks
import CountyPages
import Testing

@Suite("Bodies of forms")
struct BodyTests {
    private static let type = "application/x-www-form-urlencoded"
    private static let large = Array(repeating: UInt8(ascii: "a"), count: CountyPagesLimits.uploadBytesMax + 1)

    @Test("nobody who is not logged in, or may not, makes the server take more than the log-in's form")
    func strangers() async throws {
        let office = Office()
        try office.addOfEachRole()
        try await office.serving { browser in
            let stranger = browser()
            stranger.cookies = ["county_session": String(repeating: "a", count: 64)]
            let forged = try await stranger.post("/registers/upload/village", Self.large, type: Self.type)
            #expect(forged.status == 303 && forged.location?.hasPrefix("/login") == true)
            let carrier = browser()
            try await carrier.logIn("carrier")
            let refused = try await carrier.post("/registers/upload/village", Self.large, type: Self.type)
            #expect(refused.status == 403)
            let clerk = browser()
            try await clerk.logIn("clerk")
            #expect(try await clerk.post("/registers/upload/village", Self.large, type: Self.type).status == 413)
            let short = Array(Self.large.prefix(CountyPagesLimits.logInFormBytesMax + 1))
            #expect(try await browser().post("/login", short, type: Self.type).status == 413)
        }
    }
}
