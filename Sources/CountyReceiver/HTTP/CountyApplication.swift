public import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore

/// The routes of DESIGN 4.3 over a county's books. Answers are signed with the county's key.
public func makeCountyRouter(
    _ county: County,
    logger: Logger = Logger(label: "county-server")
) -> Router<BasicRequestContext> {
    let router = Router(context: BasicRequestContext.self)
    CountyRoutes(county: county, logger: logger).add(to: router)
    return router
}

/// The county's HTTP server, ready to run.
///
/// - Parameter onListening: called once with the port that is really bound.
public func makeCountyApplication(
    _ county: County,
    logger: Logger = Logger(label: "county-server"),
    onListening: @escaping @Sendable (Int) -> Void = { _ in }
) -> some ApplicationProtocol {
    var configuration = ApplicationConfiguration(
        address: .hostname(county.settings.host, port: county.settings.port),
        serverName: "county-server"
    )
    configuration.availableConnectionsDelegate = .maximum(CountyLimits.connectionsMax, logger: logger)
    return Application(
        router: makeCountyRouter(county, logger: logger),
        server: .http1(configuration: .init(idleTimeout: .seconds(CountyLimits.idleConnectionSeconds))),
        configuration: configuration,
        onServerRunning: { onListening($0.localAddress?.port ?? 0) },
        logger: logger
    )
}
