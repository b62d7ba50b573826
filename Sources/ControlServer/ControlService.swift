import ControlAPI
import Glibc
import Hummingbird
import HummingbirdCore
public import Logging
public import NIOCore
public import StationPorts
import Synchronization

/// The control socket of a station: HTTP/1.1 and JSON on a Unix socket, roles by the kernel's word (DESIGN 4.5).
///
/// It is a service: `extension ControlService: Service {}` in the composition root, where ServiceLifecycle is at hand.
public struct ControlService: Sendable {
    private let port: any ControlPort
    private let file: SocketFile
    private let logger: Logger
    private let group: any EventLoopGroup
    private let roles: RoleGroups
    private let peers: any PeerSource

    /// A service that will listen at `path`. `group` is the daemon's event loop, which it does not own.
    public init(
        port: any ControlPort,
        path: String,
        logger: Logger,
        group: any EventLoopGroup,
        roles: RoleGroups = .resolved(),
        peers: any PeerSource = KernelPeers()
    ) {
        self.port = port
        file = SocketFile(path: path)
        self.logger = logger
        self.group = group
        self.roles = roles
        self.peers = peers
    }

    /// Listens until it is shut down gracefully or cancelled, then NIO removes the socket. Throws `ControlServiceError`
    /// when another daemon has the socket or the path cannot be bound.
    ///
    /// The umask is the process's: for the moment of the bind it is 0o111, so no other thread should make files then.
    public func run() async throws { try await run(listening: {}) }

    /// The same; `listening` is called once the socket takes connections.
    public func run(listening: @escaping @Sendable () -> Void) async throws {
        try await file.clear(group: group)
        let bindUmask = BindUmask()
        defer { bindUmask.restore() }
        let application = Application(
            router: ControlRoutes(port: port, roles: roles, peers: peers).router(),
            server: .http1(configuration: .init(idleTimeout: .seconds(ControlLimits.connectionIdleSeconds))),
            configuration: ApplicationConfiguration(
                address: .unixDomainSocket(path: file.path),
                serverName: "lockerd",
                availableConnectionsDelegate: MaximumAvailableConnections(ControlLimits.connectionsMax, logger: logger)
            ),
            onServerRunning: { _ in
                bindUmask.restore()
                listening()
            },
            eventLoopGroupProvider: .shared(group),
            logger: logger
        )
        do {
            try await application.run()
        } catch let error as IOError {
            throw ControlServiceError("control socket: cannot listen on \(file.path): \(error)")
        }
    }
}

/// The umask of a bind, given back once whether it succeeds or not.
private final class BindUmask: Sendable {
    private let before: Mutex<mode_t?>

    /// The file is open to all who can reach it; roles decide, and a refusal says what to do.
    init() { before = Mutex(umask(0o111)) }

    func restore() {
        before.withLock { before in
            if let before { umask(before) }
            before = nil
        }
    }
}
