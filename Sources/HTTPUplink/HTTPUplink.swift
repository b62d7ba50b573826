import AsyncHTTPClient
import Glibc
import LockerDomain
import NIOCore
import NIOHTTP1
public import NIOPosix
import NIOSSL
public import StationPorts

/// One HTTP exchange with the county over async-http-client: one client, one event loop, explicit timeouts, a cap on
/// what is read. Redirects are not followed: a county does not redirect a station, portals do.
public struct HTTPUplink: UplinkPort {
    private let client: HTTPClient
    private let base: String
    private let address: CountyAddress?
    private let look: PeerLook?
    private let group: MultiThreadedEventLoopGroup
    /// Returns when the seconds of an exchange are over.
    private let patience: @Sendable (Int64) async throws -> Void

    /// `url` is the county's URL without a trailing slash.
    public init(url: String, group: MultiThreadedEventLoopGroup) { self.init(url: url, group: group, authority: nil) }

    /// `authority` is the path of a PEM file with the only authority to be trusted; without it, those of the system.
    /// `patience` waits for the seconds that it is given.
    package init(
        url: String,
        group: MultiThreadedEventLoopGroup,
        authority: String?,
        patience: @escaping @Sendable (Int64) async throws -> Void = { try await Task.sleep(for: .seconds($0)) }
    ) {
        base = url
        self.patience = patience
        let address = CountyAddress(url)
        self.address = address
        self.group = group
        look = address.map { PeerLook($0, group: group) }
        var configuration = HTTPClient.Configuration()
        if let authority {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.trustRoots = .file(authority)
            configuration.tlsConfiguration = tls
        }
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(
            connect: .seconds(Limits.connectSeconds),
            read: .seconds(Limits.commandWaitSeconds + Limits.exchangeSeconds)
        )
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 3
        configuration.connectionPool.idleTimeout = .seconds(70)
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        client = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
    }

    public func exchange(_ request: UplinkRequest, seconds: Int64) async throws -> UplinkReply {
        var outgoing = HTTPClientRequest(url: base + request.path)
        outgoing.method = HTTPMethod(rawValue: request.method)
        for header in request.headers { outgoing.headers.add(name: header.name, value: header.value) }
        if !request.body.isEmpty { outgoing.body = .bytes(ByteBuffer(bytes: request.body)) }
        do { return try await whole(outgoing, seconds: seconds) } catch let fault as LinkFault {
            throw await explained(fault)
        }
    }

    /// The client's own deadline ends with the head; a portal that trickles its body must not hold the uplink.
    private func whole(_ request: HTTPClientRequest, seconds: Int64) async throws -> UplinkReply {
        try await withThrowingTaskGroup(of: UplinkReply.self) { tasks in
            tasks.addTask { try await self.ask(request, seconds: seconds) }
            tasks.addTask {
                try await patience(seconds)
                throw LinkFault.noAnswer(seconds: seconds)
            }
            defer { tasks.cancelAll() }
            guard let reply = try await tasks.next() else { throw CancellationError() }
            return reply
        }
    }

    /// A failed handshake, and an `http` URL where no HTTP comes back, have a reason that only a look at the peer tells.
    private func explained(_ fault: LinkFault) async -> LinkFault {
        switch (address?.isTLS, fault) {
        case (true, .tlsRefused), (false, .notHTTP), (false, .cut):
            await look?.fault(clock: Int64(time(nil)) * 1_000) ?? fault
        default: fault
        }
    }

    private func ask(_ request: HTTPClientRequest, seconds: Int64) async throws -> UplinkReply {
        do {
            let response = try await client.execute(request, timeout: .seconds(seconds))
            let body = try await response.body.collect(upTo: Limits.answerBytesMax)
            return UplinkReply(
                status: Int(response.status.code),
                headers: response.headers.map { (name: $0.name.lowercased(), value: $0.value) },
                body: Array(buffer: body)
            )
        } catch let error as CancellationError {
            throw error
        } catch {
            throw NetworkErrors.fault(error, seconds: seconds)
        }
    }

    public func reach() async -> Reachability {
        guard let address else { return .noRoute }
        do {
            let channel = try await ClientBootstrap(group: group)
                .connectTimeout(.seconds(Limits.reachConnectSeconds))
                .connect(host: address.host, port: address.port).get()
            try? await channel.close()
            return .accepted
        } catch {
            return NetworkErrors.fault(error, seconds: Limits.reachConnectSeconds) == .noRoute ? .noRoute : .notAccepted
        }
    }

    /// Closes the connections; to be called once, at the end.
    public func shutdown() async throws { try await client.shutdown() }
}
