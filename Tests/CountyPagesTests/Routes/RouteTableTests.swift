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

    @Test("each role gets what the table says, and nobody else gets anything")
    func table() async throws {
        let office = Office()
        office.fillRegisters()
        try office.addOfEachRole()
        print("route × role: " + AccountRole.allCases.map(\.rawValue).joined(separator: " "))
        for route in PageRoutes.all {
            let roles = try AccountRole.allCases.map { role in
                let rights = try Office.rights(role)
                let account = try #require(office.accounts.accounts().first { $0.name == role.rawValue })
                #expect(account.rights == rights)
                return route.access.admits(account) ? "+" : "-"
            }
            print("\(roles.joined()) \(Self.name(route)) \(route.permission?.rawValue ?? "\(route.access)")")
        }
        try await office.serving { browser in
            for role in AccountRole.allCases {
                let reader = browser()
                try await reader.logIn(role.rawValue)
                let account = try #require(office.accounts.accounts().first { $0.name == role.rawValue })
                for route in PageRoutes.all where route.path != "/logout" {
                    let path = Self.path(of: route)
                    let answer =
                        route.method == .get ? try await reader.get(path) : try await reader.post(path, ["a": "b"])
                    let isRefused = answer.text.contains("没有权限")
                    #expect(isRefused == !route.access.admits(account), "\(role) \(Self.name(route)) \(answer.status)")
                    #expect(answer.status != 500, "\(role) \(Self.name(route))")
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
