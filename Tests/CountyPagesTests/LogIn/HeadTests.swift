import CountyBooks
import CountyPages
import Testing

@Suite("Asking for headers alone")
struct HeadTests {
    @Test("a page that is shown once waits for who looks at it")
    func once() async throws {
        let office = Office()
        office.fillRegisters()
        try office.add("boss", Office.rights(.admin))
        try await office.serving { browser in
            let boss = browser()
            try await boss.logIn("boss")
            let typed = ["name": "li", "role": "clerk", "scope": AccountScope.county.text]
            let path = try #require(try await boss.fill("/accounts", nil, typed).location)
            for _ in 1...2 {
                let head = try await boss.head(path)
                #expect(head.status == 200 && head.body.isEmpty && head.header("cache-control") == "no-store")
            }
            #expect(try await boss.get(path).text.contains("一次性密码"))
            #expect(try await boss.head(path).status == 404)
            #expect(try await boss.get(path).status == 404)
        }
    }

    @Test("a file whose headers alone are asked for is no export, and its headers are those of the file")
    func file() async throws {
        let office = Office()
        try office.add("boss", Office.rights(.admin))
        try await office.serving { browser in
            let boss = browser()
            try await boss.logIn("boss")
            let exports = { office.accounts.log.count { $0.action == .exported } }
            for (number, format) in ["csv", "xlsx"].enumerated() {
                let path = "/today?format=\(format)&table="
                let head = try await boss.head(path)
                #expect(head.status == 200 && head.body.isEmpty && exports() == number)
                let file = try await boss.get(path)
                #expect(head.header("content-type") == file.header("content-type"))
                #expect(head.header("content-disposition") == file.header("content-disposition"))
                #expect(exports() == number + 1)
            }
        }
    }
}
