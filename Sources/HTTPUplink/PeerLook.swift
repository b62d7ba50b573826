package import LockerDomain
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// Finds out why a handshake failed, which async-http-client hides: says a TLS hello once more, notes the dates of the
/// certificates, and hangs up. It trusts nothing, and sends nothing but the hello.
package final class PeerLook: Sendable {
    /// What came back.
    package enum Finding: Sendable, Equatable {
        /// The certificates, the peer's own first.
        case certificates([Validity])
        /// TLS, but no certificate.
        case tls
        /// Something that is not TLS.
        case otherProtocol
        case silence
    }

    /// When a certificate is valid, in milliseconds since 1970.
    package struct Validity: Sendable, Equatable {
        package var begin: Int64
        package var end: Int64

        package init(begin: Int64, end: Int64) {
            self.begin = begin
            self.end = end
        }
    }

    private let address: CountyAddress
    private let group: MultiThreadedEventLoopGroup
    private let last = Mutex<(finding: Finding, at: ContinuousClock.Instant)?>(nil)

    init(_ address: CountyAddress, group: MultiThreadedEventLoopGroup) {
        self.address = address
        self.group = group
    }

    /// The reason behind a failed exchange, judged at `clock`; `nil` when the look tells no more. What was found is good
    /// for ten minutes, silence for one: a look costs as much as a handshake.
    func fault(clock: Int64) async -> LinkFault? {
        Self.fault(await finding(), isTLS: address.isTLS, clock: clock)
    }

    /// The reason behind a failed handshake whose certificates are not it; `nil` when the look tells no more.
    func protocolFault() async -> LinkFault? {
        let finding = await finding()
        if case .certificates = finding { return nil }
        return Self.fault(finding, isTLS: address.isTLS, clock: 0)
    }

    private func finding() async -> Finding {
        let recent = last.withLock { last in
            last.flatMap { last in
                let isSilence = last.finding == .silence
                let seconds = isSilence ? Limits.peerLookSilentSeconds : Limits.peerLookGoodSeconds
                return last.at.duration(to: .now) < .seconds(seconds) ? last.finding : nil
            }
        }
        if let recent { return recent }
        let finding = await look()
        last.withLock { $0 = (finding, .now) }
        return finding
    }

    /// Pure: what a finding means for an `https` or an `http` URL.
    package static func fault(_ finding: Finding, isTLS: Bool, clock: Int64) -> LinkFault? {
        switch (finding, isTLS) {
        case (.silence, _), (.otherProtocol, false): return nil
        case (.certificates, false), (.tls, false): return .needsTLS
        case (.tls, true): return .tlsRefused
        case (.otherProtocol, true): return .noTLS
        case (.certificates(let chain), true):
            if let begin = chain.map(\.begin).filter({ $0 > clock }).max() {
                return .notYetValid(begin: begin, clock: clock)
            }
            if let end = chain.map(\.end).filter({ $0 < clock }).min() { return .expired(end: end, clock: clock) }
            return .unknownIssuer
        }
    }

    private func look() async -> Finding {
        let notes = Notes()
        do {
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.trustRoots = .certificates([])
            let context = try NIOSSLContext(configuration: configuration)
            let channel = try await ClientBootstrap(group: group)
                .connectTimeout(.seconds(Limits.peerLookSecondsMax))
                .channelInitializer { [address] channel in
                    channel.eventLoop.makeCompletedFuture {
                        let tls = try NIOSSLClientHandler(
                            context: context,
                            serverHostname: address.serverName,
                            customVerificationCallback: { certificates, verdict in
                                notes.add(certificates)
                                verdict.succeed(.failed)
                            }
                        )
                        try channel.pipeline.syncOperations.addHandlers([FirstByte(notes), tls, HangUp()])
                    }
                }
                .connect(host: address.host, port: address.port).get()
            let deadline = channel.eventLoop.scheduleTask(in: .seconds(Limits.peerLookSecondsMax)) {
                channel.close(promise: nil)
            }
            try? await channel.closeFuture.get()
            deadline.cancel()
        } catch {
            return .silence
        }
        return notes.finding
    }

    private final class Notes: Sendable {
        private let state = Mutex<Finding>(.silence)

        var finding: Finding { state.withLock { $0 } }

        func add(_ certificates: [NIOSSLCertificate]) {
            let chain = certificates.map { certificate in
                Validity(
                    begin: Int64(certificate.notValidBefore) * 1_000,
                    end: Int64(certificate.notValidAfter) * 1_000
                )
            }
            state.withLock { $0 = .certificates(chain) }
        }

        func add(firstByte: UInt8) {
            // Records of a handshake or an alert (RFC 8446 section 5.1).
            state.withLock { if $0 == .silence { $0 = firstByte == 22 || firstByte == 21 ? .tls : .otherProtocol } }
        }
    }

    private final class FirstByte: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias InboundOut = ByteBuffer
        private let notes: Notes

        init(_ notes: Notes) { self.notes = notes }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            if let byte = unwrapInboundIn(data).readableBytesView.first { notes.add(firstByte: byte) }
            context.fireChannelRead(data)
        }
    }

    private final class HangUp: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}
