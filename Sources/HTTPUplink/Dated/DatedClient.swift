import LockerDomain
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import StationPorts
import SwiftASN1
import Synchronization
import X509

/// HTTP/1.1 over TLS for a station whose clock is not the machine's: the chain is verified by `ChainCheck` at the time
/// that the station has, and the host name by the TLS handler. Connections are kept for a while: a handshake costs 5 kB.
final class DatedClient: Sendable {
    private struct Connection: Sendable {
        var channel: any Channel
        /// Whether the dates of its certificates were judged.
        var isDated: Bool
    }

    private let address: CountyAddress
    private let group: MultiThreadedEventLoopGroup
    private let authority: String
    private let idle = Mutex<[Connection]>([])

    /// The authorities of Debian's package ca-certificates.
    private static let systemAuthorities = "/etc/ssl/certs/ca-certificates.crt"

    /// `authority` is the path of a PEM file with the only authorities to be trusted; `nil` for those of the system.
    init(_ address: CountyAddress, group: MultiThreadedEventLoopGroup, authority: String?) {
        self.address = address
        self.group = group
        self.authority = authority ?? Self.systemAuthorities
    }

    /// One exchange; `path` is the whole one, with the county's prefix. Throws what NIO throws, or a `LinkFault` where the
    /// reason is known better. Ends early when the task is cancelled.
    func exchange(_ request: UplinkRequest, path: String, clock: CertificateClock) async throws -> UplinkReply {
        let connection =
            if let kept = take(clock) { kept } else { try await connect(clock) }
        let channel = connection.channel
        let answered = channel.eventLoop.makePromise(of: OneExchange.Answered.self)
        let order = OneExchange.Order(head: head(of: request, path: path), body: request.body, answered: answered)
        let answer = try await withTaskCancellationHandler {
            channel.writeAndFlush(order).whenFailure { answered.fail($0) }
            return try await answered.futureResult.get()
        } onCancel: {
            channel.close(promise: nil)
        }
        if answer.isReusable { idle.withLock { $0.append(connection) } }
        return answer.reply
    }

    /// Closes what is kept.
    func shutdown() {
        let kept = idle.withLock { idle in
            defer { idle = [] }
            return idle
        }
        for connection in kept { connection.channel.close(promise: nil) }
    }

    /// A connection whose dates nobody judged is of no use to a clock that can.
    private func take(_ clock: CertificateClock) -> Connection? {
        idle.withLock { idle in
            idle.removeAll { !$0.channel.isActive }
            return idle.lastIndex { $0.isDated || clock == .unknown }.map { idle.remove(at: $0) }
        }
    }

    private func head(of request: UplinkRequest, path: String) -> HTTPRequestHead {
        var headers = HTTPHeaders([("host", address.authority)])
        for header in request.headers { headers.add(name: header.name, value: header.value) }
        if !request.body.isEmpty || request.method != "GET" {
            headers.add(name: "content-length", value: String(request.body.count))
        }
        return HTTPRequestHead(
            version: .http1_1,
            method: HTTPMethod(rawValue: request.method),
            uri: path,
            headers: headers
        )
    }

    // MARK: Connecting

    private func connect(_ clock: CertificateClock) async throws -> Connection {
        let check = try ChainCheck(file: authority)
        let reason = Reason()
        let loop = group.next()
        let done = loop.makePromise(of: (any Channel).self)
        let connecting = try bootstrap(on: loop) { certificates, verdict in
            Task {
                let chain = certificates.compactMap { try? Certificate(derEncoded: $0.toDERBytes()) }
                let fault =
                    chain.count == certificates.count
                    ? await check.fault(in: chain, clock: clock) : .tlsRefused
                reason.set(fault)
                verdict.succeed(fault == nil ? .certificateVerified : .failed)
            }
        }.connect(host: address.host, port: address.port)
        connecting.flatMap { channel in
            let shaken = channel.eventLoop.makePromise(of: Void.self)
            channel.triggerUserOutboundEvent(OneExchange.Watch(shaken: shaken)).whenFailure { shaken.fail($0) }
            let late = channel.eventLoop.scheduleTask(in: .seconds(Limits.connectSeconds)) {
                shaken.fail(LinkFault.noConnection(seconds: Limits.connectSeconds))
                channel.close(promise: nil)
            }
            return shaken.futureResult.map {
                late.cancel()
                return channel
            }
        }.cascade(to: done)
        do {
            let channel = try await withTaskCancellationHandler {
                try await done.futureResult.get()
            } onCancel: {
                done.fail(CancellationError())
                connecting.whenSuccess { $0.close(promise: nil) }
            }
            return Connection(channel: channel, isDated: clock != .unknown)
        } catch {
            throw reason.fault ?? error
        }
    }

    private func bootstrap(
        on loop: any EventLoop,
        verify: @escaping @Sendable ([NIOSSLCertificate], EventLoopPromise<NIOSSLVerificationResult>) -> Void
    ) throws -> ClientBootstrap {
        var configuration = TLSConfiguration.makeClientConfiguration()
        // The callback has the authorities; full verification stays, by which the handler checks the host name.
        configuration.trustRoots = .certificates([])
        let context = try NIOSSLContext(configuration: configuration)
        let name = address.serverName
        return ClientBootstrap(group: loop)
            .connectTimeout(.seconds(Limits.connectSeconds))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(
                        NIOSSLClientHandler(context: context, serverHostname: name, customVerificationCallback: verify)
                    )
                    try pipeline.addHTTPClientHandlers()
                    try pipeline.addHandler(OneExchange())
                }
            }
    }

    /// Why a chain was not trusted, which the handshake's own error does not tell.
    private final class Reason: Sendable {
        private let found = Mutex<LinkFault?>(nil)

        var fault: LinkFault? { found.withLock { $0 } }

        func set(_ fault: LinkFault?) { found.withLock { $0 = fault } }
    }
}
