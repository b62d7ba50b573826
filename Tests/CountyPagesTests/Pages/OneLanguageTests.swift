import CountyBooks
import CountyPages
import LockerDomain
import Testing

@Suite("A page is in one language")
struct OneLanguageTests {
    private func filled() throws -> RegisterOffice {
        let office = try RegisterOffice()
        try office.fill()
        office.stations.add("yc-001", isEnrolled: true)
        return office
    }

    /// The same page for a reader of each language.
    private func both(
        _ office: RegisterOffice,
        _ look: @Sendable (Browser) async throws -> SeenPage,
        _ check: @Sendable (_ chinese: SeenPage, _ english: SeenPage) throws -> Void
    ) async throws {
        try await office.visit { clerk in
            let chinese = try await look(clerk)
            clerk.cookies["county_lang"] = "en"
            try check(chinese, try await look(clerk))
        }
    }

    @Test("what is wrong with a row stands in the reader's language")
    func form() async throws {
        try await both(filled()) {
            try await $0.fill("/registers/add/village", nil, ["code": "140525100203", "name": ""])
        } _: { chinese, english in
            #expect(chinese.status == 422 && english.status == 422)
            #expect(chinese.notices == ["村名：为空：请填写一行 1 到 64 个字\n"], "\(chinese.notices)")
            #expect(english.notices == ["Name: is empty: write one line of 1 to 64 characters\n"], "\(english.notices)")
        }
    }

    @Test("what is wrong with a sheet stands in the reader's language")
    func sheet() async throws {
        let sheet = Array("区划代码,村名\r\n140525100203,\r\n".utf8)
        try await both(filled()) { clerk in
            let path = "/registers/upload/village"
            return try await clerk.send(try await clerk.get(path), path, file: sheet)
        } _: { chinese, english in
            let (zh, en) = (chinese.notices.joined(), english.notices.joined())
            #expect(zh.contains("第 2 行，B 列“村名”：为空") && !zh.contains("is empty"), "\(zh)")
            #expect(en.contains("is empty: write one line") && !en.contains("为空"), "\(en)")
        }
    }

    @Test("a fault of a store stands in the reader's language")
    func store() async throws {
        let office = try filled()
        office.stations.fail(
            with: CountyFault("days 40", "are not 1 to 30 有效天数超出范围", mend: "give the token fewer days 请改小")
        )
        try await both(office) {
            try await $0.fill("/enrolments", nil, ["which": "listed", "list": "yc-009", "days": "3"])
        } _: { chinese, english in
            #expect(chinese.notices.joined().contains("有效天数超出范围：请改小"), "\(chinese.notices)")
            #expect(!chinese.notices.joined().contains("are not"))
            #expect(english.notices.joined().contains("are not 1 to 30: give the token fewer days"))
            #expect(!english.notices.joined().contains("请改小"))
        }
    }

    @Test("words of a list in a register are those of the reader's language")
    func states() async throws {
        try await both(filled()) {
            try await $0.get("/registers/site/W001")
        } _: { chinese, english in
            #expect(chinese.text.contains("营业") && chinese.text.contains("村级便民服务点"))
            #expect(english.text.contains("open") && english.text.contains("villagePoint"))
            #expect(!english.text.contains("营业") && !english.text.contains("村级便民服务点"))
        }
    }
}
