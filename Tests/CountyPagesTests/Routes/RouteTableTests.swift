import CountyBooks
import CountyPages
import HTTPTypes
import Hummingbird
import Testing

@Suite("The table route × role")
struct RouteTableTests {
    /// `GET /accounts/{name}`, as Hummingbird prints it.
    private static func name(_ route: PageRoute) -> String {
        let parts = route.path.split(separator: "/").map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }
        return "\(route.method.rawValue) /\(parts.joined(separator: "/"))"
    }

    private static func name(_ route: Router<PageContext>.RouteDescription) -> String {
        let path = "\(route.path)"
        return "\(route.method.rawValue) \(path.hasPrefix("/") ? path : "/\(path)")"
    }

    private static func unlisted(_ router: Router<PageContext>) -> Set<String> {
        Set(router.routes.map(name)).subtracting(PageRoutes.all.map(name))
    }

    @Test("the router has the rows of the table and no other")
    func rows() throws {
        let router = try PageServer(Office().desk()).makeRouter()
        #expect(Self.unlisted(router) == [])
        #expect(router.routes.count == PageRoutes.all.count)
        #expect(Set(PageRoutes.all.map(Self.name)).count == PageRoutes.all.count)
        router.get("secret") { _, _ in Response(status: .ok) }
        #expect(Self.unlisted(router) == ["GET /secret"])
    }

    private static func agreed(_ route: PageRoute) -> String { "\(route.method.rawValue) \(route.path)" }

    @Test("every route of the router stands in the agreed table, and every row of that has a route")
    func agreedRows() {
        #expect(AgreedRoutes.roles == AccountRole.allCases.map(\.rawValue))
        let rows = AgreedRoutes.rows.map(\.route)
        #expect(Set(rows).count == rows.count)
        #expect(Set(rows).symmetricDifference(PageRoutes.all.map(Self.agreed)) == [])
        #expect(AgreedRoutes.rows.allSatisfy { $0.marks.count == AgreedRoutes.roles.count })
    }

    @Test("each role gets what is agreed, with the whole county and with one township, and nothing else")
    func table() async throws {
        let office = Office()
        office.fillRegisters()
        try office.addOfEachRole()
        // An admin has the whole county or nothing.
        let scoped = AccountRole.allCases.filter { $0 != .admin }
        for role in scoped { try office.add("town-\(role.rawValue)", Office.rights(role, .township(Office.township))) }
        let agreed = Dictionary(uniqueKeysWithValues: AgreedRoutes.rows.map { ($0.route, $0.marks) })
        try await office.serving { browser in
            for (column, role) in AccountRole.allCases.enumerated() {
                for isScoped in role == .admin ? [false] : [false, true] {
                    let reader = browser()
                    try await reader.logIn(isScoped ? "town-\(role.rawValue)" : role.rawValue)
                    for route in PageRoutes.all where route.path != "/logout" {
                        let path = Self.path(of: route)
                        let answer =
                            route.method == .get
                            ? try await reader.get(path) : try await reader.post(path, ["a": "b"])
                        let mark = try #require(agreed[Self.agreed(route)]?[column], "\(Self.name(route))")
                        let isAllowed = mark == "s" || mark == "+" && !isScoped
                        let comment = "\(role) \(isScoped ? "of a township" : "") \(Self.name(route)) \(answer.status)"
                        #expect(answer.text.contains("没有权限") == !isAllowed, "\(comment)")
                        #expect(answer.status != 500, "\(comment)")
                    }
                }
            }
        }
    }

    @Test("who is not logged in is led to the log-in from everywhere")
    func nobody() async throws {
        try await Office().serving { browser in
            for route in PageRoutes.all where route.access != .anybody {
                let path = Self.path(of: route)
                let stranger = browser()
                let answer =
                    route.method == .get ? try await stranger.get(path) : try await stranger.post(path, ["a": "b"])
                #expect(answer.status == 303, "\(Self.name(route))")
                #expect(answer.location?.hasPrefix("/login") == true, "\(Self.name(route))")
            }
            let open = PageRoutes.all.filter { $0.access == .anybody }.map(Self.name)
            #expect(open == ["GET /static/{file}", "GET /login", "POST /login"])
        }
    }

    @Test("inspector, firm and brand send no form but that of their own password")
    func readers() throws {
        for role in [AccountRole.inspector, .operatorFirm, .carrier] {
            let office = Office()
            try office.add("one", Office.rights(role))
            let account = try #require(office.accounts.accounts().first)
            let forms = PageRoutes.all.filter { $0.method == .post && $0.access.admits(account) }.map(\.path)
            #expect(forms == ["/login", "/logout", "/password"], "\(role)")
        }
    }

    @Test("before it has a password of its own an account gets to that page alone")
    func oneTime() async throws {
        let office = Office()
        let sheet = try office.add("fresh", Office.rights(.admin), hasOwnPassword: false)
        try await office.serving { browser in
            let reader = browser()
            try await reader.logIn("fresh", sheet.password.text)
            for route in PageRoutes.all where route.method == .get && route.access != .anybody {
                let answer = try await reader.get(Self.path(of: route))
                let isOwn = route.access == .ownAccount
                #expect(answer.status == (isOwn ? 200 : 303), "\(Self.name(route))")
                #expect(answer.location?.hasPrefix("/password?next=") ?? isOwn, "\(Self.name(route))")
            }
        }
    }

    private static func path(of route: PageRoute) -> String {
        "/" + route.path.split(separator: "/").map { $0.hasPrefix(":") ? "1" : String($0) }.joined(separator: "/")
    }
}
