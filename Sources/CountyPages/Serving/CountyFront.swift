public import Hummingbird

/// One door for stations and people: their two routers, which never mix.
public struct CountyFront<Stations: HTTPResponder>: HTTPResponder where Stations.Context == BasicRequestContext {
    public typealias Context = PageContext

    private let stations: Stations
    private let pages: RouterResponder<PageContext>
    private let prefixes: [String]

    /// - Parameters:
    ///   - stations: the router of the stations' calls.
    ///   - stationPrefix: the path in front of those calls when a proxy keeps it.
    public init(stations: Stations, pages: PageServer, stationPrefix: String = "") {
        (self.stations, self.pages) = (stations, pages.makeRouter().buildResponder())
        prefixes = stationPrefix.isEmpty ? [""] : ["", stationPrefix]
    }

    public func respond(to request: Request, context: PageContext) async throws -> Response {
        guard isStations(request.uri.path) else { return try await pages.respond(to: request, context: context) }
        return try await stations.respond(to: request, context: context.forStations)
    }

    /// Whether a path is one of the stations', whatever they have there.
    private func isStations(_ path: String) -> Bool {
        path == "/healthz" || prefixes.contains { path == "\($0)/v1" || path.hasPrefix("\($0)/v1/") }
    }
}
