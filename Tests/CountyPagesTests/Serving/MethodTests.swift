import CountyBooks
import CountyPages
import HTTPTypes
import Testing

@Suite("Methods of requests")
struct MethodTests {
    @Test("a path that there is answers another method with 405 and those that it takes, and any other path with 404")
    func methods() async throws {
        let office = Office()
        try office.add("wang", Office.rights(.clerk))
        try await office.serving { browser in
            let wang = browser()
            try await wang.logIn("wang")
            for method in [HTTPRequest.Method.put, .delete, .options, .patch] {
                let page = try await wang.ask("/today", method)
                #expect(page.status == 405 && page.header("allow") == "GET, HEAD", "\(method)")
                #expect(try await wang.ask("/password", method).header("allow") == "GET, HEAD, POST", "\(method)")
                #expect(try await wang.ask("/accounts/li/sheet", method).header("allow") == "POST", "\(method)")
                let none = try await wang.ask("/none", method)
                #expect(none.status == 404 && none.header("allow") == nil, "\(method)")
            }
            #expect(try await wang.get("/accounts/li/sheet").status == 405)
        }
    }
}
