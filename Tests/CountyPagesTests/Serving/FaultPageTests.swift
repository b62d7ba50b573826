import CountyBooks
import CountyPages
import Dispatch
import HTTPTypes
import Testing

@Suite("Pages of faults")
struct FaultPageTests {
    private struct Odd: Error, CustomStringConvertible { let description = "secret-detail" }

    private static let books = CountyFault(
        "/srv/var/lib/county-server/books.sqlite",
        "no such column: village - while executing SELECT",
        mend: "rebuild it"
    )

    private static let routes: [PageRoute] =
        PageRoutes.all + [
            .page("/odd", .account) { _, _ in throw Odd() },
            .page("/books", .account) { _, _ in throw Self.books },
            .send("/books", .account) { _, _ in
                Page(View(Words("账簿", "Books")), forms: [Form("/books", submit: Words("去", "Go"))])
            } send: { _, _, form in
                throw form.text("row").isEmpty ? Self.books : CountyFault("row 3", "is bad 不对")
            },
            .page("/form", .account) { _, _ in
                Page(View(Words("账簿", "Books")), forms: [Form("/books", submit: Words("去", "Go"))])
            },
        ]

    @Test("an error of the program gets a number, and tells nobody its cause")
    func unexpected() async throws {
        let office = Office()
        try office.add("wang", Office.rights(.clerk))
        try await office.serving(routes: Self.routes) { browser in
            let wang = browser()
            try await wang.logIn("wang")
            let odd = try await wang.get("/odd")
            #expect(odd.status == 500 && !odd.text.contains("secret-detail"))
            #expect(odd.text.contains(/编号 [0-9a-f]{8}/))
            office.storeTrouble = Words("磁盘已满。", "The disk is full.")
            let full = try await wang.get("/odd")
            #expect(full.status == 503 && full.text.contains("磁盘已满。"))
        }
    }

    @Test("what a store says of its files stands in the log under a number, and on pages of an admin alone")
    func ofServer() async throws {
        let office = Office()
        try office.addOfEachRole()
        try await office.serving(routes: Self.routes) { browser in
            for role in AccountRole.allCases {
                let reader = browser()
                try await reader.logIn(role.rawValue)
                let read = try await reader.get("/books")
                let sent = try await reader.fill("/form", "/books", [:])
                #expect(read.status == 503 && sent.status == 422)
                for page in [read, sent] {
                    #expect(page.text.contains("no such column") == (role == .admin), "\(role)")
                    #expect(page.text.contains(/管理员，编号 [0-9a-f]{8}/) == (role != .admin), "\(role)")
                }
                // What is wrong with a row is for whoever typed it.
                #expect(try await reader.fill("/form", "/books", ["row": "3"]).text.contains("第 3 行：不对"))
            }
        }
    }

    @Test("no page is a page, in the reader's language, and strangers see no menu")
    func nothing() async throws {
        let office = Office()
        try office.add("wang", Office.rights(.clerk))
        try await office.serving { browser in
            let stranger = try await browser().get("/no/such/page")
            #expect(stranger.status == 404 && !stranger.text.contains("<nav class=\"menu\""))
            let wang = browser()
            try await wang.logIn("wang")
            _ = try await wang.get("/today?lang=en")
            let page = try await wang.get("/no/such/page")
            #expect(
                page.status == 404 && page.text.contains("No such page") && page.text.contains("<nav class=\"menu\"")
            )
            #expect(try await wang.post("/today", [:]).status == 405)
            #expect(try await wang.get("/today/").status == 200)
            #expect(try await wang.get("/stations/%ff").status == 404)
        }
    }

    @Test("who may not is told which roles may")
    func forbidden() async throws {
        let office = Office()
        try office.add("wang", Office.rights(.clerk))
        try office.add("bei", Office.rights(.dispatcher, .township(Office.township)))
        try await office.serving { browser in
            let wang = browser()
            try await wang.logIn("wang")
            let page = try await wang.get("/audit")
            #expect(page.status == 403 && page.text.contains("“查看操作日志”须由以下角色办理：检查、管理员（范围须为全县）。"))
            _ = try await wang.get("/audit?lang=en")
            #expect(try await wang.get("/audit").text.contains("readAuditLog is for these roles: inspector, admin"))
            let bei = browser()
            try await bei.logIn("bei")
            #expect(try await bei.get("/quarantine").status == 403)
        }
    }

    @Test("plain http from elsewhere gets a page that says why, without a form")
    func plain() async throws {
        let office = Office()
        try office.add("wang", Office.rights(.clerk))
        try await office.serving(PageSettings(county: "阳城县")) { browser in
            let wang = browser()
            for path in ["/login", "/today", "/"] {
                let page = try await wang.get(path)
                #expect(page.status == 403 && page.text.contains("https") && !page.text.contains("<form"), "\(path)")
            }
            #expect(try await wang.post("/login", ["name": "wang", "password": Office.password]).status == 403)
            #expect(wang.cookies["county_session"] == nil)
        }
    }

    @Test("an address that is far too long is no page")
    func long() async throws {
        try await Office().serving { browser in
            let page = try await browser().get(
                "/login?x=\(String(repeating: "a", count: CountyPagesLimits.addressBytesMax))"
            )
            #expect(page.status == 414)
        }
    }

    @Test("when too many wait for a thread, more are asked to come again")
    func busy() async throws {
        let pool = WorkPool(threads: 1, waiting: 0)
        let (isIn, mayGo) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        async let first: Int = pool.run {
            isIn.signal()
            mayGo.wait()
            return 1
        }
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                isIn.wait()
                continuation.resume()
            }
        }
        let fault = await #expect(throws: PageFault.self) { try await pool.run { 2 } }
        #expect(fault?.status == 503 && fault?.retrySeconds == CountyPagesLimits.retrySeconds)
        mayGo.signal()
        #expect(try await first == 1)
        #expect(try await pool.run { 3 } == 3)
    }
}
