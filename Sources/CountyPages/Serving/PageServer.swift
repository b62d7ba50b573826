import CountyBooks
import Logging

/// Answers requests for pages: who asks, whether he may, then the route's own work, then the looks. One for a server.
///
/// `reply(to:_:)` blocks, as the desk's ports do; `PageServer+Router` runs it on threads of its own.
public struct PageServer: Sendable {
    public let desk: CountyDesk
    let routes: [PageRoute]
    let renderer: PageRenderer
    var logger: Logger { desk.logger }
    let pages = WorkPool(
        threads: CountyPagesLimits.pagesAtOnceMax,
        waiting: CountyPagesLimits.pagesWaitingMax
    )
    let passwords = WorkPool(
        threads: CountyPagesLimits.passwordsAtOnceMax,
        waiting: CountyPagesLimits.passwordsWaitingMax
    )

    /// - Throws: an error of a template, which a test would have shown.
    public init(_ desk: CountyDesk) throws { try self.init(desk, routes: PageRoutes.all) }

    /// - Parameter routes: anything but all is for tests.
    package init(_ desk: CountyDesk, routes: [PageRoute]) throws {
        (self.desk, self.routes) = (desk, routes)
        renderer = try PageRenderer(menu: PageRoutes.menu, routes: routes)
    }

    /// The answer of a route. Every fault becomes a page.
    func reply(to arrival: Arrival, _ route: PageRoute) -> PageReply {
        var visit = Visit(arrival, route, desk)
        do {
            guard !visit.client.isSilentProxy else { throw PageFault.silentProxy }
            if let reply = try languageChosen(visit) { return reply }
            guard route.access == .anybody || visit.client.isProtected else { throw PageFault.notProtected }
            // The log-in works without a session, whatever its store says.
            if route.access != .anybody {
                try admit(&visit)
            } else if visit.client.isProtected {
                try? admit(&visit)
            }
            if let way = wayIn(visit) { return visit.redirect(to: way) }
            return try answer(visit)
        } catch {
            return reply(to: error, visit)
        }
    }

    /// The answer where no route is.
    func replyToNothing(_ arrival: Arrival) -> PageReply {
        let nothing = PageRoute.read(arrival.path, .anybody) { _, _ in throw PageFault.notFound }
        var visit = Visit(arrival, nothing, desk)
        // Only a reader who is logged in sees the menu.
        if visit.client.isProtected { try? admit(&visit) }
        let methods = methods(at: arrival.path)
        guard !methods.isEmpty else { return reply(to: PageFault.notFound, visit) }
        var refused = reply(to: PageFault.wrongMethod, visit)
        refused.headers.append((name: "allow", value: methods.joined(separator: ", ")))
        return refused
    }

    /// What a path may be asked by; empty where no route has it.
    private func methods(at path: String) -> [String] {
        let asked = path.split(separator: "/")
        let found = routes.filter { route in
            let parts = route.path.split(separator: "/")
            return parts.count == asked.count && zip(parts, asked).allSatisfy { $0.hasPrefix(":") || $0 == $1 }
        }
        let methods = Set(found.map(\.method))
        return (methods.contains(.get) ? ["GET", "HEAD"] : []) + (methods.contains(.post) ? ["POST"] : [])
    }

    /// A fault before there was a body.
    func reply(to fault: PageFault, _ arrival: Arrival, _ route: PageRoute) -> PageReply {
        reply(to: fault, Visit(arrival, route, desk))
    }

    /// Whether a form's body is worth collecting: its sender is logged in and may send it.
    func awaits(_ arrival: Arrival, _ route: PageRoute) -> Bool {
        var visit = Visit(arrival, route, desk)
        guard visit.client.isProtected, (try? admit(&visit)) != nil, let reader = visit.reader else { return false }
        return route.access.admits(reader.account)
    }

    // MARK: Who asks

    /// Finds the session of the visit.
    private func admit(_ visit: inout Visit) throws {
        guard let token = visit.arrival.headers.cookie(PageCookie.session) else { return }
        switch desk.keeper.use(token, at: visit.now, among: try desk.accountBook()) {
        case .valid(_, let account, let csrf): visit.reader = Reader(account: account, token: token, csrf: csrf)
        case .expired, .unknown: visit.isSessionOver = true
        }
    }

    /// Where else to go first: to the log-in, or to a password of one's own.
    private func wayIn(_ visit: Visit) -> String? {
        guard visit.route.access != .anybody else { return nil }
        guard let reader = visit.reader else {
            var items: [String] = []
            if visit.pageAddress != "/" { items.append("next=\(LocalPath.encoded(visit.pageAddress))") }
            if visit.isSessionOver { items.append("over=1") }
            return items.isEmpty ? PagePaths.logIn : "\(PagePaths.logIn)?\(items.joined(separator: "&"))"
        }
        guard reader.account.mustChange, visit.route.access != .ownAccount else { return nil }
        return "\(PagePaths.password)?next=\(LocalPath.encoded(visit.pageAddress))"
    }

    private func answer(_ visit: Visit) throws -> PageReply {
        if visit.route.access != .anybody {
            guard let reader = visit.reader, visit.route.access.admits(reader.account) else {
                throw PageFault.forbidden(visit.route.permission)
            }
        }
        switch visit.route.work {
        case .read(let read): return try finish(try read(desk, visit.request), visit)
        case .form(_, let show, let send): return try take(visit, show: show, send: send)
        }
    }

    /// `?lang=en` is kept in a cookie, and gone from the address.
    private func languageChosen(_ visit: Visit) throws -> PageReply? {
        guard visit.route.method == .get, let language = Language(choice: visit.request.query.text("lang")) else {
            return nil
        }
        var reply = visit.redirect(to: visit.arrival.address(without: ["lang"]))
        let cookie = PageCookie(
            name: PageCookie.language,
            value: language.choice,
            seconds: CountyPagesLimits.languageSeconds
        )
        reply.headers.append(("set-cookie", cookie.header(isSecure: visit.client.isSecure)))
        return reply
    }
}

extension Language {
    /// As addresses and the cookie name it.
    var choice: String {
        switch self {
        case .chinese: "zh"
        case .english: "en"
        }
    }

    init?(choice: String?) {
        guard let language = Self.allCases.first(where: { $0.choice == choice }) else { return nil }
        self = language
    }
}
