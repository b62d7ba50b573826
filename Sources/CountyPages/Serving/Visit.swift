import CountyBooks

/// A request on its way through the server.
struct Visit: Sendable {
    let arrival: Arrival
    let route: PageRoute
    let client: ClientPlace
    let language: Language
    let now: Int64
    let settings: PageSettings
    private(set) var query: QueryItems
    var reader: Reader?
    /// Whether its cookie names a session that is over.
    var isSessionOver = false

    init(_ arrival: Arrival, _ route: PageRoute, _ desk: CountyDesk) {
        (self.arrival, self.route, settings) = (arrival, route, desk.settings)
        client = ClientPlace(peer: arrival.peer, headers: arrival.headers, settings: desk.settings)
        query = QueryItems(arrival.query)
        language = Language(choice: arrival.headers.cookie(PageCookie.language)) ?? .chinese
        now = desk.clock()
    }

    /// The request as handlers see it.
    var request: PageRequest {
        PageRequest(
            path: arrival.path,
            parameters: arrival.parameters,
            query: query,
            language: language,
            now: now,
            address: client.address,
            isSecure: client.isSecure,
            isProtected: client.isProtected,
            reader: reader,
            door: arrival.headers.cookie(PageCookie.door),
            isHead: arrival.isHead
        )
    }

    /// The page that it asks for, or that its form stands on, with what stands behind `?`.
    var pageAddress: String {
        guard case .form(let page, _, _) = route.work else { return arrival.address(without: ["format", "table"]) }
        let parts = page.split(separator: "/").map { part in
            part.hasPrefix(":") ? LocalPath.encoded(arrival.parameters[String(part.dropFirst())] ?? "") : String(part)
        }
        return "/" + parts.joined(separator: "/")
    }

    /// The same visit of the page as it is without anything behind `?`.
    var withoutQuery: Visit {
        var visit = self
        visit.query = QueryItems()
        return visit
    }

    /// `pageAddress` without what stands behind `?`.
    var pagePath: String { String(pageAddress.prefix { $0 != "?" }) }

    func redirect(to path: String) -> PageReply {
        // What begins with two slashes names another host.
        let local = "/" + path.drop { $0 == "/" }
        let location = settings.pathPrefix + local
        return PageReply(status: 303, headers: [("location", location), ("cache-control", "no-store")])
    }
}
