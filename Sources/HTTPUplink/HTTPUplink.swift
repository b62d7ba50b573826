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
    private let authority: String?
    /// The second way, for a clock that is not the machine's; `nil` without TLS.
    private let dated: DatedClient?
    private let clock: @Sendable () -> CertificateClock
    private let group: MultiThreadedEventLoopGroup
    /// Returns when the seconds of an exchange are over.
    private let patience: @Sendable (Int64) async throws -> Void

    /// `url` is the county's URL without a trailing slash. `authority` is the path of a PEM file with the only authorities
    /// to be trusted; without it, those of the system. `clock` says before each exchange what judges the dates of
    /// certificates.
    public init(
        url: String,
        group: MultiThreadedEventLoopGroup,
        authority: String? = nil,
        clock: @escaping @Sendable () -> CertificateClock = { .machine }
    ) {
        self.init(url: url, group: group, authority: authority, clock: clock) {
            try await Task.sleep(for: .seconds($0))
        }
    }

    /// `patience` waits for the seconds that it is given.
    package init(
        url: String,
        group: MultiThreadedEventLoopGroup,
        authority: String?,
        clock: @escaping @Sendable () -> CertificateClock = { .machine },
        patience: @escaping @Sendable (Int64) async throws -> Void
    ) {
        base = url
        self.patience = patience
        self.authority = authority
        self.clock = clock
        let address = CountyAddress(url)
        self.address = address
        self.group = group
        look = address.map { PeerLook($0, group: group) }
        dated = address.flatMap { $0.isTLS ? DatedClient($0, group: group, authority: authority) : nil }
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
        configuration.connectionPool.idleTimeout = .seconds(Limits.connectionIdleSeconds)
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        client = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
    }

    public func exchange(_ request: UplinkRequest, seconds: Int64) async throws -> UplinkReply {
        let clock = dated == nil ? .machine : clock()
        do {
            return try await whole(seconds: seconds) {
                if let dated, clock != .machine {
                    try await ask(request, of: dated, clock: clock, seconds: seconds)
                } else {
                    try await ask(request, seconds: seconds)
                }
            }
        } catch let fault as LinkFault {
            throw await explained(fault, by: clock)
        }
    }

    /// The client's own deadline ends with the head; a portal that trickles its body must not hold the uplink.
    private func whole(
        seconds: Int64,
        _ ask: @escaping @Sendable () async throws -> UplinkReply
    ) async throws -> UplinkReply {
        try await withThrowingTaskGroup(of: UplinkReply.self) { tasks in
            tasks.addTask { try await ask() }
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
    /// The second way knows what is wrong with certificates.
    private func explained(_ fault: LinkFault, by clock: CertificateClock) async -> LinkFault {
        switch (address?.isTLS, fault) {
        case (true, .tlsRefused) where clock != .machine: await look?.protocolFault() ?? fault
        case (true, .tlsRefused), (false, .notHTTP), (false, .cut):
            await look?.fault(clock: Int64(time(nil)) * 1_000) ?? fault
        default: fault
        }
    }

    private func ask(
        _ request: UplinkRequest,
        of dated: DatedClient,
        clock: CertificateClock,
        seconds: Int64
    ) async throws -> UplinkReply {
        do {
            return try await dated.exchange(request, path: prefix + request.path, clock: clock)
        } catch let error as CancellationError {
            throw error
        } catch {
            throw NetworkErrors.fault(error, seconds: seconds)
        }
    }

    /// `/locker` of `https://county.example.cn/locker`.
    private var prefix: String {
        let parts = base.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        return parts.count == 4 ? "/\(parts[3])" : ""
    }

    private func ask(_ request: UplinkRequest, seconds: Int64) async throws -> UplinkReply {
        if let authority, dated != nil, access(authority, R_OK) != 0 { throw LinkFault.noAuthorities(authority) }
        var outgoing = HTTPClientRequest(url: base + request.path)
        outgoing.method = HTTPMethod(rawValue: request.method)
        for header in request.headers { outgoing.headers.add(name: header.name, value: header.value) }
        if !request.body.isEmpty { outgoing.body = .bytes(ByteBuffer(bytes: request.body)) }
        do {
            let response = try await client.execute(outgoing, timeout: .seconds(seconds))
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
    public func shutdown() async throws {
        dated?.shutdown()
        try await client.shutdown()
    }
}
