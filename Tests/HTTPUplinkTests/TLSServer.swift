import NIOCore
import NIOPosix
import NIOSSL

/// A server on loopback behind TLS that answers whatever is decrypted with an empty 200.
struct TLSServer {
    private static let folder =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        + "/Certificates"

    private let channel: any Channel
    let port: Int

    /// Shows the certificate of a name in `Certificates/`.
    init(_ certificate: String, on group: MultiThreadedEventLoopGroup) async throws {
        let key = try NIOSSLPrivateKey(file: Self.folder + "/county-key.der", format: .der)
        let chain = try NIOSSLCertificate.fromPEMFile(Self.path(certificate))
        let context = try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) },
                privateKey: .privateKey(key)
            )
        )
        channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handlers: [any ChannelHandler] = [NIOSSLServerHandler(context: context), Empty()]
                    try channel.pipeline.syncOperations.addHandlers(handlers)
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    static func path(_ name: String) -> String { "\(folder)/\(name).pem" }

    func stop() async throws { try await channel.close() }

    private final class Empty: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}
