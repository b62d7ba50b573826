import CountyBooks
import CountyPages
import HTTPTypes
import Testing

@Suite("Looking at a phone number")
struct PhonePageTests {
    private static let typed = [
        "waybill": OneNumber.waybill, "station": TwoStations.known, "reason": "收件人的门一直开着",
    ]

    private func asking(
        _ scope: AccountScope = .county,
        _ work: @Sendable (Office, Browser) async throws -> Void
    ) async throws {
        let office = Office()
        office.fillRegisters()
        try office.add("diao", Office.rights(.dispatcher, scope))
        try await office.serving { browser in
            let diao = browser()
            try await diao.logIn("diao")
            try await work(office, diao)
        }
    }

    @Test("the number is shown once, after the log has who, when, which and why")
    func once() async throws {
        try await asking { office, diao in
            let answer = try await diao.fill("/phone", nil, Self.typed)
            #expect(!answer.text.contains(OneNumber.number) && answer.location?.contains(OneNumber.number) == false)
            let entry = try #require(office.accounts.log.last)
            #expect(entry.action == .phoneLooked && entry.object == OneNumber.waybill && entry.by == .account("diao"))
            #expect(entry.reason == Self.typed["reason"])
            let page = try await diao.follow(answer)
            #expect(page.text.contains(OneNumber.number) && page.headers[.cacheControl] == "no-store")
            #expect(try await diao.follow(answer).status == 404)
            #expect(!office.accounts.log.contains { "\($0)".contains(OneNumber.number) })
        }
    }

    @Test("without a reason, a waybill or a station there is no number and no look")
    func refused() async throws {
        try await asking { office, diao in
            for (field, value) in [("reason", "abc"), ("waybill", " "), ("station", "yc-999"), ("station", "")] {
                let answer = try await diao.fill("/phone", nil, Self.typed.merging([field: value]) { $1 })
                #expect(answer.status == 422, "\(field)")
                #expect(!answer.text.contains(OneNumber.number))
            }
            #expect(!office.accounts.log.contains { $0.action == .phoneLooked })
        }
    }

    @Test("a look at a number that is not there any more is a look")
    func erased() async throws {
        try await asking { office, diao in
            let answer = try await diao.fill("/phone", nil, Self.typed.merging(["waybill": "YT1"]) { $1 })
            #expect(answer.status == 422 && answer.text.contains("没有该运单的电话号码"))
            #expect(office.accounts.log.last?.action == .phoneLooked)
        }
    }

    @Test("where the log takes no entry nothing is shown")
    func full() async throws {
        try await asking { office, diao in
            let page = try await diao.get("/phone")
            office.accounts.isFull = true
            let answer = try await diao.send(page, "/phone", Self.typed)
            #expect(answer.location == nil && !answer.text.contains(OneNumber.number))
        }
    }

    @Test("the dispatcher of a township sees the stations of that township alone")
    func scope() async throws {
        try await asking(.township(Office.township)) { _, diao in
            let page = try await diao.get("/phone")
            #expect(page.text.contains(TwoStations.known) && !page.text.contains(TwoStations.unknown))
        }
        try await asking(.township("140525101")) { _, diao in
            let answer = try await diao.fill("/phone", nil, Self.typed)
            #expect(answer.status == 422 && !answer.text.contains(OneNumber.number))
        }
    }
}
